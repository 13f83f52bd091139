import InformationTheory
import InformationTheoryTesting
import ReferenceOracle

/// What the library says, beside what is proven.
struct Comparison: Sendable {
  let fast: Double
  let truth: Certified
  /// What the documentation allows beside one ulp, where parts cancel.
  var allowance = 0.0

  /// The steps between the two: 0 where the oracle does not know better.
  var ulps: UInt64 {
    if truth.isCorrectlyRounded { return ulpDistance(fast, truth.value) }
    if truth.contains(fast) { return 0 }
    return min(ulpDistance(fast, truth.lowerBound), ulpDistance(fast, truth.upperBound))
  }

  /// Whether the library keeps what its documentation promises.
  var isKept: Bool { ulps <= 1 || (fast - truth.value).magnitude <= allowance }

  /// The two answers to a question, or none where both refuse it for the same reason.
  static func ofBoth(
    allowance: Double = 0, fast: () throws -> Double, truth: () throws -> Certified
  ) throws -> [Comparison] {
    let number: Double
    do {
      number = try fast()
    } catch let refusal as InformationError {
      do {
        _ = try truth()
      } catch let other as InformationError where other.code == refusal.code {
        return []
      }
      throw refusal
    }
    return [Comparison(fast: number, truth: try truth(), allowance: allowance)]
  }
}

/// A function of the library that is held against the oracle, in questions from a seed.
struct Subject: Sendable {
  let name: String
  /// The next question, in words, and the numbers that it is answered with.
  let next: @Sendable (inout SeededGenerator) throws -> (question: String, numbers: [Comparison])

  static let all = entropies + divergences + orderedDistances + jointMeasures + losses + functions
}

extension SeededGenerator {
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  /// Distributions of every difficult family, the long one rarely.
  mutating func masses() -> (p: [Double], q: [Double]) {
    let isLong = Int.random(in: 0..<64, using: &self) == 0
    let family = isLong ? .long : pick(AdversarialMasses.Family.allCases.filter { $0 != .long })
    return AdversarialMasses(family, longCount: 200).pair(using: &self)
  }

  /// Orders next to 1, at it and away from it.
  mutating func order() -> Double {
    pick([0, 0.25, 0.5, 0.999_999, 1, 1 + 0x1p-40, 1.5, 2, 3, 8])
  }

  /// Positions that increase, or none.
  mutating func positions(_ count: Int) -> [Double]? {
    guard Bool.random(using: &self) else { return nil }
    var position = Double.random(in: -10...10, using: &self)
    return (0..<count).map { _ in
      position += Double.random(in: 0.01...3, using: &self)
      return position
    }
  }
}

// MARK: - Measures of distributions

extension Subject {
  /// A measure of one distribution.
  private static func ofOne(
    _ name: String,
    _ fast: @escaping @Sendable (Categorical, Double) throws -> Double,
    _ truth: @escaping @Sendable (Categorical, Double) throws -> Certified
  ) -> Subject {
    Subject(name: name) { generator in
      let (masses, order) = (generator.masses().p, generator.order())
      let p = try Categorical(masses)
      return (
        "p \(masses), order \(order)",
        [Comparison(fast: try fast(p, order), truth: try truth(p, order))]
      )
    }
  }

