public import InformationTheory

// Losses of predicted probabilities, which some frameworks normalise and clip.
extension LossPreset {
  /// Returns the framework's mean cross-entropy of predicted probabilities with class
  /// labels.
  ///
  /// - Parameters:
  ///   - probabilities: Rows × classes, or (N, C, …) by `classStride`.
  ///   - classIndices: A label for each row.
  ///   - classCount: The number of classes.
  ///   - classStride: From one class of a row to the next.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip; nil for the framework's own.
  ///   - gradient: Receives the derivatives by the predictions.
  ///   - rowLosses: Receives the loss of each row, not reduced.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func categoricalCrossEntropy<Scalar: InformationScalar>(
    probabilities: Span<Scalar>, classIndices: Span<Int>, classCount: Int,
    classStride: Int = 1, sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
    gradient: consuming MutableSpan<Scalar>? = nil,
    rowLosses: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.categoricalCrossEntropy(
      probabilities: probabilities, classIndices: classIndices, classCount: classCount,
      classStride: classStride, normalizing: normalizesProbabilities,
      leastProbability: leastProbability, sampleWeights: sampleWeights,
      ignoreIndex: ignoreIndex ?? self.ignoreIndex, reduction: classIndexReduction,
      empty: empty, gradient: gradient, rowLosses: rowLosses)
  }

  /// Returns the framework's mean cross-entropy of predicted probabilities with class
  /// probabilities, of which no sum is demanded.
  ///
  /// - Parameters:
  ///   - probabilities: Rows × classes, or (N, C, …) by `classStride`.
  ///   - classProbabilities: The targets, in the same layout.
  ///   - classCount: The number of classes.
  ///   - classStride: From one class of a row to the next.
  ///   - labelSmoothing: The share of the targets that is spread over all classes.
  ///   - sampleWeights: A weight for each row.
  ///   - gradient: Receives the derivatives by the predictions.
  ///   - rowLosses: Receives the loss of each row, not reduced.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func categoricalCrossEntropy<Scalar: InformationScalar>(
    probabilities: Span<Scalar>, classProbabilities: Span<Scalar>, classCount: Int,
    classStride: Int = 1, labelSmoothing: Double = 0, sampleWeights: Span<Scalar>? = nil,
    gradient: consuming MutableSpan<Scalar>? = nil,
    rowLosses: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.categoricalCrossEntropy(
      probabilities: probabilities, classProbabilities: classProbabilities,
      classCount: classCount, classStride: classStride, normalizing: normalizesProbabilities,
      leastProbability: leastProbability, labelSmoothing: labelSmoothing,
      sampleWeights: sampleWeights, validation: .finite, reduction: classProbabilityReduction,
      empty: empty, gradient: gradient, rowLosses: rowLosses)
  }

  /// Returns the framework's mean Kullback–Leibler loss of predicted probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: Rows × classes.
  ///   - targets: Probabilities in the same layout.
  ///   - classCount: The number of classes.
  ///   - gradient: Receives the derivatives by the predictions.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func klLoss<Scalar: InformationScalar>(
    probabilities: Span<Scalar>, targets: Span<Scalar>, classCount: Int,
    gradient: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.klLoss(
      probabilities: probabilities, targets: targets,
      classCount: dividesKLByElements ? 1 : classCount, leastProbability: leastProbability,
      reduction: .mean, empty: empty, gradient: gradient)
  }
}
