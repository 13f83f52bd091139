import InformationTheory

/// What a measure comes out as.
enum Quantity {
  /// An amount of information, to be counted in the unit asked for.
  case amount(Information)
  /// A number that depends on the unit but is no amount, such as a root of one.
  case inUnit(Double)
  /// A number without a unit.
  case number(Double)
  /// A loss, or an array of numbers.
  case loss(LossAnswer)

  /// Calls the library for a question.
  init(_ question: Question, unit: InformationUnit) throws {
    switch question.subject {
    case .loss(let measure): self = .loss(try LossAnswer(question, measure: measure))
    case .function(let function): self = .number(try function.answer(question))
    case .measure(let measure): self = try Self.of(measure, question, unit)
    }
  }

  private static func of(
    _ measure: Measure, _ question: Question, _ unit: InformationUnit
  ) throws -> Quantity {
    if try ParametricQuestion(question, measure) != nil { throw AnswerError.onlyCertified("p") }
    switch measure {
    case .generalizedJensenShannonDivergence:
      let rows = try question.distributions()
      let weights = question.has("weights") ? try question.numbers("weights") : nil
      return .amount(try generalizedJensenShannonDivergence(of: rows, weights: weights))
    case .generalizedKLDivergence:
      let (p, q) = (try question.numbers("p"), try question.numbers("q"))
      return .amount(try generalizedKLDivergence(of: p.span, from: q.span))
    case .itakuraSaitoDivergence:
      let (p, q) = (try question.numbers("p"), try question.numbers("q"))
      return .number(try itakuraSaitoDivergence(of: p.span, from: q.span))
    case .binaryEntropy:
      return .amount(try binaryEntropy(try question.number("p")))
    case .bestThreshold: return .number(try question.bestThreshold())
    case _ where measure.fields.contains("joint"):
      return try JointQuestion(question, measure: measure).answer()
    default:
      let p = try question.distribution("p")
      return measure.fields.contains("q")
        ? try between(p, try question.distribution("q"), measure, question, unit)
        : try of(p, measure, question)
    }
  }

  // MARK: - One distribution

  private static func of(
    _ p: Categorical, _ measure: Measure, _ question: Question
  ) throws -> Quantity {
    switch measure {
    case .renyiEntropy:
      return .amount(try p.renyiEntropy(order: try question.number("order")))
    case .tsallisEntropy:
      return .number(try p.tsallisEntropy(order: try question.number("order")))
    case .hillNumber:
      return .number(try p.hillNumber(order: try question.number("order")))
    case .minEntropy: return .amount(p.minEntropy())
    case .hartleyEntropy: return .amount(p.hartleyEntropy())
    case .collisionEntropy: return .amount(p.collisionEntropy())
    case .perplexity: return .number(p.perplexity())
    case .extropy: return .amount(p.extropy())
    case .giniImpurity: return .number(p.giniImpurity())
    case .normalizedEntropy: return .number(try p.normalizedEntropy())
    case .cumulativeResidualEntropy:
      return .amount(try p.cumulativeResidualEntropy(positions: try question.positions()))
    case .selfInformation:
      return .amount(p.selfInformation(ofOutcome: try question.outcome(of: p)))
    default: return .amount(p.entropy())
    }
  }

  // MARK: - Two distributions

  private static func between(
    _ p: Categorical, _ q: Categorical, _ measure: Measure, _ question: Question,
    _ unit: InformationUnit
  ) throws -> Quantity {
    switch measure {
    case .wasserstein1, .wasserstein2, .energyDistance, .cramerDistance, .kolmogorovSmirnov:
      let positions = try question.positions()
      return .number(try ordered(p, q, measure, positions))
    case .skewDivergence, .renyiDivergence, .tsallisDivergence, .alphaDivergence,
      .cressieReadDivergence:
      return try parametric(p, q, measure, question)
    default:
      return try plain(p, q, measure, try question.support(), unit)
    }
  }

  /// A distance of distributions on a line.
  static func ordered(
    _ p: Categorical, _ q: Categorical, _ measure: Measure, _ positions: [Double]?
  ) throws -> Double {
    switch measure {
    case .wasserstein1: return try p.wasserstein1Distance(from: q, positions: positions)
    case .wasserstein2: return try p.wasserstein2Distance(from: q, positions: positions)
    case .energyDistance: return try p.energyDistance(from: q, positions: positions)
    case .cramerDistance: return try p.cramerDistance(from: q, positions: positions)
    default: return try p.kolmogorovSmirnovDistance(from: q)
    }
  }

