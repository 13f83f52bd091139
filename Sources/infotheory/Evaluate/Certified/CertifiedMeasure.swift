import InformationTheory
import ReferenceOracle

/// A question about a measure of distributions, for the oracle.
struct CertifiedMeasure {
  private let question: Question
  private let measure: Measure
  private let unit: InformationUnit

  init(_ question: Question, _ measure: Measure, _ unit: InformationUnit) {
    (self.question, self.measure, self.unit) = (question, measure, unit)
  }

  func answer() throws -> CertifiedAnswer {
    if let parametric = try ParametricQuestion(question, measure) {
      return inUnit(try parametric.certified(in: unit))
    }
    switch measure {
    case .bestThreshold:
      // A number of the question, or the double nearest to the middle of two: nothing to prove.
      throw AnswerError(notCertified: measure.rawValue)
    case _ where measure.fields.contains("joint"):
      let (number, isAmount) = try JointQuestion(question, measure: measure).certified(in: unit)
      return isAmount ? inUnit(number) : CertifiedAnswer(number)
    case .generalizedJensenShannonDivergence:
      let weights = question.has("weights") ? try question.numbers("weights") : nil
      return inUnit(
        try Certified.generalizedJensenShannonDivergence(
          of: try question.distributions(), weights: weights, unit: unit))
    case .binaryEntropy:
      return inUnit(try Certified.binaryEntropy(try question.number("p"), unit: unit))
    case .generalizedKLDivergence:
      return inUnit(
        try Certified.generalizedKLDivergence(
          of: try question.numbers("p"), from: try question.numbers("q"), unit: unit))
    case .itakuraSaitoDivergence:
      return CertifiedAnswer(
        try Certified.itakuraSaitoDivergence(
          of: try question.numbers("p"), from: try question.numbers("q")))
    default:
      let p = try question.distribution("p")
      guard measure.fields.contains("q") else { return try of(p) }
      return try between(p, try question.distribution("q"))
    }
  }

  private func inUnit(_ number: Certified) -> CertifiedAnswer {
    CertifiedAnswer(number, unit: unit)
  }

  private func of(_ p: Categorical) throws -> CertifiedAnswer {
    func order() throws -> Double { try question.number("order") }
    switch measure {
    case .renyiEntropy:
      return inUnit(try Certified.renyiEntropy(of: p, order: try order(), unit: unit))
    case .minEntropy:
      return inUnit(try Certified.renyiEntropy(of: p, order: .infinity, unit: unit))
    case .hartleyEntropy: return inUnit(try Certified.renyiEntropy(of: p, order: 0, unit: unit))
    case .collisionEntropy: return inUnit(try Certified.renyiEntropy(of: p, order: 2, unit: unit))
    case .tsallisEntropy:
      return CertifiedAnswer(try Certified.tsallisEntropy(of: p, order: try order()))
    case .hillNumber: return CertifiedAnswer(try Certified.hillNumber(of: p, order: try order()))
    case .perplexity: return CertifiedAnswer(Certified.perplexity(of: p))
    case .extropy: return inUnit(Certified.extropy(of: p, unit: unit))
    case .giniImpurity: return CertifiedAnswer(Certified.giniImpurity(of: p))
    case .normalizedEntropy: return CertifiedAnswer(try Certified.normalizedEntropy(of: p))
    case .cumulativeResidualEntropy:
      return inUnit(
        try Certified.cumulativeResidualEntropy(
          of: p, positions: try question.positions(), unit: unit))
    case .selfInformation:
      let outcome = try question.outcome(of: p)
      return inUnit(Certified.selfInformation(ofOutcome: outcome, of: p, unit: unit))
    default: return inUnit(Certified.entropy(of: p, unit: unit))
    }
  }

  private func between(_ p: Categorical, _ q: Categorical) throws -> CertifiedAnswer {
    switch measure {
    case .wasserstein1, .wasserstein2, .energyDistance, .cramerDistance, .kolmogorovSmirnov:
      return CertifiedAnswer(try ordered(p, q, try question.positions()))
    case .skewDivergence, .renyiDivergence, .tsallisDivergence, .alphaDivergence,
      .cressieReadDivergence:
      return try parametric(p, q, try question.support())
    default: return try plain(p, q, try question.support())
    }
  }

