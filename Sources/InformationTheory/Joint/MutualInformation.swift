/// I(X; Y|Z) as D(p(x, y, z) ‖ p(x, z) p(y, z)/p(z)), a sum of terms that are never
/// negative.
///
/// With masses n, the terms are t(a, b) = a log(a/b) − a + b of a = n(x, y, z)·n(z) and
/// b = n(x, z)·n(y, z), over n(z). Outcomes that are possible one by one but not
/// together add b; for each z these sum to the balance of all other a − b, which
/// is exact.
struct ConditionalMutualInformation: JointQuantity {
  let x: Set<Int>
  let y: Set<Int>
  var given: Set<Int> = []

  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble {
    let cells = table.marginal(x.union(y).union(given))
    let xs = cells.grouped(by: x.union(given))
    let ys = cells.grouped(by: y.union(given))
    if given.isEmpty, let quick = quickValue(cells, xs, ys) { return quick }
    let wholes = cells.grouped(by: given)
    let order = wholes.groups.order()
    var sum = ExactSum()
    for (group, whole) in wholes.masses.enumerated() {
      let scale = whole.term
      var balance = Mass.Balance()
      for cell in order.cells(of: group) {
        let (joint, x, y) = (cells.masses[Int(cell)], xs[Int(cell)], ys[Int(cell)])
        let scaled = Mass.pair(joint: joint, whole: whole, x: x, y: y)
        let term = KullbackLeibler.term(scaled.pair)
        sum.add(term / scale.value, timesPowerOfTwo: scaled.exponent - scale.exponent)
        balance.add(joint, whole)
        balance.subtract(x, y)
      }
      guard scale.value.high > 0 else { continue }
      let rest = balance.term
      sum.add(rest.value / scale.value, timesPowerOfTwo: rest.exponent - scale.exponent)
    }
    let total = cells.total.term
    return sum.doubleDouble / total.value.scaled(byPowerOfTwo: total.exponent)
  }

  private func quickValue<Mass: ExactMass>(
    _ cells: CellTable<Mass>, _ xs: GroupedMasses<Mass>, _ ys: GroupedMasses<Mass>
  ) -> DoubleDouble? {
    let whole = cells.total
    return Mass.quickInformation(joint: cells.masses, xs: xs.masses, ys: ys.masses, whole: whole)
      .map { $0 / whole.term.value }
  }
}

extension JointDistribution {
  /// Returns the mutual information of two groups of variables, where others are
  /// known or not.
  ///
  /// `I(X; Y|Z) = Σ p(x, y, z) log(p(x, y|z)/(p(x|z) p(y|z)))`, summed as the divergence
  /// of the joint distribution from the product, whose terms are never negative:
  /// nearly independent variables keep their digits.
  ///
  /// - Parameters:
  ///   - x: One group of variables.
  ///   - y: The other; variables in both groups are shared: `I(X; X) = H(X)`.
  ///   - condition: The variables that are known, if any.
  /// - Returns: A value in 0 … min(H(X|Z), H(Y|Z)); exactly 0 where X and Y are
  ///   independent given Z. The same bits with X and Y exchanged.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`mutual-information.json`).
  /// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eqs. 2.28
  ///   and 2.60.
  public func mutualInformation(
    between x: Variables, and y: Variables, given condition: Variables = []
  ) throws(InformationError) -> Information {
    let quantity = ConditionalMutualInformation(
      x: try indices(of: x, argument: "x"), y: try indices(of: y, argument: "y"),
      given: try indices(of: condition, argument: "condition"))
    return Information(value(of: quantity))
  }
}

/// Returns the mutual information of two variables from the table of their
/// probabilities.
///
/// `I(X; Y) = Σᵢⱼ pᵢⱼ log(pᵢⱼ/(pᵢ pⱼ))`, with the contract of
/// ``JointDistribution/mutualInformation(between:and:given:)``.
///
/// - Parameters:
///   - joint: The cells' probabilities, row after row, summing to 1 within n·ε.
///   - rowCount: The number of rows.
/// - Returns: A value ≥ 0; exactly 0 where rows and columns are independent.
/// - Throws: ``InformationError`` for what is wrong with the table.
/// - Precondition: The number of cells is a positive multiple of `rowCount`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func mutualInformation<Scalar: InformationScalar>(
  of joint: Span<Scalar>, rowCount: Int
) throws(InformationError) -> Information {
  precondition(
    rowCount >= 1 && joint.count.isMultiple(of: rowCount),
    "mutualInformation: the table's size is not a multiple of its row count")
  _ = try MassTotals(normalized: joint, argument: "joint")
  let width = joint.count / rowCount
  var (rows, columns, masses): ([UInt32], [UInt32], [Double]) = ([], [], [])
  for i in joint.indices where joint[i] > 0 {
    rows.append(UInt32(i / width))
    columns.append(UInt32(i % width))
    masses.append(Double(joint[i]))
  }
  return Information(
    ConditionalMutualInformation(x: [0], y: [1]).value(
      ofMasses: masses,
      columns: [
        CodeColumn(codes: rows, size: rowCount), CodeColumn(codes: columns, size: width),
      ]))
}
