import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("Exact sum")
struct ExactSumTests {
  /// A sum whose exact value is an integer times 2ᵉ, added in 128-bit integers; the
  /// standard library rounds the integer to nearest even, and scaling is exact.
  @Test func againstIntegers() {
    forEachDraw(2000, from: 0xE5) { random, seed in
      let lowest = random.integer(-1074...900)
      var (sum, integer) = (ExactSum(), Int128(0))
      for _ in 0..<random.integer(1...40) {
        let significand = Int64(truncatingIfNeeded: random.next()) >> random.integer(11...63)
        let shift = random.integer(0...60)
        integer += Int128(significand) << Int128(shift)
        sum.add(Double(significand).scaled(by: lowest + shift))
      }
      // Below 2⁻¹⁰²² there are fewer bits, but every term is a multiple of 2^lowest.
      let expected = Double(integer).scaled(by: lowest)
      expectSameBits(sum.value, expected == 0 ? 0 : expected, seed)
    }
  }

  @Test func cancellation() {
    #expect(ExactSum([1e100, 1, -1e100]).value == 1)
    #expect(ExactSum([1e308, 1e-308, -1e308]).value == 1e-308)
    #expect(ExactSum([0.1, 0.2, -0.3]).value == 0x1p-55)  // what the doubles leave over
    let mixed = [1e300, -1, 0x1p-1074, -1e300, 1]
    #expect(ExactSum(mixed).value == 0x1p-1074)
    expectSameBits(ExactSum([1.5, -1.5]).value, 0)
    expectSameBits(ExactSum([-0.0, -0.0]).value, 0)
    expectSameBits(ExactSum().value, 0)
  }

  @Test func tiesToEven() {
    let (half, up, belowTwo) = (0x1p-53, 1 + 0x1p-52, 2 - 0x1p-52)
    #expect(ExactSum([1, half]).value == 1)
    #expect(ExactSum([up, half]).value == up.nextUp)
    #expect(ExactSum([1, half, 0x1p-1074]).value == up)
    #expect(ExactSum([1, half, -0x1p-1074]).value == 1)
    #expect(ExactSum([-1, -half]).value == -1)
    #expect(ExactSum([-up, -half]).value == -up.nextUp)
    #expect(ExactSum([-1, -half, -0x1p-1074]).value == -up)
    // A carry through all bits into the next binade.
    #expect(ExactSum([belowTwo, half]).value == 2)
    // Ties at the smallest normal, where the last bit stays that of the subnormals.
    #expect(ExactSum([0x1p-1022, 0x1p-1074]).value == 0x1p-1022 + 0x1p-1074)
    #expect(ExactSum([0x1p-1021, 0x1p-1074]).value == 0x1p-1021)
  }

