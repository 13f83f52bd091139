import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Softmax cross-entropy")
struct SoftmaxCrossEntropyTests {
  /// The loss and the gradient of one row of the table.
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let logits = row.logits.map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    if let targets = row.targets {
      let q = targets.map { Scalar($0) }
      _ = try softmaxCrossEntropy(
        logits: logits.span, classProbabilities: q.span, classCount: logits.count,
        classWeights: row.classWeights, labelSmoothing: row.smoothing?.value ?? 0,
        zLossScale: row.zLoss?.value ?? 0, logitSoftcap: row.softcap?.value,
        validation: .nonNegative, reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    } else {
      let labels = [try #require(row.label)]
      _ = try softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: logits.count,
        classWeights: row.classWeights, labelSmoothing: row.smoothing?.value ?? 0,
        zLossScale: row.zLoss?.value ?? 0, logitSoftcap: row.softcap?.value,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "softmax-cross-entropy", rows: 1000, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