  private func ordered(
    _ p: Categorical, _ q: Categorical, _ positions: [Double]?
  ) throws -> Certified {
    switch measure {
    case .wasserstein1:
      return try Certified.wasserstein1Distance(of: p, from: q, positions: positions)
    case .wasserstein2:
      return try Certified.wasserstein2Distance(of: p, from: q, positions: positions)
    case .energyDistance: return try Certified.energyDistance(of: p, from: q, positions: positions)
    case .cramerDistance: return try Certified.cramerDistance(of: p, from: q, positions: positions)
    default: return try Certified.kolmogorovSmirnovDistance(of: p, from: q)
    }
  }

  private func parametric(
    _ p: Categorical, _ q: Categorical, _ support: SupportPolicy
  ) throws -> CertifiedAnswer {
    if measure == .skewDivergence && !question.has("order") {
      return inUnit(try Certified.skewDivergence(of: p, from: q, support: support, unit: unit))
    }
    let order = try question.number("order")
    switch measure {
    case .skewDivergence:
      return inUnit(
        try Certified.skewDivergence(of: p, from: q, weight: order, support: support, unit: unit))
    case .renyiDivergence:
      return inUnit(
        try Certified.renyiDivergence(of: p, from: q, order: order, support: support, unit: unit))
    case .tsallisDivergence:
      return CertifiedAnswer(
        try Certified.tsallisDivergence(of: p, from: q, order: order, support: support))
    case .alphaDivergence:
      return CertifiedAnswer(
        try Certified.alphaDivergence(of: p, from: q, order: order, support: support))
    default:
      return CertifiedAnswer(
        try Certified.cressieReadDivergence(of: p, from: q, lambda: order, support: support))
    }
  }

  private func plain(
    _ p: Categorical, _ q: Categorical, _ support: SupportPolicy
  ) throws -> CertifiedAnswer {
    switch measure {
    case .crossEntropy:
      return inUnit(try Certified.crossEntropy(of: p, relativeTo: q, support: support, unit: unit))
    case .reverseKLDivergence:
      return inUnit(
        try Certified.reverseKLDivergence(of: p, from: q, support: support, unit: unit))
    case .jeffreysDivergence:
      return inUnit(
        try Certified.jeffreysDivergence(of: p, from: q, support: support, unit: unit))
    case .populationStabilityIndex:
      return CertifiedAnswer(try Certified.jeffreysDivergence(of: p, from: q, support: support))
    case .jensenShannonDivergence:
      return inUnit(
        try Certified.jensenShannonDivergence(of: p, from: q, support: support, unit: unit))
    case .jensenShannonDistance:
      return inUnit(
        try Certified.jensenShannonDistance(of: p, from: q, support: support, unit: unit))
    case .chernoffInformation:
      return inUnit(
        try Certified.chernoffInformation(of: p, from: q, support: support, unit: unit))
    case .bhattacharyyaDistance:
      return inUnit(
        try Certified.bhattacharyyaDistance(of: p, from: q, support: support, unit: unit))
    case .klDivergence:
      return inUnit(try Certified.klDivergence(of: p, from: q, support: support, unit: unit))
    default: return CertifiedAnswer(try unitless(p, q, support))
    }
  }

  private func unitless(
    _ p: Categorical, _ q: Categorical, _ support: SupportPolicy
  ) throws -> Certified {
    switch measure {
    case .bhattacharyyaCoefficient:
      try Certified.bhattacharyyaCoefficient(of: p, from: q, support: support)
    case .hellingerDistance: try Certified.hellingerDistance(of: p, from: q, support: support)
    case .totalVariation: try Certified.totalVariation(of: p, from: q, support: support)
    case .pearsonChiSquared: try Certified.pearsonChiSquared(of: p, from: q, support: support)
    case .neymanChiSquared: try Certified.neymanChiSquared(of: p, from: q, support: support)
    default: try Certified.triangularDiscrimination(of: p, from: q, support: support)
    }
  }
}
