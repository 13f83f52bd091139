import ClassificationLosses
import InformationTheory
import InformationTheoryTesting

/// The package's own losses and divergences, asked as the suite asks.
enum FastLosses {
  static func softmaxCrossEntropy<Scalar: InformationScalar>(
    _ question: SoftmaxCrossEntropyQuestion, as type: Scalar.Type
  ) throws -> ConformanceAnswer {
    let logits = question.logits.flatMap { $0.map { Scalar($0) } }
    let sampleWeights = question.sampleWeights.map { $0.map { Scalar($0) } }
    var gradient = [Scalar](repeating: .nan, count: logits.count)
    let result = try ClassificationLosses.softmaxCrossEntropy(
      logits: logits.span, classIndices: question.classIndices.span,
      classCount: question.classCount, classWeights: question.classWeights,
      sampleWeights: sampleWeights?.span, ignoreIndex: question.ignoreIndex,
      labelSmoothing: question.labelSmoothing, reduction: question.reduction.reduction,
      empty: .zero, gradient: gradient.mutableSpan)
    return ConformanceAnswer(
      value: Double(Scalar(result.value)), gradient: gradient.map { Double($0) })
  }

  static func binaryCrossEntropy<Scalar: InformationScalar>(
    _ question: BinaryCrossEntropyQuestion, as type: Scalar.Type
  ) throws -> ConformanceAnswer {
    let logits = question.logits.map { Scalar($0) }
    let targets = question.targets.map { Scalar($0) }
    let weights = question.weights.map { $0.map { Scalar($0) } }
    var gradient = [Scalar](repeating: .nan, count: logits.count)
    let result = try ClassificationLosses.binaryCrossEntropy(
      logits: logits.span, targets: targets.span,
      positiveWeights: question.positiveWeight.map { [$0] }, weights: weights?.span,
      reduction: question.reduction.reduction, gradient: gradient.mutableSpan)
    return ConformanceAnswer(
      value: Double(Scalar(result.value)), gradient: gradient.map { Double($0) })
  }
}

extension LossReductionName {
  fileprivate var reduction: LossReduction {
    switch self {
    case .sum: .sum
    case .mean: .mean
    case .weightedMean: .weightedMean
    case .batchMean: .batchMean
    }
  }
}
