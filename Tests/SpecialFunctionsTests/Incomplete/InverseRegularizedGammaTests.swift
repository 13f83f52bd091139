import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Inverses of the regularised incomplete gamma functions")
struct InverseRegularizedGammaTests {
  @Test("Of P, against ball arithmetic")
  func tableP() throws {
    try expectTable("inverse-regularized-gamma-p", relativeError: 1.2e-16) { row in
      try inverseRegularizedGammaP(shape: row[0], row[1])
    }
  }

  @Test("Of Q, against ball arithmetic")
  func tableQ() throws {
    try expectTable("inverse-regularized-gamma-q", relativeError: 1.2e-16) { row in
      try inverseRegularizedGammaQ(shape: row[0], row[1])
    }
  }

  @Test("The ends", arguments: [0x1p-1030, 1e-10, 0.5, 1, 20, 1e10, 1e308])
  func ends(a: Double) throws {
    #expect(try inverseRegularizedGammaP(shape: a, 0) == 0)
    #expect(try inverseRegularizedGammaP(shape: a, 1) == .infinity)
    #expect(try inverseRegularizedGammaQ(shape: a, 0) == .infinity)
    #expect(try inverseRegularizedGammaQ(shape: a, 1) == 0)
  }

  @Test("Shape 1 is the exponential distribution", arguments: 0..<100 as Range<UInt64>)
  func exponential(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let p = min(g.magnitude(-1060...0), 1 - 0x1p-53)
    try expectClose(inverseRegularizedGammaP(shape: 1, p), -log1p(-p), within: 3e-16)
    try expectClose(inverseRegularizedGammaQ(shape: 1, p), -log(p), within: 3e-16)
  }

  @Test("Forth and back", arguments: 0..<100 as Range<UInt64>)
  func inverts(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let (a, p) = (g.magnitude(-1070...1020), g.magnitude(-1070 ... -1))
    // The probability lies between those at the doubles beside its root.
    let x = try inverseRegularizedGammaP(shape: a, p)
    #expect(try regularizedGammaP(shape: a, max(x.nextDown, 0)) <= p, "at (\(a), \(p))")
    #expect(try regularizedGammaP(shape: a, x.nextUp) >= p, "at (\(a), \(p))")
    let y = try inverseRegularizedGammaQ(shape: a, p)
    #expect(try regularizedGammaQ(shape: a, max(y.nextDown, 0)) >= p, "at (\(a), \(p))")
    #expect(try regularizedGammaQ(shape: a, y.nextUp) <= p, "at (\(a), \(p))")
  }

  @Test("Shapes at both ends of the range")
  func extremeShapes() throws {
    for a in [1e100, 1e200, 1e300, 1.7e308] {
      for p in [Double.leastNonzeroMagnitude, 1e-10, 0.5, 0.75] {
        #expect(try inverseRegularizedGammaP(shape: a, p) == a)
        #expect(try inverseRegularizedGammaQ(shape: a, p) == a)
      }
    }
    for a in [Double.leastNonzeroMagnitude, 1e-300, 1e-20] {
      #expect(try inverseRegularizedGammaP(shape: a, 0.5) == 0)
      #expect(try inverseRegularizedGammaQ(shape: a, 0.5) == 0)
    }
    // Q(a, 1) = a·E₁(1) + O(a²), but for the rounding of q.
    try expectClose(
      inverseRegularizedGammaQ(shape: 1e-300, 0.21938393439552029e-300), 1, within: 1e-15)
  }

  @Test("The least probabilities and those next to 1", arguments: [0.3, 1, 7.5, 30, 1e5])
  func extremeProbabilities(a: Double) throws {
    let tiny = Double.leastNonzeroMagnitude
    let low = try inverseRegularizedGammaP(shape: a, tiny)
    #expect(try low == 0 || regularizedGammaP(shape: a, low * (1 + 1e-3)) >= tiny)
    let high = try inverseRegularizedGammaQ(shape: a, tiny)
    #expect(try regularizedGammaQ(shape: a, high * (1 - 1e-3)) >= tiny)
    #expect(try regularizedGammaQ(shape: a, high * (1 + 1e-2)) <= tiny)
    let top = try inverseRegularizedGammaP(shape: a, 1 - 0x1p-53)
    #expect(try top == inverseRegularizedGammaQ(shape: a, 0x1p-53))
    #expect(low < top && top < high)
  }

  @Test("Bad arguments")
  func errors() {
    for f in [inverseRegularizedGammaP, inverseRegularizedGammaQ]
      as [(Double, Double) throws -> Double]
    {
      expectSpecialError(.domain, argument: "a", value: 0) { try f(0, 0.5) }
      expectSpecialError(.domain, argument: "a", value: .infinity) {
        try f(.infinity, 0.5)
      }
      expectSpecialError(.notFinite, argument: "a", value: .nan) { try f(.nan, 0.5) }
    }
    expectSpecialError(.domain, argument: "p", value: -0.25) {
      try inverseRegularizedGammaP(shape: 1, -0.25)
    }
    expectSpecialError(.domain, argument: "q", value: 1.5) {
      try inverseRegularizedGammaQ(shape: 1, 1.5)
    }
    expectSpecialError(.notFinite, argument: "p", value: .nan) {
      try inverseRegularizedGammaP(shape: 1, .nan)
    }
  }
}
