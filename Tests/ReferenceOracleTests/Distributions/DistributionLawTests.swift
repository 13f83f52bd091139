import InformationTheory
import ReferenceOracle
import TestSupport
import Testing

/// What holds of all parameters, from a seeded generator.
@Suite struct DistributionLawTests {
  #if DEBUG
    private let draws = 2
  #else
    private let draws = 40
  #endif

  /// A distribution of a family whose parameters are spread over many powers of two.
  private func draw(
    _ family: ParametricDistribution.Family, _ random: inout SplitMix64
  ) -> ParametricDistribution? {
    if family == .uniform {
      let low = random.magnitude(-20...20)
      return .uniform(low: -low, high: low * random.unit())
    }
    let values = family.parameters.map { parameter -> [Double] in
      (0..<(parameter.isList ? 3 : 1)).map { _ -> Double in
        switch parameter.domain {
        case .real: (random.unit() - 0.5) * random.magnitude(-10...10)
        case .positive: random.magnitude(-8...8)
        case .probability, .positiveProbability: random.unit() + 0x1p-60
        case .count: 5
        }
      }
    }
    return family.distribution(values)
  }

  @Test(arguments: ParametricDistribution.Family.allCases)
  func divergencesArePositiveUnlessEqual(family: ParametricDistribution.Family) throws {
    var random = SplitMix64(state: 91)
    for _ in 0..<draws {
      let p = try #require(draw(family, &random))
      var q = try #require(draw(family, &random))
      switch (p, q) {
      // Of one scale, or of as many successes, there is a form.
      case (.logistic(let location, let scale), .logistic):
        q = .logistic(location: location + scale, scale: scale)
      case (.negativeBinomial(let successes, _), .negativeBinomial(_, let probability)):
        q = .negativeBinomial(successes: successes, probability: probability)
      case (.studentT, _): q = p
      default: break
      }
      let divergence = try Certified.klDivergence(of: p, from: q)
      #expect(p == q ? divergence.isExact : divergence.lowerBound > 0, "\(p) \(q): \(divergence)")
      #expect(divergence.isCorrectlyRounded)
      let same = try Certified.klDivergence(of: p, from: p)
      #expect(same.value == 0 && same.isExact)
    }
  }

  /// What is the same number to the last digit, because it is the same real.
  @Test func invariances() throws {
    var random = SplitMix64(state: 92)
    for _ in 0..<draws {
      let (k, l) = (random.magnitude(-4...6), random.magnitude(-4...6))
      let (s, t) = (random.magnitude(-9...9), random.magnitude(-9...9))
      let m = (random.unit() - 0.5) * 8
      let two = 0x1p5
      func same(
        _ p: ParametricDistribution, _ q: ParametricDistribution, _ r: ParametricDistribution,
        _ u: ParametricDistribution, at location: SourceLocation = #_sourceLocation
      ) throws {
        let (x, y) = (
          try Certified.klDivergence(of: p, from: q), try Certified.klDivergence(of: r, from: u)
        )
        #expect(x.value == y.value, "\(p) \(q) \(r) \(u)", sourceLocation: location)
        #expect(x.decimal == y.decimal, "\(p) \(q) \(r) \(u)", sourceLocation: location)
      }
      // Scales of powers of two, which are exact.
      try same(
        .gamma(shape: k, scale: s), .gamma(shape: l, scale: t),
        .gamma(shape: k, scale: s * two), .gamma(shape: l, scale: t * two))
      try same(
        .normal(mean: m, standardDeviation: s), .normal(mean: 0, standardDeviation: t),
        .normal(mean: 0, standardDeviation: s * two),
        .normal(mean: m * two, standardDeviation: t * two))
      try same(
        .pareto(shape: k, scale: 2 * s), .pareto(shape: l, scale: s),
        .pareto(shape: k, scale: 2 * two), .pareto(shape: l, scale: two))
      // Functions of the outcome: reciprocal, logarithm, mirror, square.
      try same(
        .gamma(shape: k, scale: s), .gamma(shape: l, scale: t),
        .inverseGamma(shape: k, scale: t), .inverseGamma(shape: l, scale: s))
      try same(
        .logNormal(logMean: m, logStandardDeviation: s),
        .logNormal(logMean: 0, logStandardDeviation: t),
        .normal(mean: m, standardDeviation: s), .normal(mean: 0, standardDeviation: t))
      try same(
        .beta(alpha: k, beta: l), .beta(alpha: s, beta: t),
        .beta(alpha: l, beta: k), .beta(alpha: t, beta: s))
      // One distribution by several names.
      try same(
        .chiSquared(degreesOfFreedom: k), .chiSquared(degreesOfFreedom: l),
        .gamma(shape: k / 2, scale: 2), .gamma(shape: l / 2, scale: 2))
      try same(
        .rayleigh(scale: s), .rayleigh(scale: t), .weibull(shape: 2, scale: s),
        .weibull(shape: 2, scale: t))
      let q = ParametricDistribution.gamma(shape: k, scale: t)
      try same(.exponential(rate: 0.25), q, .gamma(shape: 1, scale: 4), q)
      try same(.exponential(rate: 0.25), q, .weibull(shape: 1, scale: 4), q)
      try same(q, .exponential(rate: 0.25), q, .weibull(shape: 1, scale: 4))
    }
  }

