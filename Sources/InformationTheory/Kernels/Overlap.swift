/// How much of two distributions is common to both, from the kernels.
struct Overlap {
  /// Σ √(pq).
  let coefficient: DoubleDouble?
  /// 1 − Σ √(pq), right to the digits of its own.
  let squaredDistance: DoubleDouble?

  /// Sums over two lists of masses; nil where the definition has to look.
  ///
  /// Of masses x and y with totals X and Y, the coefficient is Σ√(xy)/√(XY), and the squared
  /// distance (Σ½(√x − √y)² − ½(√X − √Y)²)/√(XY), whose last part is small of second order.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - tolerance: How far the totals may be from 1; nil where they have been checked.
  /// - Throws: `InformationError` with the code `cancelled`.
  init?<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) {
    let sums = try PairTally.scaled(p, q, .overlap, stopsEarly: tolerance != nil)
    guard let (tally, scale) = sums, tally.isNormalized(within: tolerance) else { return nil }
    let (x, y) = (tally.pTotal.squareRoot(), tally.qTotal.squareRoot())
    let gap = tally.totalsGap / (x + y)
    let ofTotals = gap * gap * 0.5
    let terms = tally.sum(scale: scale, Hellinger.term)
    squaredDistance = ofTotals.high * 16 <= terms.high ? (terms - ofTotals) / (x * y) : nil
    guard tally.isFine(tally.second) else {
      coefficient = nil
      return
    }
    var common = ExactSum()
    for outcome in tally.others {
      let pair = MassPair(outcome.p, outcome.q)
      let term = BhattacharyyaCoefficient.term(pair)
      common.add(term.value, timesPowerOfTwo: term.exponent - pair.lift)
    }
    common.add(tally.second)
    coefficient = common.doubleDouble / (x * y)
  }
}
