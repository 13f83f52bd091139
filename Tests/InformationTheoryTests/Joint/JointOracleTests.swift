import Foundation
import InformationTheory
import Testing

/// A table that the quantities of joint distributions are evaluated on.
private struct JointTable: Decodable, Sendable {
  let name: String
  let shape: [Int]
  let counts: [Int]?
  let masses: [HexDouble]?

  /// The distribution, of the masses as they are.
  func joint() throws -> JointDistribution {
    let names = ["x", "y", "z", "w"].prefix(shape.count).map { $0 }
    if let counts { return try JointDistribution(counts: counts, shape: shape, names: names) }
    return try JointDistribution(
      normalizing: (masses ?? []).map(\.value), shape: shape, names: names)
  }
}

private struct JointTables: Decodable { let tables: [JointTable] }

private struct JointRow: Decodable, Sendable {
  let `case`: String
  let x: String?
  let y: String?
  let given: String?
  let mean: JointDistribution.EntropyMean?
  let outcomes: [Int]?
  let value: HexDouble
  let ball: String

  /// Variables that are written as a word of their letters.
  func variables(_ names: KeyPath<JointRow, String?>) -> JointDistribution.Variables {
    JointDistribution.Variables((self[keyPath: names] ?? "").map { String($0) })
  }
}

private struct JointValues: Decodable {
  let bits: Int
  let values: [JointRow]
}

@Suite("Joint distributions against ball arithmetic")
struct JointOracleTests {
  private static let tables = Result {
    let all: JointTables = try OracleTable.load("joint-tables")
    return Dictionary(uniqueKeysWithValues: try all.tables.map { ($0.name, try $0.joint()) })
  }

  /// Checks a quantity against its table, and that it is never −0.
  private func check(
    _ table: String, absolute: Double = 0, at location: SourceLocation = #_sourceLocation,
    _ evaluate: (JointDistribution, JointRow) throws -> Double
  ) throws {
    let oracle: JointValues = try OracleTable.load(table)
    let tables = try Self.tables.get()
    #expect(oracle.bits >= 80 && oracle.values.count >= 28, sourceLocation: location)
    var worst = (0.0, "")
    for row in oracle.values {
      let value = try evaluate(try #require(tables[row.case]), row)
      let name = "\(table), \(row.case) \(row.x ?? "") \(row.y ?? "") \(row.given ?? "")"
      let distance = value.ulps(from: row.value.value)
      let isNear = (value - row.value.value).magnitude <= absolute
      #expect(
        (distance <= 1 || isNear) && (value != 0 || value.sign == .plus),
        "\(name) (\(row.ball)): \(value) is \(distance) ulp off", sourceLocation: location)
      if distance > worst.0 { worst = (distance, name) }
    }
    if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
      print("worst of \(oracle.values.count) \(table): \(worst.0) ulp \(worst.1)")
    }
  }

  @Test func entropies() throws {
    try check("entropy-of-variables") { joint, row in
      try joint.entropy(of: row.variables(\.x), given: row.variables(\.given)).nats
    }
  }

  @Test func mutualInformation() throws {
    try check("mutual-information") { joint, row in
      let (x, y, given) = (row.variables(\.x), row.variables(\.y), row.variables(\.given))
      let value = try joint.mutualInformation(between: x, and: y, given: given)
      expectSameBits(
        try joint.mutualInformation(between: y, and: x, given: given).nats, value.nats, row.case)
      return value.nats
    }
  }

  @Test func variationOfInformation() throws {
    try check("variation-of-information") { joint, row in
      try joint.variationOfInformation(between: row.variables(\.x), and: row.variables(\.y)).nats
    }
  }

  @Test func totalCorrelations() throws {
    try check("total-correlation") { joint, row in
      try joint.totalCorrelation(of: row.variables(\.x), given: row.variables(\.given)).nats
    }
    try check("dual-total-correlation") { joint, row in
      try joint.dualTotalCorrelation(of: row.variables(\.x), given: row.variables(\.given)).nats
    }
    try check("s-information") { joint, row in
      try joint.sInformation(of: row.variables(\.x), given: row.variables(\.given)).nats
    }
  }

  /// Differences, which may be 0 where what they are differences of is not.
  @Test func signedSums() throws {
    try check("o-information", absolute: 0x1p-58) { joint, row in
      try joint.oInformation(of: row.variables(\.x), given: row.variables(\.given)).nats
    }
    try check("co-information", absolute: 0x1p-58) { joint, row in
      try joint.coInformation(of: row.variables(\.x), given: row.variables(\.given)).nats
    }
  }

  @Test func lautumInformation() throws {
    try check("lautum-information") { joint, row in
      let value = try joint.lautumInformation(between: "x", and: "y")
      #expect(try joint.lautumInformation(between: "y", and: "x") == value)
      return value.nats
    }
  }

  @Test func pointwiseMutualInformation() throws {
    try check("pointwise-mutual-information") { joint, row in
      let outcomes = try #require(row.outcomes)
      return try joint.pointwiseMutualInformation(
        of: ["x": .index(outcomes[0])], and: ["y": .index(outcomes[1])]
      ).nats
    }
  }

  /// In the table of one outcome of x the entropy of x is 0, and no ratio is defined.
  @Test func ratios() throws {
    try check("normalized-mutual-information") { joint, row in
      let mean = try #require(row.mean)
      return try joint.normalizedMutualInformation(between: "x", and: "y", mean: mean)
    }
    try check("uncertainty-coefficient") { joint, row in
      let (x, y) = (row.variables(\.x), row.variables(\.given))
      let value = try joint.uncertaintyCoefficient(of: x, given: y)
      expectSameBits(try joint.gainRatio(about: y, from: x), value, row.case)
      return value
    }
    try check("gini-gain") { joint, row in
      try joint.giniGain(about: row.variables(\.x), from: row.variables(\.y))
    }
  }

  /// 200 small tables, on which scikit-learn agrees to 1e-12, and large ones.
  @Test func adjustedMutualInformation() throws {
    try check("adjusted-mutual-information", absolute: 0x1p-53) { joint, row in
      let mean = try #require(row.mean)
      let value = try joint.adjustedMutualInformation(between: "x", and: "y", mean: mean)
      expectSameBits(
        try joint.adjustedMutualInformation(between: "y", and: "x", mean: mean), value, row.case)
      return value
    }
  }
}
