extension Categorical {
  /// Returns the f-divergence of this distribution from another, for any generator.
  ///
  /// `D_f(p‖q) = Σᵢ qᵢ f(pᵢ/qᵢ)` for a convex f with f(1) = 0. For example
  /// `r log r` gives Kullback–Leibler's, `|r − 1|/2` the total variation. The named
  /// divergences of this module are more accurate near p = q, where a generator
  /// written as a formula cancels.
  ///
  /// - Parameters:
  ///   - q: The reference distribution, of the same outcomes.
  ///   - slopeAtInfinity: The limit of f(r)/r as r → ∞: what an outcome that only p
  ///     has adds, times its probability. +∞ for `r log r`, ½ for `|r − 1|/2`.
  ///   - support: What to do where one distribution has mass and the other has none.
  ///   - generator: The function f on 0 … ∞, f(0) included.
  /// - Returns: The exact sum of the rounded terms.
  /// - Throws: ``InformationError`` with the code `undefined` where the generator
  ///   returns NaN or −∞, and as every divergence does.
  /// - Accuracy: that of the generator at the rounded ratio pᵢ/qᵢ.
  /// - Source: Csiszár (1967); Liese and Vajda (2006), doi:10.1109/TIT.2006.881731.
  public func fDivergence(
    from q: Categorical, slopeAtInfinity: Double = .infinity,
    support: SupportPolicy = .infinite,
    generator: @escaping (Double) -> Double
  ) throws(InformationError) -> Double {
    let result = try FDivergence(slopeAtInfinity: slopeAtInfinity, generator: generator)
      .value(of: self, from: q, support: support)
    return try Self.demandNumber(result.high)
  }

  /// Returns the Bregman divergence of this distribution from another.
  ///
  /// `B_F(p, q) = Σᵢ F(pᵢ) − F(qᵢ) − F′(qᵢ)(pᵢ − qᵢ)` for a convex F. For example
  /// `x²` gives the squared Euclidean distance, `x log x` Kullback–Leibler's.
  ///
  /// - Parameters:
  ///   - q: The reference distribution, of the same outcomes.
  ///   - generator: The function F on 0 … 1.
  ///   - derivative: Its derivative F′.
  /// - Returns: The exact sum of the rounded terms.
  /// - Throws: ``InformationError`` with the code `undefined` where the sum is not a
  ///   number, `sizeMismatch` or `unlabelled`.
  /// - Accuracy: that of the three terms at the rounded probabilities; they cancel
  ///   near p = q.
  /// - Source: Bregman (1967), doi:10.1016/0041-5553(67)90040-7.
  public func bregmanDivergence(
    from q: Categorical, generator: (Double) -> Double, derivative: (Double) -> Double
  ) throws(InformationError) -> Double {
    let (p, q) = try Categorical.aligned(self, q)
    var sum = ExactSum()
    var beyond = 0.0
    for i in 0..<p.count {
      let (x, y) = (p[i], q[i])
      guard x != y else { continue }
      for part in [generator(x), -generator(y), -derivative(y) * (x - y)] {
        if part.isFinite { sum.add(part) } else { beyond += part }
      }
    }
    return try Self.demandNumber(beyond == 0 ? sum.value : beyond)
  }

  private static func demandNumber(_ value: Double) throws(InformationError) -> Double {
    guard !value.isNaN, value > -.infinity else {
      throw InformationError(
        .undefined, argument: "generator",
        "the generator returned \(value): it must be a number or +infinity everywhere")
    }
    return value == 0 ? 0 : value
  }
}

/// Σ q f(p/q), with p·slope where q has no mass.
struct FDivergence: DivergenceDefinition {
  let slopeAtInfinity: Double
  let generator: (Double) -> Double

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    var sum = ExactSum()
    var beyond = 0.0
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      guard x > 0 || y > 0 else { continue }
      let pair = MassPair(x, y, totals)
      let factor = y > 0 ? generator((pair.a / pair.b).high) : slopeAtInfinity
      let mass = y > 0 ? pair.b : pair.a
      if factor.isFinite {
        sum.add(mass * factor, timesPowerOfTwo: -pair.lift)
      } else {
        beyond += factor
      }
    }
    return beyond == 0 ? sum.doubleDouble / totals.weight : DoubleDouble(beyond)
  }
}
