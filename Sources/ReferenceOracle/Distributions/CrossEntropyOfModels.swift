/// `−E log q(X)` of an X from p, whose support q's contains, in nats; nil where it has no
/// closed form here.
struct ModelCrossEntropy<A: Arithmetic> {
  let arithmetic: A

  typealias Number = A.Number
  typealias Model = ParametricDistribution

  func callAsFunction(_ p: Model, _ q: Model) -> Outcome<Number>? {
    let (a, x) = (arithmetic, Moments(p: p, arithmetic: arithmetic))
    switch q {
    case .normal(let m, let s): return normal(x.secondMoment(about: m), s)
    case .logNormal(let m, let s): return logNormal(x, a.number(m), s)
    case .uniform(let low, let high): return .number((a.number(high) - a.number(low)).log())
    case .laplace(let m, let b):
      return x.distance(from: m)?.map { a.log(2) + a.log(b) + $0 / a.number(b) }
    case .gumbel(let m, let b): return gumbel(x, m, b)
    case .pareto(let shape, let scale):
      let k = a.number(shape)
      return x.log.map { .number((k + a.one) * $0 - k.log() - k * a.log(scale)) }
    case .beta(let k, let l): return beta(x, a.number(k), a.number(l))
    case .logistic where x.hasNoMean: return .infinite
    case .bernoulli, .binomial, .geometric, .negativeBinomial, .poisson: return discrete(p, q)
    default: return generalizedGamma(x, q)
    }
  }

  /// `log(τ√2π) + E(X − ν)²/2τ²`.
  private func normal(_ square: Outcome<Number>?, _ deviation: Double) -> Outcome<Number>? {
    let a = arithmetic
    let t = a.number(deviation)
    return square?.map { a.logRootTwoPi + t.log() + a.half($0 / t / t) }
  }

  /// The same of log X, and E log X beside it.
  private func logNormal(
    _ x: Moments<A>, _ m: Number, _ deviation: Double
  ) -> Outcome<Number>? {
    guard let mean = x.log, let variance = x.varianceOfLog else { return nil }
    let gap = mean - m
    return normal(.number(variance + gap * gap), deviation)?.map { $0 + mean }
  }

  /// `log β + (E X − μ)/β + E e^((μ − X)/β)`.
  private func gumbel(_ x: Moments<A>, _ m: Double, _ b: Double) -> Outcome<Number>? {
    let a = arithmetic
    if x.hasNoMean { return .infinite }
    guard let power = x.exponential(location: m, scale: b), let mean = x.mean else { return nil }
    return power + mean.map { a.log(b) + ($0 - a.number(m)) / a.number(b) }
  }

  /// `log B(α, β) − (α − 1)·E log X − (β − 1)·E log(1 − X)`.
  private func beta(_ x: Moments<A>, _ k: Number, _ l: Number) -> Outcome<Number>? {
    let a = arithmetic
    guard let log = x.log, let complement = x.logOfComplement else { return nil }
    return .number(
      k.logGamma() + l.logGamma() - (k + l).logGamma() - (k - a.one) * log
        - (l - a.one) * complement)
  }

  private func generalizedGamma(_ x: Moments<A>, _ q: Model) -> Outcome<Number>? {
    guard let gamma = q.generalizedGamma(in: arithmetic), let meanLog = x.log else { return nil }
    return x.power(gamma.power)?.map { gamma.crossEntropy(meanLog: meanLog, moment: $0) }
  }

  // MARK: - Whole numbers

  /// Of an outcome that is 0 or 1: `−(1 − p)·log q(0) − p·log q(1)`.
  private func discrete(_ p: Model, _ q: Model) -> Outcome<Number>? {
    let a = arithmetic
    // Whatever is always 0 is a Bernoulli outcome, too.
    let share: Double
    switch p.support {
    case .whole(_, 0): share = 0
    case .whole(_, 1): share = p.counting?.probability ?? 0
    default: return nil
    }
    let (none, one) = surprisals(q)
    let x = a.number(share)
    let first: Outcome<Number> = share == 1 ? .number(a.zero) : none.map { $0 * (a.one - x) }
    return share == 0 ? first : first + one.map { $0 * x }
  }

  /// −log q(0) and −log q(1).
  private func surprisals(_ q: Model) -> (Outcome<Number>, Outcome<Number>) {
    let a = arithmetic
    switch q.counting {
    case .trials(let n, let probability):
      let (count, success) = (a.number(n), surprisal(a.number(probability)))
      let failure = surprisalOfComplement(probability)
      let none = failure.map { $0 * count }
      let rest: Outcome<Number> =
        n == 1 ? .number(a.zero) : failure.map { $0 * (count - a.one) - count.log() }
      return (none, success + rest)
    case .failures(let r, let probability):
      let (count, success) = (a.number(r), surprisal(a.number(probability)))
      let none = success.map { $0 * count }
      return (none, none + surprisalOfComplement(probability).map { $0 - count.log() })
    case .poisson(let rate):
      let x = a.number(rate)
      return (.number(x), .number(x - x.log()))
    case nil: return (.infinite, .infinite)
    }
  }

  private func surprisal(_ x: Number) -> Outcome<Number> {
    x.isZero ? .infinite : .number(-x.log())
  }

  private func surprisalOfComplement(_ x: Double) -> Outcome<Number> {
    x == 1 ? .infinite : .number(-(-arithmetic.number(x)).log1p())
  }
}

extension ParametricDistribution.Counting {
  /// The probability of a success.
  fileprivate var probability: Double? {
    switch self {
    case .trials(_, let probability), .failures(_, let probability): probability
    case .poisson: nil
    }
  }
}
