import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Kullback–Leibler loss")
struct KLLossTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let x = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    switch row.form {
    case "logits":
      _ = try klLoss(
        logits: x.span, targets: targets.span, classCount: x.count, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    case "probabilities":
      _ = try klLoss(
        logPredictions: x.span, targets: targets.span, classCount: x.count, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    default:
      _ = try klLoss(
        logPredictions: x.span, logTargets: targets.span, classCount: x.count,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "kl-loss", rows: 200, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}

@Suite("Kullback–Leibler loss of probabilities")
struct KLLossOfProbabilitiesTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let p = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try klLoss(
      probabilities: p.span, targets: targets.span, classCount: p.count, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "kl-loss-probabilities", rows: 150, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}

@Suite("Generalised Kullback–Leibler loss")
struct GeneralizedKLLossTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let x = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try generalizedKLLoss(
      logPredictions: x.span, targets: targets.span, classCount: x.count, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "generalized-kl-loss", rows: 200, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
