// Means of functions of a distribution's outcome, which cross-entropies are made of. A mean is
// +∞ where it is, and nil where it has no closed form here.
//
// Source: Johnson, Kotz and Balakrishnan, "Continuous Univariate Distributions", volumes 1 and
// 2 (1994, 1995), in the chapter of each family.

struct Moments<A: Arithmetic> {
  let p: ParametricDistribution
  let arithmetic: A

  typealias Mean = Outcome<A.Number>?

  private func number(_ x: Double) -> A.Number { arithmetic.number(x) }

  /// Whether E |X| is infinite.
  var hasNoMean: Bool {
    switch p {
    case .cauchy: true
    case .studentT(let degrees, _, _): degrees <= 1
    case .pareto(let shape, _), .inverseGamma(let shape, _): shape <= 1
    default: false
    }
  }

  /// Whether E X² is infinite.
  var hasNoVariance: Bool {
    switch p {
    case .studentT(let degrees, _, _): degrees <= 2
    case .pareto(let shape, _), .inverseGamma(let shape, _): shape <= 2
    default: hasNoMean
    }
  }

  /// E X, of what has it.
  var mean: Mean {
    let a = arithmetic
    switch p {
    case _ where hasNoMean: return .infinite
    case .normal(let location, _), .laplace(let location, _), .logistic(let location, _),
      .studentT(_, let location, _):
      return .number(number(location))
    case .gumbel(let location, let scale):
      return .number(number(location) + a.eulerGamma * number(scale))
    case .uniform(let low, let high): return .number(a.half(number(low) + number(high)))
    default: return power(1)
    }
  }

  /// E (X − m)².
  func secondMoment(about m: Double) -> Mean {
    if hasNoVariance { return .infinite }
    guard let mean, case .number(let mean) = mean else { return mean }
    let gap = mean - number(m)
    if let variance { return .number(variance + gap * gap) }
    return power(2)?.map { $0 - number(m) * (mean + gap) }
  }

  /// Var X, where it is simpler than E X².
  private var variance: A.Number? {
    let a = arithmetic
    switch p {
    case .normal(_, let s): return number(s) * number(s)
    case .laplace(_, let s): return number(2) * number(s) * number(s)
    case .logistic(_, let s):
      let x = a.pi * number(s)
      return x * x / number(3)
    case .gumbel(_, let s):
      let x = a.pi * number(s)
      return x * x / number(6)
    case .studentT(let degrees, _, let s):
      return number(s) * number(s) * number(degrees) / (number(degrees) - number(2))
    case .uniform(let low, let high):
      let width = number(high) - number(low)
      return width * width / number(12)
    case .beta(let k, let l):
      let total = number(k) + number(l)
      return number(k) * number(l) / (total * total * (total + a.one))
    default: return nil
    }
  }

  /// E Xˢ of a positive X, for s ≠ 0.
  func power(_ s: Double) -> Mean {
    let a = arithmetic
    if let gamma = p.generalizedGamma(in: a), let (shape, power) = p.stacyParameters {
      return GeneralizedGamma<A>.hasMoment(shape: shape, power: power, order: s)
        ? gamma.moment(s) : .infinite
    }
    let order = number(s)
    switch p {
    case .pareto(let shape, let scale):
      if s >= shape { return .infinite }
      let factor = number(shape) / (number(shape) - order)
      return a.exponential(order * a.log(scale)).map { $0 * factor }
    case .logNormal(let mean, let deviation):
      let spread = order * number(deviation)
      return a.exponential(order * number(mean) + a.half(spread * spread))
    case .beta(let k, let l):
      if k <= -s { return .infinite }
      if s == 1 { return .number(number(k) / (number(k) + number(l))) }
      let total = number(k) + number(l)
      return a.exponential(
        (number(k) + order).logGamma() - number(k).logGamma() + total.logGamma()
          - (total + order).logGamma())
    case .uniform(let low, let high) where low >= 0: return uniformPower(low, high, s)
    default: return nil
    }
  }

  /// `(hˢ⁺¹ − lˢ⁺¹)/((s + 1)(h − l))`, of s = −1 the logarithm of h/l over h − l.
  private func uniformPower(_ low: Double, _ high: Double, _ s: Double) -> Mean {
    let a = arithmetic
    if low == 0 && s <= -1 { return .infinite }
    let width = number(high) - number(low)
    if s == -1 { return .number(.logRatio(number(high), number(low)) / width) }
    let order = number(s) + a.one
    let top = a.exponential(order * a.log(high))
    guard case .number(let top) = top else { return top }
    let bottom = low == 0 ? a.zero : (order * a.log(low)).exp()
    return .number((top - bottom) / (order * width))
  }

