import ClassificationLosses
public import InformationTheory
public import ReferenceOracle

extension ClassLossQuestion {
  /// The loss and its gradient, certified.
  ///
  /// - Parameter measure: Which loss.
  /// - Returns: The truth; 0 where there is nothing to take a mean of.
  /// - Throws: `InformationError`, where a label is bad or the loss is undefined.
  /// - Precondition: `measure` is a softmax loss.
  public func certified(
    _ measure: ConformanceMeasure = .softmaxCrossEntropy
  ) throws(InformationError) -> CertifiedLoss {
    precondition(measure.kind == .ofClasses, "certified: the measure is no loss of classes")
    let flat = logits.flatMap { $0 }
    if measure == .softmaxFocalLoss {
      return try Certified.softmaxFocalLoss(
        logits: flat, classIndices: classIndices, classCount: classCount, alpha: alpha,
        gamma: gamma ?? 2, sampleWeights: sampleWeights, ignoreIndex: ignoreIndex,
        reduction: reduction.reduction, empty: .zero)
    }
    if let classProbabilities {
      return try Certified.softmaxCrossEntropy(
        logits: flat, classProbabilities: classProbabilities.flatMap { $0 },
        classCount: classCount, classWeights: classWeights, sampleWeights: sampleWeights,
        labelSmoothing: labelSmoothing, reduction: reduction.reduction, empty: .zero)
    }
    return try Certified.softmaxCrossEntropy(
      logits: flat, classIndices: classIndices, classCount: classCount,
      classWeights: classWeights, sampleWeights: sampleWeights, ignoreIndex: ignoreIndex,
      labelSmoothing: labelSmoothing, reduction: reduction.reduction, empty: .zero)
  }
}

extension ElementLossQuestion {
  /// The loss and its gradient, certified.
  ///
  /// - Parameter measure: Which loss.
  /// - Returns: The truth; 0 where there is nothing to take a mean of.
  /// - Throws: `InformationError`, where a target is bad or a logit NaN.
  /// - Precondition: `measure` is a binary loss.
  public func certified(
    _ measure: ConformanceMeasure = .binaryCrossEntropy
  ) throws(InformationError) -> CertifiedLoss {
    precondition(measure.kind == .ofElements, "certified: the measure is no binary loss")
    return measure == .sigmoidFocalLoss
      ? try Certified.sigmoidFocalLoss(
        logits: logits, targets: targets, alpha: alpha, gamma: gamma ?? 2, weights: weights,
        reduction: reduction.reduction, empty: .zero)
      : try Certified.binaryCrossEntropy(
        logits: logits, targets: targets, positiveWeights: positiveWeight.map { [$0] },
        weights: weights, reduction: reduction.reduction, empty: .zero)
  }
}

extension DistributionQuestion {
  /// The entropy or divergence in nats, certified.
  ///
  /// - Parameter measure: Which measure.
  /// - Returns: The truth.
  /// - Throws: `InformationError` for what is wrong with p or q.
  /// - Precondition: `measure` is of distributions, and q is there just if it compares two.
  public func certified(
    _ measure: ConformanceMeasure
  ) throws(InformationError) -> Certified {
    precondition(!measure.isLoss, "certified: the measure is a loss")
    precondition(measure.isDivergence == (q != nil), "certified: q goes with divergences")
    let p = try Categorical(p)
    guard let q else { return Certified.entropy(of: p) }
    return measure == .klDivergence
      ? try .klDivergence(of: p, from: Categorical(q))
      : try .jensenShannonDivergence(of: p, from: Categorical(q))
  }
}

extension LossReductionName {
  /// The reduction of that name in `ClassificationLosses`.
  fileprivate var reduction: LossReduction {
    switch self {
    case .sum: .sum
    case .mean: .mean
    case .weightedMean: .weightedMean
    case .batchMean: .batchMean
    }
  }
}
