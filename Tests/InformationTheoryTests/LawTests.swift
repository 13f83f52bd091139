import Foundation
import InformationTheory
import TestSupport
import Testing

/// What holds of every divergence, on seeded draws.
///
/// Sides that are one result each are compared as they are: rounding keeps order.
/// Where a side is computed from results, its roundings get as many ulps of room.
@Suite("Laws of divergence")
struct LawTests {
  private func forEachPair(
    from seed: UInt64, _ body: (Categorical, Categorical, String) throws -> Void
  ) throws {
    try forEachDraw(2000, from: seed) { random, seed in
      let (p, q) = try random.pair()
      try body(p, q, seed)
    }
  }

  /// Gibbs: D ≥ 0, and 0 only where p = q.
  @Test func gibbs() throws {
    try forEachDraw(2000, from: 0x1B0) { random, seed in
      let p = try random.positive(random.integer(2...12))
      var masses = p.masses
      let i = random.integer(0...masses.count - 1)
      masses[i] = random.unit() < 0.5 ? masses[i].nextUp : masses[i] * (1 + random.unit())
      let q = try Categorical(normalizing: masses)
      #expect(try p.klDivergence(from: q) > .zero, "\(seed)")
      #expect(try q.klDivergence(from: p) > .zero, "\(seed)")
      expectSameBits(try p.klDivergence(from: p).nats, 0, seed)
    }
  }

  /// The same proportions at another scale are the same distribution.
  @Test func proportionalMassesAreEqual() throws {
    try forEachDraw(from: 0x1B1) { random, seed in
      let counts = (0..<random.integer(1...12)).map { _ in random.integer(0...1000) } + [1]
      let (p, q) = (
        try Categorical(counts: counts), try Categorical(counts: counts.map { 7 * $0 })
      )
      for forms in allDivergences {
        guard let atEquality = forms.atEquality else { continue }
        for arguments in forms.samples where arguments.positions == nil {
          expect(
            try forms.method(p, q, arguments), near: atEquality,
            "\(forms.table) \(arguments), \(seed)")
        }
      }
    }
  }

  @Test func jensenShannonIsBounded() throws {
    try forEachPair(from: 0x1B2) { p, q, seed in
      let js = try p.jensenShannonDivergence(from: q)
      #expect(js >= .zero && js <= .bits(1), "\(seed)")
      let jeffreys = try p.jeffreysDivergence(from: q).nats
      expect(js.nats, atMost: jeffreys / 4, seed)
    }
  }

  /// JS = H(m) − (H(p) + H(q))/2, which cancels: within rounding of the entropies.
  @Test func jensenShannonIsAGainOfEntropy() throws {
    try forEachDraw(from: 0x1B3) { random, seed in
      let n = random.integer(1...12)
      let (p, q) = (random.dyadic(n), random.dyadic(n))
      let mixture = zip(p, q).map { ($0 + $1) / 2 }
      let gain = try entropy(of: mixture.span) - 0.5 * (entropy(of: p.span) + entropy(of: q.span))
      let js = try jensenShannonDivergence(of: p.span, from: q.span)
      // Amounts of information carry more digits than a double.
      #expect((gain - js).nats.magnitude <= 0x1p-58 * log(13), "\(seed) \(gain) and \(js)")
    }
  }

  /// √JS, Hellinger's, total variation, Wasserstein's, Cramér's and
  /// Kolmogorov–Smirnov's are metrics; the sum of two distances is rounded.
  @Test func triangleInequality() throws {
    let metrics: [any DivergenceForms] = [
      JensenShannonDistanceForms(), HellingerDistanceForms(), TotalVariationForms(),
      Wasserstein1Forms(), Wasserstein2Forms(), CramerDistanceForms(), EnergyDistanceForms(),
      KolmogorovSmirnovForms(),
    ]
    try forEachDraw(from: 0x1B4) { random, seed in
      let n = random.integer(1...10)
      let (p, q) = try random.pair(n...n)
      let r =
        try random.unit() < 0.3
        ? random.neighbour(of: p, separation: 1e-6)
        : random.categorical(n)
      for forms in metrics {
        let direct = try forms.method(p, q, Arguments())
        let around = try forms.method(p, r, Arguments()) + forms.method(r, q, Arguments())
        expect(direct, atMost: around, ulps: 2, "\(forms.table), \(seed)")
      }
    }
  }

