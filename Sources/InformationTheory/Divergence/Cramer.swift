/// √(factor · Σ Δx (F − G)²).
struct Cramer: DivergenceDefinition {
  let positions: Positions
  let factor: Double

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    var gaps: [Term] = []
    CumulativeGap.forEach(p, q, totals) { _, gap in gaps.append(gap.term) }
    // Squares of gaps relative to the largest, which may be far below √(smallest
    // double).
    let tops = gaps.filter { $0.value.high != 0 }
      .map { Int($0.value.high.exponent) + $0.exponent }
    guard let top = tops.max() else { return .zero }
    var sum = ExactSum()
    for (i, gap) in gaps.enumerated() {
      let relative = gap.value.scaled(byPowerOfTwo: gap.exponent - top)
      sum.add(relative * relative * positions.step(i))
    }
    let root = (sum.doubleDouble * factor).squareRoot() / totals.weight
    return root.scaled(byPowerOfTwo: top)
  }
}

extension Categorical {
  /// Returns the energy distance of this distribution and another.
  ///
  /// `√(2 Σᵢ (xᵢ₊₁ − xᵢ)·(F(xᵢ) − G(xᵢ))²)`, which is √(2 E|X−Y| − E|X−X′| − E|Y−Y′|); √2
  /// times the Cramér distance.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes in the same order.
  ///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
  /// - Returns: A number ≥ 0 in the root of the unit of the positions; exactly 0 where p
  ///   = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `badLabels` where the
  ///   labels differ, or `badPositions`.
  /// - Accuracy: within 1 ulp (`energy-distance.json`).
  /// - Source: Székely and Rizzo (2013), doi:10.1016/j.jspi.2013.03.018.
  public func energyDistance(
    from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Double {
    let definition = Cramer(positions: try Positions(positions, count: count), factor: 2)
    return try definition.value(ofOrdered: self, from: q).high
  }
}

/// Returns the energy distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/energyDistance(from:positions:)``.
///
/// - Parameters:
///   - p: Probabilities in the order of the outcomes, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
/// - Returns: A number ≥ 0 in the root of the unit of the positions; exactly 0 where p =
///   q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func energyDistance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, positions: [Double]? = nil
) throws(InformationError) -> Double {
  let definition = Cramer(positions: try Positions(positions, count: p.count), factor: 2)
  return try definition.value(ofNormalized: p, from: q, support: .infinite).high
}

extension Categorical {
  /// Returns the Cramér distance of this distribution and another.
  ///
  /// `√(Σᵢ (xᵢ₊₁ − xᵢ)·(F(xᵢ) − G(xᵢ))²)`, the L² distance of the distribution functions.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes in the same order.
  ///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
  /// - Returns: A number ≥ 0 in the root of the unit of the positions; exactly 0 where p
  ///   = q.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `badLabels` where the
  ///   labels differ, or `badPositions`.
  /// - Accuracy: within 1 ulp (`cramer-distance.json`).
  /// - Source: Bellemare et al. (2017), arXiv:1705.10743.
  public func cramerDistance(
    from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Double {
    let definition = Cramer(positions: try Positions(positions, count: count), factor: 1)
    return try definition.value(ofOrdered: self, from: q).high
  }
}

/// Returns the Cramér distance of two lists of probabilities.
///
/// The contract is that of ``Categorical/cramerDistance(from:positions:)``.
///
/// - Parameters:
///   - p: Probabilities in the order of the outcomes, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - positions: The outcomes' positions, strictly increasing; nil means 0, 1, 2 …
/// - Returns: A number ≥ 0 in the root of the unit of the positions; exactly 0 where p =
///   q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func cramerDistance<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, positions: [Double]? = nil
) throws(InformationError) -> Double {
  let definition = Cramer(positions: try Positions(positions, count: p.count), factor: 1)
  return try definition.value(ofNormalized: p, from: q, support: .infinite).high
}
