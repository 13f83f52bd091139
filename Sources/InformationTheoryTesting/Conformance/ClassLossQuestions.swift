/// Questions about losses of rows of logits.
struct ClassLossQuestions: LossQuestions {
  let precision: TestPrecision
  let isFocal: Bool

  func known(_ trap: ConformanceTrap) -> [ClassLossQuestion] {
    isFocal ? knownOfLabels(trap).map { focal($0, gamma: 2) } : knownOfAll(trap)
  }

  private func knownOfAll(_ trap: ConformanceTrap) -> [ClassLossQuestion] {
    switch trap {
    case .edgeValues:
      knownOfLabels(trap) + [
        .init(logits: [[0, -.infinity], [0, 1]], classIndices: [1, 0], classWeights: [1, 0])
      ]
    case .softTargets:
      [
        .init(logits: [[0, -.infinity]], classProbabilities: [[1, 0]]),
        .init(logits: [[.infinity, 0]], classProbabilities: [[1, 0]]),
        .init(logits: [[20, 0]], classProbabilities: [[1, 0]], reduction: .sum),
      ]
    default: knownOfLabels(trap)
    }
  }

  private func knownOfLabels(_ trap: ConformanceTrap) -> [ClassLossQuestion] {
    switch trap {
    case .edgeValues:
      [
        .init(logits: [[3]], classIndices: [0]),
        .init(logits: [[0, -.infinity]], classIndices: [0]),
        .init(logits: [[0, -.infinity]], classIndices: [1]),
        .init(logits: [[.infinity, 0]], classIndices: [0]),
      ]
    case .denominators:
      LossReductionName.allCases.map {
        .init(
          logits: [[0, 1], [1, 0]], classIndices: [-100, -100], ignoreIndex: -100, reduction: $0)
      }
    case .tails:
      [
        .init(logits: [[20, 0]], classIndices: [0], reduction: .sum),
        .init(logits: [[40, 0]], classIndices: [0], reduction: .sum),
      ]
    case .badLabels:
      [2, -1, -100].map { .init(logits: [[0, 1]], classIndices: [$0]) }
    default: []
    }
  }

  func question(
    _ trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> ClassLossQuestion {
    let question = ofLabels(trap, &generator)
    return isFocal ? focal(question, gamma: generator.pick([0, 0.5, 1, 2, 5])) : question
  }

  /// A question with an exponent, whose class weights are those of the focal loss.
  private func focal(_ question: ClassLossQuestion, gamma: Double) -> ClassLossQuestion {
    var question = question
    question.gamma = gamma
    question.alpha = question.classWeights
    question.classWeights = nil
    question.labelSmoothing = 0
    return question
  }

  private func ofLabels(
    _ trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> ClassLossQuestion {
    switch trap {
    case .edgeValues: return batch(.infinite, 1...2, &generator)
    case .shiftInvariance: return batch(.offset, 1...3, &generator)
    case .tails: return batch(generator.pick([.confident, .confident, .wide]), 1...2, &generator)
    case .denominators: return weighted(&generator)
    case .ignoredRows: return partlyIgnored(&generator)
    case .softTargets: return withProbabilities(&generator)
    case .badLabels:
      var question = batch(.ordinary, 1...3, &generator)
      let row = generator.integer(0...question.logits.count - 1)
      let classes = question.classCount
      question.classIndices[row] = generator.pick([classes, classes + 7, -1, -2, -100])
      return question
    default: return batch(generator.pick([.ordinary, .tied]), 1...4, &generator)
    }
  }

  private func batch(
    _ family: AdversarialLogits.Family, _ rowCounts: ClosedRange<Int>,
    _ generator: inout SeededGenerator
  ) -> ClassLossQuestion {
    let source = AdversarialLogits(family, precision: precision)
    let classCount = generator.integer(3...6)
    let rows = (0..<generator.integer(rowCounts)).map { _ in
      source.row(classCount: classCount, using: &generator)
    }
    return .init(
      logits: rows.map(\.logits), classIndices: rows.map(\.label),
      reduction: generator.pick([.sum, .mean]))
  }

  /// Weights of quarters and a little smoothing, so that no entry of a gradient cancels.
  private func weighted(_ generator: inout SeededGenerator) -> ClassLossQuestion {
    var question = batch(.ordinary, 3...5, &generator)
    func weights(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
      (0..<count).map { _ in Double(generator.integer(4...8)) / 4 }
    }
    if generator.happens(onceIn: 2) {
      question.classWeights = weights(question.classCount, &generator)
    }
    if generator.happens(onceIn: 3) {
      question.sampleWeights = weights(question.logits.count, &generator)
    }
    if generator.happens(onceIn: 3) { question.labelSmoothing = 0x1p-7 }
    if generator.happens(onceIn: 3) {
      question.ignoreIndex = -100
      question.classIndices[0] = -100
    }
    question.reduction = generator.pick(LossReductionName.allCases)
    return question
  }

  /// Probabilities of which a class that is sure has all, or an ordinary one nearly all.
  ///
  /// So no entry of a gradient cancels. A class without any may have the logit −∞.
  private func withProbabilities(_ generator: inout SeededGenerator) -> ClassLossQuestion {
    let isSure = generator.happens(onceIn: 2)
    var question = batch(isSure ? .confident : .ordinary, 1...3, &generator)
    question.classProbabilities = question.logits.indices.map { row in
      var shares = [Double](repeating: 0, count: question.classCount)
      shares[question.classIndices[row]] = isSure ? 1 : 1 - 0x1p-7
      if !isSure { shares[(question.classIndices[row] + 1) % shares.count] = 0x1p-7 }
      return shares
    }
    if let row = question.classProbabilities?.indices.last, generator.happens(onceIn: 2),
      let absent = question.classProbabilities?[row].firstIndex(of: 0)
    {
      question.logits[row][absent] = -.infinity
    }
    question.classIndices = []
    return question
  }

  /// One row or more to ignore, that holds what must not matter, and one that counts.
  private func partlyIgnored(_ generator: inout SeededGenerator) -> ClassLossQuestion {
    var question = batch(.ordinary, 2...4, &generator)
    let classes = question.classCount
    let ignored = generator.pick([-100, -1, classes, classes - 1])
    question.ignoreIndex = ignored
    question.classIndices = question.classIndices.map { $0 == ignored ? 0 : $0 }
    for row in 0..<generator.integer(1...question.logits.count - 1) {
      question.classIndices[row] = ignored
      let poison = generator.pick([Double.nan, .infinity, -.infinity, 0])
      if poison != 0 { question.logits[row] = [Double](repeating: poison, count: classes) }
    }
    return question
  }
}
