import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Bracketing root finder")
struct FindRootTests {
  @Test("known roots, to the neighbouring doubles")
  func knownRoots() throws {
    let roots: [(ClosedRange<Double>, Double, @Sendable (Double) -> Double)] = [
      (0...2, 1.414213562373095048802, { $0 * $0 - 2 }),
      (-2...0, -1.414213562373095048802, { $0 * $0 - 2 }),
      (0...1, 0.7390851332151606416553, { cos($0) - $0 }),
      (0...1, 0.5671432904097838729999, { $0 * exp($0) - 1 }),
      (1...4, .pi, { sin($0) }),
      (0...1e10, 1e5, { $0 * $0 - 1e10 }),
      (0...1, 0.1, { ($0 - 0.1) * ($0 - 0.1) * ($0 - 0.1) }),
      (-1...1e300, 1e-200, { $0 - 1e-200 }),
      (-1...2, 0x1p-1074, { $0 - 0x1p-1074 }),
      // Flat on one side of the root and steep on the other.
      (-10...2, 1, { exp(30 * ($0 - 1)) - 1 }),
      (0...100, 99.9, { $0 < 99.9 ? -1e-300 : 1e300 * ($0 - 99.9) + 1e-300 }),
    ]
    for (bracket, truth, f) in roots {
      let root = try findRoot(in: bracket, f)
      #expect((root.value - truth).magnitude <= truth.ulp, "\(root) not \(truth)")
      #expect(root.functionValue == f(root.value))
      let (lower, upper) = (root.bracket.lowerBound, root.bracket.upperBound)
      if lower == upper {
        #expect(f(lower) == 0)
      } else {
        #expect(lower.nextUp == upper && (f(lower) < 0) != (f(upper) < 0), "\(root)")
        #expect(f(root.value).magnitude <= min(f(lower).magnitude, f(upper).magnitude))
      }
      #expect(root.evaluationCount <= 130, "\(root)")
    }
  }

  @Test("smooth functions take few calls")
  func fewCalls() throws {
    #expect(try findRoot(in: 0...2) { $0 * $0 - 2 }.evaluationCount <= 20)
    #expect(try findRoot(in: 0...1) { cos($0) - $0 }.evaluationCount <= 20)
  }

  @Test("the inverse of a rising function, over seeded draws")
  func inverse() throws {
    var random = SplitMix64(state: 47)
    for _ in 0..<1000 {
      let truth = random.magnitude(-300...300) * (random.unit() < 0.5 ? -1 : 1)
      // Exact: the root is the double itself.
      let (a, b) = (truth - random.magnitude(-20...20), truth + random.magnitude(-20...20))
      guard a < truth, b > truth else { continue }
      let root = try findRoot(in: a...b) { x in x - truth }
      #expect(root.value == truth && root.bracket == truth...truth, "\(truth) \(root)")
      // A sign and nothing more, for which Brent's method is no use.
      let jump = try findRoot(in: a...b) { x in x < truth ? -1 : 1 }
      #expect(jump.bracket == truth.nextDown...truth, "\(truth) \(jump)")
      #expect(jump.evaluationCount <= 130, "\(jump)")
    }
  }

  @Test("zeros at the ends, and the one point of a bracket")
  func ends() throws {
    #expect(try findRoot(in: 1...2) { $0 - 1 }.value == 1)
    #expect(try findRoot(in: 1...2) { $0 - 2 }.value == 2)
    #expect(try findRoot(in: 3...3) { $0 - 3 }.bracket == 3...3)
    let zero = try findRoot(in: -0.0...1) { $0 }
    #expect(zero.value == 0 && zero.value.sign == .plus)
    #expect(zero.bracket.lowerBound.sign == .plus)
    #expect(try findRoot(in: -1...1) { $0 }.value.sign == .plus)
  }

  @Test("a tolerance ends the search early", arguments: [1e-3, 1e-9])
  func tolerance(_ tolerance: Double) throws {
    let root = try findRoot(in: 0...2, tolerance: tolerance) { $0 * $0 - 2 }
    let length = root.bracket.upperBound - root.bracket.lowerBound
    #expect(length <= tolerance && root.bracket.contains(2.0.squareRoot()))
    #expect(try root.evaluationCount <= findRoot(in: 0...2) { $0 * $0 - 2 }.evaluationCount)
  }

  @Test("no change of sign, and arguments that make no sense")
  func badArguments() {
    expectSpecialError(.noBracket, argument: "bracket", value: 1, says: "1.0", "4.0", "2.0") {
      try findRoot(in: 1...2) { $0 * $0 }
    }
    expectSpecialError(.noBracket, argument: "bracket", value: 5) { try findRoot(in: 5...5) { $0 } }
    expectSpecialError(.notFinite, argument: "bracket", value: .infinity) {
      try findRoot(in: 0...Double.infinity) { $0 - 1 }
    }
    expectSpecialError(.badParameter, argument: "bracket", says: "largest double") {
      try findRoot(in: -1e308...1e308) { $0 }
    }
    for tolerance in [-1e-9, Double.nan, .infinity] {
      expectSpecialError(.badParameter, argument: "tolerance", value: tolerance) {
        try findRoot(in: 0...1, tolerance: tolerance) { $0 - 0.5 }
      }
    }
    for limit in [.min, 0, 4] {
      expectSpecialError(.badParameter, argument: "evaluationLimit", value: Double(limit)) {
        try findRoot(in: 0...1, evaluationLimit: limit) { $0 - 0.5 }
      }
    }
  }

  @Test("the limit of calls is kept, and the error says where the root is")
  func limit() {
    var calls = 0
    expectSpecialError(
      .notConverged, argument: "evaluationLimit", value: 8, says: "8 calls", "evaluationLimit"
    ) {
      try findRoot(in: 0...2, evaluationLimit: 8) { x in
        calls += 1
        return x * x - 2
      }
    }
    #expect(calls == 8)
  }

  @Test("values that are not finite, and errors of the function's own")
  func failures() {
    for bad in [Double.nan, .infinity, -.infinity] {
      // At the ends, and between them.
      expectSpecialError(.badFunctionValue, argument: "x", value: 0, says: "\(bad)") {
        try findRoot(in: 0...2) { x in x == 0 ? bad : x - 1.3 }
      }
      expectSpecialError(.badFunctionValue, argument: "x", value: 2, says: "\(bad)") {
        try findRoot(in: 0...2) { x in x == 2 ? bad : x - 1.3 }
      }
      var place = 0.0
      let error = #expect(throws: SpecialFunctionError.self) {
        try findRoot(in: 0...2) { x in
          if x > 0 && x < 2 { place = x }
          return x > 0 && x < 2 ? bad : x - 1.3
        }
      }
      #expect(error?.code == .badFunctionValue && error?.value == place)
    }
    #expect(throws: Stop.self) {
      try findRoot(in: 0...2) { (x) throws(Stop) in
        if x > 0 && x < 2 { throw Stop() }
        return x - 1
      }
    }
  }

  @Test("the results are Codable")
  func codable() throws {
    let root = try findRoot(in: 0...2) { $0 * $0 - 2 }
    #expect(try JSONDecoder().decode(Root.self, from: JSONEncoder().encode(root)) == root)
  }
}
