import InformationTheory
import TestSupport
import Testing

@Suite("Mutual information of labels")
struct LabelMutualInformationTests {
  /// The table that counts the same pairs.
  private func table<Label: Hashable>(_ x: [Label], _ y: [Label]) throws -> Double {
    var (rows, columns): ([Label: Int], [Label: Int]) = ([:], [:])
    for label in x where rows[label] == nil { rows[label] = rows.count }
    for label in y where columns[label] == nil { columns[label] = columns.count }
    var counts = [Int](repeating: 0, count: rows.count * columns.count)
    for (a, b) in zip(x, y) { counts[(rows[a] ?? 0) * columns.count + (columns[b] ?? 0)] += 1 }
    return try JointDistribution(
      counts: counts, shape: [rows.count, columns.count], names: ["x", "y"]
    ).mutualInformation(between: "x", and: "y").nats
  }

  @Test func sameAsTheTable() throws {
    try forEachDraw(300, from: 4001) { random, seed in
      let n = random.integer(1...400)
      let (k, spread) = (random.integer(1...12), [1, -7, 1000, 1 << 40][random.integer(0...3)])
      let x = (0..<n).map { _ in random.integer(-3...k) * spread }
      let y = x.map { random.unit() < 0.5 ? $0 : random.integer(0...k) }
      let value = try mutualInformation(of: x.span, and: y.span).nats
      expectSameBits(value, try table(x, y), seed)
      expectSameBits(try mutualInformation(of: y.span, and: x.span).nats, value, seed)
      let order = random.permutation(n)
      let (a, b) = (order.map { x[$0] }, order.map { y[$0] })
      expectSameBits(try mutualInformation(of: a.span, and: b.span).nats, value, seed)
    }
  }

  /// The table grows in both directions, block after block, and keeps its counts.
  @Test func labelsThatSpread() throws {
    let x = (0..<40_000).map { ($0 % 2 == 0 ? 1 : -1) * $0 / 400 }
    let y = (0..<40_000).map { -($0 / 250) }
    let value = try mutualInformation(of: x.span, and: y.span).nats
    expectSameBits(value, try table(x, y))
    let narrow = (0..<30_000).map { UInt8(truncatingIfNeeded: $0 / 113) }
    let other = (0..<30_000).map { UInt8(truncatingIfNeeded: $0) & 3 }
    expectSameBits(
      try mutualInformation(of: narrow.span, and: other.span).nats, try table(narrow, other))
    let small = x.map { Int32($0) }
    let negated = small.map { -$0 }
    let (halves, wholes) = (
      try mutualInformation(of: small.span, and: negated.span).nats,
      try mutualInformation(of: x.span, and: x.span).nats
    )
    expectSameBits(halves, wholes)
  }

  /// A thread counts a part, in which other labels occur than in the others.
  @Test func anyNumberOfThreads() throws {
    let n = 1 << 20
    let x = (0..<n).map { ($0 % 3 == 0 ? 1 : -1) * $0 / 40_000 }
    let y = (0..<n).map { $0 % 5 + $0 / 300_000 }
    let alone = try Parallelism.$maximumThreads.withValue(1) {
      try mutualInformation(of: x.span, and: y.span).nats
    }
    for threads in [2, 5, 64] {
      let value = try Parallelism.$maximumThreads.withValue(threads) {
        try mutualInformation(of: x.span, and: y.span).nats
      }
      expectSameBits(value, alone, "\(threads) threads")
    }
    expectSameBits(try table(x, y), alone)
  }

  /// Each thread has a table of its own, which is not small.
  @Test func manyLabelsOnThreads() throws {
    let n = 1 << 21
    let x = (0..<n).map { $0 &* 7919 % 300 }
    let y = (0..<n).map { $0 % 2 == 0 ? $0 &* 7919 % 300 : $0 / 7 % 299 }
    let alone = try Parallelism.$maximumThreads.withValue(1) {
      try mutualInformation(of: x.span, and: y.span).nats
    }
    for threads in [2, 5] {
      let value = try Parallelism.$maximumThreads.withValue(threads) {
        try mutualInformation(of: x.span, and: y.span).nats
      }
      expectSameBits(value, alone, "\(threads) threads")
    }
  }

  @Test func sameBitsAtEveryLevel() throws {
    var random = SplitMix64(state: 12)
    for (count, labels) in [(5000, 3), (5003, 100), (20_001, 250)] {
      let x = (0..<count).map { _ in random.integer(0...labels) }
      let y = x.map { random.unit() < 0.5 ? $0 : random.integer(0...labels) }
      let value = try table(x, y)
      let (a, b) = (x.map { Int32($0) - 7 }, y.map { Int32($0) })
      let (c, d) = (x.map { UInt8($0) }, y.map { UInt8($0) })
      let (e, f) = (x.map { UInt16($0) }, y.map { UInt16($0) })
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          expectSameBits(try mutualInformation(of: x.span, and: y.span).nats, value)
          expectSameBits(try mutualInformation(of: a.span, and: b.span).nats, value)
          expectSameBits(try mutualInformation(of: c.span, and: d.span).nats, value)
          expectSameBits(try mutualInformation(of: e.span, and: f.span).nats, value)
        }
      }
    }
  }

  @Test func labelsOfAllSizes() throws {
    let ends = [Int.min, Int.max, 0, Int.min, Int.max, 0]
    #expect(try mutualInformation(of: ends.span, and: ends.span).nats == 1.0986122886681098)
    let unsigned: [UInt64] = [.max, 0, .max, 0]
    #expect(try mutualInformation(of: unsigned.span, and: unsigned.span).bits == 1)
    let wide: [Int128] = [.max, .min, .max, .min]
    #expect(try mutualInformation(of: wide.span, and: wide.span).bits == 1)
    let one = [7]
    expectSameBits(try mutualInformation(of: one.span, and: one.span).nats, 0)
    // Independent, exactly; constant; a bijection.
    let (a, b) = ([0, 0, 1, 1], [5, 6, 5, 6])
    expectSameBits(try mutualInformation(of: a.span, and: b.span).nats, 0)
    let constant = [3, 3, 3, 3]
    expectSameBits(try mutualInformation(of: a.span, and: constant.span).nats, 0)
  }

  @Test func badColumns() {
    let (none, one, two): ([Int], [Int], [Int]) = ([], [1], [1, 2])
    expectError(.empty, argument: "x", says: "at least one") {
      try mutualInformation(of: none.span, and: none.span)
    }
    expectError(.sizeMismatch, argument: "y", says: "x has 1", "y has 2") {
      try mutualInformation(of: one.span, and: two.span)
    }
  }

  @Test func columnsOfLabels() throws {
    let animal = try LabelColumn("animal", ["cat", "dog", "cat", "bird"])
    let legs = LabelColumn("legs", [4, 4, 3, 2] as [UInt8])
    #expect(animal.labels == ["cat", "dog", "bird"] && animal.count == 4)
    #expect(legs.labels == ["4", "3", "2"] && legs.name == "legs")
    let far = LabelColumn("far", [Int.max, Int.min, 5, Int.max])
    #expect(far.labels == ["\(Int.max)", "\(Int.min)", "5"])
    let joint = try JointDistribution(columns: [animal, legs, far])
    #expect(joint.shape == [3, 3, 3])
    #expect(
      try joint.distribution(of: "legs")
        == Categorical(
          counts: [2, 1, 1], labels: ["4", "3", "2"]))
    #expect(
      try joint.conditional(on: "animal", equals: "cat").distribution(of: "legs").masses
        == [1, 1, 0])
  }
}
