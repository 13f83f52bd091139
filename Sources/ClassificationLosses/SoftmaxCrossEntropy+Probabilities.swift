public import InformationTheory

/// Returns the cross-entropy of softmax predictions with distributions over the
/// classes, and its gradient.
///
/// With p = softmax(x), class weights w and smoothing ε over C classes, a row of
/// targets q and sample weight u loses `u·[Σ_c b_c·(−log p_c) + λ·(log Σ eˣ)²]` nats,
/// where b_c = w_c·((1 − ε)·q_c + ε/C). The derivative by the logits is
/// `u·[Q·p_j − b_j + 2λ·log Σ eˣ·p_j]`, Q = Σ b, over the denominator. `0·∞ = 0`: a
/// class without target may have the logit −∞.
///
/// One-hot targets and class indices give the same rows: of doubles bit for bit, of floats
/// within 1 ulp.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classProbabilities: The targets q, in the layout of the logits.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - classWeights: A weight w for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - labelSmoothing: The share ε that is spread over all C classes.
///   - zLossScale: The scale λ of the squared logarithm of the normaliser.
///   - logitSoftcap: The bound c of `x′ = c·tanh(x/c)`, applied to the logits first.
///   - validation: What is refused of the targets.
///   - convention: What is made of targets whose total is not 1.
///   - reduction: What the value and the gradient are divided by; `.weightedMean`
///     divides by the sum of u·Σ_c w_c·q_c, without class weights by the sum of u.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits, in their layout.
///   - targetGradient: Receives the derivatives by the targets, −u·(1 − ε)·w_c·log p_c,
///     which are +∞ where p_c is 0.
///   - hessianDiagonal: Receives the second derivatives Q·p_j·(1 − p_j); not with a
///     z-loss or a soft-cap.
///   - rowLosses: Receives the loss of each row, not reduced.
///   - rowLogSumExps: Receives log Σ eˣ of each row.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `negativeMass`, `notFinite` or
///   `notNormalized` for a target, else as with class indices.
/// - Precondition: The lengths agree.
/// - Accuracy: as with class indices (`softmax-cross-entropy.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxCrossEntropy<Scalar: InformationScalar>(
  logits: Span<Scalar>, classProbabilities: Span<Scalar>, classCount: Int,
  classStride: Int = 1, classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil,
  labelSmoothing: Double = 0, zLossScale: Double = 0, logitSoftcap: Double? = nil,
  validation: TargetValidation = .probabilities, convention: SoftTargetConvention = .derivative,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  hessianDiagonal: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil,
  rowLogSumExps: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandLogits(targetGradient?.count, "targetGradient")
  layout.demandLogits(hessianDiagonal?.count, "hessianDiagonal")
  layout.demandRows(rowLosses?.count, "rowLosses")
  layout.demandRows(rowLogSumExps?.count, "rowLogSumExps")
  precondition(
    hessianDiagonal == nil || (zLossScale == 0 && logitSoftcap == nil),
    "hessianDiagonal: not with a z-loss or a soft-cap")
  let options = CrossEntropyOptions(
    classWeights: classWeights, labelSmoothing: labelSmoothing, zLossScale: zLossScale,
    logitSoftcap: logitSoftcap, convention: convention)
  if targetGradient == nil && hessianDiagonal == nil && rowLogSumExps == nil,
    let result = try targetKernelResult(
      logits, classProbabilities, sampleWeights, options, validation, layout, reduction, empty,
      &gradient, &rowLosses)
  {
    return result
  }
  var pass = try TargetPass(
    options, classProbabilities, "classProbabilities", sampleWeights, validation, layout,
    reduction, empty)
  for row in 0..<layout.rowCount {
    let factor = try pass.load(logits, classProbabilities, sampleWeights, row: row)
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    rowLogSumExps?[row] = Scalar(rounding: pass.kernel.logits.logSumExp)
    gradient?.writeGradient(of: pass.kernel, times: factor, at: row, layout)
    targetGradient?.writeTargetGradient(of: pass.kernel, times: factor, at: row, layout)
    hessianDiagonal?.writeHessianDiagonal(of: pass.kernel, times: factor, at: row, layout)
  }
  return pass.result
}

/// Returns the cross-entropy of softmax predictions with distributions over the
/// classes, and puts the gradient in the place of the logits.
///
/// The contract is that of
/// `softmaxCrossEntropy(logits:classProbabilities:classCount:…)`, and the bits are the
/// same.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; receives the derivatives.
///   - classProbabilities: The targets, in the layout of the logits.
///   - classCount: The number of classes.
///   - classStride: From one class of a row to the next.
///   - classWeights: A weight for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - labelSmoothing: The share that is spread over all classes.
///   - zLossScale: The scale of the squared logarithm of the normaliser.
///   - logitSoftcap: The bound c of `x′ = c·tanh(x/c)`.
///   - validation: What is refused of the targets.
///   - convention: What is made of targets whose total is not 1.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
///   - rowLogSumExps: Receives log Σ eˣ of each row.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some rows have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxCrossEntropy<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, classProbabilities: Span<Scalar>,
  classCount: Int, classStride: Int = 1,
  classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil,
  labelSmoothing: Double = 0, zLossScale: Double = 0, logitSoftcap: Double? = nil,
  validation: TargetValidation = .probabilities, convention: SoftTargetConvention = .derivative,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  rowLosses: consuming MutableSpan<Scalar>? = nil,
  rowLogSumExps: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandRows(rowLosses?.count, "rowLosses")
  layout.demandRows(rowLogSumExps?.count, "rowLogSumExps")
  let options = CrossEntropyOptions(
    classWeights: classWeights, labelSmoothing: labelSmoothing, zLossScale: zLossScale,
    logitSoftcap: logitSoftcap, convention: convention)
  if rowLogSumExps == nil,
    let result = try targetKernelResult(
      overwriting: &logits, classProbabilities, sampleWeights, options, validation, layout,
      reduction, empty, &rowLosses)
  {
    return result
  }
  var pass = try TargetPass(
    options, classProbabilities, "classProbabilities", sampleWeights, validation, layout,
    reduction, empty)
  for row in 0..<layout.rowCount {
    let factor = try pass.load(logits.span, classProbabilities, sampleWeights, row: row)
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    rowLogSumExps?[row] = Scalar(rounding: pass.kernel.logits.logSumExp)
    logits.writeGradient(of: pass.kernel, times: factor, at: row, layout)
  }
  return pass.result
}
