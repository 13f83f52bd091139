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

  /// What is left out is the same in both forms: a quarter for positives, and the square.
  @Test func defaults() throws {
    let (x, t) = ([1.5, -0.25, 3], [1.0, 0, 0])
    var (asked, gradient, inPlace) = (x, x, x)
    let result = try sigmoidFocalLoss(
      logits: x.span, targets: t.span, alpha: 0.25, gamma: 2, softTargets: .mixture,
      reduction: .mean, gradient: asked.mutableSpan)
    let first = try sigmoidFocalLoss(
      logits: x.span, targets: t.span, gradient: gradient.mutableSpan)
    let second = try sigmoidFocalLoss(overwritingLogits: inPlace.mutableSpan, targets: t.span)
    #expect(first == result && second == result)
    #expect(gradient == asked && inPlace == asked)
  }
}
