import SpecialFunctions
import Testing

/// An error that is not ours.
struct Stop: Error {}

@Suite("Adaptive quadrature: errors")
struct IntegrateErrorTests {
  @Test("bounds, break points, tolerances and limits")
  func parameters() {
    let one = { (_: Double) in 1.0 }
    expectSpecialError(.notFinite, argument: "start", value: .nan, says: "nan") {
      try integrate(from: .nan, to: 1, one)
    }
    expectSpecialError(.notFinite, argument: "end", value: .nan, says: "nan") {
      try integrate(from: 0, to: .nan, one)
    }
    for point in [Double.nan, .infinity, -.infinity] {
      expectSpecialError(.notFinite, argument: "breakPoints", value: point) {
        try integrate(from: 0, to: .infinity, breakPoints: [1, point], one)
      }
    }
    for point in [-0.5, 1.5] {
      expectSpecialError(.badParameter, argument: "breakPoints", value: point, says: "\(point)") {
        try integrate(from: 1, to: 0, breakPoints: [0.5, point], one)
      }
    }
    for tolerance in [-1, Double.nan, .infinity] {
      expectSpecialError(.badParameter, argument: "absoluteTolerance", value: tolerance) {
        try integrate(from: 0, to: 1, absoluteTolerance: tolerance, one)
      }
      expectSpecialError(.badParameter, argument: "relativeTolerance", value: tolerance) {
        try integrate(from: 0, to: 1, relativeTolerance: tolerance, one)
      }
    }
    expectSpecialError(.badParameter, argument: "relativeTolerance", value: 0, says: "1.5e-14") {
      try integrate(from: 0, to: 1, relativeTolerance: 0, one)
    }
    for limit in [0, -1, .min, .max, 1_000_001] {
      expectSpecialError(.badParameter, argument: "subdivisionLimit", says: "\(limit)") {
        try integrate(from: 0, to: 1, subdivisionLimit: limit, one)
      }
    }
  }

  @Test("the smallest tolerance is one that GSL takes")
  func smallestTolerance() throws {
    let result = try integrate(from: 0, to: 1, relativeTolerance: 0x1p-46) { x in x }
    #expect(result.value == 0.5)
    #expect(
      try integrate(from: 0, to: 1, absoluteTolerance: 1e-9, relativeTolerance: 0) { x in x }.value
        == 0.5)
  }

  @Test("a value that is not finite is named with its place", arguments: [Double.nan, .infinity])
  func badValue(_ bad: Double) throws {
    var place = 0.0
    var calls = 0
    expectSpecialError(.badFunctionValue, argument: "x", says: "\(bad)") {
      try integrate(from: 0, to: 1) { x in
        calls += 1
        guard x > 0.8 else { return 1 }
        place = x
        return bad
      }
    }
    // It is not called again after the first of them.
    let error = #expect(throws: SpecialFunctionError.self) {
      try integrate(from: -.infinity, to: .infinity, breakPoints: [0]) { x in x > 0.8 ? bad : 1 }
    }
    #expect(error?.value.map { $0 > 0.8 } == true)
    #expect(place > 0.8 && calls <= 21)
  }

  @Test("the integrand's own error is thrown, and the integrand not called again")
  func ownError() {
    var calls = 0
    #expect(throws: Stop.self) {
      try integrate(from: 0, to: 1, breakPoints: [0.5]) { (_) throws(Stop) in
        calls += 1
        if calls == 30 { throw Stop() }
        return 1
      }
    }
    #expect(calls == 30)
    // One of ours goes through as it is.
    let own = #expect(throws: SpecialFunctionError.self) {
      try integrate(from: 0, to: 1) { (x) throws(SpecialFunctionError) in
        try findRoot(in: 1...2) { _ in x }.value
      }
    }
    #expect(own?.code == .noBracket && own?.function == "findRoot")
  }

  @Test("what does not converge says what it reached")
  func notConverged() throws {
    let divergent = try #require(
      #expect(throws: SpecialFunctionError.self) {
        try integrate(from: 0, to: 1) { x in 1 / x }
      })
    #expect(divergent.code == .notConverged)
    let reached = try #require(divergent.reached)
    #expect(reached.evaluationCount > 0 && reached.errorEstimate > 0)
    #expect(divergent.message.contains("\(reached.value)"))
    #expect(divergent.message.contains("break points"))

    let limited = try #require(
      #expect(throws: SpecialFunctionError.self) {
        try integrate(from: 1, to: 0, subdivisionLimit: 3) { x in (x - 0.3).magnitude.squareRoot() }
      })
    #expect(limited.code == .notConverged && limited.message.contains("subdivisionLimit"))
    let value = try #require(limited.reached?.value)
    // −⅔·(0.3^1.5 + 0.7^1.5): turned round, and within its estimate.
    #expect((value + 0.499985857216935).magnitude <= limited.reached?.errorEstimate ?? 0)
  }

  @Test("divergent and oscillating integrals are never a value")
  func divergent() {
    let integrals: [(Double, Double, @Sendable (Double) -> Double)] = [
      (0, 1, { 1 / $0 }), (0, 1, { 1 / ($0 * $0) }), (1, .infinity, { 1 / $0 }),
      (0, .infinity, { _ in 1 }), (0, .infinity, { $0 }), (-.infinity, .infinity, { $0 * $0 }),
      (-.infinity, 0, { -1 / (1 - $0) }), (0, .infinity, { 1 / ($0 + $0.squareRoot()) }),
    ]
    for (start, end, f) in integrals {
      let error = #expect(throws: SpecialFunctionError.self) {
        try integrate(from: start, to: end, f)
      }
      #expect(error?.code == .notConverged || error?.code == .overflow, "\(start) \(end)")
    }
  }

  @Test("sums beyond the largest double are an error")
  func overflow() {
    expectSpecialError(.overflow, argument: nil, says: "scale") {
      try integrate(from: 0, to: 1e10) { _ in 1e300 }
    }
    expectSpecialError(.overflow, argument: nil, says: "scale") {
      try integrate(from: -.greatestFiniteMagnitude, to: .greatestFiniteMagnitude) { _ in 3 }
    }
  }
}
