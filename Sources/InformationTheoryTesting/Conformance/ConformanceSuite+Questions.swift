extension ConformanceSuite {
  /// The questions of a trap, always the same for the same seed.
  func questions(
    _ measure: ConformanceMeasure, _ trap: ConformanceTrap
  ) -> [ConformanceQuestion] {
    // Every trap has numbers of its own, so that they do not depend on the others.
    let ordinal = ConformanceTrap.allCases.firstIndex(of: trap) ?? 0
    var generator = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(ordinal))
    let count = trap == .longSums ? min(4, questionsPerTrap) : questionsPerTrap
    switch measure {
    case .softmaxCrossEntropy:
      let source = SoftmaxQuestions(precision: precision)
      return source.questions(trap, count, &generator).map { .softmaxCrossEntropy($0) }
    case .binaryCrossEntropy:
      let source = BinaryQuestions(precision: precision)
      return source.questions(trap, count, &generator).map { .binaryCrossEntropy($0) }
    case .klDivergence, .jensenShannonDivergence:
      return (0..<count).map { _ in
        let (p, q) = AdversarialMasses(family(of: trap, &generator), precision: precision)
          .pair(using: &generator)
        return .divergence(measure, DivergenceQuestion(p: p, q: q))
      }
    }
  }

  private func family(
    of trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> AdversarialMasses.Family {
    switch trap {
    case .nearlyEqual: .nearlyEqual
    case .edgeValues: .zeros
    case .tails: generator.pick([.spiky, .subnormal])
    case .longSums: .long
    default: .ordinary
    }
  }
}

/// Questions about softmax cross-entropy.
struct SoftmaxQuestions {
  let precision: TestPrecision

  /// At most so many, the fixed ones first.
  func questions(
    _ trap: ConformanceTrap, _ count: Int, _ generator: inout SeededGenerator
  ) -> [SoftmaxCrossEntropyQuestion] {
    let known = Array(known(trap).prefix(count))
    return known + (known.count..<count).map { _ in question(trap, &generator) }
  }

  /// What nobody should have to wait for a random number for.
  private func known(_ trap: ConformanceTrap) -> [SoftmaxCrossEntropyQuestion] {
    switch trap {
    case .edgeValues:
      [
        .init(logits: [[3]], classIndices: [0]),
        .init(logits: [[0, -.infinity]], classIndices: [0]),
        .init(logits: [[0, -.infinity]], classIndices: [1]),
        .init(logits: [[.infinity, 0]], classIndices: [0]),
        .init(logits: [[0, -.infinity], [0, 1]], classIndices: [1, 0], classWeights: [1, 0]),
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

  private func question(
    _ trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> SoftmaxCrossEntropyQuestion {
    switch trap {
    case .edgeValues: return batch(.infinite, 1...2, &generator)
    case .shiftInvariance: return batch(.offset, 1...3, &generator)
    case .tails: return batch(generator.pick([.confident, .confident, .wide]), 1...2, &generator)
    case .denominators: return weighted(&generator)
    case .ignoredRows: return partlyIgnored(&generator)
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
  ) -> SoftmaxCrossEntropyQuestion {
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
  private func weighted(_ generator: inout SeededGenerator) -> SoftmaxCrossEntropyQuestion {
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

  /// One row or more to ignore, that holds what must not matter, and one that counts.
  private func partlyIgnored(_ generator: inout SeededGenerator) -> SoftmaxCrossEntropyQuestion {
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

/// Questions about binary cross-entropy.
struct BinaryQuestions {
  let precision: TestPrecision

  /// At most so many, the fixed ones first.
  func questions(
    _ trap: ConformanceTrap, _ count: Int, _ generator: inout SeededGenerator
  ) -> [BinaryCrossEntropyQuestion] {
    let known = Array(known(trap).prefix(count))
    return known + (known.count..<count).map { _ in question(trap, &generator) }
  }

  private func known(_ trap: ConformanceTrap) -> [BinaryCrossEntropyQuestion] {
    switch trap {
    case .edgeValues:
      [-Double.infinity, .infinity].flatMap { logit in
        [0, 1, 0.5].map { .init(logits: [logit], targets: [$0], reduction: .sum) }
      }
    case .tails:
      [20.0, 40].flatMap { x -> [BinaryCrossEntropyQuestion] in
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

  private func question(
    _ trap: ConformanceTrap, _ generator: inout SeededGenerator
  ) -> BinaryCrossEntropyQuestion {
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
    var question = BinaryCrossEntropyQuestion(
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
