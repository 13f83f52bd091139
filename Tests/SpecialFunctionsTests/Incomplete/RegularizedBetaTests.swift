import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Regularised incomplete beta function")
struct RegularizedBetaTests {
  @Test("Against ball arithmetic")
  func table() throws {
    try expectTable("regularized-beta", relativeError: 1.2e-16) { row in
      try regularizedBeta(row[2], row[0], row[1])
    }
  }

  @Test("The complement, against ball arithmetic")
  func complementTable() throws {
    // 1 − I at (1, 1) and ½ − 2⁻⁵⁴ is halfway between two doubles, and either is nearest;
    // all other values are the nearest double.
    try expectTable("complementary-regularized-beta", relativeError: 2.3e-16) { row in
      try complementaryRegularizedBeta(row[2], row[0], row[1])
    }
  }

  @Test("The ends")
  func ends() throws {
    for (a, b) in [(1, 1), (1e-300, 1e300), (1e308, 1e308), (Double.leastNonzeroMagnitude, 0.5)]
      as [(Double, Double)]
    {
      #expect(try regularizedBeta(0, a, b) == 0)
      #expect(try regularizedBeta(1, a, b) == 1)
      #expect(try complementaryRegularizedBeta(0, a, b) == 1)
      #expect(try complementaryRegularizedBeta(1, a, b) == 0)
      #expect(try complementaryRegularizedBeta(1, a, b).sign == .plus)
    }
  }

  @Test("Equal parameters have their median at 1/2")
  func median() throws {
    for a in [1e-300, 1e-10, 0.5, 1, 7, 20, 1e5, 1e12, 1e100, 1e300, 1.7e308] {
      #expect(try regularizedBeta(0.5, a, a) == 0.5, "\(a)")
      #expect(try complementaryRegularizedBeta(0.5, a, a) == 0.5, "\(a)")
    }
  }

  @Test("One parameter of 1 is a power", arguments: 0..<200 as Range<UInt64>)
  func powers(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let (x, c) = (g.unit(), g.magnitude(-20...8))
    #expect(try regularizedBeta(x, 1, 1) == x)
    try expectClose(regularizedBeta(x, c, 1), pow(x, c), within: 3e-16)
    try expectClose(complementaryRegularizedBeta(x, 1, c), exp(c * log1p(-x)), within: 1e-13)
    try expectClose(regularizedBeta(x, 1, c), -expm1(c * log1p(-x)), within: 1e-13)
  }

  @Test("Reflection, with 1 − x exact", arguments: 0..<200 as Range<UInt64>)
  func reflection(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let (a, b) = (g.magnitude(-20...30), g.magnitude(-20...30))
    let x = Double(g.integer(1...0xFFFFF)) * 0x1p-20
    #expect(try regularizedBeta(x, a, b) == complementaryRegularizedBeta(1 - x, b, a))
  }

  @Test("Recurrence in both parameters", arguments: 0..<200 as Range<UInt64>)
  func recurrence(seed: UInt64) throws {
    // Iₓ(a, b) = x·Iₓ(a − 1, b) + (1 − x)·Iₓ(a, b − 1) (DLMF 8.17(iv)).
    var g = SplitMix64(state: seed)
    let (a, b) = (1 + Double(g.integer(1...6400)) / 64, 1 + Double(g.integer(1...6400)) / 64)
    let x = Double(g.integer(1...255)) / 256
    let sum =
      try x * regularizedBeta(x, a - 1, b) + (1 - x) * regularizedBeta(x, a, b - 1)
    try expectClose(regularizedBeta(x, a, b), sum, within: 5e-16)
    let rest =
      try x * complementaryRegularizedBeta(x, a - 1, b) + (1 - x)
      * complementaryRegularizedBeta(x, a, b - 1)
    try expectClose(complementaryRegularizedBeta(x, a, b), rest, within: 5e-16)
  }

  @Test("A far larger parameter gives the gamma distribution", arguments: 0..<100 as Range<UInt64>)
  func gammaLimit(seed: UInt64) throws {
    var g = SplitMix64(state: seed)
    let (a, x, b) = (g.magnitude(-10...6), g.magnitude(-10...6), 0x1p70)
    try expectClose(regularizedBeta(x / b, a, b), regularizedGammaP(shape: a, x), within: 3e-16)
    try expectClose(
      complementaryRegularizedBeta(x / b, a, b), regularizedGammaQ(shape: a, x), within: 3e-16)
  }

