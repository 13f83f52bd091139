import InformationTheory

/// What one prediction and its target lose, and the derivatives; each is worked out
/// only where it is asked for.
protocol LossTerm {
  /// The loss.
  var loss: Wide { get }
  /// The derivative by the prediction.
  var slope: Wide { get }
  /// The derivative by the target.
  var targetSlope: Wide { get }
  /// The second derivative by the prediction.
  var curvature: Wide { get }
}

/// A loss that is a sum over predictions with a target each.
protocol TermwiseLoss {
  associatedtype Term: LossTerm

  /// The term of a prediction x and a target t, at an index of the input.
  ///
  /// - Throws: `InformationError` where one of the two is out of range.
  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term
}

/// The walk over rows of predictions with a target each; a row is what has a weight.
struct TermwisePass<Loss: TermwiseLoss> {
  let loss: Loss
  let layout: ClassLayout
  let upstream: Wide
  var result: LossResult

  /// Checks the weights and counts.
  init<Scalar: InformationScalar>(
    _ loss: Loss, _ layout: ClassLayout, weights: Span<Scalar>?, _ argument: StaticString,
    _ reduction: LossReduction, _ empty: EmptyPolicy
  ) throws(InformationError) {
    layout.demandRows(weights?.count, argument)
    try InformationError.demandWeights(weights, "\(argument)")
    var result = LossResult(reduction: reduction, empty: empty)
    result.count(weights, layout)
    upstream = try result.upstream()
    self.loss = loss
    self.layout = layout
    self.result = result
  }

  /// Adds the rows' losses, and writes the outputs that are there.
  mutating func run<Scalar: InformationScalar>(
    _ predictions: Span<Scalar>, _ targets: Span<Scalar>, weights: Span<Scalar>?,
    gradient: inout MutableSpan<Scalar>?, targetGradient: inout MutableSpan<Scalar>?,
    hessianDiagonal: inout MutableSpan<Scalar>?, rowLosses: inout MutableSpan<Scalar>?
  ) throws(InformationError) {
    layout.demandLogits(targets.count, "targets")
    layout.demandLogits(gradient?.count, "gradient")
    layout.demandLogits(targetGradient?.count, "targetGradient")
    layout.demandLogits(hessianDiagonal?.count, "hessianDiagonal")
    layout.demandRows(rowLosses?.count, "rowLosses")
    for row in 0..<layout.rowCount {
      let weight = sampleWeight(weights, row)
      let factor = weight * upstream
      let offset = layout.offset(row)
      var sum = Wide.zero
      for c in 0..<layout.classCount {
        let i = offset + c * layout.stride
        let term = try loss.term(Double(predictions[i]), Double(targets[i]), at: i)
        sum = sum + term.loss
        gradient?[i] = Scalar(rounding: term.slope * factor)
        targetGradient?[i] = Scalar(rounding: term.targetSlope * factor)
        hessianDiagonal?[i] = Scalar(rounding: term.curvature * factor)
      }
      sum = sum * weight
      rowLosses?[row] = Scalar(rounding: sum)
      result.add(sum)
    }
  }

  /// Adds the rows' losses, and puts the gradient in the place of the predictions.
  mutating func run<Scalar: InformationScalar>(
    overwriting predictions: inout MutableSpan<Scalar>, _ targets: Span<Scalar>,
    weights: Span<Scalar>?, rowLosses: inout MutableSpan<Scalar>?
  ) throws(InformationError) {
    layout.demandLogits(targets.count, "targets")
    layout.demandRows(rowLosses?.count, "rowLosses")
    for row in 0..<layout.rowCount {
      let weight = sampleWeight(weights, row)
      let factor = weight * upstream
      let offset = layout.offset(row)
      var sum = Wide.zero
      for c in 0..<layout.classCount {
        let i = offset + c * layout.stride
        let term = try loss.term(Double(predictions[i]), Double(targets[i]), at: i)
        sum = sum + term.loss
        predictions[i] = Scalar(rounding: term.slope * factor)
      }
      sum = sum * weight
      rowLosses?[row] = Scalar(rounding: sum)
      result.add(sum)
    }
  }
}

extension LossResult {
  /// Counts rows, all of which take part, and what they weigh.
  mutating func count<Scalar: InformationScalar>(_ weights: Span<Scalar>?, _ layout: ClassLayout) {
    rowCount = layout.rowCount
    if weights == nil {
      // Rows that weigh 1 each are added at once.
      validCount = rowCount
      weight.add(Double(rowCount))
    } else {
      for row in 0..<rowCount { count(weight: sampleWeight(weights, row)) }
    }
  }
}
