import BigInt
import Testing

@testable import ReferenceOracle

@Suite struct DecimalTests {
  /// Beyond the powers of ten that are kept, a bound is still a bound.
  @Test func farthestNumbersAreRoundedOutward() {
    func text(_ m: BigInt, _ exponent: Int, _ rounding: Rounding) -> String {
      Decimal(m, exponent: exponent, digits: Decimal.boundDigits, rounding).description
    }
    for exponent in [2661, 3000, 100_000] {
      #expect(text(1, -exponent - 1, .up) == "1e-800")
      #expect(text(1, -exponent - 1, .down) == "0")
      #expect(text(-1, -exponent - 1, .up) == "0")
      #expect(text(-1, -exponent - 1, .down) == "-1e-800")
      #expect(text(1, exponent, .up) == "inf")
      #expect(text(1, exponent, .down) == "1e800")
      #expect(text(-1, exponent, .up) == "-1e800")
      #expect(text(-1, exponent, .down) == "-inf")
    }
  }
}
