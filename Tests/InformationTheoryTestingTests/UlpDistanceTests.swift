import InformationTheoryTesting
import Testing

@Suite struct UlpDistanceTests {
  @Test func neighboursAreOneApart() {
    for x in [1.0, 0.1, -3, 0x1p-1060, .leastNormalMagnitude, -.leastNormalMagnitude, 0x1p52] {
      #expect(ulpDistance(x, x) == 0)
      #expect(ulpDistance(x, x.nextUp) == 1)
      #expect(ulpDistance(x.nextDown, x) == 1)
      #expect(ulpDistance(x.nextDown, x.nextUp) == 2)
    }
    // Across a power of two the ulp doubles, and the steps are counted all the same.
    #expect(ulpDistance(1 - 0x1p-53, 1 + 0x1p-52) == 2)
  }

  @Test func zerosAreOneNumber() {
    #expect(ulpDistance(0.0, -0.0) == 0)
    #expect(ulpDistance(-Double.leastNonzeroMagnitude, .leastNonzeroMagnitude) == 2)
    #expect(ulpDistance(Float(0), -Float(0)) == 0)
    #expect(ulpDistance(-Float.leastNonzeroMagnitude, .leastNonzeroMagnitude) == 2)
  }

  @Test func infinitiesAreNearThemselvesOnly() {
    #expect(ulpDistance(Double.infinity, .infinity) == 0)
    #expect(ulpDistance(-Float.infinity, -.infinity) == 0)
    #expect(ulpDistance(Double.infinity, .greatestFiniteMagnitude) == .max)
    #expect(ulpDistance(Double.infinity, -.infinity) == .max)
    #expect(ulpDistance(Float.infinity, .greatestFiniteMagnitude) == .max)
  }

  @Test func nothingIsNearNaN() {
    #expect(ulpDistance(Double.nan, .nan) == .max)
    #expect(ulpDistance(Double.nan, 0) == .max)
    #expect(ulpDistance(Float(1), .nan) == .max)
  }

  @Test func theWholeRangeFits() {
    let all = ulpDistance(-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude)
    // 2047 exponents of 2⁵² numbers each, without the first zero, and of either sign.
    let doubles: UInt64 = 2047 << 52
    #expect(all == 2 * (doubles - 1))
    let floats: UInt64 = 255 << 23
    #expect(
      ulpDistance(-Float.greatestFiniteMagnitude, .greatestFiniteMagnitude) == 2 * (floats - 1))
  }

  @Test func isADistance() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<1000 {
      let numbers = (0..<3).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
      guard numbers.count == 3 else { continue }
      let sorted = numbers.sorted()
      #expect(ulpDistance(numbers[0], numbers[1]) == ulpDistance(numbers[1], numbers[0]))
      #expect(
        ulpDistance(sorted[0], sorted[2])
          == ulpDistance(sorted[0], sorted[1]) + ulpDistance(sorted[1], sorted[2]))
    }
  }
}
