import InformationTheory

/// The walk over rows that have a distribution over the classes for a target each.
struct TargetPass {
  var kernel: CrossEntropyRow
  private(set) var result: LossResult
  /// The loss of the row that was loaded last, with its sample weight.
  private(set) var rowLoss = Wide.zero
  private let upstream: Wide
  private let layout: ClassLayout
  private let allowsNegative: Bool

  /// Checks the options, targets and weights, and counts.
  // Not inlined: the optimiser of Swift 6.3 would lose the copy of a span here.
  @inline(never)
  init<Scalar: InformationScalar>(
    _ options: CrossEntropyOptions, _ targets: Span<Scalar>, _ argument: StaticString,
    _ sampleWeights: Span<Scalar>?, _ validation: TargetValidation, _ layout: ClassLayout,
    _ reduction: LossReduction, _ empty: EmptyPolicy
  ) throws(InformationError) {
    layout.demandLogits(targets.count, argument)
    layout.demandRows(sampleWeights?.count, "sampleWeights")
    kernel = try CrossEntropyRow(options, layout)
    try InformationError.demandWeights(sampleWeights, "sampleWeights")
    var result = LossResult(reduction: reduction, empty: empty)
    result.rowCount = layout.rowCount
    for row in 0..<layout.rowCount {
      try validation.check(targets, "\(argument)", row: row, layout)
      let applied = options.appliedWeight(targets, row: row, layout)
      result.count(weight: Wide(applied) * sampleWeight(sampleWeights, row))
    }
    upstream = try result.upstream()
    self.result = result
    self.layout = layout
    allowsNegative = validation.allowsNegative
  }

  /// Takes in a row and adds its loss.
  ///
  /// - Returns: What the row's derivatives are multiplied by.
  mutating func load<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ targets: Span<Scalar>, _ sampleWeights: Span<Scalar>?, row: Int
  ) throws(InformationError) -> Wide {
    try kernel.logits.load(logits, row: row, layout)
    kernel.load(targets, row: row, layout)
    if allowsNegative { try kernel.demandOneInfinity(row: row) }
    let weight = sampleWeight(sampleWeights, row)
    rowLoss = kernel.loss * weight
    result.add(rowLoss)
    return weight * upstream
  }
}

extension CrossEntropyOptions {
  /// What a row of targets counts for in a weighted mean: Σ w·q, or 1 without class weights.
  @inline(__always)
  func appliedWeight<Scalar: InformationScalar>(
    _ targets: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) -> DoubleDouble {
    guard let classWeights else { return .one }
    var applied = DoubleDouble.zero
    let offset = layout.offset(row)
    for c in 0..<layout.classCount {
      applied = applied + .product(Double(targets[offset + c * layout.stride]), classWeights[c])
    }
    return applied
  }
}
