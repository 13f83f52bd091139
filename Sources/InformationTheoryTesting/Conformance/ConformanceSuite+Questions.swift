extension ConformanceSuite {
  /// The questions of a trap, always the same for the same seed.
  func questions(
    _ measure: ConformanceMeasure, _ trap: ConformanceTrap
  ) -> [ConformanceQuestion] {
    // Every trap has numbers of its own, so that they do not depend on the others.
    let ordinal = ConformanceTrap.allCases.firstIndex(of: trap) ?? 0
    var generator = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(ordinal))
    let count = trap == .longSums ? min(4, questionsPerTrap) : questionsPerTrap
    switch measure.kind {
    case .ofClasses:
      let source = ClassLossQuestions(precision: precision, isFocal: measure.isFocal)
      return source.questions(trap, count, &generator).map { .classes(measure, $0) }
    case .ofElements:
      let source = ElementLossQuestions(precision: precision, isFocal: measure.isFocal)
      return source.questions(trap, count, &generator).map { .elements(measure, $0) }
    case .ofDistributions:
      return (0..<count).map { _ in
        let (p, q) = AdversarialMasses(family(of: trap, &generator), precision: precision)
          .pair(using: &generator)
        return .distributions(measure, .init(p: p, q: measure.isDivergence ? q : nil))
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

/// Where the questions about losses of one kind come from.
protocol LossQuestions {
  associatedtype Question

  /// What nobody should have to wait for a random number for.
  func known(_ trap: ConformanceTrap) -> [Question]
  func question(_ trap: ConformanceTrap, _ generator: inout SeededGenerator) -> Question
}

extension LossQuestions {
  /// So many, the known ones first.
  func questions(
    _ trap: ConformanceTrap, _ count: Int, _ generator: inout SeededGenerator
  ) -> [Question] {
    let known = Array(known(trap).prefix(count))
    return known + (known.count..<count).map { _ in question(trap, &generator) }
  }
}
