import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Softmax focal loss")
struct SoftmaxFocalLossTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let logits = row.logits.map { Scalar($0) }
    let labels = [try #require(row.label)]
    var losses: [Scalar] = [.nan]
    _ = try softmaxFocalLoss(
      logits: logits.span, classIndices: labels.span, classCount: logits.count,
      alpha: row.classWeights, gamma: try #require(row.gamma).value, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "softmax-focal", rows: 400, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