  /// E log X of a positive X.
  var log: A.Number? {
    let a = arithmetic
    if let gamma = p.generalizedGamma(in: a) { return gamma.meanLog }
    switch p {
    case .logNormal(let mean, _): return number(mean)
    case .pareto(let shape, let scale): return a.log(scale) + a.one / number(shape)
    case .beta(let k, let l):
      return number(k).digamma() - (number(k) + number(l)).digamma()
    case .uniform(let low, let high) where low >= 0:
      let bottom = low == 0 ? a.zero : number(low) * a.log(low)
      return (number(high) * a.log(high) - bottom) / (number(high) - number(low)) - a.one
    default: return nil
    }
  }

  /// E log (1 − X) of an X in 0 … 1.
  var logOfComplement: A.Number? {
    let a = arithmetic
    switch p {
    case .beta(let k, let l):
      return number(l).digamma() - (number(k) + number(l)).digamma()
    case .uniform(let low, let high) where low >= 0 && high <= 1:
      func term(_ x: Double) -> A.Number {
        x == 1 ? a.zero : (a.one - number(x)) * (-number(x)).log1p()
      }
      return (term(low) - term(high)) / (number(high) - number(low)) - a.one
    default: return nil
    }
  }

  /// Var log X of a positive X.
  var varianceOfLog: A.Number? {
    if let gamma = p.generalizedGamma(in: arithmetic) { return gamma.varianceOfLog }
    switch p {
    case .logNormal(_, let deviation): return number(deviation) * number(deviation)
    case .pareto(let shape, _): return arithmetic.one / (number(shape) * number(shape))
    case .beta(let k, let l):
      return number(k).trigamma() - (number(k) + number(l)).trigamma()
    default: return nil
    }
  }

  /// E e^((m − X)/b), of Gumbel's distribution.
  func exponential(location m: Double, scale b: Double) -> Mean {
    let a = arithmetic
    let (m, t) = (number(m), a.one / number(b))
    switch p {
    case .normal(let location, let s):
      let spread = t * number(s)
      return a.exponential(t * (m - number(location)) + a.half(spread * spread))
    case .laplace(let location, let s):
      if s >= b { return .infinite }
      let ratio = t * number(s)
      return a.exponential(t * (m - number(location)))
        .map { $0 / ((a.one - ratio) * (a.one + ratio)) }
    case .gumbel(let location, let s):
      return a.exponential(t * (m - number(location)) + (a.one + t * number(s)).logGamma())
    case .logistic(_, let s) where s >= b: return .infinite
    case .studentT, .cauchy: return .infinite
    case .uniform(let low, let high):
      let width = t * (number(high) - number(low))
      return a.exponential(t * (m - number(low))).map { $0 * -(-width).expm1() / width }
    case .exponential, .gamma, .chiSquared:
      guard let gamma = p.generalizedGamma(in: a) else { return nil }
      return a.exponential(t * m - gamma.shape * (t * gamma.scale).log1p())
    default: return nil
    }
  }

  /// `σ√(2/π)·e^(−z²) + d·erf z`, z = d/(σ√2), of a normal number whose mean is d away.
  private func normalDistance(_ d: A.Number, _ s: A.Number) -> A.Number {
    let a = arithmetic
    let spread = s * (number(2) / a.pi).squareRoot()
    if d.isZero { return spread }
    let z = d / (s * number(2).squareRoot())
    return spread * (-(z * z)).exp() + d * z.errorFunction()
  }

  /// E |X − m|.
  func distance(from m: Double) -> Mean {
    let a = arithmetic
    switch p {
    case _ where hasNoMean: return .infinite
    case .laplace(let location, let b):
      let gap = (number(location) - number(m)).magnitude
      return .number(gap + number(b) * (-(gap / number(b))).exp())
    case .normal(let location, let s):
      return .number(normalDistance((number(location) - number(m)).magnitude, number(s)))
    case .uniform(let low, let high) where low < m && m < high:
      let (left, right) = (number(m) - number(low), number(high) - number(m))
      return .number(a.half((left * left + right * right) / (left + right)))
    case .exponential(let rate) where m > 0:
      let x = number(rate) * number(m)
      return .number((number(2) * (-x).exp() - a.one + x) / number(rate))
    default:
      // On one side of m it is the distance of the mean.
      guard case .interval(let low, let high) = p.support, low >= m || high <= m else { return nil }
      return mean?.map { ($0 - number(m)).magnitude }
    }
  }
}
