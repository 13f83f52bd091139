import InformationTheory
import ReferenceOracle
import Testing

@Suite struct DistributionTests {
  private func divergence(
    _ p: ParametricDistribution, _ q: ParametricDistribution
  ) throws -> Certified {
    try Certified.klDivergence(of: p, from: q)
  }

  /// Where textbook forms in doubles have no digit left; the truth by two routes each.
  @Test func faultsOfOthers() throws {
    let beta = try divergence(.beta(alpha: 1e8, beta: 1e8), .beta(alpha: 1e8 + 1, beta: 1e8))
    #expect(beta.value == 2.50000000625e-9 && beta.isCorrectlyRounded)
    let gamma = try divergence(.gamma(shape: 1e12, scale: 1), .gamma(shape: 1e12 + 1, scale: 1))
    #expect(gamma.decimal.hasPrefix("5.000000000000833333333333e-13") && gamma.isCorrectlyRounded)
    let entropy = try Certified.entropy(of: .gamma(shape: 1e15, scale: 1))
    #expect(entropy.decimal == "18.68832673066001503858193")
    let cauchy = try divergence(
      .cauchy(location: 0, scale: 1), .cauchy(location: 1e-9, scale: 1))
    #expect((cauchy.value - 2.5e-19).magnitude < 1e-34 && cauchy.isCorrectlyRounded)
    let wide = try Certified.entropy(of: .gamma(shape: 1e8, scale: 1))
    #expect(wide.decimal.hasPrefix("10.6292789018"))
  }

  @Test(arguments: [
    (1.0, "1.304842242256"), (10, "2.56140993527"), (100, "3.72068607226"),
  ])
  func entropiesOfPoissonNumbers(rate: Double, digits: String) throws {
    #expect(try Certified.entropy(of: .poisson(rate: rate)).decimal.hasPrefix(digits))
  }

  #if !DEBUG
    @Test(arguments: [
      (ParametricDistribution.poisson(rate: 1000), "4.87273279764"),
      (.poisson(rate: 1e4), "6.02410038544"),
      (.negativeBinomial(successes: 10, probability: 0.01), "7.136198"),
    ])
    func entropiesOfManyTerms(p: ParametricDistribution, digits: String) throws {
      let entropy = try Certified.entropy(of: p)
      #expect(entropy.decimal.hasPrefix(digits) && entropy.isCorrectlyRounded)
    }
  #endif

