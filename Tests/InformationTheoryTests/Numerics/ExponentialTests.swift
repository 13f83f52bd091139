import Testing

@testable import InformationTheory

@Suite("Exponential")
struct ExponentialTests {
  @Test func everyOracleValue() throws {
    var (worst, scaled) = (
      WorstError("exp", bound: 0x1p-74), WorstError("exp, scaled", bound: 0x1p-74)
    )
    for (x, truth) in try KernelTable.rows("exp") {
      worst.check(.exp(DoubleDouble(x)), truth, "exp \(x)")
      let (value, exponent) = DoubleDouble.scaledExp(DoubleDouble(x))
      #expect(value.high > 0.49 && value.high < 2.01, "exp \(x)")
      guard truth[0] > 0x1p-900 else { continue }
      // The truth brought to the value's scale, which is exact.
      let truth = truth.map { $0.scaled(byPowerOfTwo: -exponent) }
      scaled.check(value, truth, "exp \(x)")
    }
    worst.finish()
    scaled.finish()
  }

  /// exp(x + low) = exp(x)·(1 + low) to first order.
  @Test func lowPartCounts() throws {
    var worst = WorstError("exp of a pair", bound: 0x1p-74)
    for (x, truth) in try KernelTable.rows("exp") where truth[0] > 0x1p-800 && x != 0 {
      let low = x.ulp / 8
      guard low < 0x1p-45 else { continue }
      let value = DoubleDouble.exp(DoubleDouble(high: x, low: low))
      worst.check(value, truth + [truth[0] * low, truth[0] * low * low / 2], "exp \(x) + low")
    }
    worst.finish()
  }

  @Test func ends() {
    #expect(DoubleDouble.exp(.zero) == .one)
    #expect(DoubleDouble.exp(DoubleDouble(-750)) == .zero)
    #expect(DoubleDouble.exp(-.infinity) == .zero)
    #expect(DoubleDouble.exp(DoubleDouble(709.9)) == .infinity)
    #expect(DoubleDouble.exp(.infinity) == .infinity)
    let (value, exponent) = DoubleDouble.scaledExp(DoubleDouble(2000 * 0.693147180559945309417))
    #expect(exponent == 2000 && (value.high - 1).magnitude < 1e-12)
  }

  @Test func exponentialRemainder() throws {
    var worst = WorstError("exponential remainder", bound: 0x1p-61)
    for (x, truth) in try KernelTable.rows("exponential-remainder") {
      let value = DoubleDouble.exponentialRemainder(DoubleDouble(x))
      worst.check(value, truth, "ψ(\(x))")
      #expect(value.high >= 0, "ψ(\(x))")
    }
    worst.finish()
  }

  /// eˣ − 1 = ψ(x) + x, whose truth the same table holds.
  @Test func expm1() throws {
    var (worst, quotient) = (
      WorstError("expm1", bound: 0x1p-65), WorstError("expm1, quotient", bound: 0x1p-65)
    )
    for (x, truth) in try KernelTable.rows("exponential-remainder") {
      worst.check(.expm1(DoubleDouble(x)), truth + [x], "expm1 \(x)")
      guard x.magnitude > 0x1p-500 && x.magnitude < 700 else { continue }
      let ratio = DoubleDouble.expm1Quotient(DoubleDouble(x))
      quotient.check(ratio * x, truth + [x], "\(x)·expm1Quotient(\(x))")
    }
    worst.finish()
    quotient.finish()
    #expect(DoubleDouble.expm1Quotient(.zero) == .one)
    #expect(DoubleDouble.expm1(DoubleDouble(800)) == .infinity)
    #expect(DoubleDouble.expm1(DoubleDouble(-800)) == DoubleDouble(-1))
  }
}
