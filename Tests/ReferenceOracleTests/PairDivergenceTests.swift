import InformationTheory
import TestSupport
import Testing

@testable import ReferenceOracle

@Suite struct PairDivergenceTests {
  /// Pairs of doubles decide the divergence of distributions that are close, whose totals
  /// differ in the same order, and prove what balls prove.
  @Test(arguments: [0, -3, -10, -20, -30, -40])
  func closeDistributionsNeedNoBalls(exponent: Int) throws {
    var random = SplitMix64(state: 74)
    let step = Double(sign: .plus, exponent: exponent, significand: 1)
    let p = (0..<300).map { _ in random.unit() + 0x1p-10 }
    let q = p.map { $0 * (1 + random.unit() * step) }
    func certified(in arithmetic: some Arithmetic) -> Certified {
      Certified(KullbackLeibler().outcome(of: MassPairs(p, q, arithmetic)))
    }
    let (pairs, balls) = (
      certified(in: PairArithmetic()), certified(in: BallArithmetic(precision: 384))
    )
    #expect(pairs.isCorrectlyRounded && balls.isCorrectlyRounded)
    #expect(pairs.value == balls.value && pairs.decimal == balls.decimal)
  }

  /// The bound of a difference that is known alone covers what it does to the term.
  @Test func theBoundCoversTheDifference() {
    var random = SplitMix64(state: 75)
    for _ in 0..<300 {
      let p = 1 + random.unit()
      let d = random.unit() * 0.1 * random.magnitude(-30...0)
      let (arithmetic, exact) = (PairArithmetic(), BallArithmetic(precision: 384))
      let radius = d * 0x1p-60
      let (x, y) = (arithmetic.number(p), arithmetic.number(p - d))
      var difference = x - y
      difference.radius = radius
      let term = Pair.divergence(x, y, difference: difference)
      // The two ends of what the difference may be, with the same sum.
      let whole = exact.number(p) + exact.number(p - d)
      for end in [-radius, radius] {
        let gap = exact.number(p) - exact.number(p - d) + exact.number(end)
        let (a, b) = (
          (whole + gap).scaled(byPowerOfTwo: -1), (whole - gap).scaled(byPowerOfTwo: -1)
        )
        let error =
          Ball.divergence(a, b) - exact.number(term.value.high)
          - exact.number(term.value.low)
        #expect(error.magnitude.approximation <= term.radius)
      }
    }
  }
}
