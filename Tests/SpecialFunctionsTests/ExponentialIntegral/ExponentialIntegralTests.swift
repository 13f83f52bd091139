import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("Exponential integrals")
struct ExponentialIntegralTests {
  @Test("E₁, every value of the table")
  func e1Table() throws {
    try expectTable("exponential-integral-e1", relativeError: 0) {
      try exponentialIntegralE1($0[0])
    }
  }

  @Test("Eₙ, every value of the table")
  func enTable() throws {
    try expectTable("exponential-integral-en", relativeError: 0) {
      try exponentialIntegralE(order: Int($0[0]), $0[1])
    }
  }

  @Test("Ei, every value of the table")
  func eiTable() throws {
    try expectTable("exponential-integral-ei", relativeError: 0) {
      try exponentialIntegralEi($0[0])
    }
  }

  @Test("values that are exact, and limits")
  func exactValues() throws {
    for n in [2, 3, 17, 1_000_000, Int.max] {
      #expect(try exponentialIntegralE(order: n, 0) == 1 / Double(n - 1))
      #expect(try exponentialIntegralE(order: n, -0.0) == 1 / Double(n - 1))
    }
    #expect(try exponentialIntegralE(order: Int.max, 1e-300) == 0x1p-63)
    #expect(try exponentialIntegralE1(.infinity).bitPattern == 0)
    #expect(try exponentialIntegralE1(1e300).bitPattern == 0)
    for n in [0, 1, 7] {
      #expect(try exponentialIntegralE(order: n, .infinity).bitPattern == 0)
      #expect(try exponentialIntegralE(order: n, 801).bitPattern == 0)
    }
    #expect(try exponentialIntegralEi(-.infinity).bitPattern == 0)
    #expect(try exponentialIntegralEi(-1e300).bitPattern == 0)
    #expect(try exponentialIntegralEi(.infinity) == .infinity)
  }

  @Test("recurrence and the hyperbolic sine integral, over seeded draws")
  func identities() throws {
    var random = SplitMix64(state: 131)
    for _ in 0..<500 {
      // n Eₙ₊₁(x) + x Eₙ(x) = e⁻ˣ.
      let (n, x) = (random.integer(1...140), random.magnitude(-20...5))
      let next = try exponentialIntegralE(order: n + 1, x)
      let sum = try Double(n) * next + x * exponentialIntegralE(order: n, x)
      expectClose(sum, exp(-x), within: 6e-16, "order \(n), \(x)")
      #expect(try exponentialIntegralE(order: 1, x) == exponentialIntegralE1(x))
      #expect(try exponentialIntegralEi(-x) == -exponentialIntegralE1(x))
      // Ei(x) + E₁(x) = 2 Shi(x) = 2 Σ x²ᵏ⁺¹/((2k + 1)(2k + 1)!).
      var (shi, term, k) = (0.0, x, 1.0)
      while term > 1e-20 * shi {
        shi += term / k
        term *= x / (k + 1) * (x / (k + 2))
        k += 2
      }
      let (ei, e1) = (try exponentialIntegralEi(x), try exponentialIntegralE1(x))
      let slack = 4e-15 * shi + 4e-16 * e1
      #expect((ei + e1 - 2 * shi).magnitude <= slack, "\(x)")
    }
  }

  @Test("no jump where the method changes")
  func seams() throws {
    // A relative change of x moves Eₙ by up to five times as much.
    for n in [1, 2, 3, 50, 99] {
      try expectNoJump(at: 4, rising: false, within: 12) { try exponentialIntegralE(order: n, $0) }
    }
    try expectNoJump(at: 50, rising: true, within: 100, exponentialIntegralEi)
    for distance in [-0x1p-8, 0x1p-8] {
      try expectNoJump(
        at: 0.3725074107813666 + distance, rising: true, within: 800, exponentialIntegralEi)
    }
    // The order at which the series ends: all orders fall one by one.
    for x in [0.001, 1, 3.9] {
      for n in 90..<110 {
        let (here, next) = (
          try exponentialIntegralE(order: n, x), try exponentialIntegralE(order: n + 1, x)
        )
        #expect(next < here && next > here * (1 - 1.1 / Double(n)))
      }
    }
  }

  @Test("errors")
  func errors() {
    expectSpecialError(.notFinite, argument: "x", value: .nan) { try exponentialIntegralE1(.nan) }
    expectSpecialError(.notFinite, argument: "x", value: .nan) { try exponentialIntegralEi(.nan) }
    expectSpecialError(.notFinite, argument: "x", value: .nan) {
      try exponentialIntegralE(order: 2, .nan)
    }
    for zero in [0.0, -0.0] {
      expectSpecialError(.pole, argument: "x", value: 0) { try exponentialIntegralE1(zero) }
      expectSpecialError(.pole, argument: "x", value: 0) { try exponentialIntegralEi(zero) }
      for n in [0, 1] {
        expectSpecialError(.pole, argument: "x", value: 0) {
          try exponentialIntegralE(order: n, zero)
        }
      }
    }
    for x in [-0x1p-1074, -1, -Double.infinity] {
      expectSpecialError(.domain, argument: "x", value: x) { try exponentialIntegralE1(x) }
      expectSpecialError(.domain, argument: "x", value: x) {
        try exponentialIntegralE(order: 3, x)
      }
    }
    expectSpecialError(.domain, argument: "order", value: -1) {
      try exponentialIntegralE(order: -1, 1)
    }
    expectSpecialError(.overflow, argument: "x", value: 0x1p-1026) {
      try exponentialIntegralE(order: 0, 0x1p-1026)
    }
    for x in [716.36, 720, 1e300] {
      expectSpecialError(.overflow, argument: "x", value: x) { try exponentialIntegralEi(x) }
    }
  }
}
