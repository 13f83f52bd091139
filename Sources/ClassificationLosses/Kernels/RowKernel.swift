import CInformationKernels
import InformationTheory

extension KernelLevel {
  /// The kernels of functions of rows that run now.
  static var rows: RowKernels { unsafe row_kernels(current).pointee }
}

/// The state of a row that the kernels of rows have done; the others are left to the
/// definition.
let rowIsDone: UInt8 = 0

extension ClassLayout {
  /// Whether the kernels of rows have this layout.
  ///
  /// Beyond so many classes the roundings of a sum would add up to what shows.
  var suitsRowKernels: Bool { stride == 1 && rowCount > 0 && classCount <= 1 << 24 }
}

/// A function of rows of float logits, by the kernels.
///
/// What the kernels leave goes to ``SoftmaxRow``, which defines the functions: rows with
/// NaN or an infinite peak, and sums of which both parts cancel. Which rows these are
/// depends on each row alone.
@safe
struct RowKernel {
  private let function: SoftmaxFunction
  private let logits: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let layout: ClassLayout

  /// The memory must outlive the kernel; the output must not be the logits.
  @unsafe
  init(
    _ function: SoftmaxFunction, logits: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, _ layout: ClassLayout
  ) {
    self.function = function
    unsafe self.logits = unsafe logits
    unsafe self.output = unsafe output
    self.layout = layout
  }

  /// Writes the output of all rows.
  func run() throws(InformationError) {
    let kernels = KernelLevel.rows
    try layout.concurrentParts(nanoseconds: 1, rowNanoseconds: kernelRowNanoseconds) {
      rows throws(InformationError) in
      try run(rows, kernels)
    }
  }

  private func run(_ rows: Range<Int>, _ kernels: RowKernels) throws(InformationError) {
    let states = UnsafeMutablePointer<UInt8>.allocate(capacity: rows.count)
    defer { unsafe states.deallocate() }
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: layout.classCount)
    defer { unsafe scratch.deallocate() }
    let (from, to) = (rows.lowerBound * layout.classCount, rows.lowerBound * outputsPerRow)
    var call = unsafe FunctionRows(
      logits: logits + from, output: output + to, states: states, scratch: scratch,
      rowCount: rows.count, classCount: layout.classCount)
    switch function {
    case .logSumExp: unsafe kernels.log_sum_exp(&call)
    case .probability: unsafe kernels.softmax(&call)
    case .logProbability: unsafe kernels.log_softmax(&call)
    }
    var definition: SoftmaxRow?
    for row in rows where unsafe states[row - rows.lowerBound] != rowIsDone {
      var kernel = definition.take() ?? SoftmaxRow(classCount: layout.classCount)
      try define(row, in: &kernel)
      definition = kernel
    }
  }

  private var outputsPerRow: Int { function == .logSumExp ? 1 : layout.classCount }

  /// Does a row by the definition.
  private func define(_ row: Int, in kernel: inout SoftmaxRow) throws(InformationError) {
    let all = unsafe UnsafeBufferPointer(start: logits, count: layout.rowCount * layout.classCount)
    let outputs = unsafe UnsafeMutableBufferPointer(
      start: output, count: layout.rowCount * outputsPerRow)
    var span = unsafe outputs.mutableSpan
    try unsafe layout.define(function, all.span, row: row, in: &kernel, to: &span)
  }
}
