import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("Lambert W")
struct LambertWTests {
  /// The two doubles beside −1/e.
  private let below = -0x1.78b56362cef38p-2
  private let above = -0x1.78b56362cef37p-2

  @Test("principal branch, every value of the table")
  func principalTable() throws {
    try expectTable("lambert-w0", relativeError: 0) { try lambertW($0[0]) }
  }

  @Test("lower branch, every value of the table")
  func lowerTable() throws {
    try expectTable("lambert-wm1", relativeError: 0) {
      try lambertW($0[0], branch: .minusOne)
    }
  }

  @Test("values that are exact, and the limit")
  func exactValues() throws {
    #expect(try lambertW(0).bitPattern == 0 && lambertW(-0.0).bitPattern == 0)
    #expect(try lambertW(1e-300) == 1e-300 && lambertW(-0x1p-1074) == -0x1p-1074)
    #expect(try lambertW(M_E) == 1)
    #expect(try lambertW(.infinity) == .infinity)
  }

  @Test("the inverse of w eʷ, over seeded draws")
  func inverse() throws {
    var random = SplitMix64(state: 127)
    for _ in 0..<500 {
      let x = random.magnitude(-1000...1000)
      let w = try lambertW(x)
      // As log w + w = log x, which neither over- nor underflows.
      #expect((log(w) + w - log(x)).magnitude <= 4e-16 * (2 + log(x).magnitude), "\(x)")
      let small = -random.unit() * 0.3678
      for branch in [LambertBranch.principal, .minusOne] where small < 0 {
        let w = try lambertW(small, branch: branch)
        #expect(branch == .principal ? w > -1 : w < -1)
        expectClose(w * exp(w), small, within: 2e-16 * (3 + w.magnitude), "branch \(branch)")
      }
    }
  }

  @Test("no jump where the method changes, and next to the branch point")
  func seams() throws {
    let lower = { (x: Double) throws -> Double in try lambertW(x, branch: .minusOne) }
    try expectNoJump(at: -0.26, rising: true, within: 4) { try lambertW($0) }
    try expectNoJump(at: -0.26, rising: false, within: 4, lower)
    try expectNoJump(at: 0x1p-60, rising: true, within: 1) { try lambertW($0) }
    // √(2(ex + 1)) rises by 1e-8 within a few doubles.
    var (left, x) = (try lambertW(above), above)
    #expect(left > -1 && left < -0.99999998)
    for _ in 0..<100 {
      x = x.nextUp
      let (right, other) = (try lambertW(x), try lower(x))
      #expect(right > left && (right + other + 2).magnitude < 1e-13, "at \(x)")
      left = right
    }
  }

  @Test("errors, and which of the doubles beside −1/e is outside")
  func errors() throws {
    for branch in [LambertBranch.principal, .minusOne] {
      expectSpecialError(.notFinite, argument: "x", value: .nan) {
        try lambertW(.nan, branch: branch)
      }
      for x in [below, -0.5, -1e308, -Double.infinity] {
        expectSpecialError(.domain, argument: "x", value: x, says: "-1/e") {
          try lambertW(x, branch: branch)
        }
      }
      #expect((try lambertW(above, branch: branch) + 1).magnitude < 2e-8)
    }
    for x in [0.0, -0.0] {
      expectSpecialError(.pole, argument: "x", value: x) { try lambertW(x, branch: .minusOne) }
    }
    for x in [0x1p-1074, 1, Double.infinity] {
      expectSpecialError(.domain, argument: "x", value: x) { try lambertW(x, branch: .minusOne) }
    }
  }
}