  /// The example of the documentation.
  @Test func theExample() throws {
    let p = ParametricDistribution.gamma(shape: 1e12, scale: 1)
    let q = ParametricDistribution.gamma(shape: 1e12 + 1, scale: 1)
    let divergence = try Certified.klDivergence(of: p, from: q)
    #expect(divergence.decimal == "5.000000000000833333333333e-13")
    #expect(divergence.isCorrectlyRounded)
    #expect(
      try Certified.entropy(of: .normal(mean: 0, standardDeviation: 1)).decimal
        == "1.418938533204672741780330")
    let close = try Certified.klDivergence(
      of: .gamma(shape: 3, scale: 1), from: .gamma(shape: 3.0000001, scale: 1))
    #expect(close.decimal == "1.974670302092090924776943e-15")
  }

  @Test func directionsAndUnits() throws {
    let (p, q) = (
      ParametricDistribution.normal(mean: 0, standardDeviation: 1),
      ParametricDistribution.normal(mean: 1, standardDeviation: 2)
    )
    // log 2 + (1 + 1)/8 − 1/2.
    #expect(try divergence(p, q).decimal == "0.4431471805599453094172321")
    // −log 2 + (4 + 1)/2 − 1/2.
    #expect(try divergence(q, p).decimal == "1.306852819440054690582768")
    #expect(
      try Certified.jeffreysDivergence(of: p, from: q).decimal == "1.750000000000000000000000")
    let bits = try Certified.entropy(of: .uniform(low: 0, high: 8), unit: .bits)
    #expect(bits.value == 3)
    // Cross-entropy is the entropy, 1 + log θ, and the divergence, 1 − log 2, together.
    let cross = try Certified.crossEntropy(
      of: .exponential(rate: 0.5), relativeTo: .exponential(rate: 1))
    #expect(cross.value == 2 && cross.isExact)
  }

  @Test func equalDistributionsAreExactlyZeroApart() throws {
    for (p, q): (ParametricDistribution, ParametricDistribution) in [
      (.studentT(degreesOfFreedom: 3), .studentT(degreesOfFreedom: 3)),
      (.exponential(rate: 0.5), .gamma(shape: 1, scale: 2)),
      (.weibull(shape: 1, scale: 3), .gamma(shape: 1, scale: 3)),
      (.chiSquared(degreesOfFreedom: 5), .gamma(shape: 2.5, scale: 2)),
      (.uniform(low: 0, high: 1), .beta(alpha: 1, beta: 1)),
      (.bernoulli(probability: 0.3), .binomial(trials: 1, probability: 0.3)),
      (.geometric(probability: 0.3), .negativeBinomial(successes: 1, probability: 0.3)),
      (.binomial(trials: 5, probability: 0), .bernoulli(probability: 0)),
      (
        .diagonalNormal(means: [1], standardDeviations: [2]),
        .normal(mean: 1, standardDeviation: 2)
      ),
    ] {
      let zero = try divergence(p, q)
      #expect(zero.isExact && zero.value == 0 && zero.value.sign == .plus, "\(p) \(q): \(zero)")
    }
  }

  @Test func infinitiesAreExact() throws {
    for (p, q): (ParametricDistribution, ParametricDistribution) in [
      (.poisson(rate: 1), .binomial(trials: 10, probability: 0.5)),
      (.poisson(rate: 1e12), .bernoulli(probability: 0.5)),
      (.cauchy(location: 0, scale: 1), .normal(mean: 0, standardDeviation: 1)),
      (.studentT(degreesOfFreedom: 1), .normal(mean: 0, standardDeviation: 1)),
      (.studentT(degreesOfFreedom: 1), .logistic(location: 0, scale: 1)),
      (.gamma(shape: 2, scale: 1), .beta(alpha: 2, beta: 2)),
      (.pareto(shape: 2, scale: 1), .normal(mean: 0, standardDeviation: 1)),
      (.pareto(shape: 2, scale: 1), .pareto(shape: 2, scale: 1 + 0x1p-52)),
      (.halfNormal(scale: 1), .inverseGamma(shape: 2, scale: 1)),
      (.normal(mean: 0, standardDeviation: 1), .poisson(rate: 1)),
      (.binomial(trials: 3, probability: 0.5), .binomial(trials: 2, probability: 0.5)),
      (.bernoulli(probability: 1), .bernoulli(probability: 0)),
      (.binomial(trials: 3, probability: 0.5), .binomial(trials: 5, probability: 1)),
      (
        .dirichlet(concentration: [1, 1]),
        .diagonalNormal(means: [0, 0], standardDeviations: [1, 1])
      ),
    ] {
      let infinite = try divergence(p, q)
      #expect(infinite.value == .infinity && infinite.isExact, "\(p) \(q): \(infinite)")
      #expect(try Certified.crossEntropy(of: p, relativeTo: q).value == .infinity)
    }
    // Infinite in one direction, of no closed form in the other.
    #expect(
      try Certified.jeffreysDivergence(
        of: .cauchy(location: 0, scale: 1), from: .logistic(location: 0, scale: 1)
      ).value == .infinity)
    // A tail that is just light enough.
    let finite = try divergence(
      .pareto(shape: 2.0.nextUp, scale: 1), .normal(mean: 0, standardDeviation: 1))
    #expect(finite.value > 1e15 && finite.value < .infinity && finite.isCorrectlyRounded)
  }

  @Test func whatIsBeyondDoublesSaysSo() throws {
    let far = try divergence(.gumbel(location: -1e7, scale: 1), .gumbel(location: 0, scale: 1))
    #expect(far.value == .infinity && far.lower == "1e800" && !far.isExact)
    let overflow = try divergence(.gumbel(location: -1e3, scale: 1), .gumbel(location: 0, scale: 1))
    #expect(overflow.value == .infinity && overflow.decimal.hasSuffix("e434"))
  }
}