  private static func parametric(
    _ p: Categorical, _ q: Categorical, _ measure: Measure, _ question: Question
  ) throws -> Quantity {
    let support = try question.support()
    if measure == .skewDivergence && !question.has("order") {
      return .amount(try p.skewDivergence(from: q, support: support))
    }
    let order = try question.number("order")
    switch measure {
    case .skewDivergence:
      return .amount(try p.skewDivergence(from: q, weight: order, support: support))
    case .renyiDivergence:
      return .amount(try p.renyiDivergence(from: q, order: order, support: support))
    case .tsallisDivergence:
      return .number(try p.tsallisDivergence(from: q, order: order, support: support))
    case .alphaDivergence:
      return .number(try p.alphaDivergence(from: q, order: order, support: support))
    default:
      return .number(try p.cressieReadDivergence(from: q, lambda: order, support: support))
    }
  }

  /// A measure without parameters.
  static func plain(
    _ p: Categorical, _ q: Categorical, _ measure: Measure, _ support: SupportPolicy,
    _ unit: InformationUnit
  ) throws -> Quantity {
    switch measure {
    case .crossEntropy: .amount(try p.crossEntropy(relativeTo: q, support: support))
    case .reverseKLDivergence: .amount(try p.reverseKLDivergence(from: q, support: support))
    case .jeffreysDivergence: .amount(try p.jeffreysDivergence(from: q, support: support))
    case .jensenShannonDivergence:
      .amount(try p.jensenShannonDivergence(from: q, support: support))
    case .jensenShannonDistance:
      .inUnit(try p.jensenShannonDistance(from: q, in: unit, support: support))
    case .hellingerDistance: .number(try p.hellingerDistance(from: q, support: support))
    case .bhattacharyyaCoefficient:
      .number(try p.bhattacharyyaCoefficient(from: q, support: support))
    case .bhattacharyyaDistance: .amount(try p.bhattacharyyaDistance(from: q, support: support))
    case .chernoffInformation: .amount(try p.chernoffInformation(from: q, support: support))
    case .totalVariation: .number(try p.totalVariation(from: q, support: support))
    case .pearsonChiSquared: .number(try p.pearsonChiSquared(from: q, support: support))
    case .neymanChiSquared: .number(try p.neymanChiSquared(from: q, support: support))
    case .triangularDiscrimination:
      .number(try p.triangularDiscrimination(from: q, support: support))
    case .populationStabilityIndex:
      .number(try p.populationStabilityIndex(from: q, support: support))
    default: .amount(try p.klDivergence(from: q, support: support))
    }
  }
}

extension Question {
  /// Where ordered outcomes lie, if the question says so.
  func positions() throws -> [Double]? {
    has("positions") ? try numbers("positions") : nil
  }

  /// The distributions that the question lists.
  func distributions() throws -> [Categorical] {
    let isRaw = try flag("normalize")
    return try rows("distributions").enumerated().map { i, row in
      try Self.distribution(row, normalizing: isRaw, argument: "distributions", index: i)
    }
  }

  /// The outcome that the question is about.
  func outcome(of p: Categorical) throws -> Int {
    let outcome = try integer("outcome")
    guard p.masses.indices.contains(outcome) else {
      throw AnswerError(
        "bad_parameter", argument: "outcome",
        "outcome is \(outcome); it must be in 0 ... \(p.count - 1)")
    }
    return outcome
  }

  /// The threshold that parts the values best.
  fileprivate func bestThreshold() throws -> Double {
    let labels = try elements("labels", of: "labels").enumerated().map { i, label in
      try JointTable.label(label, at: "labels[\(i)]", field: "labels", index: i)
    }
    let criterion: SplitCriterion =
      has("criterion")
      ? try choice(
        "criterion",
        [
          "information_gain": .informationGain, "gain_ratio": .gainRatio, "gini_gain": .giniGain,
        ]) : .informationGain
    let values = try numbers("values")
    guard
      let split = try InformationTheory.bestThreshold(of: values, for: labels, by: criterion)
    else {
      throw AnswerError(
        "undefined", argument: "values", "all values are equal, and no threshold parts them")
    }
    return split.threshold
  }
}
