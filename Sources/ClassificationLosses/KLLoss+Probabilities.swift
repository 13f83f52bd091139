public import InformationTheory

/// t·log(t/p), of a probability p and a target t.
private struct KLOfPredictedProbabilities: TermwiseLoss {
  /// What neither p nor t is taken below; with a positive one neither is taken above 1.
  let least: Double

  struct Term: LossTerm {
    let p: Wide
    let target: Wide
    let isClipped: Bool
    let targetIsClipped: Bool

    /// log t − log p, for two that are not 0.
    private var logRatio: Wide { Wide.log(target) - Wide.log(p) }

    var loss: Wide {
      if target.isZero { return .zero }
      return p.isZero ? .infinity : target * logRatio
    }
    var slope: Wide {
      if isClipped || target.isZero { return .zero }
      return p.isZero ? -.infinity : -(target / p)
    }
    var targetSlope: Wide {
      if targetIsClipped { return .zero }
      if p.isZero { return .infinity }
      return target.isZero ? -.infinity : logRatio + .one
    }
    var curvature: Wide { .zero }
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    try InformationError.demandMass(x, "probabilities", at: index)
    try InformationError.demandMass(t, "targets", at: index)
    let (p, target) = (taken(x), taken(t))
    return Term(
      p: Wide(p), target: Wide(target), isClipped: p != x, targetIsClipped: target != t)
  }

  private func taken(_ x: Double) -> Double {
    least == 0 ? x : min(max(x, least), 1)
  }
}

/// Returns the Kullback–Leibler loss of predicted probabilities with target probabilities.
///
/// With probabilities p and targets t a row loses `Σ_c t_c·log(t_c/p_c)` nats, the
/// divergence of the targets from the predictions; the derivative by p_c is −t_c/p_c.
/// Prefer logits or log-predictions where there are any. Neither side is normalised or
/// checked for its sum. `0·∞ = 0`.
///
/// - Parameters:
///   - probabilities: What is predicted, rows × classes or (N, C, …) by `classStride`;
///     finite and not negative.
///   - targets: Probabilities in the same layout, finite and not negative.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - leastProbability: An ε in 0 ..< ½. A positive one brings both sides into ε … 1, in
///     the arithmetic of their type; what lies outside has the derivative 0.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the predictions, infinite where the loss is.
///   - targetGradient: Receives the derivatives by the targets, log(t/p) + 1, which are
///     −∞ at t = 0 and +∞ at p = 0.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite`, `negativeMass` or
///   `badParameter` and the index of the element, or `empty` or `zeroTotal` where there
///   is nothing to take a mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or 2⁻⁶² of the largest term where terms cancel
///   (`kl-loss-probabilities.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  probabilities: Span<Scalar>, targets: Span<Scalar>, classCount: Int, classStride: Int = 1,
  leastProbability: Double = 0, sampleWeights: Span<Scalar>? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  try InformationError.demandLeastProbability(leastProbability)
  let layout = ClassLayout(
    logitCount: probabilities.count, classCount: classCount, stride: classStride)
  var pass = try TermwisePass(
    KLOfPredictedProbabilities(least: Double(Scalar(leastProbability))), layout,
    weights: sampleWeights, "sampleWeights", reduction, empty)
  var none = MutableSpan<Scalar>?.none
  try pass.run(
    probabilities, targets, weights: sampleWeights, gradient: &gradient,
    targetGradient: &targetGradient, hessianDiagonal: &none, rowLosses: &rowLosses)
  return pass.result
}
