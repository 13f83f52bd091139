import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Minimum on an interval")
struct FindMinimumTests {
  @Test("known minima: half of the digits of the place, all of the value's")
  func knownMinima() throws {
    let minima: [(ClosedRange<Double>, Double, Double, @Sendable (Double) -> Double)] = [
      (0...3, 1, 0, { ($0 - 1) * ($0 - 1) }),
      (0...10, 0.3678794411714423215955, -0.3678794411714423215955, { $0 == 0 ? 0 : $0 * log($0) }),
      (-1...4, .pi, -1, { cos($0) }),
      (-1e6...1e9, 3, -7, { ($0 - 3) * ($0 - 3) * ($0 - 3) * ($0 - 3) - 7 }),
      (1...1e12, 1e6, 2, { $0 / 1e6 + 1e6 / $0 }),
      (-7...5, 0, 1, { 1 + $0 * $0 }),
    ]
    for (interval, location, value, f) in minima {
      let minimum = try findMinimum(in: interval, f)
      // A fourth power is flat over the fourth root of an ulp.
      let slack = value == -7 ? 1e-3 : 4e-8
      #expect((minimum.location - location).magnitude <= slack * max(location, 1), "\(minimum)")
      #expect((minimum.value - value).magnitude <= 4 * value.ulp + 1e-14, "\(minimum)")
      #expect(minimum.value == f(minimum.location))
      #expect(minimum.bracket.contains(minimum.location))
      #expect(interval.contains(minimum.bracket.lowerBound))
      #expect(interval.contains(minimum.bracket.upperBound))
    }
  }

  @Test("a kink: the value is as good as the place")
  func kink() throws {
    let minimum = try findMinimum(in: -1...100) { ($0 - 2).magnitude + 5 }
    #expect((minimum.location - 2).magnitude <= 1e-7, "\(minimum)")
    #expect((minimum.value - 5).magnitude <= 1e-7, "\(minimum)")
  }

  @Test("a parabola anywhere, over seeded draws")
  func parabolas() throws {
    var random = SplitMix64(state: 53)
    for _ in 0..<500 {
      let centre = 20 * random.unit() - 10
      let interval = centre - random.magnitude(-5...5)...centre + random.magnitude(-5...5)
      let start = interval.lowerBound + random.unit() * (interval.upperBound - interval.lowerBound)
      for start in [nil, start, interval.lowerBound, interval.upperBound] {
        let minimum = try findMinimum(in: interval, startingAt: start) { x in
          (x - centre) * (x - centre) - 1
        }
        #expect((minimum.location - centre).magnitude <= 4e-8 * max(1, centre.magnitude))
        #expect((minimum.value + 1).magnitude <= 1e-14, "\(minimum)")
        #expect(minimum.evaluationCount <= 100, "\(minimum)")
      }
    }
  }

  @Test("a function that only rises or falls has its minimum at an end, exactly")
  func ends() throws {
    let rising = try findMinimum(in: 2...5) { $0 }
    #expect(rising.location == 2 && rising.value == 2)
    let falling = try findMinimum(in: 2...5) { 1 / $0 }
    #expect(falling.location == 5 && falling.value == 0.2)
    let constant = try findMinimum(in: -2...5) { _ in 4 }
    #expect(constant.location == -2 && constant.value == 4)
    let point = try findMinimum(in: 3...3) { $0 }
    #expect(point.location == 3 && point.bracket == 3...3)
    let zero = try findMinimum(in: -0.0...1) { $0 }
    #expect(zero.location.sign == .plus && zero.value.sign == .plus)
  }

  @Test("arguments that make no sense")
  func badArguments() {
    for start in [-0.5, 1.5, Double.nan] {
      expectSpecialError(.badParameter, argument: "start", value: start) {
        try findMinimum(in: 0...1, startingAt: start) { $0 }
      }
    }
    expectSpecialError(.notFinite, argument: "interval", value: -.infinity) {
      try findMinimum(in: -Double.infinity...1) { $0 }
    }
    expectSpecialError(.badParameter, argument: "interval", says: "largest double") {
      try findMinimum(in: -1e308...1e308) { $0 }
    }
    expectSpecialError(.badParameter, argument: "tolerance", value: .nan) {
      try findMinimum(in: 0...1, tolerance: .nan) { $0 }
    }
    expectSpecialError(.badParameter, argument: "evaluationLimit", value: 4) {
      try findMinimum(in: 0...1, evaluationLimit: 4) { $0 }
    }
  }

  @Test("the limit of calls is kept")
  func limit() {
    for limit in [5, 7, 12] {
      var calls = 0
      expectSpecialError(.notConverged, argument: "evaluationLimit", value: Double(limit)) {
        try findMinimum(in: 0...3, evaluationLimit: limit) { x in
          calls += 1
          return (x - 1.7) * (x - 1.7) * (x - 1.7) * (x - 1.7)
        }
      }
      #expect(calls <= limit + 1)
    }
    #expect(throws: Never.self) {
      try findMinimum(in: 0...3, tolerance: 0.5, evaluationLimit: 12) { ($0 - 1.7) * ($0 - 1.7) }
    }
  }

  @Test("values that are not finite, and errors of the function's own")
  func failures() {
    for bad in [Double.nan, .infinity, -.infinity] {
      for place in [0...0, 2...2, 0.5...0.9, 0.99...1.01] {
        let error = #expect(throws: SpecialFunctionError.self) {
          try findMinimum(in: 0...2) { x in place.contains(x) ? bad : (x - 1) * (x - 1) }
        }
        #expect(error?.code == .badFunctionValue)
        #expect(error?.value.map(place.contains) == true)
      }
    }
    #expect(throws: Stop.self) {
      try findMinimum(in: 0...2) { (x) throws(Stop) in
        if x > 0.9 && x < 1.1 { throw Stop() }
        return (x - 1) * (x - 1)
      }
    }
  }

  @Test("the results are Codable")
  func codable() throws {
    let minimum = try findMinimum(in: 0...2) { $0 * $0 }
    #expect(try JSONDecoder().decode(Minimum.self, from: JSONEncoder().encode(minimum)) == minimum)
  }
}
