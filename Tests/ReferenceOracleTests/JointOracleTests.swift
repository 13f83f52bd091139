import InformationTheory
import ReferenceOracle
import Testing

/// Certified measures of joint distributions against the balls of python-flint.
@Suite struct JointOracleTests {
  /// The tables by name, those that are not too large for a debug build.
  private static let tables = Result {
    let rows = try OracleTables.rows("joint-tables", "tables")
    return Dictionary(
      uniqueKeysWithValues: try rows.compactMap { row -> (String, JointDistribution)? in
        let shape = row.fields["shape"] as? [Int] ?? []
        let names = Array(["x", "y", "z", "w"].prefix(shape.count))
        guard shape.reduce(1, *) <= 100 else { return nil }
        let counts = row.fields["counts"] as? [Int]
        let joint =
          try counts.map { try JointDistribution(counts: $0, shape: shape, names: names) }
          ?? JointDistribution(
            normalizing: row.numbers("masses") ?? [], shape: shape, names: names)
        return (row.text("name") ?? "", joint)
      })
  }

  private func check(
    _ table: String, least: Int = 10, at location: SourceLocation = #_sourceLocation,
    _ evaluate: (JointDistribution, TableRow) throws -> Certified?
  ) throws {
    let tables = try Self.tables.get()
    var count = 0
    for row in OracleTables.sample(try OracleTables.rows(table)) {
      guard let joint = tables[row.text("case") ?? ""], let found = try evaluate(joint, row)
      else { continue }
      count += 1
      let value = row.number("value") ?? .nan
      // A ball that is 1 exactly is written without its digits.
      let ball = value == 1 ? nil : row.text("ball")
      let fault = OracleTables.fault(found, value: value, ball: ball)
      #expect(fault == nil, "\(table) \(row.fields)", sourceLocation: location)
      #expect(found.isCorrectlyRounded, "\(table) \(row.fields)", sourceLocation: location)
    }
    #expect(count >= least, "\(table): \(count) rows", sourceLocation: location)
  }

  /// Variables that are written as a word of their letters.
  private func variables(_ row: TableRow, _ field: String) -> JointDistribution.Variables {
    JointDistribution.Variables((row.text(field) ?? "").map { String($0) })
  }

