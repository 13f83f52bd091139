import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("Inverse error functions")
struct InverseErrorFunctionTests {
  @Test("erf, every value of the table")
  func inverseTable() throws {
    try expectTable("inverse-error-function", relativeError: 0) {
      try inverseErrorFunction($0[0])
    }
  }

  @Test("erfc, every value of the table")
  func inverseComplementTable() throws {
    try expectTable("inverse-complementary-error-function", relativeError: 0) {
      try inverseComplementaryErrorFunction($0[0])
    }
  }

  @Test("values that are exact")
  func exactValues() throws {
    #expect(try inverseErrorFunction(0).bitPattern == 0)
    #expect(try inverseErrorFunction(-0.0).bitPattern == 0)
    #expect(try inverseComplementaryErrorFunction(1).bitPattern == 0)
  }

  @Test("the inverse of the function, over seeded draws")
  func roundTrips() throws {
    var random = SplitMix64(state: 103)
    for _ in 0..<300 {
      // A rounding of x moves log erfc by at most 2x² + 1 of it.
      let x = 26 * random.unit()
      let tail = try inverseComplementaryErrorFunction(complementaryErrorFunction(x))
      expectClose(tail, x, within: 1e-15, "from erfc")
      let y = 2 * random.unit() - 1
      let back = try errorFunction(inverseErrorFunction(y))
      #expect((back - y).magnitude <= 0x1p-52, "\(y)")
      #expect(try inverseErrorFunction(-y) == -inverseErrorFunction(y))
      #expect(try inverseComplementaryErrorFunction(1 - y) == inverseErrorFunction(1 - (1 - y)))
    }
  }

  @Test("no jump where the method changes")
  func seams() throws {
    for seam in [-0.5, 0.5, 0x1p-60] {
      try expectNoJump(at: seam, rising: true, within: 4, inverseErrorFunction)
    }
    for seam in [0.5, 1.5] {
      try expectNoJump(at: seam, rising: false, within: 6, inverseComplementaryErrorFunction)
    }
  }

  @Test("errors")
  func errors() {
    expectSpecialError(.notFinite, argument: "y", value: .nan) { try inverseErrorFunction(.nan) }
    for y: Double in [1, -1] {
      expectSpecialError(.pole, argument: "y", value: y) { try inverseErrorFunction(y) }
    }
    for y in [(1.0).nextUp, -1.5, Double.infinity, -Double.infinity] {
      expectSpecialError(.domain, argument: "y", value: y) { try inverseErrorFunction(y) }
    }
    expectSpecialError(.notFinite, argument: "y", value: .nan) {
      try inverseComplementaryErrorFunction(.nan)
    }
    for y in [0.0, 2] {
      expectSpecialError(.pole, argument: "y", value: y) {
        try inverseComplementaryErrorFunction(y)
      }
    }
    for y in [-0x1p-1074, (2.0).nextUp, Double.infinity] {
      expectSpecialError(.domain, argument: "y", value: y) {
        try inverseComplementaryErrorFunction(y)
      }
    }
  }
}
