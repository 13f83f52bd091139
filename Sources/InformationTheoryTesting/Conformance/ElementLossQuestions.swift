/// Questions about losses of single logits.
struct ElementLossQuestions: LossQuestions {
  let precision: TestPrecision
  let isFocal: Bool

  func known(_ trap: ConformanceTrap) -> [ElementLossQuestion] {
    isFocal ? knownOfAll(trap).map { focal($0, gamma: 2, alpha: nil) } : knownOfAll(trap)
  }

  private func knownOfAll(_ trap: ConformanceTrap) -> [ElementLossQuestion] {
    switch trap {
    case .edgeValues:
      [-Double.infinity, .infinity].flatMap { logit in
        [0, 1, 0.5].map { .init(logits: [logit], targets: [$0], reduction: .sum) }
      }
    case .tails:
      [20.0, 40].flatMap { x -> [ElementLossQuestion] in
        [
          .init(logits: [-x], targets: [0], reduction: .sum),
          .init(logits: [x], targets: [1], reduction: .sum),
        ]
      }
    case .badLabels:
      [2, -0.5, .nan].map { .init(logits: [0.5], targets: [$0]) }
    default: []
    }
  }

  func question(
    _ trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> ElementLossQuestion {
    let question = ofCrossEntropy(trap, &generator)
    guard isFocal else { return question }
    return focal(
      question, gamma: generator.pick([0, 0.5, 1, 2, 5]), alpha: generator.pick([nil, 0.25, 1]))
  }

  /// A question with an exponent and a weight of positives, of the focal loss.
  private func focal(
    _ question: ElementLossQuestion, gamma: Double, alpha: Double?
  ) -> ElementLossQuestion {
    var question = question
    question.gamma = gamma
    question.alpha = alpha
    question.positiveWeight = nil
    return question
  }

  private func ofCrossEntropy(
    _ trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> ElementLossQuestion {
    let count = generator.integer(1...4)
    let reduction = generator.pick([LossReductionName.sum, .mean])
    switch trap {
    case .edgeValues:
      return .init(
        logits: (0..<count).map { _ in generator.pick([-.infinity, .infinity, 0.5]) },
        targets: (0..<count).map { _ in generator.pick([0, 0.5, 1]) }, reduction: reduction)
    case .tails:
      let isPositive = (0..<count).map { _ in generator.happens(onceIn: 2) }
      let low = precision.smallestLostExponent + 3
      return .init(
        logits: isPositive.map {
          precision.rounded(generator.number(low, precision.largestExponent)) * ($0 ? 1 : -1)
        },
        targets: isPositive.map { $0 ? 1 : 0 }, reduction: reduction)
    default: break
    }
    // At 1 or more from zero, so that a target of one half cancels nothing.
    var question = ElementLossQuestion(
      logits: (0..<count).map { _ in
        precision.rounded(generator.number(1, 3)) * (generator.happens(onceIn: 2) ? 1 : -1)
      },
      targets: (0..<count).map { _ in generator.pick([0, 0.5, 1]) }, reduction: reduction)
    if trap == .badLabels {
      question.targets[0] = generator.pick([1.5, -1, 100, .infinity])
    }
    if trap == .denominators {
      if generator.happens(onceIn: 2) { question.positiveWeight = 2 }
      if generator.happens(onceIn: 2) {
        question.weights = (0..<count).map { _ in Double(generator.integer(1...8)) / 4 }
      }
      question.reduction = generator.pick([.sum, .mean, .weightedMean, .batchMean])
    }
    return question
  }
}
