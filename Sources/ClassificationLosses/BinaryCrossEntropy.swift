public import InformationTheory

/// Cross-entropy of σ(x) with a target, for one logit.
private struct BinaryCrossEntropy: TermwiseLoss {
  let positiveWeights: [Double]?
  let smoothing: Double

  struct Term: LossTerm {
    let row: BinaryRow
    /// 1 − t and P·t, of the smoothed target.
    let negativeWeight: Wide
    let positiveWeight: Wide
    let positiveScale: Wide
    let kept: Wide

    var loss: Wide { row.crossEntropy(negative: negativeWeight, positive: positiveWeight) }
    var slope: Wide { negativeWeight * row.positive - positiveWeight * row.negative }
    var targetSlope: Wide {
      kept * (positiveScale * row.positiveSurprisal - row.negativeSurprisal)
    }
    var curvature: Wide { (negativeWeight + positiveWeight) * row.positive * row.negative }
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    if x.isNaN { throw .nanPrediction("logits", at: index) }
    try InformationError.demandProbability(t, "targets", at: index)
    var (target, other) = (DoubleDouble(t), DoubleDouble.difference(1, t))
    if smoothing > 0 {
      // t(1 − ε) + ε/2, and the same of 1 − t.
      let kept = DoubleDouble.difference(1, smoothing)
      target = kept * target + 0.5 * smoothing
      other = kept * other + 0.5 * smoothing
    }
    let weight = Wide(positiveWeights.map { $0[index % $0.count] } ?? 1)
    return Term(
      row: BinaryRow(x), negativeWeight: Wide(other), positiveWeight: Wide(target) * weight,
      positiveScale: weight, kept: Wide(.difference(1, smoothing)))
  }

  /// Checks the options.
  init(_ positiveWeights: [Double]?, _ smoothing: Double, count: Int) throws(InformationError) {
    if let positiveWeights {
      precondition(
        !positiveWeights.isEmpty && count % positiveWeights.count == 0,
        "positiveWeights must be one weight, or one for each column of the logits")
      try InformationError.demandWeights(positiveWeights.span, "positiveWeights")
    }
    try InformationError.demandShare(smoothing, "labelSmoothing")
    self.positiveWeights = positiveWeights
    self.smoothing = smoothing
  }

  /// What the kernels are asked for; nil where they do not have it.
  var kernelOptions: BinaryKernelOptions? {
    let weight = positiveWeights?.first ?? 1
    guard positiveWeights?.count ?? 1 == 1 && weight <= 0x1p100 else { return nil }
    return BinaryKernelOptions(
      kind: .crossEntropy, kept: 1 - smoothing, spread: 0.5 * smoothing, positiveWeight: weight)
  }
}

/// Returns the binary cross-entropy of logits with targets, and its gradient.
///
/// With σ the logistic function, target t, weight u and positive weight P an element
/// loses `u·[(1 − t)·(−log σ(−x)) + P·t·(−log σ(x))]` nats; its derivatives are
/// `u·[(1 − t)·σ(x) − P·t·σ(−x)]` by the logit, `u·[(1 − t) + P·t]·σ(x)·σ(−x)` the
/// second, and `u·[P·(−log σ(x)) + log σ(−x)]` by the target. It is the softmax
/// cross-entropy of the logits 0 and x. Infinite logits stand for their limits.
///
/// - Parameters:
///   - logits: Any shape, flattened. NaN is refused.
///   - targets: The probability of the positive class for each logit, in 0 … 1.
///   - positiveWeights: The weight P of positives: one for all, or one for each column.
///   - weights: A weight u for each logit, in 0 … 2³⁰⁰.
///   - labelSmoothing: The share ε by which targets move to ½: t(1 − ε) + ε/2.
///   - reduction: What the value and the gradient are divided by; `.weightedMean`
///     divides by the sum of u.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits.
///   - targetGradient: Receives the derivatives by the targets.
///   - hessianDiagonal: Receives the second derivatives by the logits.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite` or `badParameter` and the
///   index of the element, or `empty` or `zeroTotal` where there is nothing to take a
///   mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: losses and second derivatives are within 1 ulp; derivatives are unless
///   their two parts cancel: then within 2⁻⁶² of either (`binary-cross-entropy.json`).
///   The sum of the losses of float logits is within 2⁻³⁸ of itself.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func binaryCrossEntropy<Scalar: InformationScalar>(
  logits: Span<Scalar>, targets: Span<Scalar>, positiveWeights: [Double]? = nil,
  weights: Span<Scalar>? = nil, labelSmoothing: Double = 0,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  hessianDiagonal: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let loss = try BinaryCrossEntropy(positiveWeights, labelSmoothing, count: logits.count)
  var pass = try TermwisePass(
    loss, ClassLayout(logitCount: logits.count, classCount: 1, stride: 1), weights: weights,
    "weights", reduction, empty)
  if targetGradient == nil && hessianDiagonal == nil,
    try pass.runKernel(
      loss.kernelOptions, logits, targets, weights: weights, gradient: &gradient,
      rowLosses: &rowLosses)
  {
    return pass.result
  }
  try pass.run(
    logits, targets, weights: weights, gradient: &gradient, targetGradient: &targetGradient,
    hessianDiagonal: &hessianDiagonal, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the binary cross-entropy of logits with targets, and puts the gradient in
/// the place of the logits.
///
/// The contract is that of `binaryCrossEntropy(logits:targets:…)`, and the bits are the
/// same.
///
/// - Parameters:
///   - logits: Any shape, flattened; receives the derivatives.
///   - targets: The probability of the positive class for each logit, in 0 … 1.
///   - positiveWeights: The weight of positives: one for all, or one for each column.
///   - weights: A weight for each logit, in 0 … 2³⁰⁰.
///   - labelSmoothing: The share by which targets move to ½.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some logits have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func binaryCrossEntropy<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, targets: Span<Scalar>,
  positiveWeights: [Double]? = nil, weights: Span<Scalar>? = nil, labelSmoothing: Double = 0,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let loss = try BinaryCrossEntropy(positiveWeights, labelSmoothing, count: logits.count)
  var pass = try TermwisePass(
    loss, ClassLayout(logitCount: logits.count, classCount: 1, stride: 1), weights: weights,
    "weights", reduction, empty)
  if try pass.runKernel(
    loss.kernelOptions, overwriting: &logits, targets, weights: weights, rowLosses: &rowLosses)
  {
    return pass.result
  }
  try pass.run(overwriting: &logits, targets, weights: weights, rowLosses: &rowLosses)
  return pass.result
}
