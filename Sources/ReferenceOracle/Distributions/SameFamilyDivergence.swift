/// The divergence of a distribution from another of its family, or of one that is the same
/// by another name; nil for two families, and where it has no closed form.
///
/// Source: M. Gil, F. Alajaji and T. Linder, "Rényi divergence measures for commonly used
/// univariate continuous distributions" (2013), doi:10.1016/j.ins.2013.06.018, table 3; for
/// Cauchy distributions F. Chyzak and F. Nielsen, "A closed-form formula for the
/// Kullback–Leibler divergence between Cauchy distributions" (2019), arXiv:1905.10965; for
/// families of exponential kind F. Nielsen and V. Garcia, "Statistical exponential families:
/// a digest with flash cards" (2009), arXiv:0911.4863.
struct SameFamilyDivergence<A: Arithmetic> {
  let arithmetic: A

  typealias Number = A.Number
  typealias Model = ParametricDistribution

  func callAsFunction(_ p: Model, _ q: Model) -> Outcome<Number>? {
    continuous(p, q) ?? discrete(p, q)
  }

  private func continuous(_ p: Model, _ q: Model) -> Outcome<Number>? {
    let a = arithmetic
    switch (p, q) {
    case (.normal(let m, let s), .normal(let n, let t)),
      (.logNormal(let m, let s), .logNormal(let n, let t)):
      return .number(normal(m, s, n, t))
    case (.diagonalNormal(let m, let s), .diagonalNormal(let n, let t)):
      return .number(a.sum(m.indices.map { normal(m[$0], s[$0], n[$0], t[$0]) }))
    case (.laplace(let m, let b), .laplace(let n, let c)): return .number(laplace(m, b, n, c))
    case (.cauchy(let m, let s), .cauchy(let n, let t)): return .number(cauchy(m, s, n, t))
    case (.logistic(let m, let s), .logistic(let n, let t)) where s == t:
      return .number(logistic(a.number(m), a.number(n), a.number(s)))
    case (.gumbel(let m, let s), .gumbel(let n, let t)): return gumbel(m, s, n, t)
    case (.uniform(let l, let h), .uniform(let m, let i)):
      return .number(uniform(l, h, m, i))
    case (.pareto(let k, let m), .pareto(let l, let n)): return .number(pareto(k, m, l, n))
    case (.beta(let k, let l), .beta(let m, let n)): return .number(dirichlet([k, l], [m, n]))
    case (.dirichlet(let alpha), .dirichlet(let beta)): return .number(dirichlet(alpha, beta))
    // The uniform distribution of 0 … 1 is a beta distribution.
    case (.uniform(0, 1), .beta(let m, let n)): return .number(dirichlet([1, 1], [m, n]))
    case (.beta(let k, let l), .uniform(0, 1)): return .number(dirichlet([k, l], [1, 1]))
    default: return generalizedGamma(p, q)
    }
  }

  private func discrete(_ p: Model, _ q: Model) -> Outcome<Number>? {
    let a = arithmetic
    switch (p.counting, q.counting) {
    case (.trials(let n, let p), .trials(let m, let q)) where n == m:
      return a.binaryDivergence(p, q).map { $0 * a.number(n) }
    // A number of failures has the mean r·(1 − p)/p.
    case (.failures(let r, let p), .failures(let s, let q)) where r == s:
      return a.binaryDivergence(p, q).map { $0 * a.number(r) / a.number(p) }
    case (.poisson(let rate), .poisson(let other)):
      return .number(.divergence(a.number(rate), a.number(other)))
    default: return nil
    }
  }

  // MARK: - Formulas

  /// `½(σ²/τ² − 1 − log(σ²/τ²)) + (μ − ν)²/2τ²`.
  private func normal(_ m: Double, _ s: Double, _ n: Double, _ t: Double) -> Number {
    let a = arithmetic
    let (s, t) = (a.number(s), a.number(t))
    let z = (a.number(m) - a.number(n)) / t
    return a.half(a.scaleRemainder(ofSquares: s, t) + z * z)
  }

