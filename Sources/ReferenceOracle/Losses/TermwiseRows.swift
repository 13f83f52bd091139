/// What a loss that is a sum over the numbers of a row adds for one of them.
protocol LossTerm: Sendable {
  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number>
  func slope<A: Arithmetic>(in a: A) -> Outcome<A.Number>
}

/// A row whose loss is the sum of its terms.
struct TermwiseRow<Term: LossTerm>: LossRow {
  let terms: [Term]

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    var (sum, overflows) = (a.sum(), false)
    for term in terms {
      switch term.loss(in: a) {
      case .number(let loss): sum.add(loss)
      case .overflow: overflows = true
      case .infinity: return .infinite
      }
    }
    return overflows ? .overflow : .number(sum.total)
  }

  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] { terms.map { $0.slope(in: a) } }
}

/// `t·(log t − x)`, of a log-prediction x.
struct KLTerm: LossTerm {
  let x: Double
  /// The target, or its logarithm.
  let target: Double
  let isLogarithm: Bool

  private var isAbsent: Bool { isLogarithm ? target == -.infinity : target == 0 }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    if isAbsent { return .number(a.zero) }
    if x == -.infinity { return .infinite }
    let t = a.number(target)
    return isLogarithm
      ? .number(t.exp() * (t - a.number(x))) : .number(t * (t.log() - a.number(x)))
  }

  func slope<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    if isAbsent { return .number(a.zero) }
    return .number(-(isLogarithm ? a.number(target).exp() : a.number(target)))
  }
}

/// `t·(log t − x) + eˣ − t`.
struct GeneralizedKLTerm: LossTerm {
  let x: Double
  let target: Double

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    if x == -.infinity { return target > 0 ? .infinite : .number(a.zero) }
    guard let power = a.exponential(x) else { return .overflow }
    return .number(target == 0 ? power : .divergence(a.number(target), power))
  }

  func slope<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    if x == -.infinity { return .number(-a.number(target)) }
    guard let power = a.exponential(x) else { return .overflow }
    return .number(power - a.number(target))
  }
}

/// Minus the log-probability of a label.
struct NLLRow: LossRow {
  let logarithms: [Double]
  let label: Int
  let classWeight: Double

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    if classWeight == 0 { return .number(a.zero) }
    let x = logarithms[label]
    return x == -.infinity ? .infinite : .number(-(a.number(x) * a.number(classWeight)))
  }

  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    logarithms.indices.map { .number($0 == label ? -a.number(classWeight) : a.zero) }
  }
}

/// Poisson: `eˣ − t·x` of logarithms, `x − t·log(x + ε)` of rates; and, for t > 1, what
/// Stirling's formula has for log t!.
struct PoissonTerm: LossTerm {
  let x: Double
  let target: Double
  let takesLogarithms: Bool
  let isFull: Bool
  let epsilon: Double

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let t = a.number(target)
    if takesLogarithms {
      if x.isInfinite { return x > 0 || target > 0 ? .infinite : .number(a.zero) }
      guard let power = a.exponential(x) else { return .overflow }
      return .number(power - t * a.number(x) + correction(in: a))
    }
    if target == 0 { return .number(a.number(x)) }
    if x == 0 && epsilon == 0 { return .infinite }
    let rate = a.number(x) + a.number(epsilon)
    return .number(a.number(x) - t * rate.log() + correction(in: a))
  }

  func slope<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let t = a.number(target)
    if takesLogarithms {
      if x.isInfinite { return x > 0 ? .infinite : .number(-t) }
      guard let power = a.exponential(x) else { return .overflow }
      return .number(power - t)
    }
    if target == 0 { return .number(a.one) }
    if x == 0 && epsilon == 0 { return .infinity(.minus) }
    let rate = a.number(x) + a.number(epsilon)
    return .number((rate - t) / rate)
  }

  /// t·log t − t + ½·log 2πt.
  private func correction<A: Arithmetic>(in a: A) -> A.Number {
    guard isFull && target > 1 else { return a.zero }
    let t = a.number(target)
    return t * t.log() - t + (a.pi * t).scaled(byPowerOfTwo: 1).log().scaled(byPowerOfTwo: -1)
  }
}

/// Gaussian: `½(log v + (x − t)²/v)`, and ½·log 2π.
struct GaussianTerm: LossTerm {
  let x: Double
  let target: Double
  let variance: Double
  let isFull: Bool

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let (difference, v) = (a.number(x) - a.number(target), a.number(variance))
    let sum = v.log() + difference * difference / v
    let constant = isFull ? a.pi.scaled(byPowerOfTwo: 1).log() : a.zero
    return .number((sum + constant).scaled(byPowerOfTwo: -1))
  }

  func slope<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    .number((a.number(x) - a.number(target)) / a.number(variance))
  }
}

extension Arithmetic {
  /// eˣ, nil where it is far above all doubles.
  func exponential(_ x: Double) -> Number? { x > 10_000 ? nil : number(x).exp() }
}
