import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Poly-1 cross-entropy")
struct Poly1CrossEntropyTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let logits = row.logits.map { Scalar($0) }
    let epsilon = try #require(row.eps).value
    var losses: [Scalar] = [.nan]
    if let targets = row.targets {
      let q = targets.map { Scalar($0) }
      _ = try poly1CrossEntropy(
        logits: logits.span, classProbabilities: q.span, classCount: logits.count,
        epsilon: epsilon, reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    } else {
      let labels = [try #require(row.label)]
      _ = try poly1CrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: logits.count,
        epsilon: epsilon, reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "poly-1-cross-entropy", rows: 200, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
