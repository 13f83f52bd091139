public import ClassificationLosses
public import InformationTheory

// Losses of single numbers, certified.

extension Certified {
  /// Returns the binary cross-entropy of logits with targets, certified.
  ///
  /// `l = (1 − t)·(−log σ(−x)) + P·t·(−log σ(x))`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Any shape, flattened.
  ///   - targets: A probability for each logit.
  ///   - positiveWeights: The weight P of positives: one for all, or one for each column.
  ///   - weights: A weight for each element.
  ///   - labelSmoothing: The share ε of a target that becomes ½.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func binaryCrossEntropy(
    logits: [Double], targets: [Double], positiveWeights: [Double]? = nil,
    weights: [Double]? = nil, labelSmoothing: Double = 0,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.binaryCrossEntropy(
        logits: logits.span, targets: targets.span, positiveWeights: positiveWeights,
        weights: weights?.span, labelSmoothing: labelSmoothing,
        reduction: reduction, empty: empty))
    let rows = (0..<logits.count).map { n in
      LossBatch.Weighted(
        row: BinaryCrossEntropyRow(
          logit: logits[n], target: targets[n],
          positiveWeight: positiveWeights.map { $0[n % $0.count] } ?? 1,
          smoothing: labelSmoothing),
        weight: weights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: 1, gradient: gradient)
  }

  /// Returns the focal loss of sigmoid predictions, certified.
  ///
  /// `l = α_t·u^γ·H, u the probability that is missed`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - logits: Any shape, flattened.
  ///   - targets: A probability for each logit.
  ///   - alpha: The weight of positives; nil for none.
  ///   - gamma: The exponent γ, not negative.
  ///   - softTargets: What targets between 0 and 1 mean.
  ///   - weights: A weight for each element.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func sigmoidFocalLoss(
    logits: [Double], targets: [Double], alpha: Double? = 0.25, gamma: Double = 2,
    softTargets: FocalTargetConvention = .mixture, weights: [Double]? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.sigmoidFocalLoss(
        logits: logits.span, targets: targets.span, alpha: alpha, gamma: gamma,
        softTargets: softTargets, weights: weights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<logits.count).map { n in
      LossBatch.Weighted(
        row: SigmoidFocalRow(
          logit: logits[n], target: targets[n], alpha: alpha, gamma: gamma,
          isTermwise: softTargets == .termwise),
        weight: weights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: 1, gradient: gradient)
  }

  /// Returns the negative log-likelihood of Poisson counts, certified.
  ///
  /// `l = eˣ − t·x, or x − t·log(x + ε)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - predictions: Logarithms of rates, or rates.
  ///   - targets: Counts.
  ///   - predictsLogarithms: Whether predictions are logarithms.
  ///   - full: Whether to add Stirling's approximation of log t!.
  ///   - epsilon: What is added to a rate.
  ///   - weights: A weight for each element.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func poissonNLL(
    predictions: [Double], targets: [Double], predictsLogarithms: Bool = true,
    full: Bool = false, epsilon: Double = 0, weights: [Double]? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.poissonNLL(
        predictions: predictions.span, targets: targets.span,
        predictsLogarithms: predictsLogarithms, full: full, epsilon: epsilon,
        weights: weights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<predictions.count).map { n in
      LossBatch.Weighted(
        row: TermwiseRow(
          terms: [
            PoissonTerm(
              x: predictions[n], target: targets[n], takesLogarithms: predictsLogarithms,
              isFull: full, epsilon: epsilon)
          ]),
        weight: weights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: 1, gradient: gradient)
  }

  /// Returns the negative log-likelihood of normal targets, certified.
  ///
  /// `l = ½(log v + (x − t)²/v)`, as the function of that name in `ClassificationLosses` has it, which also
  /// checks the arguments.
  ///
  /// - Parameters:
  ///   - predictions: Means.
  ///   - targets: What was found.
  ///   - variances: Variances v.
  ///   - leastVariance: What smaller variances count as.
  ///   - full: Whether to add ½·log 2π.
  ///   - weights: A weight for each element.
  ///   - reduction: What the value and the gradient are divided by.
  ///   - empty: What a mean over nothing is; `nan` is an error here.
  ///   - gradient: Whether to certify the derivatives.
  /// - Returns: The loss, of all rows and of each, and its derivatives.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func gaussianNLL(
    predictions: [Double], targets: [Double], variances: [Double], leastVariance: Double = 0,
    full: Bool = false, weights: [Double]? = nil,
    reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
    gradient: Bool = true
  ) throws(InformationError) -> CertifiedLoss {
    try demandNumber(
      ClassificationLosses.gaussianNLL(
        predictions: predictions.span, targets: targets.span, variances: variances.span,
        leastVariance: leastVariance, full: full, weights: weights?.span,
        reduction: reduction, empty: empty))
    let rows = (0..<predictions.count).map { n in
      LossBatch.Weighted(
        row: TermwiseRow(
          terms: [
            GaussianTerm(
              x: predictions[n], target: targets[n],
              variance: max(variances[n], leastVariance), isFull: full)
          ]),
        weight: weights?[n] ?? 1)
    }
    return LossBatch(rows: rows, reduction: reduction)
      .certified(width: 1, gradient: gradient)
  }
}
