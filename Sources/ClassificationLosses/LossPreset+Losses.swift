public import InformationTheory

extension LossPreset {
  /// Returns the framework's mean cross-entropy of softmax predictions with class labels.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes, or (N, C, …) by `classStride`.
  ///   - classIndices: A label for each row.
  ///   - classCount: The number of classes.
  ///   - classStride: From one class of a row to the next.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip; nil for the framework's own.
  ///   - labelSmoothing: The share of a label that is spread over all classes.
  ///   - gradient: Receives the derivatives by the logits.
  ///   - rowLosses: Receives the loss of each row, not reduced.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func softmaxCrossEntropy<Scalar: InformationScalar>(
    logits: Span<Scalar>, classIndices: Span<Int>, classCount: Int, classStride: Int = 1,
    classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
    labelSmoothing: Double = 0, gradient: consuming MutableSpan<Scalar>? = nil,
    rowLosses: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    let ignored = ignoreIndex ?? self.ignoreIndex
    let isWeightless =
      hasNaNGradientWithoutWeight && classIndexReduction == .weightedMean
      && Self.weighNothing(classIndices, classWeights, sampleWeights, ignored)
    let layout = ClassLayout(
      logitCount: logits.count, classCount: classCount, stride: classStride)
    if isWeightless { gradient?.writeNaN(overRowsOf: classIndices, ignored, layout) }
    return try ClassificationLosses.softmaxCrossEntropy(
      logits: logits, classIndices: classIndices, classCount: classCount,
      classStride: classStride, classWeights: classWeights, sampleWeights: sampleWeights,
      ignoreIndex: ignored, labelSmoothing: labelSmoothing, reduction: classIndexReduction,
      empty: empty, gradient: isWeightless ? nil : gradient, rowLosses: rowLosses)
  }

  /// Returns the framework's mean cross-entropy of softmax predictions with class
  /// probabilities, of which no sum is demanded.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes, or (N, C, …) by `classStride`.
  ///   - classProbabilities: The targets, in the layout of the logits.
  ///   - classCount: The number of classes.
  ///   - classStride: From one class of a row to the next.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - labelSmoothing: The share that is spread over all classes.
  ///   - gradient: Receives the derivatives by the logits.
  ///   - rowLosses: Receives the loss of each row, not reduced.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func softmaxCrossEntropy<Scalar: InformationScalar>(
    logits: Span<Scalar>, classProbabilities: Span<Scalar>, classCount: Int,
    classStride: Int = 1, classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil,
    labelSmoothing: Double = 0, gradient: consuming MutableSpan<Scalar>? = nil,
    rowLosses: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.softmaxCrossEntropy(
      logits: logits, classProbabilities: classProbabilities, classCount: classCount,
      classStride: classStride, classWeights: classWeights, sampleWeights: sampleWeights,
      labelSmoothing: labelSmoothing, validation: .finite, convention: softTargets,
      reduction: classProbabilityReduction, empty: empty, gradient: gradient,
      rowLosses: rowLosses)
  }

  /// Returns the framework's mean binary cross-entropy of logits, over their number.
  ///
  /// - Parameters:
  ///   - logits: Any shape, flattened.
  ///   - targets: The probability of the positive class for each logit, in 0 … 1.
  ///   - positiveWeights: The weight of positives: one for all, or one for each column.
  ///   - weights: A weight for each logit.
  ///   - gradient: Receives the derivatives by the logits.
  ///   - rowLosses: Receives the loss of each element, not reduced.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func binaryCrossEntropy<Scalar: InformationScalar>(
    logits: Span<Scalar>, targets: Span<Scalar>, positiveWeights: [Double]? = nil,
    weights: Span<Scalar>? = nil, gradient: consuming MutableSpan<Scalar>? = nil,
    rowLosses: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.binaryCrossEntropy(
      logits: logits, targets: targets, positiveWeights: positiveWeights, weights: weights,
      reduction: .mean, empty: empty, gradient: gradient, rowLosses: rowLosses)
  }

  /// Returns the framework's mean binary cross-entropy of probabilities, with its floor.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of the positive class of each element.
  ///   - targets: The true probability, in 0 … 1.
  ///   - weights: A weight for each element.
  ///   - gradient: Receives the derivatives by the probabilities.
  ///   - rowLosses: Receives the loss of each element, not reduced.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func binaryCrossEntropy<Scalar: InformationScalar>(
    probabilities: Span<Scalar>, targets: Span<Scalar>, weights: Span<Scalar>? = nil,
    gradient: consuming MutableSpan<Scalar>? = nil,
    rowLosses: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.binaryCrossEntropy(
      probabilities: probabilities, targets: targets, weights: weights, logFloor: logFloor,
      reduction: .mean, empty: empty, gradient: gradient, rowLosses: rowLosses)
  }

  /// Returns the framework's mean Kullback–Leibler loss of log-predictions.
  ///
  /// - Parameters:
  ///   - logPredictions: Log-probabilities, rows × classes.
  ///   - targets: Probabilities in the same layout.
  ///   - classCount: The number of classes.
  ///   - gradient: Receives the derivatives by the log-predictions.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func klLoss<Scalar: InformationScalar>(
    logPredictions: Span<Scalar>, targets: Span<Scalar>, classCount: Int,
    gradient: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.klLoss(
      logPredictions: logPredictions, targets: targets,
      classCount: dividesKLByElements ? 1 : classCount, reduction: .mean, empty: empty,
      gradient: gradient)
  }

  /// Returns the framework's mean focal loss of logits, over their number.
  ///
  /// - Parameters:
  ///   - logits: Any shape, flattened.
  ///   - targets: The probability of the positive class for each logit, in 0 … 1.
  ///   - gamma: The exponent.
  ///   - gradient: Receives the derivatives by the logits.
  /// - Returns: The result, whose `value` is the framework's.
  /// - Throws: `InformationError` as the function of that name does.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func sigmoidFocalLoss<Scalar: InformationScalar>(
    logits: Span<Scalar>, targets: Span<Scalar>, gamma: Double = 2,
    gradient: consuming MutableSpan<Scalar>? = nil
  ) throws(InformationError) -> LossResult {
    try ClassificationLosses.sigmoidFocalLoss(
      logits: logits, targets: targets, alpha: focalAlpha, gamma: gamma, softTargets: .mixture,
      reduction: .mean, empty: empty, gradient: gradient)
  }
}
