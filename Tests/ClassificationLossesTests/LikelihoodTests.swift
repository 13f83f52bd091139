import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Poisson negative log-likelihood")
struct PoissonNLLTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let x = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try poissonNLL(
      predictions: x.span, targets: targets.span, predictsLogarithms: row.log ?? true,
      full: row.full ?? false, epsilon: row.eps?.value ?? 0, reduction: .sum,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "poisson-nll", rows: 300, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}

@Suite("Poisson negative log-likelihood of large counts")
struct LargeCountTests {
  /// Stirling's t·log t is beyond the largest double; the parts that cancel leave an
  /// error of their size, but no NaN.
  @Test func countsUpToTheLargest() throws {
    let targets = [1e306, 1e308]
    var losses = [0.0, 0.0]
    _ = try poissonNLL(
      predictions: targets.span, targets: targets.span, predictsLogarithms: false, full: true,
      reduction: .sum, rowLosses: losses.mutableSpan)
    #expect(losses.allSatisfy { !$0.isNaN })
  }
}

@Suite("Gaussian negative log-likelihood")
struct GaussianNLLTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let x = row.logits.map { Scalar($0) }
    let targets = try #require(row.targets).map { Scalar($0) }
    let variances = try #require(row.variances).map { Scalar($0) }
    var losses: [Scalar] = [.nan]
    _ = try gaussianNLL(
      predictions: x.span, targets: targets.span, variances: variances.span,
      full: row.full ?? false, reduction: .sum, gradient: gradient.mutableSpan,
      rowLosses: losses.mutableSpan)
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "gaussian-nll", rows: 250, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }
}
