import ClassificationLosses
import InformationTheory
import InformationTheoryTesting

/// The package's own losses and divergences, asked as the suite asks.
enum FastLosses {
  static func ofClasses<Scalar: InformationScalar>(
    _ question: ClassLossQuestion, as type: Scalar.Type
  ) throws -> ConformanceAnswer {
    let logits = question.logits.flatMap { $0.map { Scalar($0) } }
    let sampleWeights = question.sampleWeights.map { $0.map { Scalar($0) } }
    let targets = question.classProbabilities.map { $0.flatMap { $0.map { Scalar($0) } } }
    let reduction = question.reduction.reduction
    var gradient = [Scalar](repeating: .nan, count: logits.count)
    let result: LossResult
    if let gamma = question.gamma {
      result = try softmaxFocalLoss(
        logits: logits.span, classIndices: question.classIndices.span,
        classCount: question.classCount, alpha: question.alpha, gamma: gamma,
        sampleWeights: sampleWeights?.span, ignoreIndex: question.ignoreIndex,
        reduction: reduction, empty: .zero, gradient: gradient.mutableSpan)
    } else if let targets {
      result = try softmaxCrossEntropy(
        logits: logits.span, classProbabilities: targets.span, classCount: question.classCount,
        classWeights: question.classWeights, sampleWeights: sampleWeights?.span,
        labelSmoothing: question.labelSmoothing, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan)
    } else {
      result = try softmaxCrossEntropy(
        logits: logits.span, classIndices: question.classIndices.span,
        classCount: question.classCount, classWeights: question.classWeights,
        sampleWeights: sampleWeights?.span, ignoreIndex: question.ignoreIndex,
        labelSmoothing: question.labelSmoothing, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan)
    }
    return ConformanceAnswer(
      value: Double(Scalar(result.value)), gradient: gradient.map { Double($0) })
  }

  static func ofElements<Scalar: InformationScalar>(
    _ question: ElementLossQuestion, as type: Scalar.Type
  ) throws -> ConformanceAnswer {
    let logits = question.logits.map { Scalar($0) }
    let targets = question.targets.map { Scalar($0) }
    let weights = question.weights.map { $0.map { Scalar($0) } }
    let reduction = question.reduction.reduction
    var gradient = [Scalar](repeating: .nan, count: logits.count)
    let result: LossResult
    if let gamma = question.gamma {
      result = try sigmoidFocalLoss(
        logits: logits.span, targets: targets.span, alpha: question.alpha, gamma: gamma,
        weights: weights?.span, reduction: reduction, gradient: gradient.mutableSpan)
    } else {
      result = try binaryCrossEntropy(
        logits: logits.span, targets: targets.span,
        positiveWeights: question.positiveWeight.map { [$0] }, weights: weights?.span,
        reduction: reduction, gradient: gradient.mutableSpan)
    }
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
