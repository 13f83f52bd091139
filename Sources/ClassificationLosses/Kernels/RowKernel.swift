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

/// A function of rows of logits, by the kernels.
///
/// What the kernels leave goes to ``SoftmaxRow``, which defines the functions: rows with
/// NaN or an infinite peak, and sums of which both parts cancel; of doubles also rows with a
/// logit between 600 and 1000 below the peak. Which rows these are depends on each row alone.
@safe
struct RowKernel<Scalar: InformationScalar> {
  private let function: SoftmaxFunction
  private let logits: UnsafePointer<Scalar>
  private let output: UnsafeMutablePointer<Scalar>
  private let layout: ClassLayout

  /// The memory must outlive the kernel; the output must not be the logits.
  @unsafe
  init(
    _ function: SoftmaxFunction, logits: UnsafePointer<Scalar>,
    output: UnsafeMutablePointer<Scalar>, _ layout: ClassLayout
  ) {
    self.function = function
    unsafe self.logits = unsafe logits
    unsafe self.output = unsafe output
    self.layout = layout
  }

  /// Writes the output of all rows.
  func run() throws(InformationError) {
    let kernels = KernelLevel.rows
    let nanoseconds = Scalar.self == Float.self ? 1 : doubleKernelNanoseconds
    try layout.concurrentParts(nanoseconds: nanoseconds, rowNanoseconds: kernelRowNanoseconds) {
      rows throws(InformationError) in
      try run(rows, kernels)
    }
  }

  private func run(_ rows: Range<Int>, _ kernels: RowKernels) throws(InformationError) {
    let states = UnsafeMutablePointer<UInt8>.allocate(capacity: rows.count)
    defer { unsafe states.deallocate() }
    // Of doubles a pair for each class, in whole vectors of eight.
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: 2 * (layout.classCount + 7))
    defer { unsafe scratch.deallocate() }
    if Scalar.self == Float.self {
      unsafe compute(rows, kernels, states, scratch)
    } else {
      unsafe computeDoubles(rows, kernels, states, scratch)
    }
    var definition: SoftmaxRow?
    for row in rows where unsafe states[row - rows.lowerBound] != rowIsDone {
      var kernel = definition.take() ?? SoftmaxRow(classCount: layout.classCount)
      try define(row, in: &kernel)
      definition = kernel
    }
  }

  @unsafe
  private func compute(
    _ rows: Range<Int>, _ kernels: RowKernels, _ states: UnsafeMutablePointer<UInt8>,
    _ scratch: UnsafeMutablePointer<Double>
  ) {
    let (from, to) = unsafe addresses(rows, of: Float.self)
    var call = unsafe FunctionRows(
      logits: from, output: to, states: states, scratch: scratch, rowCount: rows.count,
      classCount: layout.classCount)
    switch function {
    case .logSumExp: unsafe kernels.log_sum_exp(&call)
    case .probability: unsafe kernels.softmax(&call)
    case .logProbability: unsafe kernels.log_softmax(&call)
    }
  }

  @unsafe
  private func computeDoubles(
    _ rows: Range<Int>, _ kernels: RowKernels, _ states: UnsafeMutablePointer<UInt8>,
    _ scratch: UnsafeMutablePointer<Double>
  ) {
    let (from, to) = unsafe addresses(rows, of: Double.self)
    unsafe exponentialTable.withUnsafeBufferPointer { powers in
      unsafe logarithmTable.withUnsafeBufferPointer { logarithms in
        var call = unsafe DoubleFunctionRows(
          logits: from, output: to, states: states, scratch: scratch,
          powers: powers.baseAddress, logarithms: logarithms.baseAddress, rowCount: rows.count,
          classCount: layout.classCount)
        switch function {
        case .logSumExp: unsafe kernels.log_sum_exp_doubles(&call)
        case .probability: unsafe kernels.softmax_doubles(&call)
        case .logProbability: unsafe kernels.log_softmax_doubles(&call)
        }
      }
    }
  }

  /// Where the logits of rows are, and where their outputs go, which have this type.
  @unsafe
  private func addresses<Number>(
    _ rows: Range<Int>, of type: Number.Type
  ) -> (UnsafePointer<Number>, UnsafeMutablePointer<Number>) {
    let from = unsafe logits + rows.lowerBound * layout.classCount
    let to = unsafe output + rows.lowerBound * outputsPerRow
    return unsafe (
      UnsafeRawPointer(from).assumingMemoryBound(to: type),
      UnsafeMutableRawPointer(to).assumingMemoryBound(to: type)
    )
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
