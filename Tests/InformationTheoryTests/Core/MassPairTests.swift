import TestSupport
import Testing

@testable import InformationTheory

@Suite("Pairs of masses")
struct MassPairTests {
  private func totals(_ p: [Double], _ q: [Double]) throws -> PairTotals {
    PairTotals(
      try MassTotals(p.span, argument: "p"), try MassTotals(q.span, argument: "q"))
  }

  @Test func kinds() throws {
    #expect(try totals([0.5, 0.5], [0.25, 0.75]).kind == .equal)
    #expect(try totals([1, 3], [2, 2]).kind == .equal)
    #expect(try totals([0.5, 0.5], [0.5, 0.5 + 0x1p-53]).kind == .close)
    #expect(try totals([1, 1], [2, 3]).kind == .apart)
  }

  /// Both factors times the totals come to the same weight.
  @Test func factors() throws {
    for (p, q) in [([1.0, 2], [5.0, 2]), ([0.5, 0.5 + 0x1p-53], [0.5, 0.5]), ([7], [7])] {
      let totals = try totals(p, q)
      let scales = (totals.pFactor * totals.p.total, totals.qFactor * totals.q.total)
      #expect(((scales.0 - scales.1) / scales.1).high.magnitude < 0x1p-100)
      #expect(((totals.weight - scales.0) / scales.0).high.magnitude < 0x1p-100)
    }
  }

  /// a − b = p·Q − q·P on integers, where it can be computed exactly.
  @Test func differencesKeepTheirDigits() throws {
    try forEachDraw(from: 0xA1B) { random, seed in
      let p = (0..<5).map { _ in Double(random.integer(1...1_000_000)) }
      let q = (0..<5).map { _ in Double(random.integer(1...1_000_000)) }
      let totals = try totals(p, q)
      let (ofP, ofQ) = (Int128(p.reduce(0, +)), Int128(q.reduce(0, +)))
      // The factors share a power of two, which the weight shows.
      let scale = Double(ofP) * Double(ofQ) / totals.weight.high
      for (x, y) in zip(p, q) {
        let pair = MassPair(x, y, totals)
        let exact = Double(Int128(x) * ofQ - Int128(y) * ofP)
        #expect(pair.d.high * scale == exact, "\(seed) \(x) of \(ofP), \(y) of \(ofQ)")
      }
    }
  }

  /// Totals so far apart that a mass, lifted for the other's sake, met too large a factor.
  @Test(arguments: [0.5, 0x1p-300, 0x1p-700])
  func factorsStayWithinTheRange(mass: Double) throws {
    let (p, q) = ([1 - mass, mass], [1e300, 0x1p-1007])
    for (p, q) in [(p, q), (q, p)] {
      let totals = try totals(p, q)
      for (x, y) in zip(p, q) {
        let pair = MassPair(x, y, totals)
        #expect(pair.a.high.isFinite && pair.b.high.isFinite && pair.d.high.isFinite)
      }
    }
    let (a, b) = (try Categorical(normalizing: p), try Categorical(normalizing: q))
    let bits = try a.jensenShannonDivergence(from: b).bits
    #expect(bits > 0 && bits <= 1)
    expect(try b.jensenShannonDivergence(from: a).bits, near: bits)
  }

  /// Totals of which one over the other is no double: 2¹⁰⁰⁹ and 2⁻⁵⁵.
  @Test func quotientsOfTotalsBeyondAllDoubles() throws {
    let (p, q) = ([0x1p1009, 0x1p1000, 0, 0x1p-1056], [0x1p-1040, 0, 0x1p-55, 0x1p-1015])
    let (a, b) = (try Categorical(normalizing: p), try Categorical(normalizing: q))
    for bits in [
      try a.jensenShannonDivergence(from: b).bits, try b.jensenShannonDivergence(from: a).bits,
    ] {
      #expect((1 - bits).magnitude <= 0x1p-52)
    }
    expect(try a.totalVariation(from: b), near: 1)
    expect(try a.hellingerDistance(from: b), near: 1)
  }

  /// Totals whose product over the smaller one is no double.
  @Test func productsOfTotalsBeyondAllDoubles() throws {
    let a = try Categorical(normalizing: [0x1.8p1023, 0x1p-250, 0x1p-990])
    let b = try Categorical(normalizing: [0x1p-1028, 0x1.8p569, 0x1p-990])
    for bits in [
      try a.jensenShannonDivergence(from: b).bits, try b.jensenShannonDivergence(from: a).bits,
    ] {
      #expect((1 - bits).magnitude <= 0x1p-52)
    }
    expect(try a.totalVariation(from: b), near: 1)
  }

  @Test func logRatios() {
    var worst = WorstError("log ratio", bound: 0x1p-63)
    forEachDraw(from: 0xA1C) { random, seed in
      let y = 0.5 + random.unit()
      let x = random.unit() < 0.5 ? y * (0.5 + random.unit()) : y * (1 + 0x1p-30 * random.unit())
      // The same by the general logarithm, with its accuracy, of x/y − 1 exactly.
      let excess = DoubleDouble.difference(x, y) / DoubleDouble(y)
      worst.check(MassPair(x, y).logRatio, DoubleDouble.log1p(excess).parts, seed)
    }
    worst.finish()
  }

  @Test func reversal() {
    let pair = MassPair(0.25, 0.75).reversed
    #expect(pair.a == DoubleDouble(0.75) && pair.b == DoubleDouble(0.25))
    #expect(pair.d == DoubleDouble(0.5))
  }
}
