public import ClassificationLosses
public import InformationTheory

// Losses of rows of classes, certified.

extension Certified {
  /// Returns the focal loss of softmax predictions, certified.
  ///
  /// `lₙ = α_y·(1 − p_y)^γ·(−log p_y)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
  ///   - classCount: The number of classes C.
  ///   - alpha: A weight for each class.
  ///   - gamma: The exponent γ, not negative.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func softmaxFocalLoss(
    logits: [Double], classIndices: [Int], classCount: Int, alpha: [Double]? = nil,
    gamma: Double = 2, sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.softmaxFocalLoss(
        logits: logits.span, classIndices: classIndices.span, classCount: classCount, alpha: alpha,
        gamma: gamma, sampleWeights: sampleWeights?.span, ignoreIndex: ignoreIndex,
        reduction: reduction, empty: empty))
    let rows = (0..<classIndices.count).map { n in
      weighted(
        n, classIndices, ignoreIndex, sampleWeights, alpha,
        SoftmaxFocalRow(
          logits: row(n, of: logits, classCount), label: classIndices[n],
          alpha: classIndices[n] == ignoreIndex ? 1 : alpha?[classIndices[n]] ?? 1, gamma: gamma))
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the Poly-1 cross-entropy of logits with labels, certified.
  ///
  /// `lₙ = −log p_y + ε₁·(1 − p_y)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
  ///   - classCount: The number of classes C.
  ///   - epsilon: The factor ε₁, at least −1.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func poly1CrossEntropy(
    logits: [Double], classIndices: [Int], classCount: Int, epsilon: Double = 1,
    sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.poly1CrossEntropy(
        logits: logits.span, classIndices: classIndices.span, classCount: classCount,
        epsilon: epsilon, sampleWeights: sampleWeights?.span, ignoreIndex: ignoreIndex,
        reduction: reduction, empty: empty))
    let rows = (0..<classIndices.count).map { n in
      weighted(
        n, classIndices, ignoreIndex, sampleWeights, nil,
        CrossEntropyRow(
          logits: row(n, of: logits, classCount),
          targets: oneHot(classIndices[n], classCount), polyEpsilon: epsilon))
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the Poly-1 cross-entropy of logits with probabilities, certified.
  ///
  /// `lₙ = Σ_c q_c·(−log p_c + ε₁·(1 − p_c))`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classProbabilities: Rows × classes, the targets q.
  ///   - classCount: The number of classes C.
  ///   - epsilon: The factor ε₁, at least −1.
  ///   - sampleWeights: A weight for each row.
  ///   - validation: What targets may be.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func poly1CrossEntropy(
    logits: [Double], classProbabilities: [Double], classCount: Int, epsilon: Double = 1,
    sampleWeights: [Double]? = nil, validation: TargetValidation = .probabilities,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.poly1CrossEntropy(
        logits: logits.span, classProbabilities: classProbabilities.span, classCount: classCount,
        epsilon: epsilon, sampleWeights: sampleWeights?.span, validation: validation,
        reduction: reduction, empty: empty))
    let rows = (0..<logits.count / classCount).map { n in
      LossBatch.Weighted(
        row: CrossEntropyRow(
          logits: row(n, of: logits, classCount),
          targets: row(n, of: classProbabilities, classCount), polyEpsilon: epsilon),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the Kullback–Leibler divergence of softmax predictions from targets, certified.
  ///
  /// `lₙ = Σ_c t_c·(log t_c − log p_c)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - targets: Rows × classes, the probabilities t.
  ///   - classCount: The number of classes C.
  ///   - sampleWeights: A weight for each row.
  ///   - validation: What targets may be.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func klLoss(
    logits: [Double], targets: [Double], classCount: Int, sampleWeights: [Double]? = nil,
    validation: TargetValidation = .probabilities,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.klLoss(
        logits: logits.span, targets: targets.span, classCount: classCount,
        sampleWeights: sampleWeights?.span, validation: validation,
        reduction: reduction, empty: empty))
    let rows = (0..<logits.count / classCount).map { n in
      LossBatch.Weighted(
        row: CrossEntropyRow(
          logits: row(n, of: logits, classCount), targets: row(n, of: targets, classCount),
          isRelative: true),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the Kullback–Leibler divergence of log-predictions from targets, certified.
  ///
  /// `lₙ = Σ_c t_c·(log t_c − x_c)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logPredictions: Rows × classes, logarithms of probabilities.
  ///   - targets: Rows × classes, the probabilities t.
  ///   - classCount: The number of classes C.
  ///   - sampleWeights: A weight for each row.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func klLoss(
    logPredictions: [Double], targets: [Double], classCount: Int,
    sampleWeights: [Double]? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.klLoss(
        logPredictions: logPredictions.span, targets: targets.span, classCount: classCount,
        sampleWeights: sampleWeights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<logPredictions.count / classCount).map { n in
      LossBatch.Weighted(
        row: TermwiseRow(
          terms: (n * classCount..<(n + 1) * classCount).map {
            KLTerm(x: logPredictions[$0], target: targets[$0], isLogarithm: false)
          }),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the Kullback–Leibler divergence of log-predictions from log-targets, certified.
  ///
  /// `lₙ = Σ_c e^τ_c·(τ_c − x_c)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logPredictions: Rows × classes, logarithms of probabilities.
  ///   - logTargets: Rows × classes, logarithms τ of the targets.
  ///   - classCount: The number of classes C.
  ///   - sampleWeights: A weight for each row.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func klLoss(
    logPredictions: [Double], logTargets: [Double], classCount: Int,
    sampleWeights: [Double]? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.klLoss(
        logPredictions: logPredictions.span, logTargets: logTargets.span, classCount: classCount,
        sampleWeights: sampleWeights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<logPredictions.count / classCount).map { n in
      LossBatch.Weighted(
        row: TermwiseRow(
          terms: (n * classCount..<(n + 1) * classCount).map {
            KLTerm(x: logPredictions[$0], target: logTargets[$0], isLogarithm: true)
          }),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the generalised Kullback–Leibler divergence of log-predictions from targets, certified.
  ///
  /// `lₙ = Σ_c t_c·(log t_c − x_c) + e^x_c − t_c`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logPredictions: Rows × classes, logarithms of probabilities.
  ///   - targets: Rows × classes, masses t.
  ///   - classCount: The number of classes C.
  ///   - sampleWeights: A weight for each row.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func generalizedKLLoss(
    logPredictions: [Double], targets: [Double], classCount: Int,
    sampleWeights: [Double]? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.generalizedKLLoss(
        logPredictions: logPredictions.span, targets: targets.span, classCount: classCount,
        sampleWeights: sampleWeights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<logPredictions.count / classCount).map { n in
      LossBatch.Weighted(
        row: TermwiseRow(
          terms: (n * classCount..<(n + 1) * classCount).map {
            GeneralizedKLTerm(x: logPredictions[$0], target: targets[$0])
          }),
        weight: sampleWeights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }

  /// Returns the negative log-likelihood of labels, certified.
  ///
  /// `lₙ = −w_y·x_y`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logProbabilities: Rows × classes, logarithms x.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
  ///   - classCount: The number of classes C.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows to skip.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func nllLoss(
    logProbabilities: [Double], classIndices: [Int], classCount: Int,
    classWeights: [Double]? = nil, sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.nllLoss(
        logProbabilities: logProbabilities.span, classIndices: classIndices.span,
        classCount: classCount, classWeights: classWeights, sampleWeights: sampleWeights?.span,
        ignoreIndex: ignoreIndex,
        reduction: reduction, empty: empty))
    let rows = (0..<classIndices.count).map { n in
      weighted(
        n, classIndices, ignoreIndex, sampleWeights, classWeights,
        NLLRow(
          logarithms: row(n, of: logProbabilities, classCount), label: classIndices[n],
          classWeight: classIndices[n] == ignoreIndex ? 1 : classWeights?[classIndices[n]] ?? 1))
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: classCount, gradient: gradient)
  }
}
