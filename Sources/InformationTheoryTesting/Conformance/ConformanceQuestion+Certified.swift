import ClassificationLosses
public import InformationTheory
public import ReferenceOracle

extension SoftmaxCrossEntropyQuestion {
  /// The loss and its gradient, certified.
  ///
  /// - Returns: The truth; 0 where there is nothing to take a mean of.
  /// - Throws: `InformationError`, where a label is bad or the loss is undefined.
  public func certified() throws(InformationError) -> CertifiedLoss {
    try Certified.softmaxCrossEntropy(
      logits: logits.flatMap { $0 }, classIndices: classIndices, classCount: classCount,
      classWeights: classWeights, sampleWeights: sampleWeights, ignoreIndex: ignoreIndex,
      labelSmoothing: labelSmoothing, reduction: reduction.reduction, empty: .zero)
  }
}

extension BinaryCrossEntropyQuestion {
  /// The loss and its gradient, certified.
  ///
  /// - Returns: The truth; 0 where there is nothing to take a mean of.
  /// - Throws: `InformationError`, where a target is bad or a logit NaN.
  public func certified() throws(InformationError) -> CertifiedLoss {
    try Certified.binaryCrossEntropy(
      logits: logits, targets: targets, positiveWeights: positiveWeight.map { [$0] },
      weights: weights, reduction: reduction.reduction, empty: .zero)
  }
}

extension DivergenceQuestion {
  /// The divergence in nats, certified.
  ///
  /// - Parameter measure: Which divergence.
  /// - Returns: The truth.
  /// - Throws: `InformationError` for what is wrong with p or q.
  /// - Precondition: `measure` is a divergence.
  public func certified(
    _ measure: ConformanceMeasure
  ) throws(InformationError) -> Certified {
    precondition(!measure.isLoss, "DivergenceQuestion.certified: the measure is a loss")
    let (p, q) = (try Categorical(p), try Categorical(q))
    return measure == .klDivergence
      ? try .klDivergence(of: p, from: q) : try .jensenShannonDivergence(of: p, from: q)
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
