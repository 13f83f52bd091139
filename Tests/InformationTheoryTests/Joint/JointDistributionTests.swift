import InformationTheory
import TestSupport
import Testing

@Suite("Joint distributions")
struct JointDistributionTests {
  /// Cover and Thomas, example 2.2.1, in thirty-seconds; rows are Y.
  let counts = [[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]]

  @Test func coverAndThomas() throws {
    let masses = counts.map { $0.map { Double($0) / 32 } }
    for joint in [
      try JointDistribution(counts: counts, rows: "y", columns: "x"),
      try JointDistribution(masses, rows: "y", columns: "x"),
      try JointDistribution(normalizing: masses.map { $0.map { $0 * 3 } }, rows: "y", columns: "x"),
      try JointDistribution(
        masses.map { $0.map { Float($0) } }, rows: "y", columns: "x"),
    ] {
      #expect(try joint.entropy(of: "x").bits == 7.0 / 4)
      #expect(try joint.entropy(of: "y").bits == 2)
      #expect(try joint.entropy(of: "x", given: "y").bits == 11.0 / 8)
      #expect(try joint.entropy(of: "y", given: "x").bits == 13.0 / 8)
      #expect(try joint.entropy(of: ["x", "y"]).bits == 27.0 / 8)
      #expect(try joint.mutualInformation(between: "x", and: "y").bits == 3.0 / 8)
      #expect(try joint.variationOfInformation(between: "x", and: "y").bits == 3)
      #expect(joint.cellCount == 13)
      #expect(joint.description == "y (4) × x (4), 13 cells")
    }
    let flat = masses.flatMap { $0 }
    let narrow = flat.map { Float($0) }
    #expect(try mutualInformation(of: flat.span, rowCount: 4).bits == 3.0 / 8)
    #expect(try mutualInformation(of: narrow.span, rowCount: 4).bits == 3.0 / 8)
  }

  @Test("Peer fault 7: two identical columns in {.2, .7} share log 2, not 0")
  func fault7() throws {
    let column = [0.2, 0.7, 0.7, 0.2, 0.2, 0.7]
    let joint = try JointDistribution(columns: [column, column], names: ["a", "b"])
    #expect(try joint.totalCorrelation().bits == 1)
    #expect(try joint.totalCorrelation().nats == 0.6931471805599453)
  }

