/// Which variable of a two-way table is known.
public enum JointAxis: Sendable {
  /// The variable whose values are the rows.
  case rows
  /// The variable whose values are the columns.
  case columns
}

/// Returns the joint entropy of two variables from the table of their probabilities.
///
/// `H(X, Y) = −Σᵢⱼ pᵢⱼ log pᵢⱼ`, the entropy of all cells, however they are laid out.
///
/// - Parameter joint: The cells' probabilities, summing to 1 within n·ε.
/// - Returns: A value in 0 … log n for n cells.
/// - Throws: ``InformationError`` for what is wrong with the table.
/// - Accuracy: within 1 ulp (`joint-entropy.json`).
/// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.8.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func jointEntropy<Scalar: InformationScalar>(
  of joint: Span<Scalar>
) throws(InformationError) -> Information {
  let totals = try MassTotals(normalized: joint, argument: "joint")
  return Information(ShannonEntropy().value(of: joint, totals))
}

/// Returns the entropy that one variable has left when another is known.
///
/// `H(Y|X) = Σᵢ pᵢ· H(Y | X = i) = −Σᵢⱼ pᵢⱼ log(pᵢⱼ/pᵢ·)`, from the table of the
/// joint probabilities. It is summed as it stands, not as a difference of two
/// entropies, so that nearly determined variables keep their digits.
///
/// - Parameters:
///   - joint: The cells' probabilities, row after row, summing to 1 within n·ε.
///   - rowCount: The number of rows.
///   - given: The variable that is known.
/// - Returns: A value ≥ 0, at most the entropy of the other variable.
/// - Throws: ``InformationError`` for what is wrong with the table.
/// - Precondition: The number of cells is a positive multiple of `rowCount`.
/// - Accuracy: within 1 ulp (`conditional-entropy.json`).
/// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.10.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func conditionalEntropy<Scalar: InformationScalar>(
  of joint: Span<Scalar>, rowCount: Int, given: JointAxis
) throws(InformationError) -> Information {
  precondition(
    rowCount >= 1 && joint.count.isMultiple(of: rowCount),
    "conditionalEntropy: the table's size is not a multiple of its row count")
  let totals = try MassTotals(normalized: joint, argument: "joint")
  let columnCount = joint.count / rowCount
  let (known, other) = given == .rows ? (rowCount, columnCount) : (columnCount, rowCount)
  var slice = [Double](repeating: 0, count: other)
  var sum = ExactSum()
  for i in 0..<known {
    for j in 0..<other {
      slice[j] = Double(joint[given == .rows ? i * columnCount + j : j * columnCount + i])
    }
    guard slice.contains(where: { $0 > 0 }) else { continue }
    let ofSlice = try MassTotals(slice.span, argument: "joint")
    sum.add(ShannonEntropy().value(of: slice.span, ofSlice) * ofSlice.total)
  }
  return Information(sum.doubleDouble / totals.total)
}