  @Test func entropies() throws {
    try check("entropy-of-variables") { joint, row in
      try Certified.entropy(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
    try check("variation-of-information") { joint, row in
      try Certified.variationOfInformation(
        in: joint, between: variables(row, "x"), and: variables(row, "y"))
    }
  }

  @Test func mutualInformation() throws {
    try check("mutual-information") { joint, row in
      try Certified.mutualInformation(
        in: joint, between: variables(row, "x"), and: variables(row, "y"),
        given: variables(row, "given"))
    }
    try check("normalized-mutual-information") { joint, row in
      try Certified.normalizedMutualInformation(
        in: joint, between: "x", and: "y", mean: mean(row))
    }
    try check("uncertainty-coefficient") { joint, row in
      try Certified.uncertaintyCoefficient(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
  }

  private func mean(_ row: TableRow) -> JointDistribution.EntropyMean {
    JointDistribution.EntropyMean(rawValue: row.text("mean") ?? "") ?? .arithmetic
  }

  @Test func ofManyVariables() throws {
    try check("total-correlation") { joint, row in
      try Certified.totalCorrelation(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
    try check("dual-total-correlation") { joint, row in
      try Certified.dualTotalCorrelation(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
    try check("o-information") { joint, row in
      try Certified.oInformation(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
    try check("s-information") { joint, row in
      try Certified.sInformation(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
    try check("co-information") { joint, row in
      try Certified.coInformation(
        in: joint, of: variables(row, "x"), given: variables(row, "given"))
    }
  }

  @Test func dependence() throws {
    try check("lautum-information") { joint, _ in
      try Certified.lautumInformation(in: joint, between: "x", and: "y")
    }
    try check("gini-gain") { joint, row in
      try Certified.giniGain(in: joint, about: variables(row, "x"), from: variables(row, "y"))
    }
    try check("pointwise-mutual-information") { joint, row in
      let outcomes = row.fields["outcomes"] as? [Int] ?? []
      return try Certified.pointwiseMutualInformation(
        in: joint, of: ["x": .index(outcomes[0])], and: ["y": .index(outcomes[1])])
    }
  }

  @Test func adjustedMutualInformation() throws {
    try check("adjusted-mutual-information") { joint, row in
      // The terms of the expectation are as many as the smaller sums.
      guard joint.observationCount ?? 0 <= 200 else { return nil }
      return try Certified.adjustedMutualInformation(
        in: joint, between: "x", and: "y", mean: mean(row))
    }
  }

  // MARK: What is 0 is known to be

  @Test func independenceIsExactlyZero() throws {
    // Masses whose products are exact, and others whose products are not.
    let joint = try JointDistribution(
      counts: [5, 1, 7, 10, 2, 14, 15, 3, 21], shape: [3, 3], names: ["x", "y"])
    let third = try JointDistribution(
      normalizing: [6, 2, 9, 3, 12, 4, 18, 6].map { $0 * 0x1p-900 }, shape: [2, 2, 2],
      names: ["x", "y", "z"])
    for zero in [
      try Certified.mutualInformation(in: joint, between: "x", and: "y"),
      try Certified.normalizedMutualInformation(
        in: joint, between: "x", and: "y", mean: .geometric),
      try Certified.uncertaintyCoefficient(in: joint, of: "x", given: "y"),
      try Certified.lautumInformation(in: joint, between: "x", and: "y"),
      try Certified.giniGain(in: joint, about: "y", from: "x"),
      try Certified.pointwiseMutualInformation(in: joint, of: ["x": 1], and: ["y": 2]),
      try Certified.totalCorrelation(in: third),
      try Certified.dualTotalCorrelation(in: third),
      try Certified.oInformation(in: third), try Certified.coInformation(in: third),
      try Certified.mutualInformation(in: third, between: "x", and: "y", given: "z"),
    ] {
      #expect(zero.isExact && zero.value == 0 && zero.isCorrectlyRounded)
    }
  }

  /// Each variable is independent of the others, and not of both together: the co-information
  /// is −log 2, and the sum of dependent parts is 0 in the O-information of pairs.
  @Test func whatIsNotZeroIsNotTakenForZero() throws {
    let parity = try JointDistribution(
      counts: [1, 0, 0, 1, 0, 1, 1, 0], shape: [2, 2, 2], names: ["x", "y", "z"])
    let pair = try Certified.mutualInformation(in: parity, between: "x", and: "y")
    #expect(pair.isExact && pair.value == 0)
    #expect(
      try Certified.coInformation(in: parity, of: nil).decimal
        == "-0.6931471805599453094172321")
    let nearly = try JointDistribution(
      normalizing: [0.25, 0.25, 0.25, 0.25 + 0x1p-53], shape: [2, 2], names: ["x", "y"])
    let small = try Certified.mutualInformation(in: nearly, between: "x", and: "y")
    #expect(small.lowerBound > 0 && small.value < 1e-32 && small.isCorrectlyRounded)
  }

  @Test func chanceLeavesNothingWhereEveryOrderIsAlike() throws {
    let joint = try JointDistribution(counts: [2, 3, 4], shape: [1, 3], names: ["x", "y"])
    let zero = try Certified.adjustedMutualInformation(
      in: joint, between: "x", and: "y", mean: .arithmetic)
    #expect(zero.isExact && zero.value == 0)
    let large = try JointDistribution(
      counts: [1 << 40, 1, 1, 1 << 40], shape: [2, 2], names: ["x", "y"])
    do {
      _ = try Certified.adjustedMutualInformation(
        in: large, between: "x", and: "y", mean: .arithmetic)
      Issue.record("so many terms were summed")
    } catch {
      #expect(error.code == .inexactCount)
    }
  }
}
