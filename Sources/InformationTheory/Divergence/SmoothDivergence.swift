/// A divergence with a gradient: a function of one sum of terms with partial
/// derivatives.
protocol SmoothDivergence: TermwiseDivergence, Sendable {
  /// The partial derivatives of ``term(_:)`` with respect to a and b, for positive
  /// masses; homogeneous of degree 0.
  func partials(_ pair: MassPair) -> (a: DoubleDouble, b: DoubleDouble)

  /// The derivative of the quantity by the sum of its terms, nil where there is none.
  func outerDerivative(ofSum sum: DoubleDouble) -> DoubleDouble?
}

extension SmoothDivergence {
  func outerDerivative(ofSum sum: DoubleDouble) -> DoubleDouble? { .one }

  /// Writes the partial derivatives with respect to the masses.
  ///
  /// The quantity is a function of p/P and q/Q, so with the term's partials gᵢ
  /// and hᵢ the derivatives are φ′·(gᵢ − Σ p̂g)/P and φ′·(hᵢ − Σ q̂h)/Q.
  func writeGradient<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals,
    p gradientOfP: inout MutableSpan<Double>, q gradientOfQ: inout MutableSpan<Double>
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
    let sum = totals.sum(p, q) { term($0) }
    guard let outer = outerDerivative(ofSum: sum) else {
      throw InformationError(
        .undefined, "the gradient is undefined at p = q, where the distance has a kink")
    }
    var (meanOfP, meanOfQ) = (ExactSum(), ExactSum())
    for i in p.indices {
      let pair = MassPair(Double(p[i]), Double(q[i]), totals)
      let (g, h) = partials(pair)
      meanOfP.add(g * pair.a, timesPowerOfTwo: -pair.lift)
      meanOfQ.add(h * pair.b, timesPowerOfTwo: -pair.lift)
    }
    let (g, h) = (meanOfP.doubleDouble / totals.weight, meanOfQ.doubleDouble / totals.weight)
    for i in p.indices {
      let slopes = partials(MassPair(Double(p[i]), Double(q[i]), totals))
      gradientOfP[i] = ((slopes.a - g) * outer / totals.p.total).high
      gradientOfQ[i] = ((slopes.b - h) * outer / totals.q.total).high
    }
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

  func partials(_ pair: MassPair) -> (a: DoubleDouble, b: DoubleDouble) {
    let (a, b) = PowerDivergence(order: order).partials(pair)
    return (a * order, b * order)
  }
}

/// Rényi's divergence as log(1 + α(α−1)A_α)/(α−1), for its gradient.
struct LogPowerDivergence: SmoothDivergence {
  let order: Double

  func term(_ pair: MassPair) -> Term { PowerDivergence(order: order).term(pair) }

  func partials(_ pair: MassPair) -> (a: DoubleDouble, b: DoubleDouble) {
    PowerDivergence(order: order).partials(pair)
  }

  func outerDerivative(ofSum sum: DoubleDouble) -> DoubleDouble? {
    let excess = sum * order * .difference(order, 1)
    return DoubleDouble(order) / (DoubleDouble.one + excess)
  }
}
