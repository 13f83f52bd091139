import InformationTheory
import TestSupport
import Testing

@Suite("Generalized Jensen–Shannon divergence")
struct GeneralizedJensenShannonTests {
  @Test func everyOracleValue() throws {
    try checkOracle(
      "generalized-jensen-shannon-divergence", inputs: OracleCases.pmfs
    ) { row, _, _, _ in
      let rows = try #require(row.distributions)
      return try generalizedJensenShannonDivergence(
        of: rows.map { try Categorical(normalizing: $0.map(\.value)) },
        weights: #require(row.weights).map(\.value)
      ).nats
    }
  }

  /// Of two with equal weights it is the Jensen–Shannon divergence.
  @Test func ofTwo() throws {
    try forEachDraw(from: 0x625) { random, seed in
      let (p, q) = try random.pair()
      let value = try generalizedJensenShannonDivergence(of: [p, q]).nats
      expect(value, near: try p.jensenShannonDivergence(from: q).nats, ulps: 2, seed)
    }
  }

  /// Disjoint distributions: an outcome tells which one it came from.
  @Test func ofDisjointOnesIsTheEntropyOfTheWeights() throws {
    let rows = [
      try Categorical([1, 0, 0]), try Categorical([0, 1, 0]), try Categorical([0, 0, 1]),
    ]
    let weights = [2.0, 1, 1]
    #expect(try generalizedJensenShannonDivergence(of: rows, weights: weights).bits == 1.5)
    let equal = try generalizedJensenShannonDivergence(of: rows)
    expect(equal.nats, near: 1.098612288668109691395)
  }

  @Test func edges() throws {
    let (p, q) = (try Categorical([0.3, 0.7]), try Categorical([0.6, 0.4]))
    expectSameBits(try generalizedJensenShannonDivergence(of: [p]).nats, 0)
    expectSameBits(try generalizedJensenShannonDivergence(of: [p, p, p]).nats, 0)
    // One without weight does not count.
    let alone = try generalizedJensenShannonDivergence(of: [p, q, p], weights: [1, 0, 2])
    expectSameBits(alone.nats, 0)
  }

  /// The order of the outcomes changes no bit, that of the distributions the last at most.
  @Test func order() throws {
    try forEachDraw(from: 0x626) { random, seed in
      let n = random.integer(1...8)
      let rows = try (0..<random.integer(1...5)).map { _ in try random.categorical(n) }
      let weights = rows.map { _ in 0.125 + random.unit() }
      let value = try generalizedJensenShannonDivergence(of: rows, weights: weights).nats
      let columns = random.permutation(n)
      let permuted = try rows.map { row in
        try Categorical(normalizing: columns.map { row.masses[$0] })
      }
      let ofPermuted = try generalizedJensenShannonDivergence(of: permuted, weights: weights)
      expectSameBits(ofPermuted.nats, value, seed)
      let order = random.permutation(rows.count)
      let shuffled = try generalizedJensenShannonDivergence(
        of: order.map { rows[$0] }, weights: order.map { weights[$0] })
      expect(shuffled.nats, near: value, seed)
    }
  }

  @Test func labelsAreMatched() throws {
    let p = try Categorical([0.5, 0.5], labels: ["a", "b"])
    let q = try Categorical([0.25, 0.75], labels: ["c", "b"])
    let r = try Categorical([1.0], labels: ["d"])
    let value = try generalizedJensenShannonDivergence(of: [p, q, r])
    let padded = try generalizedJensenShannonDivergence(of: [
      Categorical([0.5, 0.5, 0, 0]), Categorical([0, 0.75, 0.25, 0]), Categorical([0, 0, 0, 1]),
    ])
    expectSameBits(value.nats, padded.nats)
  }

  @Test func errors() throws {
    let p = try Categorical([0.5, 0.5])
    expectError(.empty, argument: "distributions", says: "no distributions") {
      try generalizedJensenShannonDivergence(of: [])
    }
    expectError(.sizeMismatch, argument: "weights", says: "1 weights", "2 distributions") {
      try generalizedJensenShannonDivergence(of: [p, p], weights: [1])
    }
    expectError(.negativeMass, argument: "weights", index: 1, says: "weights[1]", "-0.5") {
      try generalizedJensenShannonDivergence(of: [p, p], weights: [1, -0.5])
    }
    expectError(.notFinite, argument: "weights", index: 0, says: "nan") {
      try generalizedJensenShannonDivergence(of: [p, p], weights: [.nan, 1])
    }
    expectError(.zeroTotal, argument: "weights", says: "weights") {
      try generalizedJensenShannonDivergence(of: [p, p], weights: [0, 0])
    }
    expectError(.sizeMismatch, argument: "q", says: "2", "1") {
      try generalizedJensenShannonDivergence(of: [p, Categorical([1.0])])
    }
  }
}
