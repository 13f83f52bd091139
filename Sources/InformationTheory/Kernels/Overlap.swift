import CInformationKernels

/// How much of two distributions is common to both, from the kernels.
///
/// Of masses x and y with totals X and Y.
enum Overlap {
  /// Sums up what is common.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - tolerance: How far the totals may be from 1; nil where they have been checked.
  /// - Returns: Σ√(xy)/√(XY), and whether it has digits of its own, or only those of 1; nil
  ///   where the definition has to look.
  /// - Throws: `InformationError` with the code `cancelled`.
  static func coefficient<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> (value: DoubleDouble, isFine: Bool)? {
    guard let tally = try PairTally(p, q, .overlap, stopsEarly: tolerance != nil),
      tally.isNormalized(within: tolerance)
    else { return nil }
    let sum: DoubleDouble
    if tally.others.isEmpty {
      sum = tally.first.pair
    } else {
      var common = ExactSum()
      for outcome in tally.others {
        let pair = MassPair(outcome.p, outcome.q)
        let term = BhattacharyyaCoefficient.term(pair)
        common.add(term.value, timesPowerOfTwo: term.exponent - pair.lift)
      }
      common.add(tally.first)
      sum = common.doubleDouble
    }
    let value = sum / (tally.pTotal.squareRoot() * tally.qTotal.squareRoot())
    return (value, tally.isFine(tally.first))
  }

  /// Returns what the coefficient lacks to 1, with digits of its own.
  ///
  /// Of distributions that are close it is (Σ½(√x − √y)² − ½(√X − √Y)²)/√(XY), whose last part
  /// is small of second order.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - coefficient: The coefficient of both.
  ///   - tolerance: How far the totals may be from 1; nil where they have been checked.
  /// - Returns: 1 − Σ√(xy)/√(XY); nil where the definition has to look.
  /// - Throws: `InformationError` with the code `cancelled`.
  static func squaredDistance<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, coefficient: DoubleDouble, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    // The coefficient is right to 2⁻⁷⁰, of which 2⁻⁵ is lost.
    let distance = DoubleDouble.one - coefficient
    if distance.high >= 0x1p-5 { return distance }
    guard p.count > measure_kernel_few_outcomes else { return nil }
    let sums = try PairTally.scaled(p, q, .rootGaps, stopsEarly: tolerance != nil)
    guard let (tally, scale) = sums else { return nil }
    let (x, y) = (tally.pTotal.squareRoot(), tally.qTotal.squareRoot())
    let gap = tally.totalsGap / (x + y)
    let ofTotals = gap * gap * 0.5
    let terms = tally.sum(scale: scale, Hellinger.term)
    return ofTotals.high * 16 <= terms.high ? (terms - ofTotals) / (x * y) : nil
  }
}
