import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("Dilogarithm")
struct DilogarithmTests {
  @Test("every value of the table")
  func table() throws {
    try expectTable("dilogarithm", relativeError: 0) { try dilogarithm($0[0]) }
  }

  @Test("values in closed form, and limits")
  func closedForms() throws {
    #expect(try dilogarithm(0).bitPattern == 0 && dilogarithm(-0.0).bitPattern == 0)
    expectClose(try dilogarithm(1), .pi * .pi / 6, within: 4e-16)
    expectClose(try dilogarithm(-1), -.pi * .pi / 12, within: 4e-16)
    expectClose(try dilogarithm(2), .pi * .pi / 4, within: 4e-16)
    let log2 = log(2.0)
    expectClose(try dilogarithm(0.5), .pi * .pi / 12 - log2 * log2 / 2, within: 4e-16)
    #expect(try dilogarithm(.infinity) == -.infinity)
    #expect(try dilogarithm(-.infinity) == -.infinity)
  }

  @Test("duplication and reflection, over seeded draws")
  func identities() throws {
    var random = SplitMix64(state: 113)
    for _ in 0..<500 {
      let x = random.magnitude(-30...30)
      let (plus, minus) = (try dilogarithm(x), try dilogarithm(-x))
      let scale = 1e-15 * (plus.magnitude + minus.magnitude)
      #expect((plus + minus - (try dilogarithm(x * x)) / 2).magnitude <= scale, "\(x)")
      let y = random.unit()
      guard y > 0 else { continue }
      let sum = try dilogarithm(y) + dilogarithm(1 - y)
      expectClose(sum, .pi * .pi / 6 - log(y) * log1p(-y), within: 1e-15, "at \(y)")
    }
  }

  @Test("no jump where the method changes")
  func seams() throws {
    for seam in [-1, 0.5, 0x1p-60] {
      try expectNoJump(at: seam, rising: true, within: 4, dilogarithm)
    }
    try expectNoJump(at: 1, rising: true, within: 64, dilogarithm)
    try expectNoJump(at: 2, rising: true, within: 2, dilogarithm)
    for distance in [-0x1p-4, 0x1p-4] {
      try expectNoJump(
        at: 12.595170369845016 + distance, rising: false, within: 400, dilogarithm)
    }
  }

  @Test("errors")
  func errors() {
    expectSpecialError(.notFinite, argument: "x", value: .nan) { try dilogarithm(.nan) }
  }
}
