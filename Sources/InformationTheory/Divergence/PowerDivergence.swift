/// A_α(p‖q) = (Σ p^α q^(1−α) − 1)/(α(α − 1)), the family that holds the
/// Kullback–Leibler divergence (α = 1), its reverse (0), Hellinger's (½),
/// Pearson's (2) and Neyman's (−1), and on which Rényi's and Tsallis's
/// divergences rest.
///
/// It is summed as (a^α b^(1−α) − αa − (1−α)b)/(α(α−1)), of which no term is
/// negative, for any real α and without a window around 0 or 1.
struct PowerDivergence: SmoothDivergence {
  /// α, which is a pair because λ + 1 need not be a double.
  let alpha: DoubleDouble
  /// α − 1.
  let beta: DoubleDouble

  init(order: Double) {
    let order = Self.bounded(order)
    alpha = DoubleDouble(order)
    beta = .difference(order, 1)
  }

  /// The Cressie–Read divergence of order λ = α − 1.
  init(lambda: Double) {
    let lambda = Self.bounded(lambda)
    alpha = .sum(lambda, 1)
    beta = DoubleDouble(lambda)
  }

  /// The largest order that is told from those above, of either sign: every power of it is
  /// 0, 1 or beyond all doubles, and products with it stay among them.
  static let largestOrder = 0x1p600

  /// An order, or the largest one.
  static func bounded(_ order: Double) -> Double {
    max(-largestOrder, min(order, largestOrder))
  }

  func term(_ pair: MassPair) -> Term {
    // A_α(p‖q) = A_(1−α)(q‖p): only orders from ½ up are computed.
    if alpha.high < 0.5 { return Self.term(pair.reversed, alpha: -beta, beta: -alpha) }
    return Self.term(pair, alpha: alpha, beta: beta)
  }

  /// The term of order α ≥ ½, with β = α − 1 exactly.
  private static func term(_ pair: MassPair, alpha: DoubleDouble, beta: DoubleDouble) -> Term {
    if pair.b.high == 0 { return Term(beta.high >= 0 ? .infinity : pair.a / -beta) }
    if pair.a.high == 0 { return Term(pair.b / alpha) }
    // Next to α = 1 the other term is below the last bit, and β alone would underflow.
    if beta.high.magnitude < 0x1p-200 { return Term(KullbackLeibler.term(pair)) }

    let log = pair.logRatio
    let y = log * beta
    // A mass is above 2⁻¹⁰⁷⁵ and αβ below 2¹²⁰², so that nothing brings e^y among the doubles.
    if beta.high > 0 && y.high > 10_000 { return Term(.infinity) }
    if beta.high > 0 && y.high > 400 {
      // Only a·exp(y) counts, and alone could leave the range, as a may be 2⁴⁰⁰.
      let (power, exponent) = DoubleDouble.scaledExp(y)
      return Term(pair.a * power / alpha / beta, exponent: exponent)
    }
    if beta.high > 0 || y.high.magnitude <= 0.5 || log.high.magnitude <= 1 {
      // a·ψ(y) + β·t(a, b), ψ(y) = e^y − 1 − y: no digits cancel near a = b.
      let numerator =
        pair.a * .exponentialRemainder(y) + beta * KullbackLeibler.term(pair)
      return Term(numerator / alpha / beta)
    }
    let mean = pair.b * -beta + pair.a * alpha
    return Term((mean - power(pair, log, alpha: alpha, beta: beta)) / alpha / -beta)
  }

  /// a^α b^(1−α) for 0 ≤ α ≤ 1, from the larger mass down.
  @inline(__always)
  static func power(
    _ pair: MassPair, _ log: DoubleDouble, alpha: DoubleDouble, beta: DoubleDouble
  ) -> DoubleDouble {
    log.high >= 0 ? pair.a * .exp(log * beta) : pair.b * .exp(log * alpha)
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    // (rᵝ − 1)/β and −(r^α − 1)/α.
    let log = pair.logRatio
    return (Self.slope(log, beta), -Self.slope(log, alpha))
  }

  /// (e^(cx) − 1)/c, which is x at c = 0.
  private static func slope(_ x: DoubleDouble, _ c: DoubleDouble) -> Term {
    let y = x * c
    guard y.high > 600 else { return Term(x * .expm1Quotient(y)) }
    return .exp(y) / Term(c).normalized
  }

  func farGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> PowerSumGradient? {
    guard leavesTheDoubles(p, q, totals) else { return nil }
    return PowerSumGradient(self, p, q, totals, factor: .sum(over: alpha))
  }

  /// Whether r^α or rᵝ of an outcome is above e¹⁵⁰⁰, so that their sum is far above 1, as no
  /// probability is below e⁻¹⁴⁵⁵.
  func leavesTheDoubles<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals
  ) -> Bool {
    p.indices.contains { i in
      let log = MassPair(Double(p[i]), Double(q[i]), totals).logRatio
      return max((log * alpha).high, (log * beta).high) > 1500
    }
  }
}

extension PowerDivergence {
  static func check(
    _ order: Double, argument: String = "order"
  ) throws(InformationError) {
    guard order.isFinite else {
      throw InformationError(
        .badParameter, argument: argument,
        "the order \(argument) is \(order): it must be a finite number")
    }
  }
}
