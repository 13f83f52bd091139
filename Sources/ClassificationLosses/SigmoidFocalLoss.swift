public import InformationTheory

/// The focal loss of one logit.
private struct SigmoidFocal: TermwiseLoss {
  let alpha: Double?
  let modulation: FocalModulation
  let convention: FocalTargetConvention

  init(_ alpha: Double?, _ gamma: Double, _ convention: FocalTargetConvention)
    throws(InformationError)
  {
    if let alpha { try InformationError.demandShare(alpha, "alpha") }
    modulation = try FocalModulation(gamma: gamma)
    self.alpha = alpha
    self.convention = convention
  }

  /// What the kernels are asked for.
  var kernelOptions: BinaryKernelOptions {
    BinaryKernelOptions(
      kind: .focal, positiveWeight: alpha ?? 1, negativeWeight: alpha.map { 1 - $0 } ?? 1,
      gamma: modulation.gamma)
  }

  struct Term: LossTerm {
    let loss: Wide
    let slope: Wide
    var targetSlope: Wide { .zero }
    var curvature: Wide { .zero }
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    if x.isNaN { throw .nanPrediction("logits", at: index) }
    try InformationError.demandProbability(t, "targets", at: index)
    let row = BinaryRow(x)
    let (target, other) = (Wide(t), Wide(.difference(1, t)))
    if t == 0 || t == 1 || convention == .termwise {
      let (positive, negative) = (positive(row), negative(row))
      return Term(
        loss: target * positive.loss + other * negative.loss,
        slope: target * positive.slope + other * negative.slope)
    }
    return mixture(row, target, other)
  }

  private var positiveScale: Wide { Wide(alpha ?? 1) }
  private var negativeScale: Wide { alpha.map { Wide(.difference(1, $0)) } ?? .one }

  /// α·qᵞ·(−log p) and −α·qᵞ·(q + γ·p·(−log p)).
  private func positive(_ row: BinaryRow) -> Term {
    let surprisal = row.positiveSurprisal
    let scale = positiveScale * modulation.power(logarithm: -row.negativeSurprisal)
    let bend = Wide(modulation.gamma) * row.positive * surprisal
    return Term(loss: scale * surprisal, slope: -(scale * (row.negative + bend)))
  }

  /// (1 − α)·pᵞ·(−log q) and (1 − α)·pᵞ·(p + γ·q·(−log q)).
  private func negative(_ row: BinaryRow) -> Term {
    let surprisal = row.negativeSurprisal
    let scale = negativeScale * modulation.power(logarithm: -row.positiveSurprisal)
    let bend = Wide(modulation.gamma) * row.negative * surprisal
    return Term(loss: scale * surprisal, slope: scale * (row.positive + bend))
  }

  /// a·uᵞ·H with u = t·q + (1 − t)·p and H the cross-entropy, for 0 < t < 1.
  private func mixture(_ row: BinaryRow, _ target: Wide, _ other: Wide) -> Term {
    let (p, q) = (row.positive, row.negative)
    let u = target * q + other * p
    let crossEntropy = row.crossEntropy(negative: other, positive: target)
    let weight = alpha == nil ? Wide.one : positiveScale * target + negativeScale * other
    let scale = weight * modulation.power(u)
    let bend = Wide(modulation.gamma) * (other - target) * p * q * crossEntropy
    return Term(loss: scale * crossEntropy, slope: scale * (other * p - target * q + bend / u))
  }
}

/// Returns the focal loss of logits with binary targets, and its gradient.
///
/// With p = σ(x), q = σ(−x) and weight u a positive loses `u·α·qᵞ·(−log p)` nats, with
/// the derivative `−u·α·qᵞ·(q + γ·p·(−log p))`, and a negative `u·(1 − α)·pᵞ·(−log q)`,
/// with the derivative `u·(1 − α)·pᵞ·(p + γ·q·(−log q))`. With γ = 0 and without α it is
/// the binary cross-entropy, bit for bit. Infinite logits stand for their limits.
///
/// - Parameters:
///   - logits: Any shape, flattened. NaN is refused.
///   - targets: The probability of the positive class for each logit, in 0 … 1.
///   - alpha: The weight α of positives, in 0 … 1; negatives weigh 1 − α. Nil for 1
///     and 1.
///   - gamma: The exponent γ, finite and not negative.
///   - softTargets: What is made of targets between 0 and 1.
///   - weights: A weight u for each logit, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by; `.weightedMean`
///     divides by the sum of u, without α.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite` or `badParameter` and the
///   index of the element, or `empty` or `zeroTotal` where there is nothing to take a
///   mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp for γ ≤ 8, derivatives at mixed targets unless their parts
///   cancel (`sigmoid-focal.json`). The sum of the losses of float logits is within
///   2⁻³⁸ of itself.
/// - Source: Lin, Goyal, Girshick, He and Dollár (2017), doi:10.1109/ICCV.2017.324.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func sigmoidFocalLoss<Scalar: InformationScalar>(
  logits: Span<Scalar>, targets: Span<Scalar>, alpha: Double? = 0.25, gamma: Double = 2,
  softTargets: FocalTargetConvention = .mixture, weights: Span<Scalar>? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let loss = try SigmoidFocal(alpha, gamma, softTargets)
  var pass = try TermwisePass(
    loss,
    ClassLayout(logitCount: logits.count, classCount: 1, stride: 1), weights: weights,
    "weights", reduction, empty)
  if try pass.runKernel(
    loss.kernelOptions, logits, targets, weights: weights, gradient: &gradient,
    rowLosses: &rowLosses)
  {
    return pass.result
  }
  var none = MutableSpan<Scalar>?.none
  var neither = MutableSpan<Scalar>?.none
  try pass.run(
    logits, targets, weights: weights, gradient: &gradient, targetGradient: &none,
    hessianDiagonal: &neither, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the focal loss of logits with binary targets, and puts the gradient in the
/// place of the logits.
///
/// The contract is that of `sigmoidFocalLoss(logits:targets:…)`, and the bits are the
/// same.
///
/// - Parameters:
///   - logits: Any shape, flattened; receives the derivatives.
///   - targets: The probability of the positive class for each logit, in 0 … 1.
///   - alpha: The weight of positives, or nil.
///   - gamma: The exponent, finite and not negative.
///   - softTargets: What is made of targets between 0 and 1.
///   - weights: A weight for each logit, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some logits have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func sigmoidFocalLoss<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, targets: Span<Scalar>,
  alpha: Double? = 0.25, gamma: Double = 2, softTargets: FocalTargetConvention = .mixture,
  weights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let loss = try SigmoidFocal(alpha, gamma, softTargets)
  var pass = try TermwisePass(
    loss,
    ClassLayout(logitCount: logits.count, classCount: 1, stride: 1), weights: weights,
    "weights", reduction, empty)
  if try pass.runKernel(
    loss.kernelOptions, overwriting: &logits, targets, weights: weights, rowLosses: &rowLosses)
  {
    return pass.result
  }
  try pass.run(overwriting: &logits, targets, weights: weights, rowLosses: &rowLosses)
  return pass.result
}
