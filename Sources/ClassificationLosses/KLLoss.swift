public import InformationTheory

/// t·(log t − i), of a log-prediction i and a probability t.
private struct KLTerm: LossTerm {
  let prediction: DoubleDouble
  let target: Wide

  init(_ prediction: Double, _ target: Double) {
    self.prediction = DoubleDouble(prediction)
    self.target = Wide(target)
  }

  /// log t − i, for a target with mass and a prediction that allows it.
  var logRatio: Wide { Wide(DoubleDouble.log(target.doubleDouble) - prediction) }
  var isForbidden: Bool { prediction.high == -.infinity }

  var loss: Wide {
    if target.isZero { return .zero }
    return isForbidden ? .infinity : target * logRatio
  }
  var slope: Wide { -target }
  var targetSlope: Wide {
    if isForbidden { return .infinity }
    return target.isZero ? -.infinity : logRatio + .one
  }
  var curvature: Wide { .zero }
}

private struct KLOfProbabilities: TermwiseLoss {
  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> KLTerm {
    try InformationError.demandLogarithm(x, "logPredictions", at: index)
    try InformationError.demandMass(t, "targets", at: index)
    return KLTerm(x, t)
  }
}

/// e^τ·(τ − i), of a log-prediction i and a log-target τ.
private struct KLOfLogTargets: TermwiseLoss {
  struct Term: LossTerm {
    let prediction: Double
    let logTarget: Double
    let target: Wide

    /// τ − i, exactly.
    var logRatio: Wide { Wide(.difference(logTarget, prediction)) }
    var isForbidden: Bool { prediction == -.infinity }

    var loss: Wide {
      if target.isZero { return .zero }
      return isForbidden ? .infinity : target * logRatio
    }
    var slope: Wide { -target }
    var targetSlope: Wide {
      if target.isZero { return .zero }
      return isForbidden ? .infinity : target * (logRatio + .one)
    }
    var curvature: Wide { .zero }
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    try InformationError.demandLogarithm(x, "logPredictions", at: index)
    try InformationError.demandLogarithm(t, "logTargets", at: index)
    return Term(prediction: x, logTarget: t, target: Wide.exp(DoubleDouble(t)))
  }
}

extension InformationError {
  static func demandLogarithm(
    _ value: Double, _ argument: String, at index: Int
  ) throws(InformationError) {
    guard value < .infinity else {
      throw InformationError(
        .notFinite, argument: argument, index: index,
        "\(argument)[\(index)] is \(value): a logarithm must be finite or -inf")
    }
  }

  static func demandMass(
    _ value: Double, _ argument: String, at index: Int
  ) throws(InformationError) {
    guard value >= 0 && value < .infinity else {
      throw InformationError(
        value < 0 ? .negativeMass : .notFinite, argument: argument, index: index,
        "\(argument)[\(index)] is \(value): it must be finite and not negative")
    }
  }
}

