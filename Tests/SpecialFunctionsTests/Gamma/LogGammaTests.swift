import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Log-gamma")
struct LogGammaTests {
  @Test("is within its bound of every row")
  func table() throws {
    try expectTable("log-gamma", relativeError: 1.2e-16) { row in try logGamma(row[0]) }
  }

  @Test("exact values and limits")
  func exactValues() throws {
    #expect(try logGamma(1) == 0)
    #expect(try logGamma(2) == 0)
    #expect(try logGamma(.infinity) == .infinity)
    // Γ(½) = √π.
    #expect(try logGamma(0.5) == 0.5723649429247001)
    var factorial = 1.0
    for n in 2...18 {
      factorial *= Double(n)
      expectNear(try logGamma(Double(n + 1)), log(factorial), within: 2.3e-16)
    }
  }

  /// Γ(x + 1) = x Γ(x), for x with an exact x + 1 on both sides of 0.
  @Test("keeps the recurrence")
  func recurrence() throws {
    var random = SplitMix64(state: 1)
    for _ in 0..<500 {
      let x = Double(random.integer(-1 << 20...1 << 20)) * 0x1p-14 + 0x1p-15
      let (here, there) = (try logGamma(x), try logGamma(x + 1))
      expectNear(there - here, log(x.magnitude), within: 4e-16, of: here, there, note: "x = \(x)")
    }
  }

  /// Γ(x) Γ(x + ½) = 2¹⁻²ˣ √π Γ(2x).
  @Test("keeps the duplication formula")
  func duplication() throws {
    var random = SplitMix64(state: 2)
    for _ in 0..<500 {
      let x = Double(random.integer(1...1 << 20)) * 0x1p-15
      let (first, second) = (try logGamma(x), try logGamma(x + 0.5))
      let double = try logGamma(2 * x)
      let rest = (1 - 2 * x) * log(2) + 0.5723649429247001
      expectNear(
        first + second, double + rest, within: 6e-16, of: first, second, rest, note: "x = \(x)")
    }
  }

  @Test("grows without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [0x1p-200, 0.0625, 0.9375], falls: true, ulps: 24) { try logGamma($0) }
    try expectNoJump(at: [2.0625, 19, 20, 21, 0x1p500], ulps: 80) { try logGamma($0) }
    // Towards 1 and 2 the steps stay those of x.
    for x in [1.0625, 1.9375, -2.467, -2.447, -2.7527, -3.1456, -3.1416, -3.9558, -4.0389] {
      let (a, b) = (try logGamma(x.nextDown), try logGamma(x.nextUp))
      let slope = try digamma(x)
      expectNear(b - a, slope * (x.nextUp - x.nextDown), within: 0x1p-53, of: 1)
    }
  }

  @Test("the sign alternates between the poles")
  func sign() throws {
    for (x, sign) in [
      (0x1p-1074, 1.0), (3, 1), (.infinity, 1), (-0x1p-1074, -1), (-0.5, -1), (-1.5, 1), (-2.5, -1),
      (-100.5, -1), (-101.5, 1), (-0x1p51 - 0.5, -1), (-0x1p51 + 0.5, 1),
    ] {
      #expect(try signOfGamma(x) == sign, "x = \(x)")
    }
  }

  @Test("errors")
  func errors() {
    expectGammaPoles("logGamma") { try logGamma($0) }
    expectGammaPoles("signOfGamma") { try signOfGamma($0) }
    for x in [2.55999e305, Double.greatestFiniteMagnitude] {
      expectSpecialError(.overflow, argument: "x", value: x) { try logGamma(x) }
    }
  }
}
