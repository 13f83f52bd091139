extension ParametricDistribution {
  /// The entropy in nats; nil where it is a sum of many terms, ``DiscreteSum``.
  ///
  /// Source: A. V. Lazo and P. Rathie, "On the entropy of continuous probability distributions"
  /// (1978), doi:10.1109/TIT.1978.1055832; of what is a generalised gamma distribution,
  /// ``GeneralizedGamma``.
  func entropy<A: Arithmetic>(in a: A) -> A.Number? {
    if let gamma = generalizedGamma(in: a) { return gamma.entropy }
    switch self {
    case .normal(_, let deviation): return a.normalEntropy(deviation)
    case .logNormal(let mean, let deviation): return a.number(mean) + a.normalEntropy(deviation)
    case .diagonalNormal(_, let deviations): return a.sum(deviations.map(a.normalEntropy))
    case .laplace(_, let scale): return a.one + a.log(2) + a.log(scale)
    case .logistic(_, let scale): return a.log(scale) + a.number(2)
    case .cauchy(_, let scale): return a.pi.log() + a.log(4) + a.log(scale)
    case .gumbel(_, let scale): return a.log(scale) + a.eulerGamma + a.one
    case .studentT(let degrees, _, let scale): return a.studentEntropy(degrees) + a.log(scale)
    case .uniform(let low, let high): return (a.number(high) - a.number(low)).log()
    case .pareto(let shape, let scale):
      return a.log(scale) - a.log(shape) + a.one / a.number(shape) + a.one
    case .beta(let alpha, let beta): return a.dirichletEntropy([alpha, beta])
    case .dirichlet(let concentration): return a.dirichletEntropy(concentration)
    case .bernoulli(let probability): return a.binaryEntropy(probability)
    case .geometric(let probability):
      return a.binaryEntropy(probability) / a.number(probability)
    case .binomial, .negativeBinomial, .poisson: return nil
    case .exponential, .gamma, .inverseGamma, .weibull, .rayleigh, .halfNormal, .chiSquared:
      return nil
    }
  }
}

extension Arithmetic {
  /// `log(σ√(2πe))`.
  fileprivate func normalEntropy(_ deviation: Double) -> Number {
    log(deviation) + logRootTwoPi + half(one)
  }

  /// `(ν + 1)/2·(ψ((ν + 1)/2) − ψ(ν/2)) + log(√ν·B(ν/2, ½))`.
  fileprivate func studentEntropy(_ degrees: Double) -> Number {
    let (low, high) = (half(number(degrees)), half(number(degrees) + one))
    // Γ(½) = √π.
    return high * (high.digamma() - low.digamma()) + half(log(degrees)) + half(pi.log())
      + low.logGamma() - high.logGamma()
  }

  /// `Σ log Γ(αᵢ) − log Γ(α) + (α − K)ψ(α) − Σ (αᵢ − 1)ψ(αᵢ)`, α = Σ αᵢ.
  fileprivate func dirichletEntropy(_ concentration: [Double]) -> Number {
    let total = sum(concentration.map(number))
    var terms = sum()
    for alpha in concentration.map(number) {
      terms.add(alpha.logGamma())
      terms.add(-(alpha - one) * alpha.digamma())
    }
    return terms.total - total.logGamma()
      + (total - number(Double(concentration.count))) * total.digamma()
  }
}
