public import InformationTheory

/// t·(log t − i) + eⁱ − t, which is never negative.
private struct GeneralizedKL: TermwiseLoss {
  struct Term: LossTerm {
    let target: Wide
    let prediction: Wide
    /// log t − i; +∞ at i = −∞, −∞ at t = 0.
    let logRatio: Wide

    var loss: Wide {
      if target.isZero { return prediction }
      if logRatio.isInfinite { return .infinity }
      let d = logRatio.doubleDouble
      // t·(e^−d − 1 + d): the form for t near eⁱ, where its parts cancel.
      return d.high.magnitude < 1
        ? target * Wide(DoubleDouble.exponentialRemainder(-d))
        : target * (logRatio - .one) + prediction
    }
    var slope: Wide {
      if target.isZero || logRatio.isInfinite { return prediction - target }
      let d = logRatio.doubleDouble
      return d.high.magnitude < 1
        ? target * Wide(DoubleDouble.expm1(-d)) : prediction - target
    }
    var targetSlope: Wide { logRatio }
    var curvature: Wide { prediction }
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    try InformationError.demandLogarithm(x, "logPredictions", at: index)
    try InformationError.demandMass(t, "targets", at: index)
    let logRatio: Wide
    if x == -.infinity {
      logRatio = .infinity
    } else {
      logRatio = t == 0 ? -.infinity : Wide(DoubleDouble.log(t) - DoubleDouble(x))
    }
    return Term(target: Wide(t), prediction: Wide.exp(DoubleDouble(x)), logRatio: logRatio)
  }
}

/// Returns the generalised Kullback–Leibler loss of log-predictions with targets.
///
/// With log-predictions i and targets t a row loses `Σ_c [t_c·(log t_c − i_c) + e^i_c −
/// t_c]` nats, which is never negative whatever the sums are; the derivative by i_c is
/// e^i_c − t_c.
///
/// - Parameters:
///   - logPredictions: Logarithms of what is predicted, rows × classes or (N, C, …) by
///     `classStride`; finite or −∞.
///   - targets: Masses in the same layout, finite and not negative.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the log-predictions.
///   - targetGradient: Receives the derivatives by the targets, log t − i.
///   - hessianDiagonal: Receives the second derivatives by the log-predictions, eⁱ.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite` or `negativeMass` and the
///   index of the element, or `empty` or `zeroTotal` where there is nothing to take a
///   mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp where no target is within a part in 2¹⁰ of its prediction;
///   nearer, the logarithm of their ratio is right to 2⁻⁶⁴ (`generalized-kl-loss.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func generalizedKLLoss<Scalar: InformationScalar>(
  logPredictions: Span<Scalar>, targets: Span<Scalar>, classCount: Int, classStride: Int = 1,
  sampleWeights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  hessianDiagonal: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: logPredictions.count, classCount: classCount, stride: classStride)
  var pass = try TermwisePass(
    GeneralizedKL(), layout, weights: sampleWeights, "sampleWeights", reduction, empty)
  try pass.run(
    logPredictions, targets, weights: sampleWeights, gradient: &gradient,
    targetGradient: &targetGradient, hessianDiagonal: &hessianDiagonal, rowLosses: &rowLosses)
  return pass.result
}
