import InformationTheory
import TestSupport
import Testing

/// The relations inside the family that one implementation serves.
@Suite("Power divergences")
struct PowerDivergenceTests {
  let orders = [-3, -1, -0.5, 0x1p-40, 0.25, 0.5, 0.75, 1 - 0x1p-40, 1.5, 2, 7]

  private func forEachCase(
    _ body: (Categorical, Categorical, Double, String) throws -> Void
  ) throws {
    try forEachDraw(from: 0x90E) { random, seed in
      let n = random.integer(1...8)
      let (p, q) = (try random.positive(n), try random.positive(n))
      for order in orders { try body(p, q, order, "\(seed) order \(order)") }
    }
  }

  /// A_α(p‖q) = A_(1−α)(q‖p), where 1 − α is a double.
  @Test func duality() throws {
    try forEachCase { p, q, order, name in
      guard 1 - (1 - order) == order else { return }
      let dual = try q.alphaDivergence(from: p, order: 1 - order)
      expect(try p.alphaDivergence(from: q, order: order), near: dual, name)
    }
  }

  @Test func namedOrders() throws {
    try forEachDraw(from: 0x90F) { random, seed in
      let (p, q) = try random.pair()
      let (pearson, neyman) = (try p.pearsonChiSquared(from: q), try p.neymanChiSquared(from: q))
      expect(try 2 * p.alphaDivergence(from: q, order: 2), near: pearson, seed)
      expect(try 2 * p.alphaDivergence(from: q, order: -1), near: neyman, seed)
      expect(try p.alphaDivergence(from: q, order: 1), near: try p.klDivergence(from: q).nats, seed)
      expect(
        try p.alphaDivergence(from: q, order: 0), near: try p.reverseKLDivergence(from: q).nats,
        seed)
      // 4(1 − BC) = 4H²: the square doubles H's rounding.
      let hellinger = try p.hellingerDistance(from: q)
      expect(
        try p.alphaDivergence(from: q, order: 0.5), near: 4 * hellinger * hellinger, ulps: 4, seed)
    }
  }

  @Test func scales() throws {
    try forEachCase { p, q, order, name in
      let alpha = try p.alphaDivergence(from: q, order: order)
      if order > 0 {
        // Two roundings more.
        expect(try p.tsallisDivergence(from: q, order: order), near: order * alpha, ulps: 2, name)
      }
      guard order - 1 + 1 == order else { return }
      expect(try p.cressieReadDivergence(from: q, lambda: order - 1), near: alpha, name)
    }
  }
}
