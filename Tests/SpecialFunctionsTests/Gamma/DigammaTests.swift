import SpecialFunctions
import TestSupport
import Testing

@Suite("Digamma")
struct DigammaTests {
  @Test("is within its bound of every row")
  func table() throws {
    try expectTable("digamma", relativeError: 1.7e-16) { row in try digamma(row[0]) }
  }

  @Test("special values and limits")
  func specialValues() throws {
    // −γ and −γ − 2 log 2.
    #expect(try digamma(1) == -0.5772156649015329)
    #expect(try digamma(0.5) == -1.9635100260214235)
    #expect(try digamma(.infinity) == .infinity)
    #expect(try digamma(0x1p-1000) == -0x1p1000)
    #expect(try digamma(-0x1p-1000) == 0x1p1000)
    // Half-way between far poles the reflection adds nothing.
    #expect(try digamma(-0x1p51 - 0.5) == digamma(0x1p51 + 1.5))
  }

  @Test("keeps ψ(x + 1) = ψ(x) + 1/x")
  func recurrence() throws {
    var random = SplitMix64(state: 3)
    for _ in 0..<500 {
      let x = Double(random.integer(-1 << 20...1 << 20)) * 0x1p-14 + 0x1p-15
      let (here, there) = (try digamma(x), try digamma(x + 1))
      expectNear(there - here, 1 / x, within: 4e-16, of: here, there, note: "x = \(x)")
    }
  }

  @Test("grows without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [0x1p-200, 1.399, 1.524, 19, 20, 0x1p120], ulps: 64) {
      try digamma($0)
    }
  }

  @Test("errors")
  func errors() {
    expectGammaPoles("digamma") { try digamma($0) }
    for x in [0x1p-1025, -0x1p-1025, 0x1p-1074] {
      expectSpecialError(.overflow, argument: "x", value: x) { try digamma(x) }
    }
  }
}

@Suite("Digamma difference")
struct DigammaDifferenceTests {
  @Test("is within its bound of every row")
  func table() throws {
    try expectTable("digamma-difference", relativeError: 1.2e-16) { row in
      try digammaDifference(at: row[0], step: row[1])
    }
  }

  @Test("integer steps are sums of reciprocals")
  func integerSteps() throws {
    #expect(try digammaDifference(at: 1, step: 1) == 1)
    #expect(try digammaDifference(at: 1, step: 2) == 1.5)
    #expect(try digammaDifference(at: 4, step: -1) == -1.0 / 3)
    #expect(try digammaDifference(at: 0.25, step: 1) == 4)
    #expect(try digammaDifference(at: 3, step: 0) == 0)
    #expect(try digammaDifference(at: 3, step: -0.0).sign == .plus)
  }

  /// Steps there and back, and two steps for one.
  @Test("adds up")
  func additivity() throws {
    var random = SplitMix64(state: 4)
    for _ in 0..<300 {
      let a = Double(random.integer(1...1 << 20)) * 0x1p-14
      let (h, g) = (
        Double(random.integer(1...1 << 20)) * 0x1p-16, Double(random.integer(1...1 << 20)) * 0x1p-18
      )
      let first = try digammaDifference(at: a, step: h)
      expectNear(try digammaDifference(at: a + h, step: -h), -first, within: 2.3e-16)
      let second = try digammaDifference(at: a + h, step: g)
      let both = try digammaDifference(at: a, step: h + g)
      expectNear(first + second, both, within: 4e-16, note: "\(a), \(h), \(g)")
    }
  }

  @Test("tiny steps are those of the trigamma function")
  func tinySteps() throws {
    for a in [1e-3, 0.7, 30, 1e10] {
      let step = a * 0x1p-300
      expectNear(
        try digammaDifference(at: a, step: step), step * (try trigamma(a)), within: 4.5e-16)
    }
  }

  @Test("errors")
  func errors() {
    expectStepErrors("digammaDifference") { try digammaDifference(at: $0, step: $1) }
    expectSpecialError(.overflow, argument: "a", value: 0x1p-1074) {
      try digammaDifference(at: 0x1p-1074, step: 1)
    }
  }
}

/// Expects the errors of a function of a start and a step.
func expectStepErrors(
  _ function: String, at location: SourceLocation = #_sourceLocation,
  _ evaluate: (Double, Double) throws -> Double
) {
  for (a, h, code, argument, value) in [
    (Double.nan, 1.0, SpecialFunctionError.Code.notFinite, "a", Double.nan),
    (.infinity, 1, .notFinite, "a", .infinity), (1, .nan, .notFinite, "h", .nan),
    (1, .infinity, .notFinite, "h", .infinity), (1, -.infinity, .notFinite, "h", -.infinity),
    (0, 1, .pole, "a", 0), (-1, 5, .domain, "a", -1), (2.5, -2.5, .pole, "h", -2.5),
    (2.5, (-2.5).nextDown, .domain, "h", (-2.5).nextDown),
  ] {
    expectSpecialError(code, argument: argument, value: value, at: location) {
      try evaluate(a, h)
    }
  }
  let error = #expect(throws: SpecialFunctionError.self, sourceLocation: location) {
    try evaluate(0, 1)
  }
  #expect(error?.function == function, sourceLocation: location)
}
