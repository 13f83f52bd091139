/// Where the logits of a row lie: rows × classes, or with the class axis further out.
///
/// With a class stride s the order is that of an array of shape (N, C, s): class c of
/// row r is at (r/s)·C·s + c·s + r mod s, so that an array (N, C, d₁, d₂) has the
/// stride d₁·d₂ and its rows in the order of labels of shape (N, d₁, d₂).
struct ClassLayout: Sendable {
  let rowCount: Int
  let classCount: Int
  let stride: Int

  /// Checks that so many logits are whole rows.
  init(logitCount: Int, classCount: Int, stride: Int) {
    precondition(classCount >= 1, "classCount must be at least 1")
    precondition(stride >= 1, "classStride must be at least 1")
    let (block, overflows) = classCount.multipliedReportingOverflow(by: stride)
    precondition(!overflows, "the logits must be a multiple of classCount · classStride")
    let (blocks, rest) = logitCount.quotientAndRemainder(dividingBy: block)
    precondition(rest == 0, "the logits must be a multiple of classCount · classStride")
    rowCount = blocks * stride
    self.classCount = classCount
    self.stride = stride
  }

  /// The index of a row's first class.
  @inline(__always)
  func offset(_ row: Int) -> Int {
    stride == 1
      ? row * classCount : (row / stride) * (classCount * stride) + row % stride
  }

  /// Checks that an argument has one element a row.
  func demandRows(_ count: Int?, _ name: StaticString) {
    precondition(count == nil || count == rowCount, "\(name) must have one element a row")
  }

  /// Checks that an argument is as large as the logits.
  func demandLogits(_ count: Int?, _ name: StaticString) {
    precondition(
      count == nil || count == rowCount * classCount, "\(name) must be as large as the logits")
  }
}