  static let entropies: [Subject] = [
    ofOne("entropy", { p, _ in p.entropy().nats }, { p, _ in Certified.entropy(of: p) }),
    ofOne(
      "renyi_entropy", { try $0.renyiEntropy(order: $1).nats },
      { try Certified.renyiEntropy(of: $0, order: $1) }),
    ofOne(
      "tsallis_entropy", { try $0.tsallisEntropy(order: $1) },
      { try Certified.tsallisEntropy(of: $0, order: $1) }),
    ofOne(
      "min_entropy", { p, _ in p.minEntropy().nats },
      { p, _ in try Certified.renyiEntropy(of: p, order: .infinity) }),
    ofOne(
      "hill_number", { try $0.hillNumber(order: $1) },
      { try Certified.hillNumber(of: $0, order: $1) }),
    ofOne("perplexity", { p, _ in p.perplexity() }, { p, _ in Certified.perplexity(of: p) }),
    ofOne("extropy", { p, _ in p.extropy().nats }, { p, _ in Certified.extropy(of: p) }),
    ofOne("gini_impurity", { p, _ in p.giniImpurity() }, { p, _ in Certified.giniImpurity(of: p) }),
    ofOne(
      "normalized_entropy", { p, _ in try p.normalizedEntropy() },
      { p, _ in try Certified.normalizedEntropy(of: p) }),
    ofOne(
      "self_information", { p, _ in p.selfInformation(ofOutcome: 0).nats },
      { p, _ in Certified.selfInformation(ofOutcome: 0, of: p) }),
    ofOne(
      "cumulative_residual_entropy", { p, _ in try p.cumulativeResidualEntropy().nats },
      { p, _ in try Certified.cumulativeResidualEntropy(of: p) }),
    ofOne(
      "binary_entropy", { p, _ in try binaryEntropy(p.masses[0]).nats },
      { p, _ in try Certified.binaryEntropy(p.masses[0]) }),
  ]

  /// A measure of two distributions.
  private static func ofTwo(
    _ name: String,
    _ fast: @escaping @Sendable (Categorical, Categorical, Double) throws -> Double,
    _ truth: @escaping @Sendable (Categorical, Categorical, Double) throws -> Certified
  ) -> Subject {
    Subject(name: name) { generator in
      let (masses, order) = (generator.masses(), generator.order())
      let (p, q) = (try Categorical(masses.p), try Categorical(masses.q))
      return (
        "p \(masses.p), q \(masses.q), order \(order)",
        [Comparison(fast: try fast(p, q, order), truth: try truth(p, q, order))]
      )
    }
  }

  static let divergences: [Subject] = [
    ofTwo(
      "cross_entropy", { p, q, _ in try p.crossEntropy(relativeTo: q).nats },
      { p, q, _ in try Certified.crossEntropy(of: p, relativeTo: q) }),
    ofTwo(
      "kl_divergence", { p, q, _ in try p.klDivergence(from: q).nats },
      { p, q, _ in try Certified.klDivergence(of: p, from: q) }),
    ofTwo(
      "reverse_kl_divergence", { p, q, _ in try p.reverseKLDivergence(from: q).nats },
      { p, q, _ in try Certified.reverseKLDivergence(of: p, from: q) }),
    ofTwo(
      "jeffreys_divergence", { p, q, _ in try p.jeffreysDivergence(from: q).nats },
      { p, q, _ in try Certified.jeffreysDivergence(of: p, from: q) }),
    ofTwo(
      "jensen_shannon_divergence", { p, q, _ in try p.jensenShannonDivergence(from: q).nats },
      { p, q, _ in try Certified.jensenShannonDivergence(of: p, from: q) }),
    ofTwo(
      "jensen_shannon_distance", { p, q, _ in try p.jensenShannonDistance(from: q) },
      { p, q, _ in try Certified.jensenShannonDistance(of: p, from: q) }),
    ofTwo(
      "generalized_jensen_shannon_divergence",
      { p, q, _ in
        try generalizedJensenShannonDivergence(of: [p, q, p], weights: [1, 2, 0.5]).nats
      },
      { p, q, _ in
        try Certified.generalizedJensenShannonDivergence(of: [p, q, p], weights: [1, 2, 0.5])
      }),
    ofTwo(
      "skew_divergence", { p, q, a in try p.skewDivergence(from: q, weight: min(a, 1)).nats },
      { p, q, a in try Certified.skewDivergence(of: p, from: q, weight: min(a, 1)) }),
    ofTwo(
      "renyi_divergence", { p, q, a in try p.renyiDivergence(from: q, order: a).nats },
      { p, q, a in try Certified.renyiDivergence(of: p, from: q, order: a) }),
    ofTwo(
      "tsallis_divergence", { p, q, a in try p.tsallisDivergence(from: q, order: a) },
      { p, q, a in try Certified.tsallisDivergence(of: p, from: q, order: a) }),
    ofTwo(
      "alpha_divergence", { p, q, a in try p.alphaDivergence(from: q, order: a) },
      { p, q, a in try Certified.alphaDivergence(of: p, from: q, order: a) }),
    ofTwo(
      "cressie_read_divergence", { p, q, a in try p.cressieReadDivergence(from: q, lambda: a) },
      { p, q, a in try Certified.cressieReadDivergence(of: p, from: q, lambda: a) }),
    ofTwo(
      "hellinger_distance", { p, q, _ in try p.hellingerDistance(from: q) },
      { p, q, _ in try Certified.hellingerDistance(of: p, from: q) }),
    ofTwo(
      "bhattacharyya_coefficient", { p, q, _ in try p.bhattacharyyaCoefficient(from: q) },
      { p, q, _ in try Certified.bhattacharyyaCoefficient(of: p, from: q) }),
    ofTwo(
      "bhattacharyya_distance", { p, q, _ in try p.bhattacharyyaDistance(from: q).nats },
      { p, q, _ in try Certified.bhattacharyyaDistance(of: p, from: q) }),
    ofTwo(
      "chernoff_information", { p, q, _ in try p.chernoffInformation(from: q).nats },
      { p, q, _ in try Certified.chernoffInformation(of: p, from: q) }),
    ofTwo(
      "total_variation", { p, q, _ in try p.totalVariation(from: q) },
      { p, q, _ in try Certified.totalVariation(of: p, from: q) }),
    ofTwo(
      "pearson_chi_squared", { p, q, _ in try p.pearsonChiSquared(from: q) },
      { p, q, _ in try Certified.pearsonChiSquared(of: p, from: q) }),
    ofTwo(
      "neyman_chi_squared", { p, q, _ in try p.neymanChiSquared(from: q) },
      { p, q, _ in try Certified.neymanChiSquared(of: p, from: q) }),
    ofTwo(
      "triangular_discrimination", { p, q, _ in try p.triangularDiscrimination(from: q) },
      { p, q, _ in try Certified.triangularDiscrimination(of: p, from: q) }),
    ofTwo(
      "generalized_kl_divergence",
      { p, q, _ in try generalizedKLDivergence(of: p.masses.span, from: q.masses.span).nats },
      { p, q, _ in try Certified.generalizedKLDivergence(of: p.masses, from: q.masses) }),
    ofTwo(
      "itakura_saito_divergence",
      { p, q, _ in try itakuraSaitoDivergence(of: p.masses.span, from: q.masses.span) },
      { p, q, _ in try Certified.itakuraSaitoDivergence(of: p.masses, from: q.masses) }),
  ]

