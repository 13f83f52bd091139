import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Softmax functions")
struct SoftmaxFunctionsTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ logProbabilities: inout [Scalar]
  ) throws -> Scalar {
    let x = row.logits.map { Scalar($0) }
    try logSoftmax(of: x.span, classCount: x.count, into: logProbabilities.mutableSpan)
    return try logSumExp(of: x.span)
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "softmax", rows: 600, double: { try evaluate($0, &$1) }, float: { try evaluate($0, &$1) })
  }

  /// The loss of a plain negative is softplus, its derivative the logistic function.
  @Test func everyOracleValueOfOneLogit() throws {
    let rows = try LossTable.load("binary-cross-entropy").values.filter {
      $0.targets == [0] && $0.smoothing == nil && $0.positiveWeight == nil
    }
    #expect(rows.count > 100)
    for row in rows {
      let (x, loss, slope) = (row.logits[0], row.loss.value, row.gradient[0].value)
      if row.scalar == "double" {
        #expect(ulps(try softplus(x), from: loss) <= 1, "softplus(\(x))")
        #expect(ulps(try sigmoid(x), from: slope) <= 1, "sigmoid(\(x))")
      } else {
        #expect(ulps(try softplus(Float(x)), from: loss) <= 1, "softplus(\(x))")
        #expect(ulps(try sigmoid(Float(x)), from: slope) <= 1, "sigmoid(\(x))")
      }
    }
  }
}
