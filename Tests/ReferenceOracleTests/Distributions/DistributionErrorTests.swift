import InformationTheory
import ReferenceOracle
import Testing

@Suite struct DistributionErrorTests {
  @Test(arguments: [
    (
      ParametricDistribution.gamma(shape: -1, scale: 1), "shape",
      "shape of gamma is -1.0: it must be positive and finite"
    ),
    (
      .normal(mean: .nan, standardDeviation: 1), "mean", "mean of normal is nan: it must be finite"
    ),
    (
      .normal(mean: 0, standardDeviation: .infinity), "standardDeviation",
      "standardDeviation of normal is inf: it must be positive and finite"
    ),
    (
      .bernoulli(probability: 1.5), "probability",
      "probability of bernoulli is 1.5: it must be in 0 … 1"
    ),
    (
      .geometric(probability: 0), "probability",
      "probability of geometric is 0.0: it must be above 0 and at most 1"
    ),
    (
      .binomial(trials: 0, probability: 0.5), "trials",
      "trials of binomial is 0.0: it must be a whole number from 1 to 2⁵³"
    ),
    (
      .uniform(low: 1, high: 1), "high",
      "high of uniform is 1.0: it must be above low, which is 1.0"
    ),
    (
      .dirichlet(concentration: [1, 0]), "concentration",
      "concentration[1] of dirichlet is 0.0: it must be positive and finite"
    ),
    (
      .dirichlet(concentration: [1]), "concentration",
      "concentration of dirichlet has 1 numbers: it must have 2 or more"
    ),
    (
      .diagonalNormal(means: [0], standardDeviations: [1, 2]), "standardDeviations",
      "standardDeviations of diagonalNormal has 2 numbers: it must have as many as means, which has 1"
    ),
    (
      .diagonalNormal(means: [], standardDeviations: []), "means",
      "means of diagonalNormal is empty: it must have 1 or more numbers"
    ),
  ])
  func parametersAreChecked(
    p: ParametricDistribution, argument: String, message: String
  ) throws {
    let good = ParametricDistribution.normal(mean: 0, standardDeviation: 1)
    for use in [
      { try p.validate() }, { _ = try Certified.entropy(of: p) },
      { _ = try Certified.klDivergence(of: good, from: p) },
      { _ = try Certified.crossEntropy(of: p, relativeTo: good) },
      { _ = try Certified.jeffreysDivergence(of: p, from: good) },
    ] {
      let error = #expect(throws: InformationError.self) { try use() }
      #expect(error?.argument == argument && error?.message == message)
    }
  }

  @Test(arguments: [
    (
      ParametricDistribution.studentT(degreesOfFreedom: 3),
      ParametricDistribution.studentT(degreesOfFreedom: 4)
    ),
    (.logistic(location: 0, scale: 1), .logistic(location: 0, scale: 2)),
    (.logistic(location: 1, scale: 1), .laplace(location: 0, scale: 1)),
    (.normal(mean: 1, standardDeviation: 1), .cauchy(location: 0, scale: 1)),
    (.beta(alpha: 1, beta: 2), .gumbel(location: 0, scale: 1)),
    (.binomial(trials: 2, probability: 0.5), .binomial(trials: 3, probability: 0.5)),
    (.poisson(rate: 1), .geometric(probability: 0.5)),
  ])
  func pairsWithoutAClosedFormAreRefused(
    p: ParametricDistribution, q: ParametricDistribution
  ) throws {
    let error = #expect(throws: InformationError.self) {
      try Certified.klDivergence(of: p, from: q)
    }
    #expect(error?.code == .noClosedForm && error?.message.contains("\(p) from \(q)") == true)
  }

  @Test func sumsOfTooManyTermsAreRefused() throws {
    for p: ParametricDistribution in [
      .poisson(rate: 1e8), .binomial(trials: 1 << 20, probability: 0.5),
      .negativeBinomial(successes: 1000, probability: 0.001),
    ] {
      let error = #expect(throws: InformationError.self) { try Certified.entropy(of: p) }
      #expect(error?.code == .noClosedForm && error?.message.contains("100000 are") == true)
      // Divergences need no sum.
      #expect(try Certified.klDivergence(of: p, from: p).value == 0)
    }
  }

  @Test func outcomesMustHaveAsManyComponents() throws {
    let error = #expect(throws: InformationError.self) {
      try Certified.klDivergence(
        of: .dirichlet(concentration: [1, 2, 3]), from: .dirichlet(concentration: [1, 2]))
    }
    #expect(error?.code == .sizeMismatch)
  }

  @Test func familiesMakeTheirDistributions() throws {
    for family in ParametricDistribution.Family.allCases {
      let values = family.parameters.map { parameter in
        parameter.domain == .count ? [2.0] : parameter.isList ? [0.25, 0.5] : [0.5]
      }
      // A uniform distribution of no width, which is only refused later.
      let distribution = try #require(family.distribution(values))
      #expect(distribution.family == family && distribution.values == values)
      #expect(family.distribution(values + [[1]]) == nil && family.distribution([]) == nil)
    }
    #expect(
      "\(ParametricDistribution.gamma(shape: 2, scale: 3))" == "gamma(shape: 2.0, scale: 3.0)")
    #expect(ParametricDistribution.Family.binomial.distribution([[2.5], [0.5]]) == nil)
    #expect(ParametricDistribution.Family.normal.distribution([[1, 2], [0.5]]) == nil)
  }
}
