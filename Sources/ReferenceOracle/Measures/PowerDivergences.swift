import InformationTheory

/// Divergences made of `Σᵢ pᵢ^α qᵢ^(1−α)`, with α − 1 = `excess`.
///
/// The sum less 1 is `Σ pᵢ(e^((α−1)ℓᵢ) − 1)`, or `Σ qᵢ(e^(αℓᵢ) − 1)`, ℓ = log(p/q), of the
/// outcomes that both have, less the mass of those that only the one has: near α = 1 the
/// first keeps its digits, near α = 0 the second.
struct PowerDivergence: DivergenceDefinition {
  enum Kind {
    case renyi, tsallis, alpha
  }

  let kind: Kind
  /// The order is `base` + `offset`: that of Cressie and Read is 1 + λ, which no double is.
  let base: Double
  let offset: Double
  private var order: Double { base + offset }

  /// Whether the order is a number, which only exact arithmetic knows of 1 + λ.
  private func isOrder(_ number: Double) -> Bool {
    base == 0 ? offset == number : offset == number - 1
  }
  private var isAboveOne: Bool { base == 0 ? offset > 1 : offset > 0 }
  private var isBelowZero: Bool { base == 0 ? offset < 0 : offset < -1 }

  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let a = pair.arithmetic
    if isOrder(1) { return KullbackLeibler().outcome(of: pair) }
    if kind == .alpha && isOrder(0) { return ReverseKullbackLeibler().outcome(of: pair) }
    if isAboveOne && pair.escapes { return .infinite }
    if isBelowZero && pair.reversed.escapes { return .infinite }
    if pair.areSame || (isOrder(0) && !pair.reversed.escapes) { return .number(a.zero) }
    if pair.shared.isEmpty && kind == .renyi { return .infinite }
    if order == .infinity { return .number(pair.logRatio(pair.largestRatio)) }
    let alpha = a.number(base) + a.number(offset)
    let excess = base == 1 ? a.number(offset) : a.number(offset) - a.one
    switch kind {
    case .renyi:
      return order > 1.5
        ? .number(far(pair, alpha, excess))
        : .number(sumLessOne(pair, alpha, excess).log1p() / excess)
    case _ where overflows(pair, alpha, excess): return .overflow
    case .tsallis: return .number(sumLessOne(pair, alpha, excess) / excess)
    case .alpha: return .number(sumLessOne(pair, alpha, excess) / (alpha * excess))
    }
  }

  /// Whether a power is beyond e⁸⁰⁰⁰: probabilities are above 2⁻²¹⁰⁰, the other terms above −1
  /// together, and the divisor is below 2²⁰⁴⁹, which leaves more than 10⁸⁰⁰.
  private func overflows<A: Arithmetic>(
    _ pair: MassPairs<A>, _ alpha: A.Number, _ excess: A.Number
  ) -> Bool {
    // Of small orders no quotient of doubles has such a power.
    guard order.magnitude > 3 else { return false }
    let (exponent, most) = (order > 0.5 ? excess : alpha, pair.arithmetic.number(8000))
    return pair.shared.contains { (exponent * pair.logRatio($0) - most).ball.isPositive }
  }

  private func sumLessOne<A: Arithmetic>(
    _ pair: MassPairs<A>, _ alpha: A.Number, _ excess: A.Number
  ) -> A.Number {
    let isNearOne = order > 0.5
    let (weights, exponent) = isNearOne ? (pair.p, excess) : (pair.q, alpha)
    let other = isNearOne ? pair.q : pair.p
    var sum = pair.arithmetic.sum()
    for i in weights.values.indices where weights.values[i] > 0 {
      let weight = weights.probability(i)
      sum.add(
        other.values[i] == 0 ? -weight : weight * (exponent * pair.logRatio(i)).expm1())
    }
    return sum.total
  }

  /// The Rényi divergence of a great order, relative to its largest term.
  private func far<A: Arithmetic>(
    _ pair: MassPairs<A>, _ alpha: A.Number, _ excess: A.Number
  ) -> A.Number {
    let top = pair.largestRatio
    let largest = pair.logRatio(top)
    let sum = pair.arithmetic.sum(
      pair.shared.lazy.map { i in
        i == top
          ? pair.q.probability(i)
          : pair.q.probability(i) * (alpha * (pair.logRatio(i) - largest)).exp()
      })
    return (alpha * largest + sum.log()) / excess
  }
}

extension MassPairs {
  /// log of the quotient of both probabilities of an outcome, of masses on one scale.
  func logRatio(_ i: Int) -> Number { .logRatio(p.mass(i) * q.total, q.mass(i) * p.total) }

  /// The outcome with the largest p/q of those that both have, compared exactly.
  var largestRatio: Int {
    let exact = BallArithmetic(precision: 256)
    return shared.max { i, j in
      (exact.number(p.values[j]) * exact.number(q.values[i])
        - exact.number(p.values[i]) * exact.number(q.values[j])).isPositive
    } ?? 0
  }
}
