import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Binary cross-entropy")
struct BinaryCrossEntropyTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let logits = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try binaryCrossEntropy(
      logits: logits.span, targets: targets.span,
      positiveWeights: row.positiveWeight.map { [$0.value] },
      labelSmoothing: row.smoothing?.value ?? 0, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "binary-cross-entropy", rows: 1000, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}

@Suite("Binary cross-entropy of probabilities")
struct BinaryProbabilityTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let probabilities = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try binaryCrossEntropy(
      probabilities: probabilities.span, targets: targets.span, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "binary-probabilities", rows: 300, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
