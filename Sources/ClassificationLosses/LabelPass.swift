import InformationTheory

/// A loss of one row of logits with a class label.
protocol ClassLossRow {
  var logits: SoftmaxRow { get set }

  /// Takes in the label, after the logits.
  mutating func load(label: Int)

  /// The loss of the row, without its sample weight.
  var loss: Wide { get }
  /// What ``derivative(_:)`` is to be multiplied by.
  var unit: Wide { get }

  /// The derivative by what the soft-cap leaves of a logit, in units.
  func derivative(_ c: Int) -> Wide

  /// How the derivatives are made of the powers; nil where there is more to them.
  var powerSlopes: PowerSlopes? { get }

  /// Whether a row loses −log p of its label times the weight of that, and nothing else.
  var isPlain: Bool { get }
}

/// The walk over rows that have a class label each: the checks before it, and the
/// sums that it gathers.
struct LabelPass<Row: ClassLossRow> {
  var kernel: Row
  private(set) var result: LossResult
  /// The loss of the row that was loaded last, with its sample weight.
  private(set) var rowLoss = Wide.zero
  private let upstream: Wide
  private let classWeights: [Double]?
  private let ignoreIndex: Int?
  private let layout: ClassLayout

  /// Checks the labels and weights, and counts.
  init<Scalar: InformationScalar>(
    _ kernel: Row, _ labels: Span<Int>, classWeights: [Double]?, _ sampleWeights: Span<Scalar>?,
    _ ignoreIndex: Int?, _ layout: ClassLayout, _ reduction: LossReduction, _ empty: EmptyPolicy
  ) throws(InformationError) {
    var result = LossResult(reduction: reduction, empty: empty)
    try result.count(labels, classWeights, sampleWeights, ignoreIndex, layout)
    upstream = try result.upstream()
    self.kernel = kernel
    self.result = result
    self.classWeights = classWeights
    self.ignoreIndex = ignoreIndex
    self.layout = layout
  }

  /// Takes in a row and adds its loss.
  ///
  /// - Returns: What the row's derivatives are multiplied by; nil where it is ignored.
  mutating func load<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?, row: Int
  ) throws(InformationError) -> Wide? {
    let label = labels[row]
    if label == ignoreIndex { return nil }
    try kernel.logits.load(logits, row: row, layout)
    kernel.load(label: label)
    let weight = sampleWeight(sampleWeights, row)
    rowLoss = kernel.loss * weight
    result.add(rowLoss)
    return weight * upstream
  }

  /// Takes in every row, on several threads where that is worth it, and writes the outputs
  /// that are there.
  mutating func run<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?,
    gradient: inout MutableSpan<Scalar>?, rowLosses: inout MutableSpan<Scalar>?
  ) throws(InformationError) {
    layout.demandLogits(gradient?.count, "gradient")
    layout.demandRows(rowLosses?.count, "rowLosses")
    let outputs = unsafe RowOutputs(gradient: gradient?.address, rowLosses: rowLosses?.address)
    try run(logits, labels, sampleWeights, outputs)
  }

  /// Takes in every row, and puts the gradient in the place of the logits.
  mutating func run<Scalar: InformationScalar>(
    overwriting logits: inout MutableSpan<Scalar>, _ labels: Span<Int>,
    _ sampleWeights: Span<Scalar>?, rowLosses: inout MutableSpan<Scalar>?
  ) throws(InformationError) {
    layout.demandRows(rowLosses?.count, "rowLosses")
    let count = logits.count
    let outputs = unsafe RowOutputs(gradient: logits.address, rowLosses: rowLosses?.address)
    // A row is taken in before its derivatives are written.
    let all = unsafe UnsafeBufferPointer(start: UnsafePointer(outputs.gradient), count: count)
    try unsafe run(all.span, labels, sampleWeights, outputs)
  }

  private mutating func run<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?,
    _ outputs: RowOutputs<Scalar>
  ) throws(InformationError) {
    let doubles =
      kernel.isPlain
      ? unsafe DoubleLabelKernel(
        logits, labels, sampleWeights, outputs, classWeights: classWeights,
        ignoreIndex: ignoreIndex, upstream: upstream, layout) : nil
    if layout.isOnePiece {
      try take(0..<layout.rowCount, doubles, logits, labels, sampleWeights, outputs)
      return
    }
    let pass = self
    try layout.concurrentRows(
      into: &result, nanoseconds: doubles == nil ? 20 : doubleKernelNanoseconds,
      rowNanoseconds: kernelRowNanoseconds
    ) { rows, part throws(InformationError) in
      var piece = pass
      piece.result = part
      try piece.take(rows, doubles, logits, labels, sampleWeights, outputs)
      part = piece.result
    }
  }

  /// Takes in rows, by the kernels where these have them.
  private mutating func take<Scalar: InformationScalar>(
    _ rows: Range<Int>, _ doubles: DoubleLabelKernel?, _ logits: Span<Scalar>, _ labels: Span<Int>,
    _ sampleWeights: Span<Scalar>?, _ outputs: RowOutputs<Scalar>
  ) throws(InformationError) {
    guard let doubles else {
      for row in rows { try take(row, logits, labels, sampleWeights, outputs) }
      return
    }
    for row in doubles.run(rows, into: &result) {
      try take(row, logits, labels, sampleWeights, outputs)
    }
  }

  /// Takes in a row, and writes its outputs.
  private mutating func take<Scalar: InformationScalar>(
    _ row: Int, _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?,
    _ outputs: RowOutputs<Scalar>
  ) throws(InformationError) {
    let factor = try load(logits, labels, sampleWeights, row: row)
    unsafe outputs.rowLosses?[row] = factor == nil ? 0 : Scalar(rounding: rowLoss)
    guard let gradient = unsafe outputs.gradient else { return }
    let all = unsafe UnsafeMutableBufferPointer(
      start: gradient, count: layout.rowCount * layout.classCount)
    var span = unsafe all.mutableSpan
    if let factor {
      span.writeGradient(of: kernel, times: factor, at: row, layout)
    } else {
      span.clear(row, layout)
    }
  }
}