  /// Pinsker: 2 TV² ≤ D; Bretagnolle and Huber: TV ≤ √(1 − e^−D).
  @Test func pinskerAndBretagnolleHuber() throws {
    try forEachPair(from: 0x1B5) { p, q, seed in
      let (kl, tv) = (try p.klDivergence(from: q).nats, try p.totalVariation(from: q))
      expect(2 * tv * tv, atMost: kl, ulps: 4, seed)
      expect(tv, atMost: (-expm1(-kl)).squareRoot(), ulps: 4, seed)
    }
  }

  /// Le Cam: H² ≤ TV ≤ H√(2 − H²).
  @Test func leCam() throws {
    try forEachPair(from: 0x1B6) { p, q, seed in
      let (h, tv) = (try p.hellingerDistance(from: q), try p.totalVariation(from: q))
      expect(h * h, atMost: tv, ulps: 4, seed)
      expect(tv, atMost: h * (2 - h * h).squareRoot(), ulps: 4, seed)
    }
  }

  /// 2H² ≤ −2 log(1 − H²) ≤ D ≤ log(1 + χ²) ≤ χ².
  @Test func aroundKullbackLeibler() throws {
    try forEachPair(from: 0x1B7) { p, q, seed in
      let (kl, h) = (try p.klDivergence(from: q).nats, try p.hellingerDistance(from: q))
      let (chi, bhattacharyya) = (
        try p.pearsonChiSquared(from: q), try p.bhattacharyyaDistance(from: q).nats
      )
      expect(2 * h * h, atMost: 2 * bhattacharyya, ulps: 4, seed)
      expect(2 * bhattacharyya, atMost: kl, ulps: 1, seed)
      expect(kl, atMost: log1p(chi), ulps: 2, seed)
    }
  }

  @Test func renyiGrowsWithTheOrder() throws {
    let orders = [0, 0x1p-40, 0.3, 0.5, 1 - 0x1p-30, 1, 1 + 0x1p-30, 1.5, 2, 10, 700, .infinity]
    try forEachPair(from: 0x1B8) { p, q, seed in
      let values = try orders.map { try p.renyiDivergence(from: q, order: $0).nats }
      for i in orders.indices.dropFirst() {
        // Where neighbours agree the last bit is the rounding.
        expect(values[i - 1], atMost: values[i], ulps: 1, "\(seed) order \(orders[i]):")
      }
    }
  }

  /// (1−α)·D_α(p‖q) = α·D_(1−α)(q‖p), and D_½ is twice Bhattacharyya's distance.
  @Test func renyiIsSkewSymmetric() throws {
    try forEachPair(from: 0x1B9) { p, q, seed in
      for order in [0.25, 0.5, 0.875] {
        let left = try (1 - order) * p.renyiDivergence(from: q, order: order).nats
        let right = try order * q.renyiDivergence(from: p, order: 1 - order).nats
        expect(left, near: right, ulps: 2, "\(seed) order \(order):")
      }
      let half = try p.renyiDivergence(from: q, order: 0.5).nats
      expect(half, near: try 2 * p.bhattacharyyaDistance(from: q).nats, seed)
    }
  }

  /// D_α = log(1 + (α−1)·T_α)/(α−1), by the platform's log1p.
  @Test func renyiIsAFunctionOfTsallis() throws {
    try forEachPair(from: 0x1BA) { p, q, seed in
      for order in [0.25, 0.5, 0.9, 1.25, 2, 3] {
        let excess = try (order - 1) * p.tsallisDivergence(from: q, order: order)
        guard excess > -0.75 else { continue }
        let renyi = try p.renyiDivergence(from: q, order: order).nats
        expect(log1p(excess) / (order - 1), near: renyi, ulps: 8, "\(seed) order \(order):")
      }
    }
  }

