import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("log(1 + u) − u and x log x − x + 1")
struct Log1pmxTests {
  @Test("log(1 + u) − u, every value of the table")
  func remainderTable() throws {
    try expectTable("log1pmx", relativeError: 0) { try log1pmx($0[0]) }
  }

  @Test("x log x − x + 1, every value of the table")
  func generatorTable() throws {
    try expectTable("kl-generator", relativeError: 0) { try klGenerator($0[0]) }
  }

  @Test("values that are exact, and limits")
  func exactValues() throws {
    #expect(try log1pmx(0).bitPattern == 0 && log1pmx(-0.0).bitPattern == 0)
    #expect(try log1pmx(-1e-200).bitPattern == 0)
    #expect(try log1pmx(.infinity) == -.infinity)
    #expect(try klGenerator(0) == 1 && klGenerator(-0.0) == 1)
    #expect(try klGenerator(1).bitPattern == 0)
    #expect(try klGenerator(.infinity) == .infinity)
  }

  @Test("the reciprocal's remainder, and the generator from the remainder, over seeded draws")
  func identities() throws {
    var random = SplitMix64(state: 109)
    for _ in 0..<500 {
      // log(1 + u) = −log(1 + v) with 1 + v = 1/(1 + u).
      let u = random.magnitude(-200...40)
      let other = try log1pmx(-u / (1 + u))
      expectClose(try log1pmx(u) + other, -u * (u / (1 + u)), within: 1e-15, "at \(u)")
      // (1 + u) log(1 + u) − u = (1 + u)(log(1 + u) − u) + u², with u exact.
      let x = 1 + random.magnitude(-50...3) * (random.unit() < 0.5 ? 1 : -0.06)
      let distance = x - 1
      let generator = try x * log1pmx(distance) + distance * distance
      expectClose(try klGenerator(x), generator, within: 2e-15, "at \(x)")
    }
  }

  @Test("no jump where the method changes")
  func seams() throws {
    try expectNoJump(at: 0.0625, rising: false, within: 4, log1pmx)
    try expectNoJump(at: -0.0625, rising: true, within: 4, log1pmx)
    try expectNoJump(at: 0.9375, rising: false, within: 64, klGenerator)
    try expectNoJump(at: 1.0625, rising: true, within: 64, klGenerator)
    try expectNoJump(at: 0x1p200, rising: true, within: 3, klGenerator)
  }

  @Test("errors")
  func errors() {
    expectSpecialError(.notFinite, argument: "u", value: .nan) { try log1pmx(.nan) }
    expectSpecialError(.pole, argument: "u", value: -1) { try log1pmx(-1) }
    for u in [(-1.0).nextDown, -Double.infinity] {
      expectSpecialError(.domain, argument: "u", value: u) { try log1pmx(u) }
    }
    expectSpecialError(.notFinite, argument: "x", value: .nan) { try klGenerator(.nan) }
    for x in [-0x1p-1074, -Double.infinity] {
      expectSpecialError(.domain, argument: "x", value: x) { try klGenerator(x) }
    }
    for x in [2.57e305, Double.greatestFiniteMagnitude] {
      expectSpecialError(.overflow, argument: "x", value: x) { try klGenerator(x) }
    }
  }
}