  @Test("Both parameters next to 0: only their ratio counts")
  func tinyParameters() throws {
    for scale in [1e-30, 1e-200, 1e-300, Double.leastNonzeroMagnitude] {
      #expect(try regularizedBeta(0.3, 2 * scale, 2 * scale) == 0.5)
      #expect(try regularizedBeta(0.3, 3 * scale, scale) == 0.25)
      #expect(try complementaryRegularizedBeta(0.3, 3 * scale, scale) == 0.75)
    }
  }

  @Test("About a deviation from the mean, which hardly a double of x is")
  func exactDistance() throws {
    // b·x and a·(1 − x) agree to 60 bits and more; from ball arithmetic.
    for (a, b, x, lower, upper) in [
      (
        1.1066548974392695e+36, 1.1997355614061596e+36, 0.4798211392156283,
        0.6843182420181363, 0.31568175798186365
      ),
      (
        1.7225061338362075e+38, 9.270951388276334e+45, 1.8579604505433342e-08,
        0.9198924897896886, 0.08010751021031133
      ),
    ] {
      #expect(try regularizedBeta(x, a, b) == lower)
      #expect(try complementaryRegularizedBeta(x, a, b) == upper)
    }
  }

  @Test("Parameters up to the largest double")
  func hugeParameters() throws {
    let largest = Double.greatestFiniteMagnitude
    // 1 − (1 − x)ᵇ, with b·x = 1.
    #expect(try regularizedBeta(1e-300, 1, 1e300) == 0.6321205588285577)
    #expect(try complementaryRegularizedBeta(1e-300, 1, 1e300) == 0.3678794411714423)
    #expect(try regularizedBeta(0.5, largest, largest) == 0.5)
    #expect(try regularizedBeta(0.5.nextDown, largest, largest) == 0)
    #expect(try complementaryRegularizedBeta(0.5.nextUp, 1e300, 1e300) == 0)
    #expect(try regularizedBeta(1.0.nextDown, largest, 1) == 0)
    #expect(try complementaryRegularizedBeta(1.0.nextDown, largest, 1e-300) == 1)
    #expect(try regularizedBeta(0.5, 1, largest) == 1)
  }

  @Test("No step at the seams of the method")
  func seams() throws {
    for (a, b, x) in [
      (20, 20, 0.5), (20, 5, 0.75), (5, 20, 0.25), (1, 20, 1 / 21.0), (0x1p-10, 3, 0.5),
      (3, 4, 0.5),
      (0x1p-10, 30, 0.01), (300, 400, 3 / 7.0),
    ] as [(Double, Double, Double)] {
      for f in [regularizedBeta, complementaryRegularizedBeta]
        as [(Double, Double, Double) throws -> Double]
      {
        let value = try f(x, a, b)
        for (y, c, d) in [
          (x.nextDown, a, b), (x.nextUp, a, b), (x, a.nextDown, b), (x, a.nextUp, b),
          (x, a, b.nextDown), (x, a, b.nextUp),
        ] {
          #expect(try abs(f(y, c, d) - value) <= 32 * value.ulp, "next to (\(x), \(a), \(b))")
        }
      }
    }
  }

  @Test("Bad arguments")
  func errors() {
    for f in [regularizedBeta, complementaryRegularizedBeta]
      as [(Double, Double, Double) throws -> Double]
    {
      expectSpecialError(.domain, argument: "x", value: -0.5) { try f(-0.5, 1, 1) }
      expectSpecialError(.domain, argument: "x", value: 1.5) { try f(1.5, 1, 1) }
      expectSpecialError(.notFinite, argument: "x", value: .nan) { try f(.nan, 1, 1) }
      expectSpecialError(.domain, argument: "a", value: 0) { try f(0.5, 0, 1) }
      expectSpecialError(.domain, argument: "b", value: -1) { try f(0.5, 1, -1) }
      expectSpecialError(.domain, argument: "b", value: .infinity) {
        try f(0.5, 1, .infinity)
      }
      expectSpecialError(.notFinite, argument: "b", value: .nan) { try f(0.5, 1, .nan) }
    }
  }
}
