public import InformationTheory

/// Returns the poly-1 cross-entropy of softmax predictions with class labels.
///
/// Cross-entropy with its first polynomial coefficient moved: with p = softmax(x) a row
/// of label y and weight u loses `u·[−log p_y + ε·(1 − p_y)]` nats, and the derivative
/// by the logits is `u·(1 + ε·p_y)·(p_j − δ_jy)`.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - epsilon: The coefficient ε, at least −1.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip, which may lie outside 0 ..< C.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits, in their layout.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` as cross-entropy does.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp for ε ≥ 0 (`poly-1-cross-entropy.json`).
/// - Source: Leng, Tan, Liu, Cubuk, Shi, Cheng and Anguelov, "PolyLoss" (2022,
///   arXiv:2204.12511).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func poly1CrossEntropy<Scalar: InformationScalar>(
  logits: Span<Scalar>, classIndices: Span<Int>, classCount: Int, classStride: Int = 1,
  epsilon: Double = 1, sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  var pass = try LabelPass(
    CrossEntropyRow(.poly1(epsilon), layout), classIndices, classWeights: nil, sampleWeights,
    ignoreIndex, layout, reduction, empty)
  try pass.run(logits, classIndices, sampleWeights, gradient: &gradient, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the poly-1 cross-entropy of softmax predictions with class labels, and puts
/// the gradient in the place of the logits.
///
/// The contract is that of `poly1CrossEntropy(logits:classIndices:classCount:…)`, and
/// the bits are the same.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; receives the derivatives.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - epsilon: The coefficient ε, at least −1.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some rows have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func poly1CrossEntropy<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, classIndices: Span<Int>,
  classCount: Int, classStride: Int = 1, epsilon: Double = 1,
  sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  var pass = try LabelPass(
    CrossEntropyRow(.poly1(epsilon), layout), classIndices, classWeights: nil, sampleWeights,
    ignoreIndex, layout, reduction, empty)
  try pass.run(overwriting: &logits, classIndices, sampleWeights, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the poly-1 cross-entropy of softmax predictions with distributions over the
/// classes.
///
/// With p = softmax(x) a row of targets q and weight u loses
/// `u·Σ_c q_c·[−log p_c + ε·(1 − p_c)]` nats, and the derivative by the logits is
/// `u·[Q·p_j − q_j + ε·(p_j·Σ_c q_c·p_c − q_j·p_j)]`, Q = Σ q.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classProbabilities: The targets q, in the layout of the logits.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - epsilon: The coefficient ε, at least −1.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - validation: What is refused of the targets.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits, in their layout.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` as cross-entropy does.
/// - Precondition: The lengths agree.
/// - Accuracy: as with class indices, derivatives unless their parts cancel.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func poly1CrossEntropy<Scalar: InformationScalar>(
  logits: Span<Scalar>, classProbabilities: Span<Scalar>, classCount: Int,
  classStride: Int = 1, epsilon: Double = 1, sampleWeights: Span<Scalar>? = nil,
  validation: TargetValidation = .probabilities, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  try softmaxTargetLoss(
    .poly1(epsilon), logits, classProbabilities, "classProbabilities", sampleWeights, validation,
    ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride),
    reduction, empty, &gradient, &rowLosses)
}

/// Returns the poly-1 cross-entropy of softmax predictions with distributions over the
/// classes, and puts the gradient in the place of the logits.
///
/// The contract is that of `poly1CrossEntropy(logits:classProbabilities:classCount:…)`,
/// and the bits are the same.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; receives the derivatives.
///   - classProbabilities: The targets q, in the layout of the logits.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - epsilon: The coefficient ε, at least −1.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - validation: What is refused of the targets.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some rows have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func poly1CrossEntropy<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, classProbabilities: Span<Scalar>,
  classCount: Int, classStride: Int = 1, epsilon: Double = 1,
  sampleWeights: Span<Scalar>? = nil, validation: TargetValidation = .probabilities,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  try softmaxTargetLoss(
    .poly1(epsilon), overwriting: &logits, classProbabilities, "classProbabilities",
    sampleWeights, validation,
    ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride),
    reduction, empty, &rowLosses)
}
