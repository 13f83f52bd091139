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

  /// A derivative below the normal numbers, whose weight shows what its power lost.
  @Test func aSubnormalDerivative() throws {
    let logits = [-9052.013895527174, -417.40063024403804, 5512.771637501221, 6223.372006740675]
    let (labels, weights) = ([0], [7.623053063093409])
    var gradient = [Double](repeating: .nan, count: 4)
    _ = try softmaxFocalLoss(
      logits: logits.span, classIndices: labels.span, classCount: 4, sampleWeights: weights.span,
      reduction: .sum, gradient: gradient.mutableSpan)
    // 1.8720168079383815437…e-308 at 400 bits.
    #expect((gradient[2] - 0x0.d7614497c835ap-1022).magnitude <= .leastNonzeroMagnitude)
  }
}
