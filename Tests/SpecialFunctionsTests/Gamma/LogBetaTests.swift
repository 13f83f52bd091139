import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Log-beta")
struct LogBetaTests {
  @Test("is within its bound of every row")
  func table() throws {
    try expectTable("log-beta", relativeError: 1.2e-16) { row in try logBeta(row[0], row[1]) }
  }

  @Test("exact values")
  func exactValues() throws {
    #expect(try logBeta(1, 1) == 0)
    // B(½, ½) = π and B(2, 2) = 1/6.
    #expect(try logBeta(0.5, 0.5) == 1.1447298858494002)
    #expect(try logBeta(2, 2) == -1.791759469228055)
    for a in [0x1p-1074, 1e-300, 0.7, 1 - 0x1p-53, 1 + 0x1p-52, 3, 1e300] {
      expectNear(try logBeta(a, 1), -log(a), within: 2.3e-16)
    }
    // Of second order, −(π²/6)(−h²), where a + b − 2 = 0.
    expectNear(try logBeta(1 + 0x1p-50, 1 - 0x1p-50), 1.6449340668482264 * 0x1p-100, within: 3e-15)
  }

  @Test("is symmetric, and keeps B(a + 1, b) = B(a, b)·a/(a + b)")
  func identities() throws {
    var random = SplitMix64(state: 5)
    for _ in 0..<400 {
      let (a, b) = (
        Double(random.integer(1...1 << 20)) * 0x1p-14, Double(random.integer(1...1 << 20)) * 0x1p-18
      )
      let value = try logBeta(a, b)
      #expect(try logBeta(b, a) == value)
      let next = try logBeta(a + 1, b)
      expectNear(next, value - log1p(b / a), within: 6e-16, of: value, note: "\(a), \(b)")
    }
  }

  @Test("falls without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [0.5, 2.5, 20, 1e60], falls: true) { try logBeta(0.5, $0) }
    try expectNoJump(at: [0x1p-110, 0.5], falls: true, ulps: 32) { try logBeta($0, 2.25) }
    try expectNoJump(at: [0x1p120], falls: true) { try logBeta($0, 0x1p121) }
    try expectNoJump(at: [0x1p200], falls: true) { try logBeta(0.25, $0) }
  }

  @Test("errors")
  func errors() {
    for (a, b, code, argument, value) in [
      (Double.nan, 1.0, SpecialFunctionError.Code.notFinite, "a", Double.nan),
      (1, .nan, .notFinite, "b", .nan), (.infinity, 2, .notFinite, "a", .infinity),
      (2, -.infinity, .notFinite, "b", -.infinity), (0, 1, .pole, "a", 0), (1, -0.0, .pole, "b", 0),
      (-0.5, 1, .domain, "a", -0.5), (1, -3, .domain, "b", -3),
      (1.7e308, 1.7e308, .overflow, "a", 1.7e308),
    ] {
      expectSpecialError(code, argument: argument, value: value) { try logBeta(a, b) }
    }
  }
}
