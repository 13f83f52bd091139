import InformationTheory
import InformationTheoryTesting
import ReferenceOracle

extension Subject {
  /// A measure of tables of masses, some of which are those of independent variables.
  private static func ofTable(
    _ name: String, axes: Int = 2,
    allowance: @escaping @Sendable (JointDistribution) throws -> Double = { _ in 0 },
    _ fast: @escaping @Sendable (JointDistribution) throws -> Double,
    _ truth: @escaping @Sendable (JointDistribution) throws -> Certified
  ) -> Subject {
    Subject(name: name) { generator in
      let shape = (0..<axes).map { _ in Int.random(in: 2...3, using: &generator) }
      let count = shape.reduce(1, *)
      var cells = Array(generator.masses().p.prefix(count))
      if Int.random(in: 0..<8, using: &generator) == 0 {
        // Small numbers, whose products are exact: the variables are independent.
        let factors = shape.map { size in
          (0..<size).map { _ in Double(Int.random(in: 1...9, using: &generator)) }
        }
        cells = factors.reduce([1]) { cells, factor in
          cells.flatMap { cell in factor.map { cell * $0 } }
        }
      }
      cells += (cells.count..<count).map { _ in Double.random(in: 0..<0.5, using: &generator) }
      // The first of many outcomes may all lack a mass.
      guard cells.contains(where: { $0 > 0 }) else { return ("", []) }
      let joint = try JointDistribution(
        normalizing: cells, shape: shape, names: Array(["x", "y", "z"].prefix(axes)))
      let numbers = try Comparison.ofBoth(allowance: try allowance(joint)) {
        try fast(joint)
      } truth: {
        try truth(joint)
      }
      return ("joint \(cells) of shape \(shape)", numbers)
    }
  }

  /// Nothing is promised where the mutual information is subnormal, or less.
  private static func ofNormalInformation(_ joint: JointDistribution) throws -> Double {
    let information = try Certified.mutualInformation(in: joint, between: "x", and: "y")
    let isZero = information.isExact && information.value == 0
    return isZero || information.value.isNormal ? 0 : .infinity
  }

  static let jointMeasures: [Subject] = [
    ofTable(
      "joint_entropy", { try $0.entropy(of: ["x", "y"]).nats },
      { try Certified.entropy(in: $0, of: ["x", "y"]) }),
    ofTable(
      "conditional_entropy", { try $0.entropy(of: "x", given: "y").nats },
      { try Certified.entropy(in: $0, of: "x", given: "y") }),
    ofTable(
      "mutual_information", { try $0.mutualInformation(between: "x", and: "y").nats },
      { try Certified.mutualInformation(in: $0, between: "x", and: "y") }),
    ofTable(
      "variation_of_information", { try $0.variationOfInformation(between: "x", and: "y").nats },
      { try Certified.variationOfInformation(in: $0, between: "x", and: "y") }),
    ofTable(
      "normalized_mutual_information", allowance: ofNormalInformation,
      { try $0.normalizedMutualInformation(between: "x", and: "y", mean: .geometric) },
      {
        try Certified.normalizedMutualInformation(
          in: $0, between: "x", and: "y", mean: .geometric)
      }),
    ofTable(
      "uncertainty_coefficient", allowance: ofNormalInformation,
      { try $0.uncertaintyCoefficient(of: "x", given: "y") },
      { try Certified.uncertaintyCoefficient(in: $0, of: "x", given: "y") }),
    ofTable(
      "lautum_information", { try $0.lautumInformation(between: "x", and: "y").nats },
      { try Certified.lautumInformation(in: $0, between: "x", and: "y") }),
    ofTable(
      "gini_gain", { try $0.giniGain(about: "x", from: "y") },
      { try Certified.giniGain(in: $0, about: "x", from: "y") }),
    ofTable(
      "conditional_mutual_information", axes: 3,
      { try $0.mutualInformation(between: "x", and: "y", given: "z").nats },
      { try Certified.mutualInformation(in: $0, between: "x", and: "y", given: "z") }),
    ofTable(
      "total_correlation", axes: 3, { try $0.totalCorrelation().nats },
      { try Certified.totalCorrelation(in: $0) }),
    ofTable(
      "dual_total_correlation", axes: 3, { try $0.dualTotalCorrelation().nats },
      { try Certified.dualTotalCorrelation(in: $0) }),
    ofTable(
      "o_information", axes: 3, allowance: { try 0x1p-58 * $0.totalCorrelation().nats },
      { try $0.oInformation().nats },
      { try Certified.oInformation(in: $0) }),
    ofTable(
      "co_information", axes: 3,
      allowance: { joint in
        let alone = try joint.mutualInformation(between: "x", and: "y").nats
        let given = try joint.mutualInformation(between: "x", and: "y", given: "z").nats
        return 0x1p-58 * max(alone, given)
      }, { try $0.coInformation().nats },
      { try Certified.coInformation(in: $0) }),
    Subject(name: "pointwise_mutual_information") { generator in
      let cells = (0..<4).map { _ in Double.random(in: 0.001...1, using: &generator) }
      let joint = try JointDistribution(normalizing: cells, shape: [2, 2], names: ["x", "y"])
      return (
        "joint \(cells)",
        [
          Comparison(
            fast: try joint.pointwiseMutualInformation(of: ["x": 0], and: ["y": 1]).nats,
            truth: try Certified.pointwiseMutualInformation(
              in: joint, of: ["x": 0], and: ["y": 1]))
        ]
      )
    },
    Subject(name: "adjusted_mutual_information") { generator in
      let counts = (0..<6).map { _ in Int.random(in: 1...12, using: &generator) }
      let mean = generator.pick(JointDistribution.EntropyMean.allCases)
      let joint = try JointDistribution(counts: counts, shape: [2, 3], names: ["x", "y"])
      let fast = try joint.adjustedMutualInformation(between: "x", and: "y", mean: mean)
      return (
        "counts \(counts), \(mean) mean",
        [
          Comparison(
            fast: fast,
            truth: try Certified.adjustedMutualInformation(
              in: joint, between: "x", and: "y", mean: mean), allowance: 0x1p-53)
        ]
      )
    },
  ]
}