  @Test func subnormals() {
    let smallest = Double.leastNonzeroMagnitude
    #expect(ExactSum([smallest]).value == smallest)
    #expect(ExactSum(repeatElement(smallest, count: 1000)).value == smallest * 1000)
    #expect(ExactSum([smallest, -smallest]).value == 0)
    #expect(
      ExactSum([Double.leastNormalMagnitude, -smallest]).value
        == Double.leastNormalMagnitude.nextDown)
    #expect(ExactSum([-smallest, -smallest]).value == -2 * smallest)
  }

  @Test func overflowAndBack() {
    let largest = Double.greatestFiniteMagnitude
    var sum = ExactSum([largest, largest])
    #expect(sum.value == .infinity)
    sum.add(-largest)
    #expect(sum.value == largest)
    // Half of the last bit more rounds to infinity; a little less does not.
    #expect(ExactSum([largest, 0x1p970]).value == .infinity)
    #expect(ExactSum([largest, 0x1p970, -0x1p-1074]).value == largest)
    #expect(ExactSum([-largest, -0x1p970]).value == -.infinity)
    #expect(ExactSum([-largest, -largest]).value == -.infinity)
  }

  /// The patterns that fill digits fastest, often enough to need every carry.
  @Test func carries() {
    let count = 1_000_000
    let fullest = [Double.greatestFiniteMagnitude, 2 - 0x1p-52, 0x1p-1022 - 0x1p-1074]
    for term in fullest {
      for sign in [1.0, -1] {
        var sum = ExactSum()
        for _ in 0..<count { sum.add(sign * term) }
        // Take all but one off again.
        var rest = ExactSum()
        for _ in 1..<count { rest.add(-sign * term) }
        sum.merge(rest)
        #expect(sum.value == sign * term)
      }
    }
    // 10⁶·(2 − 2⁻⁵²) = 2·10⁶ − 10⁶·2⁻⁵², a double.
    let belowTwo = 2 - 0x1p-52
    #expect(ExactSum(repeatElement(belowTwo, count: count)).value == 2e6 - 1e6 * 0x1p-52)
  }

  @Test func neitherOrderNorPartitionMatters() {
    forEachDraw(from: 0x0DE4) { random, seed in
      let terms = (0..<random.integer(1...60)).map { _ in
        Double(
          sign: random.unit() < 0.5 ? .plus : .minus, exponent: random.integer(-1074...1000),
          significand: 1 + random.unit())
      }
      let whole = ExactSum(terms)
      var parts = (0..<random.integer(1...8)).map { _ in ExactSum() }
      for term in terms.shuffled(using: &random) {
        parts[random.integer(0...parts.count - 1)].add(term)
      }
      var merged = ExactSum()
      for part in parts.shuffled(using: &random) { merged.merge(part) }
      #expect(merged == whole, "\(seed)")
      expectSameBits(merged.value, whole.value, seed)
    }
  }

  @Test func mergingWithItself() {
    var sum = ExactSum([0.1, 1e200, -3])
    sum.merge(sum)
    #expect(sum == ExactSum([0.1, 1e200, -3, 0.1, 1e200, -3]))
    sum.merge(ExactSum())
    #expect(sum == ExactSum([0.2, 2e200, -6]))
  }

  @Test func equality() {
    #expect(ExactSum([0.5, 0.5]) == ExactSum([1]))
    #expect(ExactSum([-2, 1]) == ExactSum([-1]))
    #expect(ExactSum([1, -1]) == ExactSum())
    // The same rounded value, but not the same number.
    let (a, b) = (ExactSum([1, 0x1p-1000]), ExactSum([1]))
    #expect(a.value == b.value)
    #expect(a != b)
  }

  @Test func coding() throws {
    try forEachDraw(from: 0xC0DE) { random, seed in
      let terms = (0..<random.integer(0...10)).map { _ in
        Double(
          sign: random.unit() < 0.5 ? .plus : .minus, exponent: random.integer(-1074...1023),
          significand: 1 + random.unit())
      }
      let sum = ExactSum(terms)
      var decoded = try JSONDecoder().decode(ExactSum.self, from: JSONEncoder().encode(sum))
      #expect(decoded == sum, "\(seed)")
      // And it goes on from there.
      decoded.add(0.5)
      #expect(decoded == ExactSum(terms + [0.5]), "\(seed)")
    }
    #expect(
      try String(data: JSONEncoder().encode(ExactSum()), encoding: .utf8)?.contains("[]") == true)
  }

  @Test(arguments: [
    #"{"firstDigit":-1,"digits":[1]}"#,
    #"{"firstDigit":113,"digits":[]}"#,
    #"{"firstDigit":112,"digits":[1]}"#,
    #"{"firstDigit":111,"digits":[1,1]}"#,
    #"{"firstDigit":9223372036854775807,"digits":[1]}"#,
    #"{"firstDigit":-9223372036854775808,"digits":[1]}"#,
    #"{"firstDigit":9223372036854775807,"digits":[1,2]}"#,
    #"{"firstDigit":72,"digits":[4294967296]}"#,
    #"{"firstDigit":72,"digits":[-1]}"#,
    #"{"firstDigit":111,"digits":[1099511627776]}"#,
    #"{"firstDigit":111,"digits":[-9223372036854775808]}"#,
    #"{"firstDigit":72,"digits":[1.5]}"#,
    #"{"firstDigit":72}"#, #"{"digits":[1]}"#, "{}", "[]", "1",
  ])
  func corruptData(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ExactSum.self, from: Data(json.utf8))
    }
  }

  @Test func notFinite() async {
    await #expect(processExitsWith: .failure) { _ = ExactSum([1, .nan]) }
    await #expect(processExitsWith: .failure) {
      var sum = ExactSum()
      sum.add(.infinity)
    }
    await #expect(processExitsWith: .failure) {
      var sum = ExactSum()
      sum.add(-.infinity)
    }
  }
}

extension Double {
  /// The value times 2ᵏ, where that is exact.
  fileprivate func scaled(by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent / 2, significand: self)
      * Double(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
  }
}
