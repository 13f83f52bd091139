import CInformationKernels
import InformationTheory

/// The Kullback–Leibler divergence of rows of float logits, by the kernels.
///
/// What the kernels leave goes to ``SoftmaxPair``, which defines the divergence: rows with
/// infinite logits or NaN, with divergences below 2⁻¹²⁰, and rows that nearly agree after
/// a shift with which their differences are not exact. Which rows these are depends on
/// each pair alone.
@safe
struct DivergenceRowKernel {
  private let logits: UnsafePointer<Float>
  private let otherLogits: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let layout: ClassLayout

  /// The memory must outlive the kernel.
  @unsafe
  init(
    logits: UnsafePointer<Float>, otherLogits: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, _ layout: ClassLayout
  ) {
    unsafe self.logits = unsafe logits
    unsafe self.otherLogits = unsafe otherLogits
    unsafe self.output = unsafe output
    self.layout = layout
  }

  /// Writes the divergences of all rows.
  func run() throws(InformationError) {
    let kernels = KernelLevel.rows
    try layout.concurrentParts(nanoseconds: 2, rowNanoseconds: kernelRowNanoseconds) {
      rows throws(InformationError) in
      try run(rows, kernels)
    }
  }

  private func run(_ rows: Range<Int>, _ kernels: RowKernels) throws(InformationError) {
    let states = UnsafeMutablePointer<UInt8>.allocate(capacity: rows.count)
    defer { unsafe states.deallocate() }
    let divergences = UnsafeMutablePointer<Double>.allocate(capacity: rows.count)
    defer { unsafe divergences.deallocate() }
    let offset = rows.lowerBound * layout.classCount
    var call = unsafe DivergenceRows(
      logits: logits + offset, otherLogits: otherLogits + offset, divergences: divergences,
      states: states, rowCount: rows.count, classCount: layout.classCount)
    unsafe kernels.kl_divergence(&call)
    var definition: SoftmaxPair?
    for row in rows {
      let i = row - rows.lowerBound
      if unsafe states[i] == rowIsDone {
        unsafe output[row] = unsafe Float(divergences[i])
        continue
      }
      var pair = definition.take() ?? SoftmaxPair(classCount: layout.classCount)
      let count = layout.rowCount * layout.classCount
      let first = unsafe UnsafeBufferPointer(start: logits, count: count)
      let other = unsafe UnsafeBufferPointer(start: otherLogits, count: count)
      try unsafe pair.load(first.span, other.span, row: row, layout)
      unsafe output[row] = Float(rounding: pair.divergences.forward)
      definition = pair
    }
  }
}