  /// H(p, q) = H(p) + D(p‖q), a sum of two rounded values.
  @Test func crossEntropyIsEntropyAndDivergence() throws {
    try forEachPair(from: 0x1BB) { p, q, seed in
      let sum = try p.entropy().nats + p.klDivergence(from: q).nats
      expect(sum, near: try p.crossEntropy(relativeTo: q).nats, ulps: 2, seed)
    }
  }

  @Test func jeffreysIsBothDirections() throws {
    try forEachPair(from: 0x1BC) { p, q, seed in
      let sum = try p.klDivergence(from: q).nats + p.reverseKLDivergence(from: q).nats
      expect(sum, near: try p.jeffreysDivergence(from: q).nats, ulps: 2, seed)
      expectSameBits(
        try p.reverseKLDivergence(from: q).nats, try q.klDivergence(from: p).nats, seed)
    }
  }

  /// Merging outcomes brings distributions closer, or leaves them where they were.
  @Test func dataProcessing() throws {
    let contracting: [any DivergenceForms] = allDivergences.filter {
      !$0.isOrdered && !["cross-entropy", "bhattacharyya-coefficient"].contains($0.table)
    }
    try forEachDraw(from: 0x1BD) { random, seed in
      let n = random.integer(2...10)
      let (p, q) = (random.dyadic(n), random.dyadic(n))
      let cut = random.integer(1...n - 1)
      let (mergedP, mergedQ) = (
        try Categorical([p[..<cut].reduce(0, +)] + p[cut...]),
        try Categorical([q[..<cut].reduce(0, +)] + q[cut...])
      )
      let (wholeP, wholeQ) = (try Categorical(p), try Categorical(q))
      for forms in contracting {
        for arguments in forms.samples {
          let before = try forms.method(wholeP, wholeQ, arguments)
          let after = try forms.method(mergedP, mergedQ, arguments)
          // Equal where the ratio is the same in what is merged.
          expect(after, atMost: before, ulps: 1, "\(forms.table) \(arguments), \(seed)")
        }
      }
    }
  }

  /// The log-sum inequality, of masses that sum to anything.
  @Test func logSum() throws {
    try forEachDraw(from: 0x1BE) { random, seed in
      let n = random.integer(1...12)
      // Whole numbers, so that their sums are exact.
      let (a, b) = (
        (0..<n).map { _ in Double(random.integer(0...1_000_000)) },
        (0..<n).map { _ in Double(random.integer(1...1_000_000)) }
      )
      let (sumOfA, sumOfB) = ([a.reduce(0, +)], [b.reduce(0, +)])
      let whole = try generalizedKLDivergence(of: sumOfA.span, from: sumOfB.span).nats
      expect(whole, atMost: try generalizedKLDivergence(of: a.span, from: b.span).nats, seed)
    }
  }

  /// D of mixtures is at most the mixture of the Ds.
  @Test func jointConvexity() throws {
    try forEachDraw(from: 0x1BF) { random, seed in
      let n = random.integer(1...10)
      let (p1, q1, p2, q2) = (
        random.dyadic(n), random.dyadic(n), random.dyadic(n), random.dyadic(n)
      )
      let (p, q) = (zip(p1, p2).map { ($0 + $1) / 2 }, zip(q1, q2).map { ($0 + $1) / 2 })
      let mean =
        try
        (klDivergence(of: p1.span, from: q1.span).nats
        + klDivergence(of: p2.span, from: q2.span).nats) / 2
      expect(try klDivergence(of: p.span, from: q.span).nats, atMost: mean, ulps: 2, seed)
    }
  }

