public import ClassificationLosses
public import InformationTheory

// Losses of predicted probabilities, certified. The functions of the same names in
// `ClassificationLosses` have the definitions, and check the arguments.

extension Certified {
  /// Returns the cross-entropy of predicted probabilities with labels, certified.
  ///
  /// `lₙ = −log p_y`.
  ///
  /// - Parameters:
  ///   - probabilities: Rows × classes.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
  ///   - classCount: The number of classes C.
  ///   - normalizing: Whether each row is divided by its sum.
  ///   - leastProbability: An ε; probabilities are brought into ε … 1 − ε, both doubles.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func categoricalCrossEntropy(
    probabilities: [Double], classIndices: [Int], classCount: Int, normalizing: Bool = false,
    leastProbability: Double = 0, sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing, gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.categoricalCrossEntropy(
        probabilities: probabilities.span, classIndices: classIndices.span,
        classCount: classCount, normalizing: normalizing, leastProbability: leastProbability,
        sampleWeights: sampleWeights?.span, ignoreIndex: ignoreIndex, reduction: reduction,
        empty: empty))
    let rows = classIndices.indices.map { n in
      weighted(
        n, classIndices, ignoreIndex, sampleWeights, nil,
        PredictedRow(
          predictions: row(n, of: probabilities, classCount),
          targets: oneHot(classIndices[n], classCount), normalizes: normalizing,
          least: leastProbability))
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the cross-entropy of predicted probabilities with probabilities, certified.
  ///
  /// `lₙ = Σ_c ((1 − ε)q_c + ε/C)·(−log p_c)`.
  ///
  /// - Parameters:
  ///   - probabilities: Rows × classes, the predictions p.
  ///   - classProbabilities: Rows × classes, the targets q.
  ///   - classCount: The number of classes C.
  ///   - normalizing: Whether each row of predictions is divided by its sum.
  ///   - leastProbability: A bound; predictions are brought between it and 1 less it, both
  ///     doubles.
  ///   - labelSmoothing: The share ε of the targets that is spread over all classes.
  ///   - sampleWeights: A weight for each row.
  ///   - validation: What targets may be.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func categoricalCrossEntropy(
    probabilities: [Double], classProbabilities: [Double], classCount: Int,
    normalizing: Bool = false, leastProbability: Double = 0, labelSmoothing: Double = 0,
    sampleWeights: [Double]? = nil, validation: TargetValidation = .probabilities,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing, gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.categoricalCrossEntropy(
        probabilities: probabilities.span, classProbabilities: classProbabilities.span,
        classCount: classCount, normalizing: normalizing, leastProbability: leastProbability,
        labelSmoothing: labelSmoothing, sampleWeights: sampleWeights?.span,
        validation: validation, reduction: reduction, empty: empty))
    let rows = (0..<probabilities.count / classCount).map { n in
      LossBatch.Weighted(
        row: PredictedRow(
          predictions: row(n, of: probabilities, classCount),
          targets: row(n, of: classProbabilities, classCount), smoothing: labelSmoothing,
          normalizes: normalizing, least: leastProbability),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the Kullback–Leibler loss of predicted probabilities, certified.
  ///
  /// `lₙ = Σ_c t_c·log(t_c/p_c)`.
  ///
  /// - Parameters:
  ///   - probabilities: Rows × classes, the predictions p.
  ///   - targets: Rows × classes, the probabilities t.
  ///   - classCount: The number of classes C.
  ///   - leastProbability: An ε; where it is positive, both are brought into ε … 1.
  ///   - sampleWeights: A weight for each row.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func klLoss(
    probabilities: [Double], targets: [Double], classCount: Int, leastProbability: Double = 0,
    sampleWeights: [Double]? = nil, reduction: LossReduction = .mean,
    empty: EmptyPolicy = .throwing, gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.klLoss(
        probabilities: probabilities.span, targets: targets.span, classCount: classCount,
        leastProbability: leastProbability, sampleWeights: sampleWeights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<probabilities.count / classCount).map { n in
      LossBatch.Weighted(
        row: TermwiseRow(
          terms: (n * classCount..<(n + 1) * classCount).map {
            KLProbabilityTerm(
              probability: probabilities[$0], target: targets[$0], least: leastProbability)
          }),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the binary cross-entropy of probabilities with targets, certified.
  ///
  /// `l = −t·log p − (1 − t)·log(1 − p)`.
  ///
  /// - Parameters:
  ///   - probabilities: Any shape, flattened.
  ///   - targets: A probability for each.
  ///   - weights: A weight for each element.
  ///   - logFloor: What becomes of probabilities near 0 and 1, the ends of a range being
  ///     doubles.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func binaryCrossEntropy(
    probabilities: [Double], targets: [Double], weights: [Double]? = nil,
    logFloor: LogFloor = .none, reduction: LossReduction = .mean,
    empty: EmptyPolicy = .throwing, gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.binaryCrossEntropy(
        probabilities: probabilities.span, targets: targets.span, weights: weights?.span,
        logFloor: logFloor, reduction: reduction, empty: empty))
    let rows = probabilities.indices.map { n in
      LossBatch.Weighted(
        row: ProbabilityRow(probability: probabilities[n], target: targets[n], floor: logFloor),
        weight: weights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: 1, gradient: gradient)
  }
}
