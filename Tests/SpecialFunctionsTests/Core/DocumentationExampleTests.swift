import SpecialFunctions
import Testing

/// What the documentation comments of the numerical methods show.
@Suite("Examples of the numerical methods")
struct DocumentationExampleTests {
  @Test("the integral of a complementary error function")
  func area() throws {
    let area = try integrate(from: -.infinity, to: .infinity, breakPoints: [3]) { x in
      try complementaryErrorFunction((x - 3).magnitude)
    }
    // 2/√π.
    #expect((area.value - 1.128379167095512573896).magnitude <= 5e-14)
    #expect(area.errorEstimate <= 1.2e-10)
  }

  @Test("a root of the error function, and its inverse")
  func quartile() throws {
    let quartile = try findRoot(in: 0...10) { x in try errorFunction(x) - 0.5 }
    #expect((quartile.value - 0.4769362762044698733814).magnitude <= 2 * quartile.value.ulp)
    #expect(try (quartile.value - inverseErrorFunction(0.5)).magnitude <= 2 * quartile.value.ulp)
    let (lower, upper) = (quartile.bracket.lowerBound, quartile.bracket.upperBound)
    #expect(lower == upper || lower.nextUp == upper)
  }

  @Test("the minimum of log Γ")
  func lowest() throws {
    let lowest = try findMinimum(in: 1...2) { x in try logGamma(x) }
    // The root of ψ, and lnΓ there.
    #expect((lowest.location - 1.461632144968362341263).magnitude <= 1e-7)
    #expect((lowest.value + 0.1214862905358496080955).magnitude <= 2e-16)
    // With ψ the place has all its digits.
    let root = try findRoot(in: 1...2) { x in try digamma(x) }
    #expect((root.value - 1.461632144968362341263).magnitude <= root.value.ulp)
  }

  @Test("what an error says")
  func error() {
    expectSpecialError(.pole, argument: "x", value: -3, says: "-3.0", "pole") { try digamma(-3) }
  }
}