  /// Bhattacharyya ≤ Chernoff ≤ the smaller Kullback–Leibler.
  @Test func chernoff() throws {
    try forEachPair(from: 0x1C0) { p, q, seed in
      let chernoff = try p.chernoffInformation(from: q).nats
      // Equal where α = ½ is best.
      expect(try p.bhattacharyyaDistance(from: q).nats, atMost: chernoff, ulps: 1, seed)
      let kl = try min(p.klDivergence(from: q), q.klDivergence(from: p)).nats
      expect(chernoff, atMost: kl, ulps: 1, seed)
    }
  }

  /// Topsøe: Δ/4 ≤ JS ≤ Δ·(log 2)/2; and TV² ≤ Δ/2 ≤ TV.
  @Test func triangular() throws {
    try forEachPair(from: 0x1C1) { p, q, seed in
      let (js, delta) = (
        try p.jensenShannonDivergence(from: q).nats, try p.triangularDiscrimination(from: q)
      )
      expect(delta / 4, atMost: js, ulps: 1, seed)
      expect(js, atMost: delta * (0.693147180559945309417 / 2), ulps: 2, seed)
      let tv = try p.totalVariation(from: q)
      expect(tv * tv, atMost: delta / 2, ulps: 3, seed)
      expect(delta / 2, atMost: tv, seed)
    }
  }

  /// KS ≤ TV; W₁ ≤ range·TV; shortest step·KS ≤ W₁ ≤ W₂; Cramér² ≤ KS·W₁.
  @Test func orderedDistances() throws {
    try forEachDraw(2000, from: 0x1C2) { random, seed in
      let (p, q) = try random.pair(2...12)
      let steps = (1..<p.count).map { _ in 0.125 + random.unit() }
      let positions = steps.reduce(into: [-3.0]) { $0.append(($0.last ?? 0) + $1) }
      let gaps = zip(positions.dropFirst(), positions).map { $0 - $1 }
      let (ks, tv) = (try p.kolmogorovSmirnovDistance(from: q), try p.totalVariation(from: q))
      let w1 = try p.wasserstein1Distance(from: q, positions: positions)
      let w2 = try p.wasserstein2Distance(from: q, positions: positions)
      let cramer = try p.cramerDistance(from: q, positions: positions)
      let energy = try p.energyDistance(from: q, positions: positions)
      expect(ks, atMost: tv, seed)
      let range = try #require(positions.last) - positions[0]
      expect(w1, atMost: range * tv, ulps: 2, seed)
      expect(try #require(gaps.min()) * ks, atMost: w1, ulps: 3, seed)
      expect(w1, atMost: w2, seed)
      expect(cramer * cramer, atMost: ks * w1, ulps: 4, seed)
      expect(energy, near: 2.0.squareRoot() * cramer, ulps: 2, seed)
    }
  }

  /// K_w ≤ −log(1 − w), and grows with w up to Kullback–Leibler's at 1.
  @Test func skewGrowsWithTheWeight() throws {
    let weights = [0, 0x1p-40, 0.25, 0.5, 0.75, 1 - 0x1p-40, 1]
    try forEachPair(from: 0x1C3) { p, q, seed in
      let values = try weights.map { try p.skewDivergence(from: q, weight: $0).nats }
      for i in weights.indices.dropFirst() {
        expect(values[i - 1], atMost: values[i], ulps: 1, "\(seed) weight \(weights[i]):")
        expect(values[i], atMost: -log1p(-weights[i]), ulps: 2, "\(seed) weight \(weights[i]):")
      }
    }
  }

  /// The generalised Jensen–Shannon divergence is at most the entropy of the weights.
  @Test func generalizedJensenShannonIsBounded() throws {
    try forEachDraw(from: 0x1C4) { random, seed in
      let (rows, n) = (random.integer(1...5), random.integer(1...6))
      let distributions = try (0..<rows).map { _ in try random.categorical(n) }
      let weights = try random.positive(rows)
      let value = try generalizedJensenShannonDivergence(
        of: distributions, weights: weights.masses)
      #expect(value >= .zero, "\(seed)")
      expect(value.nats, atMost: weights.entropy().nats, ulps: 1, seed)
    }
  }
}
