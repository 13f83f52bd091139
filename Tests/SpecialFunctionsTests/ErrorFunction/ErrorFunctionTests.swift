import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("Error functions")
struct ErrorFunctionTests {
  @Test("erf, every value of the table")
  func errorFunctionTable() throws {
    try expectTable("error-function", relativeError: 0) { try errorFunction($0[0]) }
  }

  @Test("erfc, every value of the table")
  func complementTable() throws {
    try expectTable("complementary-error-function", relativeError: 0) {
      try complementaryErrorFunction($0[0])
    }
  }

  @Test("e^(x²) erfc x, every value of the table")
  func scaledComplementTable() throws {
    try expectTable("scaled-complementary-error-function", relativeError: 0) {
      try scaledComplementaryErrorFunction($0[0])
    }
  }

  @Test("log erfc, every value of the table")
  func logComplementTable() throws {
    try expectTable("log-complementary-error-function", relativeError: 0) {
      try logComplementaryErrorFunction($0[0])
    }
  }

  @Test("values that are exact")
  func exactValues() throws {
    for zero in [0, -0.0] {
      #expect(try errorFunction(zero).bitPattern == 0)
      #expect(try complementaryErrorFunction(zero) == 1)
      #expect(try scaledComplementaryErrorFunction(zero) == 1)
      #expect(try logComplementaryErrorFunction(zero).bitPattern == 0)
    }
    #expect(try errorFunction(6.5) == 1 && errorFunction(-6.5) == -1)
    #expect(try complementaryErrorFunction(-6.5) == 2)
    #expect(try complementaryErrorFunction(30).bitPattern == 0)
    #expect(try complementaryErrorFunction(1e300).bitPattern == 0)
    #expect(try logComplementaryErrorFunction(-1e300) == 0x1.62e42fefa39efp-1)
  }

  @Test("limits at the infinities")
  func infinities() throws {
    #expect(try errorFunction(.infinity) == 1 && errorFunction(-.infinity) == -1)
    #expect(try complementaryErrorFunction(.infinity).bitPattern == 0)
    #expect(try complementaryErrorFunction(-.infinity) == 2)
    #expect(try scaledComplementaryErrorFunction(.infinity).bitPattern == 0)
    #expect(try scaledComplementaryErrorFunction(-.infinity) == .infinity)
    #expect(try logComplementaryErrorFunction(.infinity) == -.infinity)
    #expect(try logComplementaryErrorFunction(-.infinity) == 0x1.62e42fefa39efp-1)
  }

  @Test("symmetry, and the complement, over seeded draws")
  func identities() throws {
    var random = SplitMix64(state: 101)
    for _ in 0..<500 {
      let x = random.magnitude(-40...2)
      #expect(try errorFunction(-x) == -errorFunction(x))
      let erfc = try complementaryErrorFunction(x)
      #expect((try errorFunction(x) + erfc - 1).magnitude <= 0x1p-52, "\(x)")
      #expect((try complementaryErrorFunction(-x) + erfc - 2).magnitude <= 0x1p-51, "\(x)")
      let scaled = try scaledComplementaryErrorFunction(x)
      expectClose(erfc, scaled * exp(-x * x), within: 2e-16 * (2 + x * x), "at \(x)")
      // For x > ½, where the logarithm itself loses nothing.
      guard x > 0.5 else { continue }
      expectClose(
        try logComplementaryErrorFunction(x), log(scaled) - x * x, within: 1e-15, "at \(x)")
    }
  }

  @Test("no jump where the method changes")
  func seams() throws {
    for seam in [-0.5, 0.5, 0x1.7p-2, 0x1p-200, -0x1p-200] {
      try expectNoJump(at: seam, rising: true, within: 2, errorFunction)
      try expectNoJump(at: seam, rising: false, within: 2, complementaryErrorFunction)
      try expectNoJump(at: seam, rising: false, within: 3, scaledComplementaryErrorFunction)
      try expectNoJump(at: seam, rising: false, within: 3, logComplementaryErrorFunction)
    }
    // π/h, where the trapezoidal rule loses its second part, and the start of 1/(x√π).
    for seam in [8.741823624872154, 0x1p60] {
      try expectNoJump(at: seam, rising: false, within: 2, scaledComplementaryErrorFunction)
    }
    try expectNoJump(at: 6, rising: true, within: 1, errorFunction)
    try expectNoJump(at: -6, rising: false, within: 1, complementaryErrorFunction)
  }

  @Test("errors")
  func errors() {
    let functions: [(Double) throws -> Double] = [
      errorFunction, complementaryErrorFunction, scaledComplementaryErrorFunction,
      logComplementaryErrorFunction,
    ]
    for function in functions {
      expectSpecialError(.notFinite, argument: "x", value: .nan) { try function(.nan) }
    }
    for x in [-26.63, -27, -1e300] {
      expectSpecialError(.overflow, argument: "x", value: x) {
        try scaledComplementaryErrorFunction(x)
      }
    }
    for x in [1.35e154, 1e300] {
      expectSpecialError(.overflow, argument: "x", value: x) {
        try logComplementaryErrorFunction(x)
      }
    }
  }
}
