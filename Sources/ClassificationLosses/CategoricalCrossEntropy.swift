public import InformationTheory

/// Returns the cross-entropy of predicted probabilities with class labels, and its
/// gradient.
///
/// A row of probabilities p, label y and sample weight u loses `u·(−log p_y)` nats, and
/// the derivative by p_y is −u/p_y. Prefer logits where there are any: a probability near
/// 1 has lost what they know.
///
/// - Parameters:
///   - probabilities: What is predicted, rows × classes, or (N, C, …) by `classStride`;
///     in 0 … 1, or, if they are normalised, finite and not negative.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - normalizing: Whether each row is divided by its sum first; by default it is not,
///     and its sum is not checked.
///   - leastProbability: An ε in 0 ..< ½. Probabilities are brought into ε … 1 − ε, in
///     the arithmetic of their type; what lies outside has the derivative 0.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip, which may lie outside 0 ..< C.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the predictions, in their layout; infinite
///     where the loss is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `labelOutOfRange`, `notFinite`,
///   `negativeMass` or `badParameter` for a prediction or an option, `zeroTotal` for a
///   row of zeros to be normalised, or `empty` or `zeroTotal` where there is nothing to
///   take a mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp (`categorical-cross-entropy.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func categoricalCrossEntropy<Scalar: InformationScalar>(
  probabilities: Span<Scalar>, classIndices: Span<Int>, classCount: Int, classStride: Int = 1,
  normalizing: Bool = false, leastProbability: Double = 0, sampleWeights: Span<Scalar>? = nil,
  ignoreIndex: Int? = nil, reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: probabilities.count, classCount: classCount, stride: classStride)
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  var kernel = try ProbabilityRow(
    layout, least: leastProbability, normalizes: normalizing, smoothing: 0, for: Scalar.self)
  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(classIndices, nil, sampleWeights, ignoreIndex, layout)
  let upstream = try result.upstream()
  for row in 0..<layout.rowCount {
    let label = classIndices[row]
    if label == ignoreIndex {
      gradient?.clear(row, layout)
      rowLosses?[row] = 0
      continue
    }
    try kernel.loadPredictions(probabilities, row: row, layout)
    kernel.load(label: label)
    let weight = sampleWeight(sampleWeights, row)
    let loss = kernel.loss * weight
    rowLosses?[row] = Scalar(rounding: loss)
    gradient?.writeGradient(of: kernel, times: weight * upstream, at: row, layout)
    result.add(loss)
  }
  return result
}

/// Returns the cross-entropy of predicted probabilities with distributions over the
/// classes, and its gradient.
///
/// A row of probabilities p, targets q and sample weight u loses `u·Σ_c q_c·(−log p_c)`
/// nats, and the derivative by p_c is −u·q_c/p_c. Prefer logits where there are any.
/// `0·∞ = 0`.
///
/// - Parameters:
///   - probabilities: What is predicted, rows × classes, or (N, C, …) by `classStride`;
///     in 0 … 1, or, if they are normalised, finite and not negative.
///   - classProbabilities: The targets q, in the same layout.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - normalizing: Whether each row of predictions is divided by its sum first; by
///     default it is not, and its sum is not checked.
///   - leastProbability: An ε in 0 ..< ½. Predictions are brought into ε … 1 − ε, in the
///     arithmetic of their type; what lies outside has the derivative 0.
///   - labelSmoothing: The share of the targets that is spread over all C classes.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - validation: What is refused of the targets.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the predictions, in their layout; infinite
///     where the loss is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` as with class indices, and as softmax cross-entropy does
///   for a target.
/// - Precondition: The lengths agree.
/// - Accuracy: losses are within 1 ulp; a derivative of a normalised row is unless its
///   two parts cancel (`categorical-cross-entropy.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func categoricalCrossEntropy<Scalar: InformationScalar>(
  probabilities: Span<Scalar>, classProbabilities: Span<Scalar>, classCount: Int,
  classStride: Int = 1, normalizing: Bool = false, leastProbability: Double = 0,
  labelSmoothing: Double = 0, sampleWeights: Span<Scalar>? = nil,
  validation: TargetValidation = .probabilities, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: probabilities.count, classCount: classCount, stride: classStride)
  layout.demandLogits(classProbabilities.count, "classProbabilities")
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  layout.demandRows(sampleWeights?.count, "sampleWeights")
  try InformationError.demandWeights(sampleWeights, "sampleWeights")
  var kernel = try ProbabilityRow(
    layout, least: leastProbability, normalizes: normalizing, smoothing: labelSmoothing,
    for: Scalar.self)
  var result = LossResult(reduction: reduction, empty: empty)
  result.rowCount = layout.rowCount
  for row in 0..<layout.rowCount {
    try validation.check(classProbabilities, "classProbabilities", row: row, layout)
    result.count(weight: sampleWeight(sampleWeights, row))
  }
  let upstream = try result.upstream()
  for row in 0..<layout.rowCount {
    try kernel.loadPredictions(probabilities, row: row, layout)
    kernel.load(classProbabilities, row: row, layout)
    if validation.allowsNegative { try kernel.demandOneInfinity(row: row) }
    let weight = sampleWeight(sampleWeights, row)
    let loss = kernel.loss * weight
    rowLosses?[row] = Scalar(rounding: loss)
    gradient?.writeGradient(of: kernel, times: weight * upstream, at: row, layout)
    result.add(loss)
  }
  return result
}
