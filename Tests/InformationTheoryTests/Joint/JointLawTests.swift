import InformationTheory
import TestSupport
import Testing

/// Laws that hold for every joint distribution, over seeded draws.
@Suite("Laws of joint distributions")
struct JointLawTests {
  /// What rounding the parts of a sum of amounts can do, of at most 10 nats.
  private let tolerance = 1e-14

  @Test func chainRule() throws {
    try forEachDraw(from: 2001) { random, seed in
      let joint = try random.joint(3)
      let whole = try joint.entropy(of: ["x", "y", "z"]).nats
      let parts =
        try joint.entropy(of: "x").nats + joint.entropy(of: "y", given: "x").nats
        + joint.entropy(of: "z", given: ["x", "y"]).nats
      #expect((whole - parts).magnitude <= tolerance, "\(seed) \(whole), \(parts)")
      let shared = try joint.mutualInformation(between: ["x", "y"], and: "z").nats
      let first = try joint.mutualInformation(between: "x", and: "z").nats
      let second = try joint.mutualInformation(between: "y", and: "z", given: "x").nats
      #expect((shared - first - second).magnitude <= tolerance, "\(seed) \(shared)")
    }
  }

  @Test func mutualInformationAndEntropies() throws {
    try forEachDraw(from: 2002) { random, seed in
      let joint = try random.joint(3)
      let i = try joint.mutualInformation(between: "x", and: "y").nats
      let (h, k) = (try joint.entropy(of: "x").nats, try joint.entropy(of: "y").nats)
      let both = try joint.entropy(of: ["x", "y"]).nats
      #expect((h + k - both - i).magnitude <= tolerance, "\(seed) \(i)")
      expect(i, atMost: min(h, k), ulps: 2, seed)
      expectSameBits(try joint.mutualInformation(between: "y", and: "x").nats, i, seed)
      expect(try joint.mutualInformation(between: "x", and: "x").nats, near: h, ulps: 1, seed)
      let known = try joint.mutualInformation(between: "x", and: "y", given: "z").nats
      #expect(known >= 0, "\(seed)")
      expect(known, atMost: try joint.entropy(of: "x", given: "z").nats, ulps: 2, seed)
      #expect(try joint.mutualInformation(between: "x", and: "y", given: "x").nats == 0, "\(seed)")
      let u = try joint.variationOfInformation(between: "x", and: "y").nats
      #expect((u - (both - i)).magnitude <= tolerance, "\(seed) \(u)")
    }
  }

  /// X → Y → Z, made of counts so that Z depends on Y alone, exactly.
  @Test func dataProcessing() throws {
    try forEachDraw(from: 2003) { random, seed in
      let shape = [random.integer(2...4), random.integer(2...4), random.integer(2...4)]
      var counts: [Int] = []
      let channel = (0..<(shape[1] * shape[2])).map { _ in random.integer(0...9) }
      let first = (0..<(shape[0] * shape[1])).map { _ in random.integer(0...9) }
      for x in 0..<shape[0] {
        for y in 0..<shape[1] {
          for z in 0..<shape[2] {
            counts.append(first[x * shape[1] + y] * channel[y * shape[2] + z])
          }
        }
      }
      guard counts.contains(where: { $0 > 0 }) else { return }
      let joint = try JointDistribution(counts: counts, shape: shape, names: ["x", "y", "z"])
      expectSameBits(
        try joint.mutualInformation(between: "x", and: "z", given: "y").nats, 0, seed)
      let last = try joint.mutualInformation(between: "x", and: "z").nats
      expect(
        last, atMost: try joint.mutualInformation(between: "x", and: "y").nats, ulps: 1, seed)
      expect(
        last, atMost: try joint.mutualInformation(between: "y", and: "z").nats, ulps: 1, seed)
    }
  }

  @Test func relabelling() throws {
    try forEachDraw(from: 2004) { random, seed in
      let shape = [random.integer(1...4), random.integer(1...4), random.integer(1...3)]
      let cells = random.cells(shape)
      let names = ["x", "y", "z"]
      let joint = try JointDistribution(normalizing: cells, shape: shape, names: names)
      let orders = shape.map { random.permutation($0) }
      var moved = cells
      var place = 0
      for x in orders[0] {
        for y in orders[1] {
          for z in orders[2] {
            moved[(x * shape[1] + y) * shape[2] + z] = cells[place]
            place += 1
          }
        }
      }
      let other = try JointDistribution(normalizing: moved, shape: shape, names: names)
      for quantity in Self.quantities {
        expectSameBits(try quantity(other), try quantity(joint), seed)
      }
    }
  }

  private static let quantities: [@Sendable (JointDistribution) throws -> Double] = [
    { try $0.mutualInformation(between: "x", and: ["y", "z"]).nats },
    { try $0.mutualInformation(between: "x", and: "y", given: "z").nats },
    { try $0.entropy(of: "x", given: "z").nats },
    { try $0.totalCorrelation().nats }, { try $0.dualTotalCorrelation(of: ["z", "y", "x"]).nats },
    { try $0.coInformation().nats }, { try $0.lautumInformation(between: "x", and: "y").nats },
    { try $0.giniGain(about: "y", from: "x") },
  ]