  /// One distribution however it is given: dense, sparse, or observation by observation.
  @Test func formsAgree() throws {
    try forEachDraw(200, from: 3001) { random, seed in
      let shape = [random.integer(1...4), random.integer(1...3), random.integer(1...5)]
      var cells = (0..<shape.reduce(1, *)).map { _ in random.integer(0...3) }
      cells[0] += 1
      let names = ["x", "y", "z"]
      let dense = try JointDistribution(counts: cells, shape: shape, names: names)
      var rows: [[Int]] = []
      for (place, count) in cells.enumerated() {
        let outcome = [
          place / (shape[1] * shape[2]), place / shape[2] % shape[1], place % shape[2],
        ]
        rows += Array(repeating: outcome, count: count)
      }
      rows.shuffle(using: &random)
      let columns = (0..<3).map { variable in rows.map { $0[variable] } }
      let sparse = try JointDistribution(
        outcomes: columns, counts: rows.map { _ in 1 }, shape: shape, names: names)
      #expect(sparse == dense, "\(seed)")
      let observed = try JointDistribution(columns: columns, names: names)
      #expect(observed.cellCount == dense.cellCount, "\(seed)")
      #expect(observed.observationCount == rows.count, "\(seed)")
      for (x, y) in [("x", "y"), ("y", "z"), ("x", "z")] {
        let (x, y) = (JointDistribution.Variables([x]), JointDistribution.Variables([y]))
        let value = try dense.mutualInformation(between: x, and: y).nats
        expectSameBits(try observed.mutualInformation(between: x, and: y).nats, value, seed)
      }
      let text = try JointDistribution(columns: columns.map { $0.map(String.init) }, names: names)
      #expect(text == observed, "\(seed)")
      let masses = cells.map { Double($0) }
      let occupied = cells.indices.filter { cells[$0] > 0 }
      let ofMasses = try JointDistribution(
        outcomes: [
          occupied.map { $0 / (shape[1] * shape[2]) }, occupied.map { $0 / shape[2] % shape[1] },
          occupied.map { $0 % shape[2] },
        ], normalizing: occupied.map { masses[$0] }, shape: shape, names: names)
      #expect(
        try ofMasses == JointDistribution(normalizing: masses, shape: shape, names: names),
        "\(seed)")
      expectSameBits(
        try ofMasses.totalCorrelation().nats, try dense.totalCorrelation().nats, seed)
    }
  }

  @Test func parts() throws {
    let joint = try JointDistribution(
      counts: [1, 2, 0, 3, 4, 0, 0, 0, 5, 6, 7, 8], shape: [2, 3, 2], names: ["x", "y", "z"],
      labels: [["a", "b"], ["p", "q", "r"], ["0", "1"]])
    #expect(joint.observationCount == 36 && joint.total == 36)
    #expect(try joint.labels(of: "y") == ["p", "q", "r"])
    let turned = try joint.marginal(["z", "x"])
    #expect(turned.names == ["z", "x"] && turned.shape == [2, 2])
    #expect(
      try turned
        == JointDistribution(
          counts: [5, 12, 5, 14], shape: [2, 2], names: ["z", "x"],
          labels: [["0", "1"], ["a", "b"]]))
    #expect(
      try joint.distribution(of: "y") == Categorical(counts: [3, 14, 19], labels: ["p", "q", "r"]))
    let known = try joint.conditional(on: "x", equals: "a")
    #expect(known.names == ["y", "z"] && known.total == 10)
    #expect(try known == joint.conditional(on: "x", equals: 0))
    #expect(try known.probability(of: ["y": "r", "z": 0]) == 0.4)
    #expect(try known.distribution(of: "z").masses == [5, 5])
    #expect(try joint.probability(of: ["x": "b", "y": 1]) == 11.0 / 36)
    #expect(try joint.probability(of: [:]) == 1)
    // An average over what is known.
    let expected =
      10.0 / 36 * (try known.entropy(of: "y").nats)
      + 26.0 / 36 * (try joint.conditional(on: "x", equals: 1).entropy(of: "y").nats)
    expect(try joint.entropy(of: "y", given: "x").nats, near: expected, ulps: 4)
  }

  @Test func pointwiseInformation() throws {
    let joint = try JointDistribution(counts: counts, rows: "y", columns: "x")
    let pmi = { (x: Int, y: Int) in
      try joint.pointwiseMutualInformation(of: ["x": .index(x)], and: ["y": .index(y)])
    }
    #expect(try pmi(0, 3).bits == 1)
    #expect(try pmi(0, 0).bits == 0)
    #expect(try pmi(3, 3) == -Information.infinity)
    #expect(try joint.lautumInformation(between: "x", and: "y") == .infinity)
  }

  @Test func emptyGroupsAndSharedVariables() throws {
    let joint = try JointDistribution(counts: counts, rows: "y", columns: "x")
    #expect(try joint.entropy(of: []) == .zero)
    #expect(try joint.entropy(of: "x", given: ["x", "y"]) == .zero)
    #expect(try joint.mutualInformation(between: [], and: "x") == .zero)
    #expect(try joint.totalCorrelation(of: []) == .zero)
    #expect(try joint.dualTotalCorrelation(of: "x") == .zero)
    #expect(try joint.coInformation(of: []) == .zero)
    #expect(try joint.coInformation(of: "x") == joint.entropy(of: "x"))
    #expect(
      try joint.mutualInformation(between: ["x", "y"], and: ["y", "y"]) == joint.entropy(of: "y"))
  }

  /// Exclusive or: any two are independent, and determine the third.
  @Test func synergyAndRedundancy() throws {
    let xor = try JointDistribution(
      counts: [1, 0, 0, 1, 0, 1, 1, 0], shape: [2, 2, 2], names: ["a", "b", "c"])
    #expect(try xor.mutualInformation(between: "a", and: "b") == .zero)
    #expect(try xor.mutualInformation(between: "a", and: "b", given: "c").bits == 1)
    #expect(try xor.totalCorrelation().bits == 1 && xor.dualTotalCorrelation().bits == 2)
    #expect(try xor.oInformation().bits == -1 && xor.sInformation().bits == 3)
    #expect(try xor.coInformation().bits == -1 && xor.interactionInformation().bits == 1)
    let copies = try JointDistribution(
      columns: [[0, 1], [0, 1], [0, 1]], names: ["a", "b", "c"])
    #expect(try copies.totalCorrelation().bits == 2 && copies.dualTotalCorrelation().bits == 1)
    #expect(try copies.coInformation().bits == 1 && copies.interactionInformation().bits == -1)
  }

  /// Keys of more than 64 bits: 70 variables of two outcomes, and of many.
  @Test func manyVariables() throws {
    var random = SplitMix64(state: 3002)
    let names = (0..<70).map { "v\($0)" }
    let columns = names.map { _ in (0..<50).map { _ in random.integer(0...1) } }
    let joint = try JointDistribution(columns: columns, names: names)
    #expect(joint.cellCount == 50)
    expect(
      try joint.entropy(of: JointDistribution.Variables(names)).nats, near: 3.912023005428146)
    let wide = (0..<5).map { k in (0..<70_000).map { ($0 * (2 * k + 1) + k) % 70_000 } }
    let product = try JointDistribution(columns: wide, names: ["a", "b", "c", "d", "e"])
    #expect(product.cellCount == 70_000)
    expect(
      try product.mutualInformation(between: ["a", "b"], and: ["c", "e", "d"]).nats,
      near: 11.156250521031495)
  }

  /// Sums of counts beyond what a double holds are exact.
  @Test func countsBeyondDoubles() throws {
    let large = 1 << 60
    let joint = try JointDistribution(
      counts: [[large, 1], [2 * large, 2]], rows: "x", columns: "y")
    expectSameBits(try joint.mutualInformation(between: "x", and: "y").nats, 0)
    let other = try JointDistribution(
      counts: [[large, 1], [2 * large, 3]], rows: "x", columns: "y")
    #expect(try other.mutualInformation(between: "x", and: "y").nats > 1e-20)
  }
}
