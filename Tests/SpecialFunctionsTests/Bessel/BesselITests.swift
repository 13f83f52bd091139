import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// Every value of the tables comes out as the double nearest to the truth.
@Suite("Modified Bessel functions")
struct BesselITests {
  @Test("I₀, scaled, every value of the table")
  func i0Table() throws {
    try expectTable("bessel-i0-scaled", relativeError: 0) { try besselI0Scaled($0[0]) }
  }

  @Test("I₁, scaled, every value of the table")
  func i1Table() throws {
    try expectTable("bessel-i1-scaled", relativeError: 0) { try besselI1Scaled($0[0]) }
  }

  @Test("log I₀, every value of the table")
  func logI0Table() throws {
    try expectTable("log-bessel-i0", relativeError: 0) { try logBesselI0($0[0]) }
  }

  @Test("log I₁, every value of the table")
  func logI1Table() throws {
    try expectTable("log-bessel-i1", relativeError: 0) { try logBesselI1($0[0]) }
  }

  @Test("I₁/I₀, every value of the table")
  func ratioTable() throws {
    try expectTable("bessel-ratio-i1-i0", relativeError: 0) { try besselRatioI1I0($0[0]) }
  }

  @Test("values that are exact, and limits")
  func exactValues() throws {
    for zero in [0, -0.0] {
      #expect(try besselI0Scaled(zero) == 1)
      #expect(try besselI1Scaled(zero).bitPattern == 0)
      #expect(try logBesselI0(zero).bitPattern == 0)
      #expect(try besselRatioI1I0(zero).bitPattern == 0)
    }
    for infinity in [Double.infinity, -Double.infinity] {
      #expect(try besselI0Scaled(infinity).bitPattern == 0)
      #expect(try besselI1Scaled(infinity).bitPattern == 0)
      #expect(try logBesselI0(infinity) == .infinity)
      #expect(try besselRatioI1I0(infinity) == (infinity < 0 ? -1 : 1))
    }
    #expect(try logBesselI1(.infinity) == .infinity)
    #expect(try besselRatioI1I0(1e300) == 1 && besselRatioI1I0(-1e300) == -1)
  }

  /// e⁻ˣ Iᵥ(x) is the mean of cos(νθ) e^(x(cos θ − 1)) over a turn, and the mean over
  /// equal steps converges faster than any power.
  @Test("the mean over a circle, over seeded draws")
  func circularMean() throws {
    var random = SplitMix64(state: 137)
    let count = 128
    for _ in 0..<200 {
      let x = random.magnitude(-10...6)
      var (mean0, mean1) = (0.0, 0.0)
      for j in 0..<count {
        let half = sin(.pi * Double(j) / Double(count))
        let term = exp(-2 * x * half * half) / Double(count)
        mean0 += term
        mean1 += term * (1 - 2 * half * half)
      }
      expectClose(try besselI0Scaled(x), mean0, within: 2e-14, "I₀ at \(x)")
      #expect((try besselI1Scaled(x) - mean1).magnitude <= 2e-14 * mean0, "I₁ at \(x)")
    }
  }

  @Test("symmetry, and the five functions with one another, over seeded draws")
  func identities() throws {
    var random = SplitMix64(state: 139)
    for _ in 0..<500 {
      let x = random.magnitude(-30...30)
      let (i0, i1) = (try besselI0Scaled(x), try besselI1Scaled(x))
      #expect(try besselI0Scaled(-x) == i0 && besselI1Scaled(-x) == -i1)
      #expect(try logBesselI0(-x) == logBesselI0(x) && besselRatioI1I0(-x) == -besselRatioI1I0(x))
      expectClose(try besselRatioI1I0(x), i1 / i0, within: 5e-16, "at \(x)")
      let slack = 4e-16 * (1 + x)
      #expect((try logBesselI0(x) - (log(i0) + x)).magnitude <= slack, "\(x)")
      #expect((try logBesselI1(x) - (log(i1) + x)).magnitude <= slack + 2e-14, "\(x)")
    }
  }

  @Test("no jump where the method changes")
  func seams() throws {
    try expectNoJump(at: 32, rising: false, within: 2, besselI0Scaled)
    try expectNoJump(at: 32, rising: false, within: 2, besselI1Scaled)
    try expectNoJump(at: 32, rising: true, within: 2, logBesselI0)
    try expectNoJump(at: 32, rising: true, within: 2, logBesselI1)
    try expectNoJump(at: 32, rising: true, within: 1, besselRatioI1I0)
    try expectNoJump(at: 0x1p-100, rising: true, within: 4, logBesselI0)
    for distance in [-0x1p-6, 0x1p-6] {
      try expectNoJump(at: 1.5183471012143483 + distance, rising: true, within: 200, logBesselI1)
    }
  }

  @Test("errors")
  func errors() {
    let functions: [(Double) throws -> Double] = [
      besselI0Scaled, besselI1Scaled, logBesselI0, logBesselI1, besselRatioI1I0,
    ]
    for function in functions {
      expectSpecialError(.notFinite, argument: "x", value: .nan) { try function(.nan) }
    }
    expectSpecialError(.pole, argument: "x", value: 0) { try logBesselI1(0) }
    for x in [-0x1p-1074, -1, -Double.infinity] {
      expectSpecialError(.domain, argument: "x", value: x) { try logBesselI1(x) }
    }
  }
}