/// Where the outputs of rows go, which threads share: each row has places of its own.
@safe
struct RowOutputs<Scalar: InformationScalar> {
  let gradient, rowLosses: UnsafeMutablePointer<Scalar>?

  /// The memory must outlive the walk.
  @unsafe
  init(gradient: UnsafeMutablePointer<Scalar>?, rowLosses: UnsafeMutablePointer<Scalar>?) {
    unsafe self.gradient = unsafe gradient
    unsafe self.rowLosses = unsafe rowLosses
  }
}

extension LossResult {
  /// Checks labels and weights, and counts the rows that are not ignored.
  mutating func count<Scalar: InformationScalar>(
    _ labels: Span<Int>, _ classWeights: [Double]?, _ sampleWeights: Span<Scalar>?,
    _ ignoreIndex: Int?, _ layout: ClassLayout
  ) throws(InformationError) {
    layout.demandRows(labels.count, "classIndices")
    layout.demandRows(sampleWeights?.count, "sampleWeights")
    try InformationError.demandWeights(sampleWeights, "sampleWeights")
    try InformationError.demandClassWeights(classWeights, "classWeights", layout)
    let isWeighted = classWeights != nil || sampleWeights != nil
    if !isWeighted, let count = validCount(labels, ignoreIndex, layout.classCount) {
      countRows(layout.rowCount, valid: count)
      return
    }
    rowCount = layout.rowCount
    for row in labels.indices {
      let label = labels[row]
      if label == ignoreIndex { continue }
      guard label >= 0 && label < layout.classCount else {
        throw .labelOutOfRange(row: row, label, classCount: layout.classCount)
      }
      count(weight: Wide(classWeights?[label] ?? 1) * sampleWeight(sampleWeights, row))
    }
  }

  /// Counts rows that weigh 1 each, which are added at once.
  @inline(__always)
  mutating func countRows(_ count: Int, valid: Int) {
    rowCount = count
    validCount = valid
    weight.add(Double(valid))
  }

  /// How many labels are classes and not ignored; nil where one is neither.
  @inline(__always)
  func validCount(_ labels: Span<Int>, _ ignoreIndex: Int?, _ classCount: Int) -> Int? {
    let limit = UInt(classCount)
    var (classes, others) = (0, 0)
    for row in labels.indices {
      let label = unsafe labels[unchecked: row]
      let isIgnored = label == ignoreIndex
      others &+= isIgnored ? 1 : 0
      classes &+= !isIgnored && UInt(bitPattern: label) < limit ? 1 : 0
    }
    return classes + others == labels.count ? classes : nil
  }
}

/// The weight of a row, 1 where there are none.
@inline(__always)
func sampleWeight<Scalar: InformationScalar>(_ weights: Span<Scalar>?, _ row: Int) -> Wide {
  guard let weights else { return .one }
  return Wide(Double(weights[row]))
}

// MARK: - Output

extension MutableSpan where Element: InformationScalar {
  /// Writes the derivatives of a row by its logits, times a factor.
  mutating func writeGradient(
    of row: borrowing some ClassLossRow, times factor: Wide, at index: Int, _ layout: ClassLayout
  ) {
    let unit = (row.unit * factor).normalized
    let slopes = row.logits.slopes
    let offset = layout.offset(index)
    if layout.stride == 1, let powerSlopes = row.powerSlopes,
      write(powerSlopes, of: row.logits, times: unit, from: offset)
    {
      let (first, second) = powerSlopes.exceptions
      self[offset + first] = Element(rounding: row.derivative(first) * unit)
      self[offset + second] = Element(rounding: row.derivative(second) * unit)
      return
    }
    for c in 0..<layout.classCount {
      var derivative = row.derivative(c)
      if !slopes.isEmpty { derivative = derivative * Wide(slopes[c]) }
      self[offset + c * layout.stride] = Element(rounding: derivative * unit)
    }
  }

  /// Writes zeros over a row.
  mutating func clear(_ index: Int, _ layout: ClassLayout) {
    let offset = layout.offset(index)
    for c in 0..<layout.classCount { self[offset + c * layout.stride] = 0 }
  }
}