  /// A distance of distributions on a line.
  private static func onLine(
    _ name: String,
    _ fast: @escaping @Sendable (Categorical, Categorical, [Double]?) throws -> Double,
    _ truth: @escaping @Sendable (Categorical, Categorical, [Double]?) throws -> Certified
  ) -> Subject {
    Subject(name: name) { generator in
      let masses = generator.masses()
      let (p, q) = (try Categorical(masses.p), try Categorical(masses.q))
      let positions = generator.positions(p.count)
      return (
        "p \(masses.p), q \(masses.q), positions \(positions ?? [])",
        [Comparison(fast: try fast(p, q, positions), truth: try truth(p, q, positions))]
      )
    }
  }

  static let orderedDistances: [Subject] = [
    onLine(
      "wasserstein_1", { try $0.wasserstein1Distance(from: $1, positions: $2) },
      { try Certified.wasserstein1Distance(of: $0, from: $1, positions: $2) }),
    onLine(
      "wasserstein_2", { try $0.wasserstein2Distance(from: $1, positions: $2) },
      { try Certified.wasserstein2Distance(of: $0, from: $1, positions: $2) }),
    onLine(
      "energy_distance", { try $0.energyDistance(from: $1, positions: $2) },
      { try Certified.energyDistance(of: $0, from: $1, positions: $2) }),
    onLine(
      "cramer_distance", { try $0.cramerDistance(from: $1, positions: $2) },
      { try Certified.cramerDistance(of: $0, from: $1, positions: $2) }),
    onLine(
      "kolmogorov_smirnov", { p, q, _ in try p.kolmogorovSmirnovDistance(from: q) },
      { p, q, _ in try Certified.kolmogorovSmirnovDistance(of: p, from: q) }),
  ]
}
