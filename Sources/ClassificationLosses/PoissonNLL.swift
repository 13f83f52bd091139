public import InformationTheory

/// The negative log-likelihood of a count under a Poisson rate.
private struct Poisson: TermwiseLoss {
  let takesLogarithms: Bool
  let isFull: Bool
  let epsilon: Double

  struct Term: LossTerm {
    let loss: Wide
    let slope: Wide
    let targetSlope: Wide
    let curvature: Wide
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    try InformationError.demandMass(t, "targets", at: index)
    if takesLogarithms {
      if x.isNaN { throw .nanPrediction("predictions", at: index) }
      return logarithmTerm(x, t)
    }
    try InformationError.demandMass(x, "predictions", at: index)
    return rateTerm(x, t)
  }

  private func logarithmTerm(_ x: Double, _ t: Double) -> Term {
    let (rate, target) = (Wide.exp(DoubleDouble(x)), Wide(t))
    var (loss, targetSlope) = (rate, -Wide(x))
    if isFull && t > 1 {
      let logRatio = logRatio(rate, target, Wide(x))
      if !rate.isInfinite { loss = excess(rate, target, logRatio) + correction(t) }
      targetSlope = correctionSlope(t) - logRatio
    } else if !rate.isInfinite {
      loss = rate - target * Wide(x)
    }
    return Term(loss: loss, slope: rate - target, targetSlope: targetSlope, curvature: rate)
  }

  private func rateTerm(_ x: Double, _ t: Double) -> Term {
    let (rate, target) = (Wide(x) + Wide(epsilon), Wide(t))
    if target.isZero {
      let logarithm = rate.isZero ? -Wide.infinity : Wide.log(rate)
      return Term(loss: Wide(x), slope: .one, targetSlope: -logarithm, curvature: .zero)
    }
    if rate.isZero {
      return Term(
        loss: .infinity, slope: -.infinity, targetSlope: .infinity, curvature: .infinity)
    }
    let (slope, curvature) = ((rate - target) / rate, target / rate / rate)
    guard isFull && t > 1 else {
      let logarithm = Wide.log(rate)
      return Term(
        loss: Wide(x) - target * logarithm, slope: slope, targetSlope: -logarithm,
        curvature: curvature)
    }
    let logRatio = logRatio(rate, target, Wide.log(rate))
    return Term(
      loss: excess(rate, target, logRatio) - Wide(epsilon) + correction(t), slope: slope,
      targetSlope: correctionSlope(t) - logRatio, curvature: curvature)
  }

  /// log(rate/t), given the logarithm of the rate; near 0 from the rate itself, where the
  /// logarithms would cancel.
  private func logRatio(_ rate: Wide, _ target: Wide, _ logRate: Wide) -> Wide {
    if !rate.isInfinite {
      let difference = (rate - target) / target
      if difference.rounded.magnitude < 0.5 { return Wide.log1p(difference) }
    }
    return logRate - Wide.log(target)
  }

  /// rate − t − t·d, with d = log(rate/t).
  ///
  /// It is what the likelihood of a count falls short of its largest. Near d = 0, where
  /// the parts cancel, it is taken as t·(eᵈ − 1 − d).
  private func excess(_ rate: Wide, _ target: Wide, _ logRatio: Wide) -> Wide {
    logRatio.rounded.magnitude < 1
      ? target * Wide(DoubleDouble.exponentialRemainder(logRatio.doubleDouble))
      : rate - target * (.one + logRatio)
  }

  /// ½·log(2πt), what Stirling's log t! has beside t·log t − t.
  private func correction(_ t: Double) -> Wide {
    let half = DoubleDouble(high: 0x1.d67f1c864beb5p-1, low: -0x1.65b5a1b7ff5dfp-55)
    return Wide(DoubleDouble.log(t) * 0.5 + half)
  }

  private func correctionSlope(_ t: Double) -> Wide { Wide(0.5) / Wide(t) }
}

/// Returns the negative log-likelihood of counts under predicted Poisson rates.
///
/// With log-rates x a target t and weight u lose `u·(eˣ − t·x)` nats, with the derivative
/// `u·(eˣ − t)`; with rates x they lose `u·(x − t·log(x + ε))`, with the derivative
/// `u·(1 − t/(x + ε))`. What is left out, log t!, does not depend on the prediction;
/// `full` adds Stirling's approximation of it, t·log t − t + ½·log(2πt), where t > 1.
///
/// - Parameters:
///   - predictions: Log-rates or rates, any shape, flattened. Log-rates may be ±∞, rates
///     are finite and not negative.
///   - targets: Counts, finite and not negative; they need not be whole.
///   - predictsLogarithms: Whether the predictions are logarithms of rates.
///   - full: Whether to add the approximation of log t!.
///   - epsilon: What is added to a rate before its logarithm is taken; finite and not
///     negative.
///   - weights: A weight u for each element, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the predictions.
///   - targetGradient: Receives the derivatives by the targets.
///   - hessianDiagonal: Receives the second derivatives by the predictions.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
///   The loss is no divergence and may be negative.
/// - Throws: `InformationError` with the code `notFinite`, `negativeMass` or
///   `badParameter` and the index of the element, or `empty` or `zeroTotal` where there
///   is nothing to take a mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or 2⁻⁶² of the largest part where parts cancel
///   (`poisson-nll.json`). With `full` nothing is lost where t is next to the rate; of a
///   log-rate the difference d from log t is right to 2⁻⁷⁹ there, and the loss to 2⁻⁷⁸/d.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func poissonNLL<Scalar: InformationScalar>(
  predictions: Span<Scalar>, targets: Span<Scalar>, predictsLogarithms: Bool = true,
  full: Bool = false, epsilon: Double = 0, weights: Span<Scalar>? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  hessianDiagonal: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  try InformationError.demandScale(epsilon, "epsilon")
  var pass = try TermwisePass(
    Poisson(takesLogarithms: predictsLogarithms, isFull: full, epsilon: epsilon),
    ClassLayout(logitCount: predictions.count, classCount: 1, stride: 1), weights: weights,
    "weights", reduction, empty)
  try pass.run(
    predictions, targets, weights: weights, gradient: &gradient,
    targetGradient: &targetGradient, hessianDiagonal: &hessianDiagonal, rowLosses: &rowLosses)
  return pass.result
}
