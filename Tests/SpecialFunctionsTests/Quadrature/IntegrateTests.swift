import Foundation
import SpecialFunctions
import TestSupport
import Testing

/// An integral with its value, from its closed form in ball arithmetic.
struct KnownIntegral: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let start: Double
  let end: Double
  var breakPoints: [Double] = []
  let truth: Double
  let integrand: @Sendable (Double) -> Double

  static let all = [
    KnownIntegral(testDescription: "x² over 0 … 3", start: 0, end: 3, truth: 9) { $0 * $0 },
    KnownIntegral(testDescription: "1/√x, singular at 0", start: 0, end: 1, truth: 2) {
      1 / $0.squareRoot()
    },
    KnownIntegral(testDescription: "log x, singular at 0", start: 0, end: 1, truth: -1) { log($0) },
    KnownIntegral(
      testDescription: "log x/(1 + x)", start: 0, end: 1, truth: -0.82246703342411321824
    ) { log($0) / (1 + $0) },
    KnownIntegral(
      testDescription: "|x − ⅓|^(−½), singular inside", start: 0, end: 1, breakPoints: [1.0 / 3],
      truth: 2.787693700234703594483
    ) { 1 / ($0 - 1.0 / 3).magnitude.squareRoot() },
    KnownIntegral(
      testDescription: "a step at 0.3", start: 0, end: 1, breakPoints: [0.3], truth: 0.7
    ) { $0 < 0.3 ? 0 : 1 },
    KnownIntegral(
      testDescription: "steps, unsorted and twice", start: 0, end: 4, breakPoints: [3, 1, 2, 1, 0],
      truth: 6
    ) { $0.rounded(.down) },
    KnownIntegral(
      testDescription: "exp(−x)", start: 0, end: .infinity, truth: 1
    ) { exp(-$0) },
    KnownIntegral(
      testDescription: "eˣ up to 0", start: -.infinity, end: 0, truth: 1
    ) { exp($0) },
    KnownIntegral(
      testDescription: "x^2.5·exp(−x), Γ(3.5)", start: 0, end: .infinity,
      truth: 3.323350970447842551184
    ) { pow($0, 2.5) * exp(-$0) },
    KnownIntegral(
      testDescription: "exp(−x²)", start: -.infinity, end: .infinity,
      truth: 1.772453850905516027298
    ) { exp(-$0 * $0) },
    KnownIntegral(
      testDescription: "1/(1 + x²)", start: -.infinity, end: .infinity, truth: .pi
    ) { 1 / (1 + $0 * $0) },
    KnownIntegral(
      testDescription: "D(N(0, 1)‖N(1, 2)) as an integral", start: -.infinity, end: .infinity,
      truth: 0.4431471805599453094172
    ) { x in
      let (p, r) = (exp(-x * x / 2) / (2 * Double.pi).squareRoot(), x - 1)
      return p * (log(2) - x * x / 2 + r * r / 8)
    },
    KnownIntegral(
      testDescription: "a peak 1e-3 wide, between its break points", start: -.infinity,
      end: .infinity, breakPoints: [5 - 1e-2, 5 + 1e-2], truth: 1.772453850905516027298e-3
    ) { x in
      let z = (x - 5) / 1e-3
      return exp(-z * z)
    },
    KnownIntegral(
      testDescription: "a peak 1e6 wide, and a tail that is as long", start: 0, end: .infinity,
      breakPoints: [3e6], truth: 1e6
    ) { exp(-$0 / 1e6) },
    KnownIntegral(
      testDescription: "Cauchy's density with a scale of 1e-9", start: -.infinity, end: .infinity,
      breakPoints: [-1e-9, 1e-9], truth: .pi
    ) { 1e-9 / (1e-18 + $0 * $0) },
    KnownIntegral(
      testDescription: "nearly all doubles", start: -0x1.fp+1023, end: 0x1.fp+1023,
      truth: 0x1.fp+924
    ) { _ in 0x1p-100 },
    KnownIntegral(testDescription: "zero", start: -.infinity, end: .infinity, truth: 0) { _ in 0 },
  ]
}

@Suite("Adaptive quadrature")
struct IntegrateTests {
  @Test("known integrals, both ways round", arguments: KnownIntegral.all)
  func knownIntegral(_ known: KnownIntegral) throws {
    let result = try integrate(
      from: known.start, to: known.end, breakPoints: known.breakPoints, known.integrand)
    let error = (result.value - known.truth).magnitude
    #expect(error <= 1e-12 * known.truth.magnitude, "\(result)")
    #expect(error <= result.errorEstimate + 4 * known.truth.ulp, "\(result)")
    #expect(result.errorEstimate <= 1e-10 * known.truth.magnitude, "\(result)")
    #expect(result.evaluationCount >= 15 && result.subdivisionCount >= 1)

    let reverse = try integrate(
      from: known.end, to: known.start, breakPoints: known.breakPoints, known.integrand)
    #expect(reverse.value == 0 - result.value && reverse.value.sign != .minus || known.truth != 0)
    #expect(reverse.value.magnitude == result.value.magnitude)
    #expect(reverse.errorEstimate == result.errorEstimate)
  }

