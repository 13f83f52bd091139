import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Log-gamma remainder")
struct LogGammaRemainderTests {
  @Test("is within its bound of every row")
  func table() throws {
    try expectTable("log-gamma-remainder", relativeError: 1.2e-16) { row in
      try logGammaRemainder(at: row[0], step: row[1])
    }
  }

  @Test("exact values")
  func exactValues() throws {
    // log Γ(2) − log Γ(1) − ψ(1) = γ, and back from 2 ψ(2) = 1 − γ.
    #expect(try logGammaRemainder(at: 1, step: 1) == 0.5772156649015329)
    #expect(try logGammaRemainder(at: 2, step: -1) == 0.42278433509846714)
    for h in [0, -0.0] {
      #expect(try logGammaRemainder(at: 3, step: h).sign == .plus)
      #expect(try logGammaRemainder(at: 3, step: h) == 0)
    }
    // h²ψ′(a)/2 ≈ h²/(2a), which underflows or does not.
    #expect(try logGammaRemainder(at: 0x1p1000, step: 0x1p20) == 0x1p-961)
    #expect(try logGammaRemainder(at: 0x1p1000, step: 0x1p-300) == 0)
    #expect(try logGammaRemainder(at: 0x1p-1074, step: 0x1p-1074) == 1 - log(2))
  }

  /// R(a, h) + R(a + h, −h) = h (ψ(a + h) − ψ(a)).
  @Test("there and back is the step by the difference of the slopes")
  func thereAndBack() throws {
    var random = SplitMix64(state: 7)
    for _ in 0..<400 {
      let a = Double(random.integer(1...1 << 24)) * 0x1p-14
      let h =
        (a * Double(random.integer(1...1 << 10))) * 0x1p-9 * (random.next() % 2 == 0 ? 1 : 1e-9)
      let end = a + h
      let step = end - a
      guard step != 0 else { continue }
      let there = try logGammaRemainder(at: a, step: step)
      let back = try logGammaRemainder(at: end, step: -step)
      #expect(there > 0 && back > 0)
      // The rounding of the end, where it is one, is the only error of its own.
      guard a + step == end, end - step == a else { continue }
      expectNear(
        there + back, step * (try digammaDifference(at: a, step: step)), within: 1e-15,
        note: "\(a), \(step)")
    }
  }

  /// R(a, h) − R(a + 1, h) = h/a − log(1 + h/a).
  @Test("keeps the recurrence")
  func recurrence() throws {
    var random = SplitMix64(state: 8)
    for _ in 0..<400 {
      let a = Double(random.integer(1...1 << 20)) * 0x1p-14
      let h = a * (2 * random.unit() - 0.9)
      let (here, next) = (
        try logGammaRemainder(at: a, step: h), try logGammaRemainder(at: a + 1, step: h)
      )
      let (v, logarithm) = (h / a, log1p(h / a))
      expectNear(here - next, v - logarithm, within: 6e-16, of: here, v, note: "\(a), \(h)")
    }
  }

  @Test("grows without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [0x1p-110, 0x1p-109, 2.0 / 15, 1, 1e5], ulps: 16) {
      try logGammaRemainder(at: 1, step: $0)
    }
    try expectNoJump(at: [3, 50, 40 / 15.0], ulps: 16) {
      try logGammaRemainder(at: 20, step: $0)
    }
    try expectNoJump(at: [0x1p-500, 1e-3, 19, 20, 0x1p121], falls: true, ulps: 16) {
      try logGammaRemainder(at: $0, step: 0.3)
    }
  }

  @Test("errors")
  func errors() {
    expectStepErrors("logGammaRemainder") { try logGammaRemainder(at: $0, step: $1) }
    for (a, h) in [(1e-300, 1e10), (1.0, 1e306), (1e280, 1.7e308)] {
      expectSpecialError(.overflow, argument: "h", value: h) {
        try logGammaRemainder(at: a, step: h)
      }
    }
  }
}
