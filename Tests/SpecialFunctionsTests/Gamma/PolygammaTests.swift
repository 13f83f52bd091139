import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Polygamma")
struct PolygammaTests {
  @Test("is within its bound of every row")
  func table() throws {
    // Beyond 1.2e-16 only next to the zeros of even orders.
    try expectTable("polygamma", relativeError: 7e-16) { row in
      try polygamma(order: Int(row[0]), row[1])
    }
    try expectTable("trigamma", relativeError: 1.2e-16) { row in try trigamma(row[0]) }
  }

  @Test("special values and limits")
  func specialValues() throws {
    // π²/6, π²/2, −2 ζ(3) and π⁴/15.
    #expect(try trigamma(1) == 1.6449340668482264)
    #expect(try trigamma(0.5) == 4.934802200544679)
    #expect(try polygamma(order: 2, 1) == -2.4041138063191885)
    #expect(try polygamma(order: 3, 1) == 6.493939402266829)
    #expect(try trigamma(.infinity) == 0)
    #expect(try polygamma(order: 4, .infinity) == 0)
    #expect(try trigamma(1e300) == 1e-300)
    // −24/x⁵, a subnormal, and what underflows.
    expectNear(try polygamma(order: 2, 0x1p525), -0x1p-1050, within: 1e-15)
    #expect(try polygamma(order: 5, 1e300) == 0)
    #expect(try polygamma(order: 4, 1e300).sign == .plus)
  }

  @Test("the lowest orders are digamma and trigamma")
  func lowestOrders() throws {
    for x in [-7.25, 0.1, 1.46, 3, 1e9] {
      #expect(try polygamma(order: 0, x) == digamma(x))
      #expect(try polygamma(order: 1, x) == trigamma(x))
    }
  }

  /// ψ⁽ⁿ⁾(x + 1) = ψ⁽ⁿ⁾(x) + (−1)ⁿ n!/xⁿ⁺¹.
  @Test("keeps the recurrence", arguments: 1...6)
  func recurrence(order: Int) throws {
    var random = SplitMix64(state: UInt64(order))
    let factorial = (1...order).reduce(1.0) { $0 * Double($1) }
    for _ in 0..<100 {
      let x = Double(random.integer(-1 << 17...1 << 20)) * 0x1p-14 + 0x1p-15
      let (here, there) = (try polygamma(order: order, x), try polygamma(order: order, x + 1))
      let step = factorial / pow(x, Double(order + 1)) * (order.isMultiple(of: 2) ? 1 : -1)
      expectNear(there - here, step, within: 8e-16, of: here, there, note: "x = \(x)")
    }
  }

  @Test("is the zeta function of Hurwitz", arguments: [2, 7, 60, 120])
  func isHurwitzZeta(order: Int) throws {
    let factorial = (1...order).reduce(1.0) { $0 * Double($1) }
    for x in [1.5, 4, 19.5, 40, 100.25] {
      let zeta = try hurwitzZeta(Double(order + 1), x)
      expectNear(
        try polygamma(order: order, x).magnitude, factorial * zeta, within: 1e-14,
        note: "\(order), \(x)")
    }
  }

  @Test("falls without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [0x1p-200, 0.5, 1, 19, 20, 21], falls: true) { try trigamma($0) }
    try expectNoJump(at: [20, 41, 42], falls: true, ulps: 200) {
      try polygamma(order: 41, $0)
    }
  }

  @Test("errors")
  func errors() {
    expectGammaPoles("trigamma") { try trigamma($0) }
    expectGammaPoles("polygamma") { try polygamma(order: 3, $0) }
    for order in [-1, 1001, .min, .max] {
      expectSpecialError(
        .badParameter, argument: "order", value: Double(order), says: "0 to 1000"
      ) { try polygamma(order: order, 1) }
    }
    for x in [7e-155, -7e-155, 0x1p-1074] {
      expectSpecialError(.overflow, argument: "x", value: x) { try trigamma(x) }
    }
    expectSpecialError(.overflow, argument: "x", value: 1) { try polygamma(order: 171, 1) }
    expectSpecialError(.overflow, argument: "x", value: -1.5) { try polygamma(order: 1000, -1.5) }
  }
}
