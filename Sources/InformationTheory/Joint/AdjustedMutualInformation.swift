extension JointDistribution {
  /// Returns the mutual information of two groups of variables, adjusted for chance.
  ///
  /// `AMI(X; Y) = (I(X; Y) − E)/(M(H(X), H(Y)) − E)`, where E is the expected mutual
  /// information of the same labels in random order: 0 on average for unrelated
  /// labels, however many there are, and 1 where each determines the other.
  ///
  /// E is the exact expectation under the hypergeometric distribution of each cell.
  /// No factorial is computed, so that there is no bound on the counts. Numerator
  /// and denominator are formed of conditional entropies, `E[H(X|Y)] − H(X|Y)`,
  /// which keep their digits where nearly every observation has a label of its own.
  ///
  /// - Parameters:
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - mean: Which mean M to take.
  /// - Returns: A number of at most 1; negative where the labels agree less than
  ///   labels in random order.
  /// - Throws: ``InformationError`` with the code `unknownVariable`; `notCounts` where
  ///   the distribution was not made of counts; `inexactCount` for more than 2⁵³
  ///   observations; or `undefined` where the value is 0/0: for one outcome, or one
  ///   outcome for each observation, of both X and Y (for the minimum and the
  ///   geometric mean, also where this holds of one). scikit-learn returns 1 for
  ///   some of these, although no order of the labels could give another value.
  /// - Accuracy: within 1 ulp of the value, or 2⁻⁵³ where it is below 1
  ///   (`adjusted-mutual-information.json`).
  /// - Source: Vinh, Epps and Bailey (2010), *Journal of Machine Learning Research* 11.
  public func adjustedMutualInformation(
    between x: Variables, and y: Variables, mean: EntropyMean
  ) throws(InformationError) -> Double {
    let (xs, ys) = (try indices(of: x, argument: "x"), try indices(of: y, argument: "y"))
    guard case .counts(let counts) = weights else {
      throw InformationError(
        .notCounts,
        "adjusted mutual information is of counts: create the distribution with counts or labels")
    }
    let total = counts.reduce(0, +)
    guard total <= 1 << 53 else {
      throw InformationError(
        .inexactCount,
        "there are \(total) observations: adjusted mutual information takes at most 2^53")
    }
    let cells = CellTable(columns: names.indices.map { codeColumn($0) }, masses: counts)
    let rows = cells.grouped(by: xs).masses.filter { $0 > 0 }
    let columns = cells.grouped(by: ys).masses.filter { $0 > 0 }
    let model = PermutationModel(total: total).expectedEntropies(rows: rows, columns: columns)
    let whole = ChanceAdjustment(
      expected: (
        model.ofRows / DoubleDouble(Double(total)), model.ofColumns / DoubleDouble(Double(total))
      ),
      found: (
        ConditionalEntropy(variables: xs, given: ys).value(of: cells),
        ConditionalEntropy(variables: ys, given: xs).value(of: cells)
      ))
    let largest = mean.room(
      whole, ConditionalEntropy(variables: xs, given: []).value(of: cells),
      ConditionalEntropy(variables: ys, given: []).value(of: cells))
    guard largest.high > 0 else {
      throw InformationError(
        .undefined, argument: "mean",
        """
        every order of the labels gives the largest mutual information there can be \
        (\(mean) mean): the adjusted one is 0/0
        """)
    }
    let value = (whole.gain / largest).high
    return value == 0 ? 0 : value
  }
}

/// The conditional entropies H(X|Y) and H(Y|X): expected by chance, and found.
private struct ChanceAdjustment {
  let expected: (x: DoubleDouble, y: DoubleDouble)
  let found: (x: DoubleDouble, y: DoubleDouble)

  /// I − E[I] = E[H(X|Y)] − H(X|Y) = E[H(Y|X)] − H(Y|X), from the smaller pair.
  var gain: DoubleDouble {
    if expected.x < expected.y { return expected.x - found.x }
    if expected.y < expected.x { return expected.y - found.y }
    return (expected.x + expected.y - (found.x + found.y)) * 0.5
  }
}

extension JointDistribution.EntropyMean {
  /// M(H(X), H(Y)) − E[I], without the difference where it is one of large numbers.
  fileprivate func room(
    _ chance: ChanceAdjustment, _ x: DoubleDouble, _ y: DoubleDouble
  ) -> DoubleDouble {
    let (a, b) = chance.expected
    switch self {
    case .arithmetic: return (a + b) * 0.5
    case .minimum: return min(a, b)
    case .maximum: return max(a, b)
    case .geometric:
      // √(hk) − h for h ≤ k, and what the smaller entropy has over E[I].
      let (h, k) = (min(x, y).squareRoot(), max(x, y).squareRoot())
      guard h.high > 0 else { return .zero }
      return h * (max(a, b) - min(a, b)) / (h + k) + min(a, b)
    }
  }
}
