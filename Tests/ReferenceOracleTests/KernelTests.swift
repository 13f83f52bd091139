import BigInt
import TestSupport
import Testing

@testable import InformationTheory
@testable import ReferenceOracle

/// The arithmetic of pairs against that of balls, at the precision of pairs.
@Suite struct KernelTests {
  #if DEBUG
    /// Debug builds take minutes for more.
    private let draws = 400
  #else
    private let draws = 20_000
  #endif

  /// Expects the bounds of both arithmetics to overlap, and those of pairs to be narrow.
  private func expectAgreement(
    _ what: String, _ pair: Pair, _ ball: Ball, relative: Double = 0x1p-94,
    at location: SourceLocation = #_sourceLocation
  ) {
    let found = pair.ball
    #expect(!ball.isUnbounded && !found.isUnbounded, "\(what)", sourceLocation: location)
    let distance = (found.centre - ball).magnitude
    let room = found.spread - distance
    #expect(
      room.isPositive || room.isZero || !(-room).isPositive,
      "\(what): the distance is above the radius", sourceLocation: location)
    let size = ball.magnitude.upperDouble
    #expect(
      pair.radius <= relative * size + 0x1p-1050, "\(what): the radius is \(pair.radius)",
      sourceLocation: location)
  }

  private func ball(_ x: Double) -> Ball { Ball(x, precision: 400) }
  private func pair(_ x: Double) -> Pair { PairArithmetic().number(x) }

  @Test func logarithms() {
    var random = SplitMix64(state: 61)
    for i in 0..<draws {
      var x = random.magnitude(-1070...1020)
      if i % 3 == 1 { x = 1 + (random.unit() - 0.5) * random.magnitude(-50 ... -1) }
      if i % 3 == 2 { x = 0.5 + 2 * random.unit() }
      if x == 1 { continue }
      expectAgreement("log \(x)", pair(x).log(), ball(x).log())
    }
  }

  @Test func exponentials() {
    var random = SplitMix64(state: 62)
    for i in 0..<draws {
      let x = (random.unit() - 0.5) * (i % 2 == 0 ? 1200 : random.magnitude(-40...2))
      if x == 0 { continue }
      expectAgreement("exp \(x)", pair(x).exp(), ball(x).exp())
      expectAgreement("expm1 \(x)", pair(x).expm1(), ball(x).expm1(), relative: 0x1p-90)
      let u = i % 2 == 0 ? random.unit() * 3 - 0.9 : x / 2000
      expectAgreement("log1p \(u)", pair(u).log1p(), ball(u).log1p(), relative: 0x1p-92)
    }
  }

  @Test func divergenceTerms() {
    var random = SplitMix64(state: 63)
    for i in 0..<draws {
      let p = i % 5 == 4 ? random.magnitude(-1070...1000) : random.unit() + 0x1p-60
      var q = random.unit() + 0x1p-60
      switch i % 4 {
      case 0: q = p.nextUp
      case 1: q = p * (1 + (random.unit() - 0.5) * random.magnitude(-50 ... -1))
      case 2: q = p * (7.0 / 9 + (random.unit() - 0.5) * 1e-3)
      default: break
      }
      if p == q || q == 0 || !q.isFinite { continue }
      expectAgreement(
        "divergence(\(p), \(q))", .divergence(pair(p), pair(q)), .divergence(ball(p), ball(q)),
        relative: 0x1p-90)
    }
  }

  /// Masses whose quotient no double can be.
  @Test func divergenceTermsOfSubnormals() {
    var random = SplitMix64(state: 66)
    for i in 0..<draws / 4 {
      let (p, q) = (random.magnitude(-1073 ... -1010), random.magnitude(-40...900))
      let (a, b) = i % 2 == 0 ? (p, q) : (q, p)
      expectAgreement(
        "divergence(\(a), \(b))", .divergence(pair(a), pair(b)), .divergence(ball(a), ball(b)),
        relative: 0x1p-90)
    }
  }

  /// Of operands whose radii are above 2⁻⁶⁰ of them, for which few bits of the truth are enough.
  @Test(arguments: [(1.0, 1.0), (-1, 1), (1, -1), (-1, -1)])
  func operationsCarryTheRadiiOfTheirOperands(_ i: Double, _ j: Double) {
    func ball(_ x: Double) -> Ball { Ball(x, precision: 200) }
    var random = SplitMix64(state: 64)
    for _ in 0..<draws {
      let (x, y) = (random.magnitude(-30...30), random.magnitude(-30...30))
      let (r, s) = (x * random.magnitude(-60 ... -20), y * random.magnitude(-60 ... -20))
      let (a, b) = (Pair(DoubleDouble(x), radius: r), Pair(DoubleDouble(y), radius: s))
      // Reals at the ends of the operands' bounds.
      let (u, v) = (ball(x) + ball(i * r), ball(y) + ball(j * s))
      for (what, found, truth) in [
        ("+", a + b, u + v), ("-", a - b, u - v), ("*", a * b, u * v), ("/", a / b, u / v),
        ("sqrt", a.squareRoot(), u.squareRoot()), ("log", a.log(), u.log()),
        ("divergence", .divergence(a, b), .divergence(u, v)),
      ] { expectAgreement("\(x) \(what) \(y)", found, truth, relative: .infinity) }
    }
  }

  @Test func ballsOfTwoPrecisionsOverlap() {
    var random = SplitMix64(state: 65)
    for _ in 0..<draws / 15 {
      let x = random.magnitude(-40...6)
      for function: (Ball) -> Ball in [
        { $0.log() }, { $0.log1p() }, { $0.exp() }, { $0.expm1() }, { $0.squareRoot() },
        { $0.logGamma() }, { $0.digamma() },
        { $0.tanh(isNegative: false, one: Ball(1, precision: $0.precision)) },
      ] {
        let (coarse, fine) = (function(Ball(x, precision: 130)), function(Ball(x, precision: 700)))
        let apart = (coarse - fine).magnitude
        #expect(!coarse.isUnbounded && !fine.isUnbounded)
        #expect(!apart.isPositive || apart.lower <= 0, "\(x): \(coarse.nearestDouble)")
        #expect(coarse.spread.reach < coarse.reach - 90, "\(x): \(coarse.radius)")
      }
    }
  }

  @Test func constants() {
    #expect("\(Certified(Ball.pi(precision: 200)))" == "3.141592653589793238462643")
    #expect("\(Certified(Ball(2, precision: 200).log()))" == "0.6931471805599453094172321")
    #expect("\(Certified(Ball(0.5, precision: 200).logGamma()))" == "0.5723649429247000870717137")
    #expect("\(Certified(-Ball(1, precision: 200).digamma()))" == "0.5772156649015328606065121")
  }
}
