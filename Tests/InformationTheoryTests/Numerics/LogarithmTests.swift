import Testing

@testable import InformationTheory

@Suite("Logarithm")
struct LogarithmTests {
  @Test func everyOracleValue() throws {
    var worst = WorstError("log", bound: 0x1p-66)
    for (x, truth) in try KernelTable.rows("log") {
      worst.check(.log(x), truth, "log \(x)")
    }
    worst.finish()
  }

  /// log(x·2ᵏ) = log x + k·log 2.
  ///
  /// Near x·2ᵏ = 1 the sum cancels, so the test stays away from there.
  @Test func timesPowerOfTwo() throws {
    var worst = WorstError("log, shifted", bound: 0x1p-66)
    let ln2 = DoubleDouble.ln2.parts
    for (x, truth) in try KernelTable.rows("log") {
      for k in [-3000, -1000, -7, 12, 1000, 3000]
      where (3..<4095).contains((Int(x.exponent) + k).magnitude) {
        let shifted = truth + exactProduct([Double(k)], ln2)
        worst.check(.log(DoubleDouble(x), timesPowerOfTwo: k), shifted, "log \(x)·2^\(k)")
      }
    }
    worst.finish()
  }

  /// A low part adds low/high to the logarithm, to first order.
  @Test func lowPartCounts() throws {
    var worst = WorstError("log of a pair", bound: 0x1p-66)
    for (x, truth) in try KernelTable.rows("log") where x > 0x1p-900 && (x < 0.9 || x > 1.1) {
      let low = x.ulp / 8
      worst.check(.log(DoubleDouble(high: x, low: low)), truth + [low / x], "log \(x) + low")
    }
    worst.finish()
  }

  @Test func quotients() throws {
    var worst = WorstError("log of a quotient", bound: 0x1p-66)
    for (x, truth) in try KernelTable.rows("log") {
      let x = DoubleDouble(x)
      worst.check(.logOfQuotient(x, .one), truth, "log \(x.high)/1")
      worst.check(.logOfQuotient(.one, x), truth.map(-), "log 1/\(x.high)")
      // A quotient that is far beyond every double.
      let shifted = truth + exactProduct([1900], DoubleDouble.ln2.parts)
      guard ExactSum(shifted).value.magnitude > 2, x.high > 1 else { continue }
      let (a, b) = (DoubleDouble(0x1p900) * x.high.significand, DoubleDouble(0x1p-1000))
      let exponents = exactProduct([1900 - x.high.exponent.asDouble], DoubleDouble.ln2.parts)
      worst.check(
        .logOfQuotient(a, b), truth + exponents, "log of \(x.high.significand)·2^1900")
    }
    worst.finish()
  }

  @Test func log1p() throws {
    var (worst, quotient) = (
      WorstError("log1p", bound: 0x1p-66), WorstError("log1p, quotient", bound: 0x1p-66)
    )
    for (x, truth) in try KernelTable.rows("log1p") {
      worst.check(.log1p(DoubleDouble(x)), truth, "log1p \(x)")
      guard x.magnitude > 0x1p-500 && x < 0x1p500 else { continue }
      let ratio = DoubleDouble.log1pQuotient(DoubleDouble(x))
      quotient.check(ratio * x, truth, "\(x)·log1pQuotient(\(x))")
    }
    worst.finish()
    quotient.finish()
    #expect(DoubleDouble.log1pQuotient(.zero) == .one)
    #expect(DoubleDouble.log1pQuotient(DoubleDouble(0x1p-1074)) == .one)
  }

  @Test func exactValues() {
    #expect(DoubleDouble.log(1) == .zero)
    #expect(DoubleDouble.log1p(.zero).high == 0)
    for k in [-1074, -1000, -1, 1, 3, 52, 1000, 1023] {
      let ofPower = DoubleDouble.log(Double(sign: .plus, exponent: k, significand: 1))
      // Exact in bits after one rounding: what makes dyadic entropies exact.
      #expect((ofPower / .ln2).high == Double(k))
    }
  }
}

extension Int {
  fileprivate var asDouble: Double { Double(self) }
}
