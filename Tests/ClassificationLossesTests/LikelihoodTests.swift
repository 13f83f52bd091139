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

/// With all of Stirling's formula the parts t·log t cancel and pass the largest double.
///
/// What is true was worked out in 4000-bit ball arithmetic of the very doubles.
@Suite("Poisson negative log-likelihood of large counts")
struct LargeCountTests {
  private struct Row {
    let x: Double
    let target: Double
    var epsilon = 0.0
    let loss: Double
    let slope: Double
  }

  /// The worst relative error of a row's two numbers, times what the row makes of it.
  private func worst(
    _ rows: [Row], logarithms: Bool, scale: (Row) -> Double = { _ in 1 }
  ) throws -> Double {
    var worst = 0.0
    for row in rows {
      var (losses, slopes) = ([0.0], [0.0])
      _ = try poissonNLL(
        predictions: [row.x].span, targets: [row.target].span, predictsLogarithms: logarithms,
        full: true, epsilon: row.epsilon, reduction: .sum, targetGradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
      for (found, truth) in [(losses[0], row.loss), (slopes[0], row.slope)]
      where found != truth {
        let error = ((found - truth) / truth).magnitude * scale(row)
        if !(error <= worst) { worst = error }
      }
    }
    return worst
  }

  @Test func rates() throws {
    let rows = [
      Row(x: 1e306, target: 1e306, loss: 0x1.6136e6b42f213p+8, slope: 0x1.6789e3750f791p-1018),
      Row(x: 1e308, target: 1e308, loss: 0x1.63845ceba5cbdp+8, slope: 0.5 / 1e308),
      Row(
        x: (1e308).nextUp, target: 1e308, loss: 0x1.cc359e067a348p+917,
        slope: -0x1.cc359e067a348p-53),
      Row(
        x: 1.5e308, target: 1e308, loss: 0x1.aeca781715765p+1019, slope: -0x1.9f323ecbf984cp-2),
      Row(x: 1e308, target: 1.7e308, loss: 0x1.cc68360f95a83p+1020, slope: 0x1.0fae81914a991p-1),
      Row(x: 1e16, target: 1e16 + 2, loss: 0x1.356f149f87b0bp+4, slope: 0x1.203af9ee75615p-52),
      Row(
        x: 1.7e308, target: 1e308, epsilon: 1e308, loss: -0x1.4e1560dd6e579p+1021,
        slope: -0x1.fc8b7f138bde9p-1),
      Row(x: 5, target: 5, loss: 0x1.b9419e02925f4p+0, slope: 0x1.999999999999ap-4),
      Row(
        x: 1e8, target: 1e8, epsilon: 1e-8, loss: 0x1.44230d7e5bac5p+3,
        slope: 0x1.5798edafbdf94p-28),
      Row(x: 3, target: 1e308, loss: .infinity, slope: 0x1.620c7e098d3dcp+9),
    ]
    #expect(try worst(rows, logarithms: false) <= 0x1p-52)
  }

  /// The difference of a log-rate from the logarithm of the count, here about 10⁻¹⁴, is
  /// right to 2⁻⁷⁹, and the losses are as far as that lets them.
  @Test func logarithms() throws {
    let rows = [
      Row(
        x: 709.1962086421661, target: 1e308, loss: 0x1.033a17e13f340p+930,
        slope: -0x1.e876db77e7b55p-47),
      Row(
        x: 709.196208642166, target: 1e308, loss: 0x1.b9dc71b3b363ap+935,
        slope: 0x1.c2f1249103095p-44),
      Row(
        x: 690.7755278982137, target: 1e300, loss: 0x1.0adfa14035571p+905,
        slope: 0x1.abccc0710fcd4p-46),
      Row(
        x: 36.841361487904734, target: 1e16, loss: 0x1.356f149f87b1cp+4,
        slope: -0x1.ed5627eef41c2p-49),
      Row(
        x: 709.782712893384, target: .greatestFiniteMagnitude, loss: 0x1.6217faa0d4a1dp+932,
        slope: 0x1.a9c9e3b39803fp-46),
      Row(
        x: 1.6094379124341003, target: 5, loss: 0x1.b9419e02925f4p+0,
        slope: 0x1.99999999999a0p-4),
    ]
    #expect(try worst(rows, logarithms: true) { $0.slope.magnitude } <= 0x1p-79)
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
