extension ParametricDistribution {
  /// A family of distributions, which its parameters select from.
  public enum Family: String, CaseIterable, Hashable, Sendable {
    case normal, logNormal, laplace, logistic, cauchy, gumbel, studentT, uniform, exponential
    case gamma, inverseGamma, weibull, rayleigh, halfNormal, chiSquared, pareto, beta
    case bernoulli, binomial, geometric, negativeBinomial, poisson, dirichlet, diagonalNormal
  }

  /// What a parameter may be.
  public enum Domain: String, Hashable, Sendable {
    /// Any finite number.
    case real = "finite"
    /// A finite number above 0.
    case positive = "positive and finite"
    /// A number in 0 … 1.
    case probability = "in 0 … 1"
    /// A number in 0 … 1 that is not 0.
    case positiveProbability = "above 0 and at most 1"
    /// A whole number from 1 to 2⁵³.
    case count = "a whole number from 1 to 2⁵³"
  }

  /// A parameter of a family.
  public struct Parameter: Hashable, Sendable {
    /// Its name, as the case of ``ParametricDistribution`` has it.
    public let name: String
    /// What it, or each number of a list, may be.
    public let domain: Domain
    /// Whether it is a list of numbers.
    public let isList: Bool
    /// What it is where nobody says.
    public let standard: Double?

    fileprivate init(
      _ name: String, _ domain: Domain, isList: Bool = false, standard: Double? = nil
    ) {
      (self.name, self.domain, self.isList, self.standard) = (name, domain, isList, standard)
    }
  }
}

extension ParametricDistribution.Family {
  /// The parameters, in the order of the case of ``ParametricDistribution``.
  public var parameters: [ParametricDistribution.Parameter] {
    let (location, scale) = (
      ParametricDistribution.Parameter("location", .real),
      ParametricDistribution.Parameter("scale", .positive)
    )
    switch self {
    case .normal: return [.init("mean", .real), .init("standardDeviation", .positive)]
    case .logNormal: return [.init("logMean", .real), .init("logStandardDeviation", .positive)]
    case .laplace, .logistic, .cauchy, .gumbel: return [location, scale]
    case .studentT:
      return [
        .init("degreesOfFreedom", .positive), .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
      ]
    case .uniform: return [.init("low", .real), .init("high", .real)]
    case .exponential, .poisson: return [.init("rate", .positive)]
    case .gamma, .inverseGamma, .weibull, .pareto: return [.init("shape", .positive), scale]
    case .rayleigh, .halfNormal: return [scale]
    case .chiSquared: return [.init("degreesOfFreedom", .positive)]
    case .beta: return [.init("alpha", .positive), .init("beta", .positive)]
    case .bernoulli: return [.init("probability", .probability)]
    case .binomial: return [.init("trials", .count), .init("probability", .probability)]
    case .geometric: return [.init("probability", .positiveProbability)]
    case .negativeBinomial:
      return [.init("successes", .positive), .init("probability", .positiveProbability)]
    case .dirichlet: return [.init("concentration", .positive, isList: true)]
    case .diagonalNormal:
      return [
        .init("means", .real, isList: true), .init("standardDeviations", .positive, isList: true),
      ]
    }
  }

  /// The distribution with parameters in order, each a list of one number or of more.
  ///
  /// - Parameter values: The numbers of each parameter.
  /// - Returns: The distribution, not validated; nil where the parameters are not as many as
  ///   the family's, one that is no list is not one number, or a count is not whole.
  public func distribution(_ values: [[Double]]) -> ParametricDistribution? {
    let parameters = parameters
    guard values.count == parameters.count,
      zip(values, parameters).allSatisfy({ $1.isList || $0.count == 1 })
    else { return nil }
    switch self {
    case .dirichlet: return .dirichlet(concentration: values[0])
    case .diagonalNormal:
      return .diagonalNormal(means: values[0], standardDeviations: values[1])
    case .binomial:
      return Int(exactly: values[0][0]).map { .binomial(trials: $0, probability: values[1][0]) }
    default: return distribution(values.map { $0[0] })
    }
  }

