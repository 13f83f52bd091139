public import InformationTheory

/// Returns the negative log-likelihood of targets under normal distributions with
/// predicted means and variances.
///
/// With mean x, target t, variance v and weight u an element loses
/// `u·½·(log v + (x − t)²/v)` nats, with `full` ½·log 2π more. The derivatives are
/// `u·(x − t)/v` by the mean and `u·½·(v − (x − t)²)/v²` by the variance.
///
/// - Parameters:
///   - predictions: The means x, any shape, flattened; finite.
///   - targets: The values t, finite.
///   - variances: The variances v, finite and positive; 0 is allowed with `leastVariance`.
///   - leastVariance: Variances below this are taken for it; the derivative is that at
///     the variance taken. By default 0, which changes nothing.
///   - full: Whether to add the constant ½·log 2π.
///   - weights: A weight u for each element, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the means.
///   - varianceGradient: Receives the derivatives by the variances.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
///   The loss may be negative.
/// - Throws: `InformationError` with the code `notFinite` or `badParameter` and the
///   index of the element, or `empty` or `zeroTotal` where there is nothing to take a
///   mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or 2⁻⁶² of the largest part where parts cancel
///   (`gaussian-nll.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func gaussianNLL<Scalar: InformationScalar>(
  predictions: Span<Scalar>, targets: Span<Scalar>, variances: Span<Scalar>,
  leastVariance: Double = 0, full: Bool = false, weights: Span<Scalar>? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  varianceGradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: predictions.count, classCount: 1, stride: 1)
  layout.demandRows(targets.count, "targets")
  layout.demandRows(variances.count, "variances")
  layout.demandRows(gradient?.count, "gradient")
  layout.demandRows(varianceGradient?.count, "varianceGradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  layout.demandRows(weights?.count, "weights")
  try InformationError.demandScale(leastVariance, "leastVariance")
  try InformationError.demandWeights(weights, "weights")
  var result = LossResult(reduction: reduction, empty: empty)
  result.rowCount = layout.rowCount
  for row in 0..<layout.rowCount { result.count(weight: sampleWeight(weights, row)) }
  let upstream = try result.upstream()
  for i in 0..<layout.rowCount {
    let term = try GaussianTerm(
      mean: Double(predictions[i]), target: Double(targets[i]), variance: Double(variances[i]),
      least: leastVariance, isFull: full, at: i)
    let weight = sampleWeight(weights, i)
    let loss = term.loss * weight
    rowLosses?[i] = Scalar(rounding: loss)
    gradient?[i] = Scalar(rounding: term.slope * weight * upstream)
    varianceGradient?[i] = Scalar(rounding: term.varianceSlope * weight * upstream)
    result.add(loss)
  }
  return result
}

/// The negative log-likelihood of one target under a normal distribution.
private struct GaussianTerm {
  let variance: Wide
  let difference: Wide
  let isFull: Bool

  init(
    mean: Double, target: Double, variance: Double, least: Double, isFull: Bool, at index: Int
  ) throws(InformationError) {
    guard mean.isFinite else {
      throw .badNumber("predictions", at: index, mean, "finite")
    }
    guard target.isFinite else { throw .badNumber("targets", at: index, target, "finite") }
    let taken = variance < least ? least : variance
    guard variance >= 0 && taken > 0 && taken < .infinity else {
      throw .badNumber("variances", at: index, variance, "finite and positive")
    }
    self.variance = Wide(taken)
    difference = Wide(mean) - Wide(target)
    self.isFull = isFull
  }

  var loss: Wide {
    // ½·log 2π.
    let constant = DoubleDouble(high: 0x1.d67f1c864beb5p-1, low: -0x1.65b5a1b7ff5dfp-55)
    let sum = (Wide.log(variance) + difference * difference / variance) * Wide(0.5)
    return isFull ? sum + Wide(constant) : sum
  }

  var slope: Wide { difference / variance }

  var varianceSlope: Wide {
    (variance - difference * difference) * Wide(0.5) / variance / variance
  }
}
