public import ClassificationLosses
public import InformationTheory

extension Certified {
  /// Returns the softmax cross-entropy of logits with labels, certified.
  ///
  /// `lₙ = Σ_c b_c·(−log p_c) + λ·lse²` with b = w·((1 − ε)·onehot(y) + ε/C), as the function
  /// of that name in `ClassificationLosses` has it, which also checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
  ///   - classCount: The number of classes C.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip.
  ///   - labelSmoothing: The share ε of a label that is spread over all classes.
  ///   - zLossScale: The factor λ of the squared log-sum-exp.
  ///   - logitSoftcap: The c of c·tanh(x/c), which stands for each logit x.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives by the logits.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func softmaxCrossEntropy(
    logits: [Double], classIndices: [Int], classCount: Int, classWeights: [Double]? = nil,
    sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil, labelSmoothing: Double = 0,
    zLossScale: Double = 0, logitSoftcap: Double? = nil, reduction: LossReduction = .mean,
    empty: EmptyPolicy = .throwing, gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.softmaxCrossEntropy(
        logits: logits.span, classIndices: classIndices.span, classCount: classCount,
        classWeights: classWeights, sampleWeights: sampleWeights?.span, ignoreIndex: ignoreIndex,
        labelSmoothing: labelSmoothing, zLossScale: zLossScale, logitSoftcap: logitSoftcap,
        reduction: reduction, empty: empty))
    let rows = classIndices.indices.map { n in
      weighted(
        n, classIndices, ignoreIndex, sampleWeights, classWeights,
        CrossEntropyRow(
          logits: row(n, of: logits, classCount),
          targets: oneHot(classIndices[n], classCount), classWeights: classWeights,
          smoothing: labelSmoothing, zLossScale: zLossScale, softcap: logitSoftcap))
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the softmax cross-entropy of logits with probabilities, certified.
  ///
  /// `lₙ = Σ_c b_c·(−log p_c) + λ·lse²` with b = w·((1 − ε)q + ε/C), as the function of that
  /// name in `ClassificationLosses` has it, which also checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classProbabilities: Rows × classes, the targets q.
  ///   - classCount: The number of classes C.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - labelSmoothing: The share ε of a target that is spread over all classes.
  ///   - zLossScale: The factor λ of the squared log-sum-exp.
  ///   - logitSoftcap: The c of c·tanh(x/c), which stands for each logit x.
  ///   - validation: What targets may be.
  ///   - convention: What is made of targets whose sum is not 1.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives by the logits.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func softmaxCrossEntropy(
    logits: [Double], classProbabilities: [Double], classCount: Int,
    classWeights: [Double]? = nil, sampleWeights: [Double]? = nil, labelSmoothing: Double = 0,
    zLossScale: Double = 0, logitSoftcap: Double? = nil,
    validation: TargetValidation = .probabilities,
    convention: SoftTargetConvention = .derivative, reduction: LossReduction = .mean,
    empty: EmptyPolicy = .throwing, gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.softmaxCrossEntropy(
        logits: logits.span, classProbabilities: classProbabilities.span, classCount: classCount,
        classWeights: classWeights, sampleWeights: sampleWeights?.span,
        labelSmoothing: labelSmoothing, zLossScale: zLossScale, logitSoftcap: logitSoftcap,
        validation: validation, convention: convention, reduction: reduction, empty: empty))
    let rows = (0..<logits.count / classCount).map { n in
      LossBatch.Weighted(
        row: CrossEntropyRow(
          logits: row(n, of: logits, classCount),
          targets: row(n, of: classProbabilities, classCount), classWeights: classWeights,
          smoothing: labelSmoothing, zLossScale: zLossScale, softcap: logitSoftcap,
          convention: convention),
        weight: sampleWeights?[n] ?? 1,
        classWeights: classWeights.map {
          Array(zip($0, row(n, of: classProbabilities, classCount)))
        }
          ?? [(1, 1)])
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }
}

// MARK: - What losses of classes share

extension Certified {
  /// Refuses a framework's NaN.
  static func demandNumber(_ result: LossResult) throws(InformationError) {
    guard result.value.isNaN else { return }
    throw InformationError(.empty, "there is nothing to take a mean of, and NaN is no number")
  }

  static func row(_ n: Int, of values: [Double], _ classCount: Int) -> [Double] {
    Array(values[n * classCount..<(n + 1) * classCount])
  }

  static func oneHot(_ label: Int, _ classCount: Int) -> [Double] {
    (0..<classCount).map { $0 == label ? 1 : 0 }
  }

  /// A row with a label, nil where it is ignored.
  static func weighted<Row: LossRow>(
    _ n: Int, _ classIndices: [Int], _ ignoreIndex: Int?, _ sampleWeights: [Double]?,
    _ classWeights: [Double]?, _ row: Row
  ) -> LossBatch<Row>.Weighted? {
    let label = classIndices[n]
    if label == ignoreIndex { return nil }
    return LossBatch.Weighted(
      row: row, weight: sampleWeights?[n] ?? 1,
      classWeights: [(classWeights?[label] ?? 1, 1)])
  }
}
