public import InformationTheory

/// Returns the cross-entropy of softmax predictions with class labels, and its gradient in
/// memory of its own.
///
/// The contract is that of `softmaxCrossEntropy(logits:classIndices:…)`, and the bits are
/// the same. A training loop that keeps its own memory for the gradient saves the
/// bookkeeping by that function.
///
/// - Parameters:
///   - logits: Rows × classes.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classWeights: A weight for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip.
///   - labelSmoothing: The share of a label that is spread over all classes.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
/// - Returns: The sum, its denominator and the counts; the derivatives by the logits.
/// - Throws: `InformationError`, as that function.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxCrossEntropyAndGradient<Scalar: InformationScalar>(
  logits: Span<Scalar>, classIndices: Span<Int>, classCount: Int,
  classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
  labelSmoothing: Double = 0, reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing
) throws(InformationError) -> (result: LossResult, gradient: GradientArray<Scalar>) {
  try GradientArray.filled(logits.count) { gradient throws(InformationError) in
    try softmaxCrossEntropy(
      logits: logits, classIndices: classIndices, classCount: classCount,
      classWeights: classWeights, sampleWeights: sampleWeights, ignoreIndex: ignoreIndex,
      labelSmoothing: labelSmoothing, reduction: reduction, empty: empty, gradient: gradient)
  }
}

/// Returns the binary cross-entropy of logits with targets, and its gradient in memory of
/// its own.
///
/// The contract is that of `binaryCrossEntropy(logits:targets:…)`, and the bits are the
/// same.
///
/// - Parameters:
///   - logits: Any shape, flattened.
///   - targets: The probability of the positive class for each logit, in 0 … 1.
///   - positiveWeights: The weight of positives: one for all, or one for each column.
///   - weights: A weight for each logit, in 0 … 2³⁰⁰.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
/// - Returns: The sum, its denominator and the counts; the derivatives by the logits.
/// - Throws: `InformationError`, as that function.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func binaryCrossEntropyAndGradient<Scalar: InformationScalar>(
  logits: Span<Scalar>, targets: Span<Scalar>, positiveWeights: [Double]? = nil,
  weights: Span<Scalar>? = nil, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing
) throws(InformationError) -> (result: LossResult, gradient: GradientArray<Scalar>) {
  try GradientArray.filled(logits.count) { gradient throws(InformationError) in
    try binaryCrossEntropy(
      logits: logits, targets: targets, positiveWeights: positiveWeights, weights: weights,
      reduction: reduction, empty: empty, gradient: gradient)
  }
}
