import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Sigmoid focal loss")
struct SigmoidFocalLossTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let logits = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try sigmoidFocalLoss(
      logits: logits.span, targets: targets.span, alpha: row.alpha?.value,
      gamma: try #require(row.gamma).value,
      softTargets: row.convention == "termwise" ? .termwise : .mixture, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "sigmoid-focal", rows: 1500, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
