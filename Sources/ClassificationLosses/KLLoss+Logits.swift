public import InformationTheory

/// Returns the Kullback–Leibler loss of softmax predictions with target probabilities,
/// and its gradient.
///
/// With p = softmax(x) and targets t a row loses `Σ_c t_c·(log t_c − log p_c)` nats: the
/// cross-entropy without the entropy of the targets. The derivative by the logits is
/// that of the cross-entropy, T·p_j − t_j with T = Σ t.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - targets: Probabilities in the same layout.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - validation: What is refused of the targets.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` as cross-entropy with class probabilities does.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or 2⁻⁶² of the largest term where terms cancel
///   (`kl-loss.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  logits: Span<Scalar>, targets: Span<Scalar>, classCount: Int, classStride: Int = 1,
  sampleWeights: Span<Scalar>? = nil, validation: TargetValidation = .probabilities,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  try softmaxTargetLoss(
    .relative, logits, targets, "targets", sampleWeights, validation.refusingNegative,
    ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride),
    reduction, empty, &gradient, &rowLosses)
}

/// Returns the Kullback–Leibler loss of softmax predictions with target probabilities,
/// and puts the gradient in the place of the logits.
///
/// The contract is that of `klLoss(logits:targets:classCount:…)`, and the bits are the
/// same.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; receives the derivatives.
///   - targets: Probabilities in the same layout.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - validation: What is refused of the targets.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some rows have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klLoss<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, targets: Span<Scalar>,
  classCount: Int, classStride: Int = 1, sampleWeights: Span<Scalar>? = nil,
  validation: TargetValidation = .probabilities, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  try softmaxTargetLoss(
    .relative, overwriting: &logits, targets, "targets", sampleWeights, validation.refusingNegative,
    ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride),
    reduction, empty, &rowLosses)
}

/// The loop that losses of logits with target probabilities share.
@inline(__always)
func softmaxTargetLoss<Scalar: InformationScalar>(
  _ options: CrossEntropyOptions, _ logits: Span<Scalar>, _ targets: Span<Scalar>,
  _ argument: StaticString, _ sampleWeights: Span<Scalar>?, _ validation: TargetValidation,
  _ layout: ClassLayout, _ reduction: LossReduction, _ empty: EmptyPolicy,
  _ gradient: inout MutableSpan<Scalar>?, _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult {
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  var pass = try TargetPass(
    options, targets, argument, sampleWeights, validation, layout, reduction, empty)
  for row in 0..<layout.rowCount {
    let factor = try pass.load(logits, targets, sampleWeights, row: row)
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    gradient?.writeGradient(of: pass.kernel, times: factor, at: row, layout)
  }
  return pass.result
}

/// The same loop with the gradient in the place of the logits.
@inline(__always)
func softmaxTargetLoss<Scalar: InformationScalar>(
  _ options: CrossEntropyOptions, overwriting logits: inout MutableSpan<Scalar>,
  _ targets: Span<Scalar>, _ argument: StaticString, _ sampleWeights: Span<Scalar>?,
  _ validation: TargetValidation, _ layout: ClassLayout, _ reduction: LossReduction,
  _ empty: EmptyPolicy, _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult {
  layout.demandRows(rowLosses?.count, "rowLosses")
  var pass = try TargetPass(
    options, targets, argument, sampleWeights, validation, layout, reduction, empty)
  for row in 0..<layout.rowCount {
    let factor = try pass.load(logits.span, targets, sampleWeights, row: row)
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    logits.writeGradient(of: pass.kernel, times: factor, at: row, layout)
  }
  return pass.result
}
