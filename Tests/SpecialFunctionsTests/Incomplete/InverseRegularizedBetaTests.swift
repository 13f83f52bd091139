import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Inverses of the regularised incomplete beta function")
struct InverseRegularizedBetaTests {
  @Test("Against ball arithmetic")
  func table() throws {
    try expectTable("inverse-regularized-beta", relativeError: 1.2e-16) { row in
      try inverseRegularizedBeta(row[2], row[0], row[1])
    }
  }

  @Test("Of the complement, against ball arithmetic")
  func complementTable() throws {
    try expectTable("inverse-complementary-regularized-beta", relativeError: 1.2e-16) { row in
      try inverseComplementaryRegularizedBeta(row[2], row[0], row[1])
    }
  }

  @Test("The ends")
  func ends() throws {
    for (a, b) in [(1, 1), (1e-300, 1e100), (20, 30)] as [(Double, Double)] {
      #expect(try inverseRegularizedBeta(0, a, b) == 0)
      #expect(try inverseRegularizedBeta(1, a, b) == 1)
      #expect(try inverseComplementaryRegularizedBeta(0, a, b) == 1)
      #expect(try inverseComplementaryRegularizedBeta(1, a, b) == 0)
    }
  }

  @Test("Equal parameters have their median at 1/2")
  func median() throws {
    for a in [1e-10, 0.5, 1, 7, 20, 1e5, 1e12, 1e100] {
      #expect(try inverseRegularizedBeta(0.5, a, a) == 0.5)
      #expect(try inverseComplementaryRegularizedBeta(0.5, a, a) == 0.5)
    }
  }

  @Test("One parameter of 1 is a power", arguments: 0..<100 as Range<UInt64>)
  func powers(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let (p, c) = (min(g.magnitude(-300...0), 1 - 0x1p-53), g.magnitude(-3...8))
    try expectClose(inverseRegularizedBeta(p, 1, 1), p, within: 1.2e-16)
    try expectClose(inverseRegularizedBeta(p, c, 1), pow(p, 1 / c), within: 1e-13)
    try expectClose(inverseComplementaryRegularizedBeta(p, 1, c), -expm1(log(p) / c), within: 1e-13)
  }

  @Test("Both inverses agree where both probabilities are doubles")
  func complements() throws {
    var g = SplitMix64(state: 5)
    for _ in 0..<100 {
      let (a, b) = (g.magnitude(-8...30), g.magnitude(-8...30))
      let p = Double(g.integer(1...255)) / 256
      let x = try inverseRegularizedBeta(p, a, b)
      #expect(try inverseComplementaryRegularizedBeta(1 - p, a, b) == x)
      // The distribution of the complement: x and y, rounded each, sum to 1.
      let y = try inverseComplementaryRegularizedBeta(p, b, a)
      #expect(abs(x + y - 1) <= 0x1p-53, "at (\(p), \(a), \(b))")
    }
  }

  @Test(
    "Forth and back, from one end of the range to the other", arguments: 0..<100 as Range<UInt64>)
  func inverts(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let (a, b) = (g.magnitude(-30...400), g.magnitude(-400...400))
    let p = g.magnitude(-200 ... -1)
    // The probability lies between those at the doubles beside its root.
    let x = try inverseRegularizedBeta(p, a, b)
    #expect(try regularizedBeta(max(x.nextDown, 0), a, b) <= p, "at (\(p), \(a), \(b))")
    #expect(try regularizedBeta(min(x.nextUp, 1), a, b) >= p, "at (\(p), \(a), \(b))")
    let y = try inverseComplementaryRegularizedBeta(p, a, b)
    #expect(try complementaryRegularizedBeta(min(y.nextUp, 1), a, b) <= p)
    #expect(try complementaryRegularizedBeta(max(y.nextDown, 0), a, b) >= p)
  }

  @Test("Where no double but 0 or 1 is near")
  func outside() throws {
    #expect(try inverseRegularizedBeta(0.25, 1e-4, 2) == 0)
    #expect(try inverseRegularizedBeta(0.25, 2, 1e-4) == 1)
    #expect(try inverseRegularizedBeta(0.9, 30, 1e-5) == 1)
    #expect(try inverseComplementaryRegularizedBeta(0.25, 1e-5, 1e90) == 0)
  }

  @Test("Parameters up to the largest double")
  func hugeParameters() throws {
    let largest = Double.greatestFiniteMagnitude
    // (1 − x)ᵇ = ½.
    expectClose(try inverseRegularizedBeta(0.5, 1, 1e300), 6.931471805599453e-301, within: 2.3e-16)
    #expect(try inverseRegularizedBeta(0.25, largest, largest) == 0.5)
    #expect(try inverseRegularizedBeta(0.25, 1e300, 3e300) == 0.25)
    #expect(try inverseRegularizedBeta(0.25, largest, 2) == 1)
    #expect(try inverseComplementaryRegularizedBeta(1e-300, largest, 1e20) == 1)
  }

  @Test("Bad arguments")
  func errors() {
    for f in [inverseRegularizedBeta, inverseComplementaryRegularizedBeta]
      as [(Double, Double, Double) throws -> Double]
    {
      expectSpecialError(.domain, argument: "a", value: 0) { try f(0.5, 0, 1) }
      expectSpecialError(.domain, argument: "b", value: .infinity) {
        try f(0.5, 1, .infinity)
      }
      expectSpecialError(.domain, argument: "a", value: 1e-13) {
        try f(0.5, 1e-13, 1e-13)
      }
      expectSpecialError(.notFinite, argument: "b", value: .nan) { try f(0.5, 1, .nan) }
    }
    expectSpecialError(.domain, argument: "p", value: -0.5) {
      try inverseRegularizedBeta(-0.5, 1, 1)
    }
    expectSpecialError(.domain, argument: "q", value: 2) {
      try inverseComplementaryRegularizedBeta(2, 1, 1)
    }
  }
}
