/// Two lists of masses that are compared as they are, whatever they sum to.
enum UnnormalizedMasses {
  /// Sums a term over the outcomes of two lists of masses, after checking that the
  /// lists are as long as each other, not empty, finite and not negative.
  ///
  /// - Parameters:
  ///   - p: The masses on one side.
  ///   - q: The masses on the other.
  ///   - degree: 1 where the term grows with the masses, 0 where it depends on
  ///     their ratio alone.
  ///   - term: What an outcome with mass on either side adds.
  /// - Returns: The sum, +∞ where a term is.
  /// - Throws: ``InformationError`` for what is wrong with the masses.
  static func sum<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, degree: Int, _ term: (MassPair) -> DoubleDouble
  ) throws(InformationError) -> DoubleDouble {
    guard p.count > 0 else {
      throw InformationError(.empty, argument: "p", "p is empty: give at least one mass")
    }
    try InformationError.demandSameCount(p.count, q.count)
    var sum = ExactSum()
    var isInfinite = false
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      guard x >= 0 && x < .infinity else {
        throw InformationError(badMass: x, argument: "p", index: i)
      }
      guard y >= 0 && y < .infinity else {
        throw InformationError(badMass: y, argument: "q", index: i)
      }
      guard x > 0 || y > 0 else { continue }
      let pair = MassPair(x, y)
      let value = term(pair)
      if value.high.isFinite {
        sum.add(value, timesPowerOfTwo: -degree * pair.lift)
      } else {
        isInfinite = true
      }
    }
    return isInfinite ? .infinity : sum.doubleDouble
  }
}
