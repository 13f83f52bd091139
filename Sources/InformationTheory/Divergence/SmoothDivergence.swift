/// A divergence with a gradient: a function of one sum of terms with partial
/// derivatives.
protocol SmoothDivergence: TermwiseDivergence, Sendable {
  /// The partial derivatives of ``term(_:)`` with respect to a and b, for positive
  /// masses; homogeneous of degree 0.
  func partials(_ pair: MassPair) -> (a: Term, b: Term)

  /// The derivative of the quantity by the sum of its terms, nil where there is none.
  func outerDerivative<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> Term?

  /// Another form of the gradient, for distributions so far apart that the sum of the
  /// terms leaves the doubles or loses digits; nil where it does neither.
  func farGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> PowerSumGradient?
}

extension SmoothDivergence {
  func outerDerivative<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> Term? { Term(.one) }

  func farGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> PowerSumGradient? { nil }

  /// Writes the partial derivatives with respect to the masses.
  ///
  /// The quantity is a function of p/P and q/Q, so with the term's partials gᵢ
  /// and hᵢ the derivatives are φ′·(gᵢ − Σ p̂g)/P and φ′·(hᵢ − Σ q̂h)/Q.
  func writeGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals,
    p gradientOfP: inout MutableSpan<Double>, q gradientOfQ: inout MutableSpan<Double>
  ) throws(InformationError) {
    try demandCommonSupport(p, q)
    let totalOfP = Term(totals.p.total).normalized
    let totalOfQ = Term(totals.q.total).normalized
    if let far = farGradient(of: p, from: q, totals) {
      for i in p.indices {
        let slopes = far.slopes(MassPair(Double(p[i]), Double(q[i]), totals))
        gradientOfP[i] = (slopes.p.normalized / totalOfP).rounded
        gradientOfQ[i] = (slopes.q.normalized / totalOfQ).rounded
      }
      return
    }
    guard let outer = outerDerivative(of: p, from: q, totals)?.normalized else {
      throw InformationError(
        .undefined, "the gradient is undefined at p = q, where the distance has a kink")
    }
    let mean = meanPartials(p, q, totals)
    for i in p.indices {
      let slopes = partials(MassPair(Double(p[i]), Double(q[i]), totals))
      gradientOfP[i] = ((slopes.a - mean.a).normalized * outer / totalOfP).rounded
      gradientOfQ[i] = ((slopes.b - mean.b).normalized * outer / totalOfQ).rounded
    }
  }

  private func demandCommonSupport<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>
  ) throws(InformationError) {
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      guard x == 0 || y == 0 else { continue }
      let bare = x == 0 ? "p" : "q"
      throw InformationError(
        .undefined, argument: bare, index: i,
        """
        outcome \(i) has no mass in \(bare): \
        the gradient exists only where both distributions have mass
        """)
    }
  }

  /// Σ p̂g and Σ q̂h, which may be far above all doubles.
  private func meanPartials<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals
  ) -> (a: Term, b: Term) {
    let (weight, scale) = totals.scaledWeight
    let terms = p.indices.map { i -> (a: Term, b: Term) in
      let pair = MassPair(Double(p[i]), Double(q[i]), totals)
      let (slopes, masses) = (partials(pair), pair.masses)
      let unlift = Term(.one, exponent: -pair.lift)
      return (
        slopes.a.normalized * masses.a.normalized * unlift,
        slopes.b.normalized * masses.b.normalized * unlift
      )
    }
    let top = terms.reduce(0) { max($0, $1.a.exponent - scale, $1.b.exponent - scale) }
    let drop = max(0, top - 900)
    func mean(_ part: ((a: Term, b: Term)) -> Term) -> Term {
      var sum = ExactSum()
      for term in terms.lazy.map(part) {
        sum.add(term.value, timesPowerOfTwo: term.exponent - scale - drop)
      }
      return Term(sum.term.value / weight, exponent: sum.term.exponent + drop)
    }
    return (mean { $0.a }, mean { $0.b })
  }
}

/// A smooth divergence times a number: Tsallis's is α times the power divergence.
struct ScaledPowerDivergence: SmoothDivergence {
  let order: Double

  init(order: Double) { self.order = PowerDivergence.bounded(order) }

  func term(_ pair: MassPair) -> Term {
    let term = PowerDivergence(order: order).term(pair)
    guard term.value.high < .infinity else { return term }
    // Scaled down first, so that a term near the largest double does not overflow.
    return Term(
      term.value.scaled(byPowerOfTwo: term.value.high > 1 ? -600 : 0) * order,
      exponent: term.exponent + (term.value.high > 1 ? 600 : 0))
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    let (a, b) = PowerDivergence(order: order).partials(pair)
    let factor = Term(DoubleDouble(order)).normalized
    return (a * factor, b * factor)
  }

  func farGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> PowerSumGradient? {
    let power = PowerDivergence(order: order)
    guard power.leavesTheDoubles(p, q, totals) else { return nil }
    return PowerSumGradient(power, p, q, totals, factor: .sum(over: .one))
  }
}

/// Rényi's divergence as log(1 + α(α−1)A_α)/(α−1), for its gradient.
struct LogPowerDivergence: SmoothDivergence {
  let order: Double

  init(order: Double) { self.order = PowerDivergence.bounded(order) }

  func term(_ pair: MassPair) -> Term { PowerDivergence(order: order).term(pair) }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    PowerDivergence(order: order).partials(pair)
  }

  func outerDerivative<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> Term? {
    Term(DoubleDouble(order) / (DoubleDouble.one + excess(p, q, totals)))
  }

  func farGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> PowerSumGradient? {
    if RenyiDivergence.isNearOne(excess(p, q, totals)) { return nil }
    return PowerSumGradient(
      PowerDivergence(order: order), p, q, totals, factor: .number(.one))
  }

  /// Σ p^α q^(1−α) − 1.
  private func excess<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    totals.sum(p, q) { term($0) } * order * .difference(order, 1)
  }
}