  @Test("a range without length is 0, and nothing is called", arguments: [0, -3.5, .infinity])
  func noLength(_ x: Double) throws {
    let result = try integrate(from: x, to: x) { _ in throw Stop() }
    #expect(result.value == 0 && result.evaluationCount == 0 && result.errorEstimate == 0)
  }

  @Test("every call is counted, inside the range, and not at its ends")
  func calls() throws {
    var points: [Double] = []
    let result = try integrate(from: 0, to: 2, breakPoints: [1]) { x in
      points.append(x)
      return 1 / (x * (2 - x)).squareRoot()
    }
    #expect(result.evaluationCount == points.count)
    #expect(points.allSatisfy { $0 > 0 && $0 < 2 && $0 != 1 })
    #expect((result.value - .pi).magnitude < 1e-9)
  }

  @Test("additive and linear over seeded ranges and break points")
  func additive() throws {
    var random = SplitMix64(state: 31)
    for _ in 0..<200 {
      let points = (0..<3).map { _ in 20 * random.unit() - 10 }.sorted()
      let kinks = (0..<3).map { _ in 20 * random.unit() - 10 }
      let f = { (x: Double) in
        kinks.reduce(1) { $0 + ($1 - x).magnitude }
      }
      func part(_ a: Double, _ b: Double) throws -> Double {
        let inside = kinks.filter { $0 > min(a, b) && $0 < max(a, b) }
        return try integrate(from: a, to: b, breakPoints: inside, f).value
      }
      let (whole, first, second) = (
        try part(points[0], points[2]), try part(points[0], points[1]),
        try part(points[1], points[2])
      )
      #expect((whole - first - second).magnitude <= 1e-12 * whole.magnitude)
      // A polygon of a convex function: the trapezium between kinks is exact.
      let corners = ([points[0], points[2]] + kinks.filter { $0 > points[0] && $0 < points[2] })
        .sorted()
      let trapezia = zip(corners, corners.dropFirst()).reduce(0) {
        $0 + ($1.1 - $1.0) * (f($1.0) + f($1.1)) / 2
      }
      #expect((whole - trapezia).magnitude <= 1e-12 * trapezia.magnitude)
    }
  }

  @Test("pieces that cancel: the error is judged by the whole")
  func cancellingPieces() throws {
    // The tails are ±1e3 and the middle is 1.
    let f = { (x: Double) in
      x < -1 ? -1e3 * exp(x + 1) : x > 1 ? 1e3 * exp(1 - x) : 0.5
    }
    let result = try integrate(from: -.infinity, to: .infinity, breakPoints: [-1, 1], f)
    #expect((result.value - 1).magnitude <= 1e-10, "\(result)")
    #expect(result.errorEstimate <= 1e-10 * result.value, "\(result)")
    // With 1e6 on each side there are not so many digits.
    #expect(throws: SpecialFunctionError.self) {
      try integrate(from: -.infinity, to: .infinity, breakPoints: [-1, 1]) { x in
        f(x) * (x.magnitude > 1 ? 1e6 : 1)
      }
    }
  }

  @Test("an integral of 0 wants an absolute tolerance")
  func integralOfZero() throws {
    let odd = { (x: Double) in x * x * x + sin(x) }
    expectSpecialError(.notConverged, argument: nil, says: "rounding", "absolute") {
      try integrate(from: -1, to: 1.0, odd)
    }
    let result = try integrate(from: -1, to: 1, absoluteTolerance: 1e-12, odd)
    #expect(result.value.magnitude < 1e-15)
  }

  @Test("a peak that no rule sees is 0 with no error, as the documentation says")
  func missedPeak() throws {
    let peak = { (x: Double) in exp(-(x - 500) * (x - 500) / 2e-8) }
    let missed = try integrate(from: 0, to: 1000, peak)
    #expect(missed.value < 1e-100 && missed.errorEstimate < 1e-100)
    let found = try integrate(from: 0, to: 1000, breakPoints: [499.999, 500.001], peak)
    // The arguments, near 500, are themselves rounded by 1e-9 of the peak's width.
    #expect((found.value / 2.506628274631000502416e-4 - 1).magnitude < 1e-9)
  }

  @Test("the results are Codable")
  func codable() throws {
    let result = try integrate(from: 0, to: 1) { x in x }
    let decoded = try JSONDecoder().decode(Integral.self, from: JSONEncoder().encode(result))
    #expect(decoded == result)
  }
}
