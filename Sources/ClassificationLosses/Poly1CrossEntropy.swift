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
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  var options = CrossEntropyOptions()
  options.polyEpsilon = epsilon
  var pass = try LabelPass(
    CrossEntropyRow(options, layout), classIndices, classWeights: nil, sampleWeights,
    ignoreIndex, layout, reduction, empty)
  for row in 0..<layout.rowCount {
    guard let factor = try pass.load(logits, classIndices, sampleWeights, row: row) else {
      gradient?.clear(row, layout)
      rowLosses?[row] = 0
      continue
    }
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    gradient?.writeGradient(of: pass.kernel, times: factor, at: row, layout)
  }
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
  var options = CrossEntropyOptions()
  options.polyEpsilon = epsilon
  return try softmaxTargetLoss(
    options, logits, classProbabilities, "classProbabilities", sampleWeights, validation,
    ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride),
    reduction, empty, &gradient, &rowLosses)
}
