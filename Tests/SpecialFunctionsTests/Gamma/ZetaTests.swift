import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Zeta")
struct ZetaTests {
  @Test("is within its bound of every row")
  func tables() throws {
    try expectTable("zeta", relativeError: 1.2e-16) { row in try zeta(row[0]) }
    try expectTable("zeta-minus-one", relativeError: 1.2e-16) { row in try zetaMinusOne(row[0]) }
    try expectTable("hurwitz-zeta", relativeError: 1.2e-16) { row in
      try hurwitzZeta(row[0], row[1])
    }
  }

  @Test("exact values and limits")
  func exactValues() throws {
    for (s, value) in [
      (0, -0.5), (-1, -1.0 / 12), (-3, 1.0 / 120), (-5, -1.0 / 252), (.infinity, 1), (1e300, 1),
      // π²/6 and π⁴/90.
      (2, 1.6449340668482264), (4, 1.0823232337111382),
    ] {
      #expect(try zeta(s) == value, "s = \(s)")
    }
    for s in [-2.0, -4, -260, -1000, -0x1p60, -Double.greatestFiniteMagnitude] {
      #expect(try zeta(s) == 0, "s = \(s)")
      #expect(try zeta(s).sign == .plus, "s = \(s)")
      #expect(try zetaMinusOne(s) == -1, "s = \(s)")
    }
    #expect(try zetaMinusOne(0) == -1.5)
    #expect(try zetaMinusOne(.infinity) == 0)
    #expect(try zetaMinusOne(1000) == 0x1p-1000)
    #expect(try zetaMinusOne(1074) == 0x1p-1074)
    #expect(try zetaMinusOne(1e300) == 0)
  }

  /// ζ(s, 1) = ζ(s), ζ(s, 2) = ζ(s) − 1, ζ(s, ½) = (2ˢ − 1) ζ(s), ζ(s, a) = a⁻ˢ + ζ(s, a + 1).
  @Test("Hurwitz's function contains Riemann's")
  func relations() throws {
    var random = SplitMix64(state: 9)
    for _ in 0..<300 {
      let s = 1 + Double(random.integer(1...1 << 20)) * 0x1p-15
      let riemann = try zeta(s)
      #expect(try hurwitzZeta(s, 1) == riemann)
      #expect(try hurwitzZeta(s, 2) == zetaMinusOne(s))
      expectNear(try hurwitzZeta(s, 0.5), (exp2(s) - 1) * riemann, within: 6e-16)
      let a = Double(random.integer(1...1 << 20)) * 0x1p-15
      let (here, next) = (try hurwitzZeta(s, a), try hurwitzZeta(s, a + 1))
      expectNear(here, pow(a, -s) + next, within: 6e-16, note: "\(s), \(a)")
    }
  }

  @Test("falls without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [-0.5, 0.5], falls: true) { try zeta($0) }
    try expectNoJump(at: [2, 3, 20, 27, 1001, 1002], falls: true, ulps: 1e4) {
      try zetaMinusOne($0)
    }
    try expectNoJump(at: [1.5, 2, 20, 21, 40], falls: true, ulps: 200) { try hurwitzZeta($0, 20) }
    try expectNoJump(at: [0x1p-500, 1, 19, 20, 0x1p500], falls: true) { try hurwitzZeta(1.75, $0) }
  }

  @Test("errors")
  func errors() {
    for evaluate in [zeta, zetaMinusOne] {
      expectSpecialError(.pole, argument: "s", value: 1) { try evaluate(1) }
      for s in [Double.nan, -.infinity] {
        expectSpecialError(.notFinite, argument: "s", value: s) { try evaluate(s) }
      }
      for s in [-271.5, -401, -1e10 - 1] {
        expectSpecialError(.overflow, argument: "s", value: s) { try evaluate(s) }
      }
    }
    for (s, a, code, argument, value) in [
      (Double.nan, 1.0, SpecialFunctionError.Code.notFinite, "s", Double.nan),
      (2, .nan, .notFinite, "a", .nan), (.infinity, 1, .notFinite, "s", .infinity),
      (2, .infinity, .notFinite, "a", .infinity), (1, 2, .pole, "s", 1), (2, 0, .pole, "a", 0),
      (0.5, 2, .domain, "s", 0.5), (2, -0.5, .domain, "a", -0.5),
      (2, 1e-155, .overflow, "a", 1e-155), (1e308, 0.5, .overflow, "a", 0.5),
    ] {
      expectSpecialError(code, argument: argument, value: value) { try hurwitzZeta(s, a) }
    }
  }

  @Test("an exponent beyond every power underflows")
  func hugeExponents() throws {
    #expect(try hurwitzZeta(1e308, 1.5) == 0)
    #expect(try hurwitzZeta(1e308, 1) == 1)
    #expect(try hurwitzZeta(1.7e308, 1e300) == 0)
  }
}
