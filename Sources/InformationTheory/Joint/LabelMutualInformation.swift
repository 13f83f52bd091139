/// Returns the mutual information of two columns of labels that are whole numbers.
///
/// `I(X; Y) = Σ p(x, y) log(p(x, y)/(p(x) p(y)))`, where p are the shares of the
/// observations. It is the value of these observations as they stand, not an
/// estimate for the population they are drawn from.
///
/// - Parameters:
///   - x: A label for each observation; any numbers.
///   - y: Another label for each observation.
/// - Returns: A value in 0 … min(H(X), H(Y)); exactly 0 where the labels are
///   independent. The same bits with x and y exchanged, in any order of the
///   observations, and with other numbers for the same labels.
/// - Throws: ``InformationError`` with the code `empty`, `sizeMismatch` or `cancelled`.
/// - Complexity: One pass over the labels where they are close together, on several
///   threads where there are millions: pairs are counted in tables. Otherwise pairs are
///   sorted.
/// - Accuracy: within 1 ulp, as ``JointDistribution/mutualInformation(between:and:given:)``.
@specialized(where Label == Int)
@specialized(where Label == Int32)
@specialized(where Label == UInt8)
public func mutualInformation<Label: FixedWidthInteger & Sendable>(
  of x: Span<Label>, and y: Span<Label>
) throws(InformationError) -> Information {
  guard x.count > 0 else {
    throw InformationError(.empty, argument: "x", "x is empty: give at least one observation")
  }
  guard x.count == y.count else {
    throw InformationError(
      .sizeMismatch, argument: "y",
      "x has \(x.count) labels and y has \(y.count): both must label the same observations")
  }
  let quantity = ConditionalMutualInformation(x: [0], y: [1])
  if Label.bitWidth <= 64 {
    if x.count <= UInt32.max {
      if let counter = try PairCounter<Label, UInt32>.counting(x, y) {
        return Information(counter.quickInformation() ?? quantity.value(of: counter.cells()))
      }
    } else if let counter = try PairCounter<Label, UInt64>.counting(x, y) {
      return Information(counter.quickInformation() ?? quantity.value(of: counter.cells()))
    }
  }
  let (xs, ys) = (x.indices.map { x[$0] }, y.indices.map { y[$0] })
  let joint = try JointDistribution(columns: [LabelColumn("x", xs), LabelColumn("y", ys)])
  return try joint.mutualInformation(between: "x", and: "y")
}