  @Test func manyVariables() throws {
    try forEachDraw(from: 2005) { random, seed in
      let joint = try random.joint(3)
      let singles = try ["x", "y", "z"].map {
        try joint.entropy(of: JointDistribution.Variables([$0])).nats
      }
      let rests = try [("x", "y", "z"), ("y", "x", "z"), ("z", "x", "y")].map { name, a, b in
        try joint.entropy(of: .init([name]), given: .init([a, b])).nats
      }
      let whole = try joint.entropy(of: ["x", "y", "z"]).nats
      let (tc, dtc) = (try joint.totalCorrelation().nats, try joint.dualTotalCorrelation().nats)
      #expect((tc - (singles.reduce(0, +) - whole)).magnitude <= tolerance, "\(seed) \(tc)")
      #expect((dtc - (whole - rests.reduce(0, +))).magnitude <= tolerance, "\(seed) \(dtc)")
      let (o, s) = (try joint.oInformation().nats, try joint.sInformation().nats)
      #expect((o - (2 * tc - s)).magnitude <= tolerance, "\(seed) \(o)")
      #expect((s - (tc + dtc)).magnitude <= tolerance, "\(seed) \(s)")
      let co = try joint.coInformation().nats
      #expect((co - o).magnitude <= tolerance, "\(seed) \(co), \(o)")
      let pair = try joint.mutualInformation(between: "x", and: "y").nats
      let known = try joint.mutualInformation(between: "x", and: "y", given: "z").nats
      #expect((co - (pair - known)).magnitude <= tolerance, "\(seed) \(co)")
    }
  }

  /// Of two variables all are the mutual information.
  @Test func twoVariables() throws {
    try forEachDraw(from: 2009) { random, seed in
      let joint = try random.joint(2)
      let pair = try joint.mutualInformation(between: "x", and: "y").nats
      expectSameBits(try joint.totalCorrelation(of: ["x", "y"]).nats, pair, seed)
      expectSameBits(try joint.dualTotalCorrelation(of: ["x", "y"]).nats, pair, seed)
      expectSameBits(try joint.oInformation().nats, 0, seed)
      expectSameBits(try joint.interactionInformation().nats, pair, seed)
    }
  }

  @Test func variationOfInformationIsAMetric() throws {
    try forEachDraw(from: 2006) { random, seed in
      let joint = try random.joint(3)
      let (a, b, c) = (
        try joint.variationOfInformation(between: "x", and: "y").nats,
        try joint.variationOfInformation(between: "y", and: "z").nats,
        try joint.variationOfInformation(between: "x", and: "z").nats
      )
      expect(c, atMost: a + b, ulps: 4, seed)
      expect(a, atMost: b + c, ulps: 4, seed)
      #expect(try joint.variationOfInformation(between: "x", and: "x").nats == 0, "\(seed)")
    }
  }

  @Test func pointwiseAndItsExpectation() throws {
    try forEachDraw(from: 2007) { random, seed in
      let joint = try random.joint(2)
      var expectation = 0.0
      for x in 0..<joint.shape[0] {
        for y in 0..<joint.shape[1] {
          let p = try joint.probability(of: ["x": .index(x), "y": .index(y)])
          guard p > 0 else { continue }
          expectation +=
            p
            * (try joint.pointwiseMutualInformation(of: ["x": .index(x)], and: ["y": .index(y)]))
            .nats
        }
      }
      let i = try joint.mutualInformation(between: "x", and: "y").nats
      #expect((i - expectation).magnitude <= tolerance, "\(seed) \(i), \(expectation)")
    }
  }

  /// Ratios are shares, and the impurity falls by a share of what it is.
  @Test func shares() throws {
    try forEachDraw(from: 2008) { random, seed in
      let joint = try random.joint(2)
      let (h, k) = (try joint.entropy(of: "x").nats, try joint.entropy(of: "y").nats)
      guard h > 0 && k > 0 else { return }
      let i = try joint.mutualInformation(between: "x", and: "y").nats
      var last = 2.0
      for mean in [
        JointDistribution.EntropyMean.minimum, .geometric, .arithmetic, .maximum,
      ] {
        let share = try joint.normalizedMutualInformation(between: "x", and: "y", mean: mean)
        #expect(share >= 0 && share <= 1 && share <= last, "\(seed) \(mean) \(share)")
        last = share
      }
      #expect(
        (try joint.uncertaintyCoefficient(of: "x", given: "y") - i / h).magnitude < tolerance)
      #expect(try joint.informationGain(about: "y", from: "x").nats == i)
      let p = try joint.distribution(of: "y").probabilities
      let impurity = 1 - ExactSum(p.map { $0 * $0 }).value
      let gain = try joint.giniGain(about: "y", from: "x")
      #expect(gain >= 0 && gain <= impurity + tolerance, "\(seed) \(gain)")
    }
  }
}

extension SplitMix64 {
  /// Cells of very different masses, some of them empty.
  mutating func cells(_ shape: [Int]) -> [Double] { weights(shape.reduce(1, *)) }

  /// A joint distribution of a few outcomes each of x, y, z.
  mutating func joint(_ variables: Int) throws -> JointDistribution {
    let shape = (0..<variables).map { _ in integer(1...(variables == 2 ? 4 : 3)) }
    let names = Array(["x", "y", "z"].prefix(variables))
    if next() & 1 == 0 {
      var counts = (0..<shape.reduce(1, *)).map { _ in integer(0...9) * integer(0...1) }
      counts[0] += 1
      return try JointDistribution(counts: counts, shape: shape, names: names)
    }
    return try JointDistribution(normalizing: cells(shape), shape: shape, names: names)
  }
}
