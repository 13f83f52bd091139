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

  /// Powers beyond all doubles, and orders of which products are.
  @Test(arguments: [1e5, 1e9, 1e20, 1e100, 1e200, 1e308])
  func greatOrders(order: Double) throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
    for sign in [1.0, -1] {
      #expect(try p.alphaDivergence(from: q, order: sign * order) == .infinity)
      #expect(try p.cressieReadDivergence(from: q, lambda: sign * order) == .infinity)
      #expect(try p.alphaDivergence(from: p, order: sign * order) == 0)
    }
    #expect(try p.tsallisDivergence(from: q, order: order) == .infinity)
    #expect(try p.tsallisDivergence(from: p, order: order) == 0)
    #expect(try p.renyiDivergence(from: p, order: order).nats == 0)
    // log(½·2^(α−1)·(1 + (⅓)^(α−1)))/(α − 1), of which the last factor is 1.
    let limit = 0x1.62e42fefa39efp-1 * (1 - 1 / (order - 1))
    expect(try p.renyiDivergence(from: q, order: order).nats, near: limit, ulps: 2, "\(order)")
  }

  /// The largest order before and after which another way is taken.
  @Test func ordersNextToTheLargestOneAreAlike() throws {
    try forEachDraw(20, from: 0x910) { random, seed in
      let (p, q) = try random.pair()
      let limit = try p.renyiDivergence(from: q, order: .infinity).nats
      for order in [0x1p599, 0x1p600, 0x1p601] {
        expect(try p.renyiDivergence(from: q, order: order).nats, near: limit, seed)
      }
    }
  }
}
