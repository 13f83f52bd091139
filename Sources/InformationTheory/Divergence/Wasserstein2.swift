/// √∫ (F⁻¹ − G⁻¹)².
struct Wasserstein2: DivergenceDefinition {
  let positions: Positions

  /// Walks up both distribution functions at once.
  ///
  /// Between two neighbouring levels of either, a stretch of probability moves from one outcome to one other.
  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    // Lifted, since the sum is of squares and its root is wanted.
    let lift = 800
    let (weight, scale) = totals.scaledWeight
    var sum = ExactSum()
    var gap = CumulativeGap(totals)
    gap.advance(p: Double(p[0]))
    gap.advance(q: Double(q[0]))
    var (i, j) = (0, 0)
    // Whether the last level passed was one of F, one of G, or both; and the gap
    // between them that it left.
    var (passedP, passedQ, left) = (true, true, Term(.zero))
    while true {
      // The next level is F(i) where F(i) ≤ G(j), and then the stretch up to it is
      // p(i) if it began at F(i−1); if it began at G(j−1) it is what was left.
      let next = gap.term
      let length: Term =
        if next.value.high <= 0 {
          passedP ? Self.stretch(Double(p[i]), totals.pFactor) : left
        } else {
          passedQ ? Self.stretch(Double(q[j]), totals.qFactor) : left
        }
      let distance = positions.distance(i, j)
      sum.add(
        length.value.magnitude * (distance * distance),
        timesPowerOfTwo: length.exponent + lift - scale)

      (passedP, passedQ, left) = (next.value.high <= 0, next.value.high >= 0, next)
      if passedP { i += 1 }
      if passedQ { j += 1 }
      guard i < p.count && j < q.count else { break }
      if passedP { gap.advance(p: Double(p[i])) }
      if passedQ { gap.advance(q: Double(q[j])) }
    }
    return (sum.doubleDouble / weight).squareRoot().scaled(byPowerOfTwo: -lift / 2)
  }

  private static func stretch(_ mass: Double, _ factor: DoubleDouble) -> Term {
    let lift = Term.lift(mass)
    return Term(factor * mass.scaled(byPowerOfTwo: lift), exponent: -lift)
  }
}

extension Categorical {
  /// Returns the Wasserstein-2 distance of this distribution and another.
  ///
  /// `W₂(p, q) = √∫₀¹ (F⁻¹(u) − G⁻¹(u))² du`, of the quantile functions.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes in the same order.
  ///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
  /// - Returns: A number ≥ 0 in the unit of the positions; exactly 0 where p = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `badLabels` where the
  ///   labels differ, or `badPositions`.
  /// - Accuracy: within 1 ulp (`wasserstein-2.json`).
  /// - Source: Villani, *Topics in Optimal Transportation* (2003), theorem 2.18.
  public func wasserstein2Distance(
    from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Double {
    let definition = Wasserstein2(positions: try Positions(positions, count: count))
    return try definition.value(ofOrdered: self, from: q).high
  }
}

/// Returns the Wasserstein-2 distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/wasserstein2Distance(from:positions:)``.
///
/// - Parameters:
///   - p: Probabilities in the order of the outcomes, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
/// - Returns: A number ≥ 0 in the unit of the positions; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func wasserstein2Distance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, positions: [Double]? = nil
) throws(InformationError) -> Double {
  let definition = Wasserstein2(positions: try Positions(positions, count: p.count))
  return try definition.value(ofNormalized: p, from: q, support: .infinite).high
}
