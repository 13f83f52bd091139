import TestSupport
import Testing

@testable import InformationTheory

@Suite("Significant digits")
struct SignificantDigitsTests {
  private static let cases: [(number: Double, count: Int, text: String)] = [
    (0.0, 4, "0"), (1, 4, "1"), (0.5, 4, "0.5"), (1.0 / 3, 4, "0.3333"), (2.0 / 3, 4, "0.6667"),
    (-2.0 / 3, 2, "-0.67"), (9.9996, 4, "10"), (99.95, 3, "100"), (123456, 4, "123500"),
    (1_234_567, 7, "1234567"), (12_345_678, 4, "1.235e7"), (1e22, 4, "1e22"),
    (0.00012344, 3, "0.000123"), (0.0000999996, 4, "0.0001"), (1.5e-7, 4, "1.5e-7"),
    (5e-300, 1, "5e-300"), (.infinity, 4, "∞"), (-.infinity, 4, "−∞"), (0.25, 1, "0.3"),
    (100, 1, "100"), (1.0e15, 17, "1e15"),
  ]

  @Test(arguments: cases)
  func areRounded(number: Double, count: Int, text: String) {
    #expect(number.significant(count) == text)
  }

  @Test func seventeenDigitsReadBack() throws {
    var random = SplitMix64(state: 5)
    for _ in 0..<1000 {
      let number = Double(
        sign: .plus, exponent: Int(random.next() % 200) - 100, significand: 1 + random.unit())
      #expect(Double(number.significant(17)) == number)
    }
  }
}
