import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite struct BestThresholdTests {
  /// A dataset, and its best split by each criterion as exhaustion in balls finds it.
  struct Row: Decodable, Sendable {
    struct Split: Decodable, Sendable {
      let threshold: HexDouble
      let left: [Int]
      let right: [Int]
      let informationGain: HexDouble
      let gainRatio: HexDouble
      let giniGain: HexDouble
    }
    let name: String
    let values: [HexDouble]?
    let labels: [Int]?
    let informationGain: Split?
    let gainRatio: Split?
    let giniGain: Split?

    func split(by criterion: SplitCriterion) -> Split? {
      switch criterion {
      case .informationGain: informationGain
      case .gainRatio: gainRatio
      case .giniGain: giniGain
      }
    }
  }
  struct Table: Decodable { let values: [Row] }

  @Test func matchesExhaustionInBalls() throws {
    let table: Table = try OracleTable.load("threshold-split")
    #expect(table.values.count >= 40)
    for row in table.values {
      let (values, labels) = try data(of: row)
      for criterion in SplitCriterion.allCases {
        let split = try bestThreshold(of: values, for: labels, by: criterion)
        guard let truth = row.split(by: criterion) else {
          #expect(split == nil, "\(row.name)")
          continue
        }
        let found = try #require(split, "\(row.name)")
        let comment = "\(row.name), \(criterion):"
        #expect(found.threshold == truth.threshold.value, "\(comment)")
        #expect(found.leftCounts == truth.left && found.rightCounts == truth.right, "\(comment)")
        expect(found.informationGain.nats, near: truth.informationGain.value, comment)
        expect(found.gainRatio, near: truth.gainRatio.value, comment)
        expect(found.giniGain, near: truth.giniGain.value, comment)
      }
    }
  }

  private func data(of row: Row) throws -> (values: [Double], labels: [String]) {
    if let values = row.values, let labels = row.labels {
      return (values.map(\.value), labels.map(String.init))
    }
    let column = try #require(row.name.split(separator: " ").last.map(String.init))
    return try Penguins.values(of: column)
  }

  /// What scikit-learn 1.9.1 prints for `DecisionTreeClassifier(max_depth=1)` on the four
  /// measurements of the 342 penguins that have them: flipper length, 206.5 mm; gains
  /// 0.8113232819295411 bits and 0.33346869935360923.
  @Test(arguments: SplitCriterion.allCases)
  func firstSplitOfThePenguins(_ criterion: SplitCriterion) throws {
    let columns = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    let features = try columns.map { try Penguins.values(of: $0) }
    let found = try #require(
      try bestSplit(of: features.map(\.values), for: features[0].labels, by: criterion))
    #expect(columns[found.feature] == "flipper_length_mm")
    #expect(found.split.threshold == 206.5)
    #expect(found.split.leftCounts == [149, 1, 63])
    expect(found.split.informationGain.bits, near: 0.8113232819295411, ulps: 4)
    expect(found.split.giniGain, near: 0.33346869935360923, ulps: 4)
  }

  // MARK: - Laws

  @Test(arguments: [UInt64](0..<64))
  func noThresholdIsBetter(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let n = random.integer(2...40)
    let values = (0..<n).map { _ in Double(random.integer(0...12)) }
    let labels = (0..<n).map { _ in random.integer(0...3) }
    for criterion in SplitCriterion.allCases {
      guard let best = try bestThreshold(of: values, for: labels, by: criterion) else { continue }
      // Any other threshold, as a table of its own: one value for each side.
      for threshold in Set(values) where threshold < values.max() ?? 0 {
        let sides = values.map { $0 <= threshold ? 0.0 : 1 }
        let other = try #require(try bestThreshold(of: sides, for: labels, by: criterion))
        #expect(worth(other, criterion) <= worth(best, criterion))
      }
      #expect(best.informationGain >= .zero)
      #expect(best.gainRatio <= 1 && best.giniGain <= 0.75)
      expectOrderless(values, labels, criterion, best, &random)
    }
  }

  private func worth(_ split: ThresholdSplit, _ criterion: SplitCriterion) -> Double {
    switch criterion {
    case .informationGain: split.informationGain.nats
    case .gainRatio: split.gainRatio
    case .giniGain: split.giniGain
    }
  }

  /// The rows' order and the classes' names change nothing.
  private func expectOrderless(
    _ values: [Double], _ labels: [Int], _ criterion: SplitCriterion, _ best: ThresholdSplit,
    _ random: inout SplitMix64
  ) {
    let order = values.indices.shuffled(using: &random)
    let shuffled = try? bestThreshold(
      of: order.map { values[$0] }, for: order.map { "class \(3 - labels[$0])" }, by: criterion)
    #expect(shuffled?.threshold == best.threshold)
    #expect(shuffled?.informationGain == best.informationGain)
    #expect(shuffled?.giniGain == best.giniGain)
  }

  @Test func perfectSplitsGiveTheEntropy() throws {
    let split = try #require(
      try bestThreshold(of: [1.0, 2, 3, 10, 11], for: ["a", "a", "a", "b", "b"]))
    #expect(split.threshold == 6.5)
    #expect(split.informationGain == (try Categorical([0.6, 0.4])).entropy())
    #expect(split.gainRatio == 1)
    #expect(split.giniGain == 0.48)
  }

  @Test func thresholdsStayBetweenTheirValues() throws {
    let (a, b) = (1.0, 1.0.nextUp)
    let near = try #require(try bestThreshold(of: [b, a], for: [0, 1]))
    #expect(near.threshold >= a && near.threshold < b)
    let far = try #require(
      try bestThreshold(
        of: [Double.greatestFiniteMagnitude, -.greatestFiniteMagnitude], for: [0, 1]))
    #expect(far.threshold == 0)
  }

  // MARK: - Bad input

  @Test func refusesBadInput() {
    expectError(.sizeMismatch, argument: "labels", says: "2 values", "1 labels") {
      _ = try bestThreshold(of: [1, 2], for: ["a"])
    }
    expectError(.empty, argument: "values", says: "at least one") {
      _ = try bestThreshold(of: [], for: [String]())
    }
    expectError(.notFinite, argument: "values", index: 1, says: "nan", "leave out") {
      _ = try bestThreshold(of: [1, .nan], for: ["a", "b"])
    }
  }

  @Test func nothingToSplitIsNil() throws {
    #expect(try bestThreshold(of: [2, 2, 2], for: [0, 1, 0]) == nil)
    #expect(try bestThreshold(of: [2], for: [0]) == nil)
    #expect(try bestSplit(of: [[2, 2], [3, 3]], for: [0, 1]) == nil)
  }
}

/// The penguins of the examples.
enum Penguins {
  /// The values of a column and the species, of the rows that have the value.
  static func values(of column: String) throws -> (values: [Double], labels: [String]) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Examples/data/penguins.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let index = try #require(rows.first?.firstIndex { $0 == column })
    let known = rows.dropFirst().compactMap { row in Double(row[index]).map { ($0, String(row[0])) }
    }
    return (known.map(\.0), known.map(\.1))
  }
}