  /// The distribution of a family whose parameters are single real numbers.
  private func distribution(_ x: [Double]) -> ParametricDistribution? {
    switch self {
    case .normal: .normal(mean: x[0], standardDeviation: x[1])
    case .logNormal: .logNormal(logMean: x[0], logStandardDeviation: x[1])
    case .laplace: .laplace(location: x[0], scale: x[1])
    case .logistic: .logistic(location: x[0], scale: x[1])
    case .cauchy: .cauchy(location: x[0], scale: x[1])
    case .gumbel: .gumbel(location: x[0], scale: x[1])
    case .studentT: .studentT(degreesOfFreedom: x[0], location: x[1], scale: x[2])
    case .uniform: .uniform(low: x[0], high: x[1])
    case .exponential: .exponential(rate: x[0])
    case .gamma: .gamma(shape: x[0], scale: x[1])
    case .inverseGamma: .inverseGamma(shape: x[0], scale: x[1])
    case .weibull: .weibull(shape: x[0], scale: x[1])
    case .rayleigh: .rayleigh(scale: x[0])
    case .halfNormal: .halfNormal(scale: x[0])
    case .chiSquared: .chiSquared(degreesOfFreedom: x[0])
    case .pareto: .pareto(shape: x[0], scale: x[1])
    case .beta: .beta(alpha: x[0], beta: x[1])
    case .bernoulli: .bernoulli(probability: x[0])
    case .geometric: .geometric(probability: x[0])
    case .negativeBinomial: .negativeBinomial(successes: x[0], probability: x[1])
    case .poisson: .poisson(rate: x[0])
    case .binomial, .dirichlet, .diagonalNormal: nil
    }
  }
}

extension ParametricDistribution {
  /// The family.
  public var family: Family { parts.family }

  /// The numbers of each parameter, in the order of the family's ``Family/parameters``.
  public var values: [[Double]] { parts.values }

  private var parts: (family: Family, values: [[Double]]) {
    switch self {
    case .normal(let mean, let deviation): (.normal, [[mean], [deviation]])
    case .logNormal(let mean, let deviation): (.logNormal, [[mean], [deviation]])
    case .laplace(let location, let scale): (.laplace, [[location], [scale]])
    case .logistic(let location, let scale): (.logistic, [[location], [scale]])
    case .cauchy(let location, let scale): (.cauchy, [[location], [scale]])
    case .gumbel(let location, let scale): (.gumbel, [[location], [scale]])
    case .studentT(let degrees, let location, let scale):
      (.studentT, [[degrees], [location], [scale]])
    case .uniform(let low, let high): (.uniform, [[low], [high]])
    case .exponential(let rate): (.exponential, [[rate]])
    case .gamma(let shape, let scale): (.gamma, [[shape], [scale]])
    case .inverseGamma(let shape, let scale): (.inverseGamma, [[shape], [scale]])
    case .weibull(let shape, let scale): (.weibull, [[shape], [scale]])
    case .rayleigh(let scale): (.rayleigh, [[scale]])
    case .halfNormal(let scale): (.halfNormal, [[scale]])
    case .chiSquared(let degrees): (.chiSquared, [[degrees]])
    case .pareto(let shape, let scale): (.pareto, [[shape], [scale]])
    case .beta(let alpha, let beta): (.beta, [[alpha], [beta]])
    case .bernoulli(let probability): (.bernoulli, [[probability]])
    case .binomial(let trials, let probability): (.binomial, [[Double(trials)], [probability]])
    case .geometric(let probability): (.geometric, [[probability]])
    case .negativeBinomial(let successes, let probability):
      (.negativeBinomial, [[successes], [probability]])
    case .poisson(let rate): (.poisson, [[rate]])
    case .dirichlet(let concentration): (.dirichlet, [concentration])
    case .diagonalNormal(let means, let deviations): (.diagonalNormal, [means, deviations])
    }
  }
}

extension ParametricDistribution: CustomStringConvertible {
  /// The family with its parameters, such as `gamma(shape: 2.0, scale: 3.0)`.
  public var description: String {
    let texts = zip(family.parameters, values).map { parameter, numbers in
      "\(parameter.name): " + (parameter.isList ? "\(numbers)" : "\(numbers[0])")
    }
    return "\(family.rawValue)(\(texts.joined(separator: ", ")))"
  }
}