/// Returns the Kullback–Leibler loss of log-predictions with target probabilities.
///
/// With log-predictions i and targets t a row loses `Σ_c t_c·(log t_c − i_c)` nats, the
/// divergence of the targets from the predictions; the derivative by i_c is −t_c. Where
/// t is 0 nothing is added, whatever i is. Neither side is normalised or checked for its
/// sum. With one class the rows are the elements.
///
/// - Parameters:
///   - logPredictions: Log-probabilities of the model, rows × classes or (N, C, …) by
///     `classStride`; finite or −∞.
///   - targets: Probabilities in the same layout, finite and not negative.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by; `.mean` divides by the
///     number of rows, as the definition of the divergence wants.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the log-predictions.
///   - targetGradient: Receives the derivatives by the targets, log t + 1 − i, which are
///     −∞ at t = 0 and +∞ at i = −∞.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite` or `negativeMass` and the
///   index of the element, or `empty` or `zeroTotal` where there is nothing to take a
///   mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or 2⁻⁶² of the largest term where terms cancel
///   (`kl-loss.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  logPredictions: Span<Scalar>, targets: Span<Scalar>, classCount: Int, classStride: Int = 1,
  sampleWeights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: logPredictions.count, classCount: classCount, stride: classStride)
  var pass = try TermwisePass(
    KLOfProbabilities(), layout, weights: sampleWeights, "sampleWeights", reduction, empty)
  var none = MutableSpan<Scalar>?.none
  try pass.run(
    logPredictions, targets, weights: sampleWeights, gradient: &gradient,
    targetGradient: &targetGradient, hessianDiagonal: &none, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the Kullback–Leibler loss of log-predictions with target log-probabilities.
///
/// With log-predictions i and log-targets τ a row loses `Σ_c e^τ_c·(τ_c − i_c)` nats; the
/// derivative by i_c is −e^τ_c. Where τ is −∞ nothing is added, whatever i is.
///
/// - Parameters:
///   - logPredictions: Log-probabilities of the model, rows × classes or (N, C, …) by
///     `classStride`; finite or −∞.
///   - logTargets: Log-probabilities in the same layout; finite or −∞.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the log-predictions.
///   - targetGradient: Receives the derivatives by the log-targets, e^τ·(1 + τ − i).
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite` and the index of the
///   element, or `empty` or `zeroTotal` where there is nothing to take a mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or 2⁻⁶² of the largest term where terms cancel
///   (`kl-loss.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  logPredictions: Span<Scalar>, logTargets: Span<Scalar>, classCount: Int,
  classStride: Int = 1, sampleWeights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: logPredictions.count, classCount: classCount, stride: classStride)
  var pass = try TermwisePass(
    KLOfLogTargets(), layout, weights: sampleWeights, "sampleWeights", reduction, empty)
  var none = MutableSpan<Scalar>?.none
  try pass.run(
    logPredictions, logTargets, weights: sampleWeights, gradient: &gradient,
    targetGradient: &targetGradient, hessianDiagonal: &none, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the Kullback–Leibler loss of log-predictions with target probabilities, and
/// puts the gradient in the place of the predictions.
///
/// The contract is that of `klLoss(logPredictions:targets:classCount:…)`, and the bits
/// are the same.
///
/// - Parameters:
///   - logPredictions: Log-probabilities, rows × classes or (N, C, …) by `classStride`;
///     receives the derivatives.
///   - targets: Probabilities in the same layout, finite and not negative.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some predictions have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  overwritingLogPredictions logPredictions: consuming MutableSpan<Scalar>,
  targets: Span<Scalar>, classCount: Int, classStride: Int = 1,
  sampleWeights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: logPredictions.count, classCount: classCount, stride: classStride)
  var pass = try TermwisePass(
    KLOfProbabilities(), layout, weights: sampleWeights, "sampleWeights", reduction, empty)
  try pass.run(
    overwriting: &logPredictions, targets, weights: sampleWeights, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the Kullback–Leibler loss of log-predictions with target log-probabilities,
/// and puts the gradient in the place of the predictions.
///
/// The contract is that of `klLoss(logPredictions:logTargets:classCount:…)`, and the
/// bits are the same.
///
/// - Parameters:
///   - logPredictions: Log-probabilities, rows × classes or (N, C, …) by `classStride`;
///     receives the derivatives.
///   - logTargets: Log-probabilities in the same layout; finite or −∞.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some predictions have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  overwritingLogPredictions logPredictions: consuming MutableSpan<Scalar>,
  logTargets: Span<Scalar>, classCount: Int, classStride: Int = 1,
  sampleWeights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: logPredictions.count, classCount: classCount, stride: classStride)
  var pass = try TermwisePass(
    KLOfLogTargets(), layout, weights: sampleWeights, "sampleWeights", reduction, empty)
  try pass.run(
    overwriting: &logPredictions, logTargets, weights: sampleWeights, rowLosses: &rowLosses)
  return pass.result
}
