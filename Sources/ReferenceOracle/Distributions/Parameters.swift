extension ParametricDistribution {
  /// The distribution by its simplest name, where it has several.
  var simplest: ParametricDistribution {
    switch self {
    case .binomial(1, let probability): .bernoulli(probability: probability)
    case .binomial(_, 0): .bernoulli(probability: 0)
    case .negativeBinomial(1, let probability): .geometric(probability: probability)
    case .negativeBinomial(_, 1): .geometric(probability: 1)
    case .diagonalNormal(let means, let deviations) where means.count == 1:
      .normal(mean: means[0], standardDeviation: deviations[0])
    default: self
    }
  }

  /// The distribution as a generalised gamma one, nil where it is none.
  func generalizedGamma<A: Arithmetic>(in a: A) -> GeneralizedGamma<A>? {
    guard let (shape, power) = stacyParameters else { return nil }
    var number = a.number(shape)
    let scale: A.Number
    switch self {
    case .exponential(let rate): scale = a.one / a.number(rate)
    case .chiSquared(let degrees): (number, scale) = (a.half(a.number(degrees)), a.number(2))
    // √2 times the scale: the powers are 2.
    case .rayleigh(let sigma), .halfNormal(let sigma):
      scale = a.number(sigma) * a.number(2).squareRoot()
    case .gamma(_, let theta), .inverseGamma(_, let theta), .weibull(_, let theta):
      scale = a.number(theta)
    default: return nil
    }
    return GeneralizedGamma(shape: number, power: power, scale: scale, arithmetic: a)
  }

  /// Shape and power of a generalised gamma distribution, which are doubles, unless half the
  /// least number of degrees of freedom is asked for.
  var stacyParameters: (shape: Double, power: Double)? {
    switch self {
    case .exponential: (1, 1)
    case .gamma(let shape, _): (shape, 1)
    case .chiSquared(let degrees): (degrees / 2, 1)
    case .inverseGamma(let shape, _): (shape, -1)
    case .weibull(let shape, _): (1, shape)
    case .rayleigh: (1, 2)
    case .halfNormal: (0.5, 2)
    default: nil
    }
  }
}

/// Where a distribution has its mass.
enum Support: Equatable {
  /// Reals between two bounds, which may be infinite.
  case interval(Double, Double)
  /// Whole numbers from one to another, which may be infinite.
  case whole(Double, Double)
  /// Shares of so many parts.
  case simplex(Int)
  /// All vectors of so many numbers.
  case space(Int)

  /// How many numbers an outcome has.
  var dimension: Int {
    switch self {
    case .interval, .whole: 1
    case .simplex(let count), .space(let count): count
    }
  }

  /// Whether all mass of a distribution here is where another's may be.
  ///
  /// Sets that are small in the other's measure do not count: whole numbers and intervals
  /// contain nothing of each other, nor do shares and space.
  func isWithin(_ other: Support) -> Bool {
    switch (self, other) {
    case (.interval(let low, let high), .interval(let otherLow, let otherHigh)),
      (.whole(let low, let high), .whole(let otherLow, let otherHigh)):
      otherLow <= low && high <= otherHigh
    default: self == other
    }
  }
}

extension ParametricDistribution {
  /// Where the distribution has its mass.
  var support: Support {
    switch self {
    case .normal, .laplace, .logistic, .cauchy, .gumbel, .studentT:
      .interval(-.infinity, .infinity)
    case .logNormal, .exponential, .gamma, .inverseGamma, .weibull, .rayleigh, .halfNormal,
      .chiSquared:
      .interval(0, .infinity)
    case .uniform(let low, let high): .interval(low, high)
    case .pareto(_, let scale): .interval(scale, .infinity)
    case .beta: .interval(0, 1)
    case .bernoulli(let probability):
      .whole(probability < 1 ? 0 : 1, probability > 0 ? 1 : 0)
    case .binomial(let trials, let probability):
      .whole(probability < 1 ? 0 : Double(trials), probability > 0 ? Double(trials) : 0)
    case .geometric(let probability), .negativeBinomial(_, let probability):
      .whole(0, probability < 1 ? .infinity : 0)
    case .poisson: .whole(0, .infinity)
    case .dirichlet(let concentration): .simplex(concentration.count)
    case .diagonalNormal(let means, _): .space(means.count)
    }
  }
}
