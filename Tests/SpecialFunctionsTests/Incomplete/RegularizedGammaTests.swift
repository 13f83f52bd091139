import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Regularised incomplete gamma functions")
struct RegularizedGammaTests {
  @Test("P, against ball arithmetic")
  func tableP() throws {
    try expectTable("regularized-gamma-p", relativeError: 1.2e-16) { row in
      try regularizedGammaP(shape: row[0], row[1])
    }
  }

  @Test("Q, against ball arithmetic")
  func tableQ() throws {
    try expectTable("regularized-gamma-q", relativeError: 1.2e-16) { row in
      try regularizedGammaQ(shape: row[0], row[1])
    }
  }

  @Test("The ends")
  func ends() throws {
    for a in [0x1p-1030, 1e-10, 0.5, 1, 19.5, 20, 1e10, 1e308] {
      #expect(try regularizedGammaP(shape: a, 0) == 0)
      #expect(try regularizedGammaQ(shape: a, 0) == 1)
      #expect(try regularizedGammaP(shape: a, .infinity) == 1)
      #expect(try regularizedGammaQ(shape: a, .infinity) == 0)
      #expect(try regularizedGammaQ(shape: a, .greatestFiniteMagnitude) == 0)
      #expect(try regularizedGammaP(shape: a, 0).sign == .plus)
    }
    #expect(try regularizedGammaP(shape: 1, -0.0) == 0)
    #expect(try regularizedGammaP(shape: 1, -0.0).sign == .plus)
  }

  @Test("Shapes at both ends of the range", arguments: [1e200, 1e300, 1.7e308])
  func extremeShapes(a: Double) throws {
    // The distribution is narrower than the doubles' spacing.
    #expect(try regularizedGammaP(shape: a, a.nextDown) == 0)
    #expect(try regularizedGammaP(shape: a, a) == 0.5)
    #expect(try regularizedGammaP(shape: a, a.nextUp) == 1)
    #expect(try regularizedGammaP(shape: a, 1e-300) == 0)
    // Q(a, 1) = a·E₁(1) + O(a²).
    let ratio = try regularizedGammaQ(shape: 1 / a, 1) * a
    #expect(abs(ratio - 0.21938393439552029) <= 1e-15 || 1 / a < 1e-307)
    #expect(try regularizedGammaP(shape: 1 / a, 1) == 1)
  }

  @Test("Shape 1 is the exponential distribution", arguments: 0..<200 as Range<UInt64>)
  func exponential(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let x = g.magnitude(-40...9)
    try expectClose(regularizedGammaP(shape: 1, x), -expm1(-x), within: 3e-16)
    try expectClose(regularizedGammaQ(shape: 1, x), exp(-x), within: 3e-16)
  }

  @Test("Shape 1/2 is the error function", arguments: 0..<200 as Range<UInt64>)
  func errorFunction(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let root = Double(g.integer(1...2000)) / 128
    try expectClose(regularizedGammaP(shape: 0.5, root * root), erf(root), within: 3e-16)
    try expectClose(regularizedGammaQ(shape: 0.5, root * root), erfc(root), within: 1e-15)
  }

  @Test("Recurrence in the shape", arguments: 0..<200 as Range<UInt64>)
  func recurrence(seed: UInt64) throws {
    // x·(Q(a + 1) − Q(a)) = (a + 1)·(Q(a + 2) − Q(a + 1)).
    var g = SplitMix64(state: seed)
    let a = Double(g.integer(1...4000)) / 64
    let x = a * (0.25 + 1.5 * g.unit())
    let q = try (0...2).map { try regularizedGammaQ(shape: a + Double($0), x) }
    let error = x * (q[1] - q[0]) - (a + 1) * (q[2] - q[1])
    #expect(abs(error) <= 4e-16 * (x + a + 1) * q[2], "at (\(a), \(x))")
  }

  @Test("P and Q are complements, each with its own digits")
  func complements() throws {
    var g = SplitMix64(state: 7)
    for _ in 0..<300 {
      let (a, x) = (g.magnitude(-30...30), g.magnitude(-30...30))
      let (p, q) = (
        try regularizedGammaP(shape: a, x), try regularizedGammaQ(shape: a, x)
      )
      #expect(abs(p + q - 1) <= 0x1p-53, "at (\(a), \(x))")
    }
    #expect(try regularizedGammaQ(shape: 1e-300, 1) > 2e-301)
    #expect(try regularizedGammaP(shape: 1e6, 9.7e5) > 1e-210)
  }

  @Test("No step at the seams of the method")
  func seams() throws {
    for (a, x) in [(20, 15), (20, 20), (0.5, 1), (19.9, 19.9), (300, 300), (0x1p-10, 0.5)]
      as [(Double, Double)]
    {
      for f in [regularizedGammaP, regularizedGammaQ] as [(Double, Double) throws -> Double] {
        let value = try f(a, x)
        for (b, y) in [(a.nextDown, x), (a.nextUp, x), (a, x.nextDown), (a, x.nextUp)] {
          #expect(try abs(f(b, y) - value) <= 32 * value.ulp, "next to (\(a), \(x)): \(value)")
        }
      }
    }
  }

  @Test("P rises with x")
  func rises() throws {
    for a in [0.01, 1, 20, 1e4, 1e12] {
      let values = try (-40...40).map {
        try regularizedGammaP(shape: a, a + Double($0) * min(a, a.squareRoot()) / 64)
      }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test("Shapes up to the largest double")
  func hugeShapes() throws {
    let largest = Double.greatestFiniteMagnitude
    for shape in [1e280, 1e300, largest] {
      #expect(try regularizedGammaP(shape: shape, shape) == 0.5)
      #expect(try regularizedGammaQ(shape: shape, shape) == 0.5)
      #expect(try regularizedGammaP(shape: shape, shape.nextDown) == 0)
      #expect(try regularizedGammaP(shape: shape, 1e-300) == 0)
    }
    #expect(try regularizedGammaP(shape: 100.25, largest) == 1)
    #expect(try regularizedGammaQ(shape: 100.25, 4500) == 0)
  }

  @Test("Bad arguments")
  func errors() {
    for f in [regularizedGammaP, regularizedGammaQ]
      as [(Double, Double) throws -> Double]
    {
      expectSpecialError(.domain, argument: "a", value: 0) { try f(0, 1) }
      expectSpecialError(.domain, argument: "a", value: -2) { try f(-2, 1) }
      expectSpecialError(.domain, argument: "a", value: .infinity) {
        try f(.infinity, 1)
      }
      expectSpecialError(.notFinite, argument: "a", value: .nan) { try f(.nan, 1) }
      expectSpecialError(.domain, argument: "x", value: -1) { try f(1, -1) }
      expectSpecialError(.notFinite, argument: "x", value: .nan) { try f(1, .nan) }
    }
  }
}
