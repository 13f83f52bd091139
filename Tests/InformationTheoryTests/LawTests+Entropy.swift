import Foundation
import InformationTheory
import TestSupport
import Testing

/// What holds of every entropy, on seeded draws.
@Suite("Laws of entropy")
struct EntropyLawTests {
  @Test func boundedByLogN() throws {
    try forEachDraw(from: 0x1A0) { random, seed in
      let p = try random.categorical(random.integer(1...20))
      let maximum = Categorical.maximumEntropy(outcomes: p.count)
      #expect(p.entropy() >= .zero, "\(seed)")
      // Rounding keeps order, and both are right to a good deal more than a double.
      #expect(p.entropy() <= maximum, "\(seed)")
      #expect((p.entropy() == .zero) == (p.support.count == 1), "\(seed)")
      #expect(p.perplexity() >= 1 && p.perplexity() <= Double(p.count), "\(seed)")
    }
  }

  /// Non-increasing in the order; the last bit is the rounding where neighbours agree.
  @Test func renyiFallsWithTheOrder() throws {
    let orders = [0, 0x1p-40, 0.3, 0.5, 1 - 0x1p-30, 1, 1 + 0x1p-30, 1.5, 2, 10, 700, .infinity]
    try forEachDraw(from: 0x1A1) { random, seed in
      let p = try random.categorical(random.integer(1...12))
      let values = try orders.map { try p.renyiEntropy(order: $0).nats }
      for i in orders.indices.dropFirst() {
        expect(values[i], atMost: values[i - 1], ulps: 1, "\(seed) order \(orders[i]):")
      }
    }
  }

  /// H_α = log(1 + (1−α)·S_α)/(1−α), by the platform's log1p.
  ///
  /// Away from (1−α)·S_α = −1 its errors grow little: a few roundings of the parts.
  @Test func renyiIsAFunctionOfTsallis() throws {
    try forEachDraw(from: 0x1A2) { random, seed in
      let p = try random.categorical(random.integer(1...12))
      for order in [0.25, 0.5, 0.9, 1.25, 2, 3] {
        let excess = try (1 - order) * p.tsallisEntropy(order: order)
        guard excess > -0.75 else { continue }
        let renyi = try p.renyiEntropy(order: order).nats
        expect(log1p(excess) / (1 - order), near: renyi, ulps: 8, "\(seed) order \(order):")
      }
    }
  }

  /// H(X,Y) = H(X) + H(Y|X), each rounded once: three half-ulps of the largest.
  @Test func chainRule() throws {
    try forEachDraw(from: 0x1A3) { random, seed in
      let (rows, columns) = (random.integer(1...5), random.integer(1...5))
      let table = random.dyadic(rows * columns, zeros: 0.2)
      let joint = try jointEntropy(of: table.span).nats
      let (ofRows, ofColumns) = margins(of: table, rowCount: rows)
      for (margin, axis) in [(ofRows, JointAxis.rows), (ofColumns, .columns)] {
        let known = try entropy(of: margin.span).nats
        let rest = try conditionalEntropy(of: table.span, rowCount: rows, given: axis).nats
        expect(known + rest, near: joint, ulps: 2, "\(seed) given \(axis):")
      }
    }
  }

  /// H(Y|X) ≤ H(Y) ≤ H(X,Y) ≤ H(X) + H(Y).
  @Test func conditioningLosesAndJoiningGains() throws {
    try forEachDraw(from: 0x1A4) { random, seed in
      let (rows, columns) = (random.integer(1...5), random.integer(1...5))
      let table = random.dyadic(rows * columns, zeros: 0.2)
      let (ofRows, ofColumns) = margins(of: table, rowCount: rows)
      let (x, y) = (try entropy(of: ofRows.span).nats, try entropy(of: ofColumns.span).nats)
      let joint = try jointEntropy(of: table.span).nats
      let rest = try conditionalEntropy(of: table.span, rowCount: rows, given: .rows).nats
      expect(rest, atMost: y, seed)
      expect(y, atMost: joint, seed)
      // The sum of two rounded values.
      expect(joint, atMost: x + y, ulps: 1, seed)
    }
  }

  /// H(p) = H(groups) + Σ P(group)·H(inside the group), a sum of rounded values.
  @Test func grouping() throws {
    try forEachDraw(from: 0x1A5) { random, seed in
      let p = random.dyadic(random.integer(2...12))
      let cut = random.integer(1...p.count - 1)
      let groups = [Array(p[..<cut]), Array(p[cut...])]
      let masses = groups.map { $0.reduce(0, +) }
      var sum = try entropy(of: masses.span).nats
      for (mass, group) in zip(masses, groups) where mass > 0 {
        sum += try mass * Categorical(normalizing: group).entropy().nats
      }
      expect(sum, near: try entropy(of: p.span).nats, ulps: 3, seed)
    }
  }

  /// Merging outcomes loses entropy, of every order.
  @Test func mergingLoses() throws {
    try forEachDraw(from: 0x1A6) { random, seed in
      let p = random.dyadic(random.integer(2...12))
      let cut = random.integer(1...p.count - 1)
      let merged = [p[..<cut].reduce(0, +)] + p[cut...]
      for order in [0, 0.5, 1, 2, .infinity] {
        let (before, after) = (
          try renyiEntropy(of: p.span, order: order).nats,
          try renyiEntropy(of: merged.span, order: order).nats
        )
        expect(after, atMost: before, "\(seed) order \(order):")
      }
    }
  }

  /// The entropy of a mixture is at least the mean of the entropies.
  @Test func concavity() throws {
    try forEachDraw(from: 0x1A7) { random, seed in
      let n = random.integer(1...12)
      let (p, q) = (random.dyadic(n), random.dyadic(n))
      let mixture = zip(p, q).map { ($0 + $1) / 2 }
      let mean = try (entropy(of: p.span).nats + entropy(of: q.span).nats) / 2
      // The mean is rounded, and equal where p = q.
      expect(mean, atMost: try entropy(of: mixture.span).nats, ulps: 1, seed)
    }
  }

  /// The extropy is at most the entropy, and is it for two outcomes.
  @Test func extropy() throws {
    try forEachDraw(from: 0x1A8) { random, seed in
      let p = try random.categorical(random.integer(1...12))
      expect(p.extropy().nats, atMost: p.entropy().nats, ulps: 1, seed)
      let two = try random.categorical(2)
      expect(two.extropy().nats, near: two.entropy().nats, seed)
    }
  }

  /// Cumulative residual entropy grows with the steps, in proportion.
  @Test func cumulativeResidualEntropyScales() throws {
    try forEachDraw(from: 0x1A9) { random, seed in
      let p = try random.categorical(random.integer(1...12))
      let whole = try p.cumulativeResidualEntropy().nats
      let eighths = try p.cumulativeResidualEntropy(
        positions: (0..<p.count).map { Double($0) / 8 - 3 })
      expectSameBits(8 * eighths.nats, whole, seed)
    }
  }

  private func margins(of table: [Double], rowCount: Int) -> (rows: [Double], columns: [Double]) {
    let columnCount = table.count / rowCount
    var (rows, columns) = (
      [Double](repeating: 0, count: rowCount), [Double](repeating: 0, count: columnCount)
    )
    for (i, mass) in table.enumerated() {
      rows[i / columnCount] += mass
      columns[i % columnCount] += mass
    }
    return (rows, columns)
  }
}