  /// `b/c − 1 − log(b/c) + (b/c)(e^−x − 1 + x)`, x = |μ − ν|/b.
  private func laplace(_ m: Double, _ b: Double, _ n: Double, _ c: Double) -> Number {
    let a = arithmetic
    let (b, c) = (a.number(b), a.number(c))
    let x = (a.number(m) - a.number(n)).magnitude / b
    return a.scaleRemainder(b, c) + b / c * a.exponentialRemainder(-x)
  }

  /// `log(1 + ((γ − δ)² + (x − y)²)/4γδ)`.
  private func cauchy(_ m: Double, _ s: Double, _ n: Double, _ t: Double) -> Number {
    let a = arithmetic
    let (s, t) = (a.number(s), a.number(t))
    let (d, e) = (s - t, a.number(m) - a.number(n))
    return ((d / s * (d / t) + e / s * (e / t)).scaled(byPowerOfTwo: -2)).log1p()
  }

  /// `x·coth(x/2) − 2 = x − 2 + 2x·e^−x/(1 − e^−x)`, x = |μ − ν|/s: of one scale.
  private func logistic(_ m: Number, _ n: Number, _ s: Number) -> Number {
    let a = arithmetic
    let x = (m - n).magnitude / s
    let fall = (-x).expm1()
    let two = a.number(2)
    return x - two - two * x * (fall + a.one) / fall
  }

  private func gumbel(_ m: Double, _ s: Double, _ n: Double, _ t: Double) -> Outcome<Number> {
    let a = arithmetic
    let shift = (a.number(n) - a.number(m)) / a.number(t)
    if s == t { return a.gammaDivergence(a.one, a.one, logRatio: shift) }
    return a.generalizedGammaDivergence(
      a.one, a.one, powers: a.number(s) / a.number(t), logRatio: shift)
  }

  /// The logarithm of how much longer the other interval is, which contains this one.
  private func uniform(_ l: Double, _ h: Double, _ m: Double, _ i: Double) -> Number {
    let a = arithmetic
    let room = (a.number(l) - a.number(m)) + (a.number(i) - a.number(h))
    return (room / (a.number(h) - a.number(l))).log1p()
  }

  /// `l/k − 1 − log(l/k) + l·log(m/n)` of shapes k and l and scales m ≥ n.
  private func pareto(_ k: Double, _ m: Double, _ l: Double, _ n: Double) -> Number {
    let a = arithmetic
    return a.scaleRemainder(a.number(l), a.number(k))
      + a.number(l) * .logRatio(a.number(m), a.number(n))
  }

  /// `Σ R(αᵢ, βᵢ) − R(α, β)` with R the remainder of log Γ, α and β the sums.
  private func dirichlet(_ alpha: [Double], _ beta: [Double]) -> Number {
    let a = arithmetic
    let parts = zip(alpha, beta).map { a.logGammaRemainder(a.number($0), a.number($1)) }
    return a.sum(parts)
      - a.logGammaRemainder(a.sum(alpha.map(a.number)), a.sum(beta.map(a.number)))
  }

  private func generalizedGamma(_ p: Model, _ q: Model) -> Outcome<Number>? {
    guard let x = p.generalizedGamma(in: arithmetic), let y = q.generalizedGamma(in: arithmetic),
      let (shape, power) = p.stacyParameters
    else { return nil }
    guard GeneralizedGamma<A>.hasMoment(shape: shape, power: power, order: y.power) else {
      return .infinite
    }
    return x.divergence(from: y)
  }
}

extension ParametricDistribution {
  /// A distribution of whole numbers, which may have two names.
  enum Counting: Equatable {
    /// Successes in n trials of a probability.
    case trials(Double, Double)
    /// Failures before r successes of a probability.
    case failures(Double, Double)
    case poisson(Double)
  }

  var counting: Counting? {
    switch self {
    case .bernoulli(let p): .trials(1, p)
    case .binomial(let n, let p): .trials(Double(n), p)
    case .geometric(let p): .failures(1, p)
    case .negativeBinomial(let r, let p): .failures(r, p)
    case .poisson(let rate): .poisson(rate)
    default: nil
    }
  }
}
