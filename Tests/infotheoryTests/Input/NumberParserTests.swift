import TestSupport
import Testing

@testable import infotheory

@Suite struct NumberParserTests {
  private func decimal(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return NumberParser.decimal(bytes.span, 0..<bytes.count)
  }

  @Test(arguments: [
    ("0", 0.0), ("-0.0", -0.0), ("1", 1), ("+2.5", 2.5), (".5", 0.5), ("5.", 5), ("1e3", 1000),
    ("1E-3", 0.001), ("39.4", 39.4), ("0.1", 0.1),
    ("123456789012345678901234567890", 1.2345678901234568e29),
    ("9007199254740993", 9007199254740992), ("1e23", 1e23),
    ("8.5e-324", 2 * Double.leastNonzeroMagnitude),
    ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown), ("1e400", .infinity),
    ("1e-400", 0),
    ("0.000000000000000000000000000000000001", 1e-36), ("-inf", -.infinity),
    ("Infinity", .infinity),
  ])
  func readsDecimals(text: String, value: Double) {
    #expect(decimal(text)?.bitPattern == value.bitPattern)
  }

  @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1_000", "abc", "1 2"])
  func refusesWhatIsNoDecimal(text: String) { #expect(decimal(text) == nil) }

  @Test func nanIsNaN() { #expect(decimal("NaN")?.isNaN == true) }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func roundsAsTheStandardLibraryDoes(seed: UInt64) {
    var random = SplitMix64(state: seed)
    for _ in 0..<50 {
      let whole = UInt64.random(in: 0...9_999_999_999, using: &random)
      let fraction = UInt64.random(in: 0...9_999_999, using: &random)
      let exponent = Int.random(in: -40...40, using: &random)
      let text = "\(whole).\(fraction)e\(exponent)"
      #expect(decimal(text) == Double(text))
    }
  }
}