  @Test func bernoulliIsAPairOfOutcomes() throws {
    var random = SplitMix64(state: 93)
    for _ in 0..<4 * draws {
      // Sixteenths of 2⁻²⁰, so that the complement is a double.
      let (p, q) = (
        Double(random.integer(1...1 << 24 - 1)) * 0x1p-24,
        Double(random.integer(1...1 << 24 - 1)) * 0x1p-24
      )
      let divergence = try Certified.klDivergence(
        of: .bernoulli(probability: p), from: .bernoulli(probability: q), unit: .bits)
      let pair = try Certified.klDivergence(
        of: try Categorical([1 - p, p]), from: try Categorical([1 - q, q]), unit: .bits)
      #expect(divergence.value == pair.value && divergence.decimal == pair.decimal)
      let entropy = try Certified.entropy(of: .bernoulli(probability: p))
      #expect(entropy.value == Certified.entropy(of: try Categorical([1 - p, p])).value)
    }
  }

  /// The divergence of independent numbers is the sum of theirs, and so is the entropy.
  @Test func independentNumbersAdd() throws {
    var random = SplitMix64(state: 94)
    func numbers() -> [Double] { (0..<4).map { _ in random.magnitude(-6...6) } }
    for _ in 0..<4 * draws {
      let (m, s, n, t) = (numbers(), numbers(), numbers(), numbers())
      let whole = try Certified.klDivergence(
        of: .diagonalNormal(means: m, standardDeviations: s),
        from: .diagonalNormal(means: n, standardDeviations: t))
      let parts = try m.indices.map { i in
        try Certified.klDivergence(
          of: .normal(mean: m[i], standardDeviation: s[i]),
          from: .normal(mean: n[i], standardDeviation: t[i]))
      }
      #expect(
        ExactSum(parts.map(\.lowerBound)).value <= whole.upperBound
          && ExactSum(parts.map(\.upperBound)).value >= whole.lowerBound)
    }
  }

  /// A cross-entropy is the entropy and the divergence together, whichever form each has.
  @Test func crossEntropyIsEntropyAndDivergence() throws {
    var random = SplitMix64(state: 95)
    let families: [ParametricDistribution.Family] = [
      .normal, .laplace, .gumbel, .exponential, .gamma, .weibull, .rayleigh, .beta, .bernoulli,
      .geometric, .dirichlet, .diagonalNormal,
    ]
    for family in families {
      for _ in 0..<draws {
        let (p, q) = (try #require(draw(family, &random)), try #require(draw(family, &random)))
        let cross = try Certified.crossEntropy(of: p, relativeTo: q)
        let (entropy, divergence) = (
          try Certified.entropy(of: p), try Certified.klDivergence(of: p, from: q)
        )
        #expect(
          (entropy.lowerBound + divergence.lowerBound).nextDown <= cross.upperBound
            && (entropy.upperBound + divergence.upperBound).nextUp >= cross.lowerBound,
          "\(p) \(q)")
      }
    }
  }
}
