import InformationTheory
import Testing

@Suite("Errors of joint distributions")
struct JointErrorTests {
  private let joint = try? JointDistribution(
    counts: [1, 2, 3, 4], shape: [2, 2], names: ["weather", "day"],
    labels: [["rain", "sun"], ["work", "free"]])

  @Test func unknownNames() throws {
    let joint = try #require(joint)
    expectError(.unknownVariable, argument: "x", says: "\"wether\"", "did you mean \"weather\"?") {
      try joint.mutualInformation(between: "wether", and: "day")
    }
    expectError(.unknownVariable, argument: "y", says: "\"q\"", "\"weather\", \"day\"") {
      try joint.mutualInformation(between: "day", and: ["weather", "q"])
    }
    expectError(.unknownVariable, argument: "condition", says: "\"dya\"") {
      try joint.entropy(of: "day", given: "dya")
    }
    expectError(.unknownVariable, argument: "variables", says: "\"z\"") {
      try joint.totalCorrelation(of: ["day", "z"])
    }
    expectError(.unknownVariable, argument: "variable", says: "\"z\"") {
      try joint.distribution(of: "z")
    }
    expectError(.unknownOutcome, argument: "outcome", says: "\"rian\"", "did you mean \"rain\"?") {
      try joint.conditional(on: "weather", equals: "rian")
    }
    expectError(.unknownOutcome, argument: "x", says: "no outcome 2", "0 to 1") {
      try joint.pointwiseMutualInformation(of: ["day": 2], and: ["weather": 0])
    }
    expectError(.unlabelled, argument: "outcomes", says: "\"x\"", "number") {
      try JointDistribution(counts: [[1]], rows: "x", columns: "y").probability(of: ["x": "a"])
    }
  }

  @Test func badCounts() {
    let make = { (counts: [Int]) in
      try JointDistribution(counts: counts, shape: [counts.count], names: ["x"])
    }
    expectError(.negativeMass, argument: "counts", index: 1, says: "-1") { try make([3, -1]) }
    expectError(.zeroTotal, argument: "counts", says: "all 2 counts") { try make([0, 0]) }
    expectError(.inexactCount, argument: "counts", index: 0, says: "2^53") {
      try make([1 << 53 + 1])
    }
    expectError(.overflow, argument: "counts", index: 1, says: "sum to more") {
      try make([1 << 62, 1 << 62])
    }
    expectError(.empty, argument: "counts", says: "at least one") {
      try JointDistribution(counts: [], shape: [0], names: ["x"])
    }
    expectError(.empty, argument: "counts", says: "at least one") {
      try JointDistribution(counts: [[Int]](), rows: "x", columns: "y")
    }
    expectError(.sizeMismatch, argument: "rows", index: 1, says: "row 1 has 1 cells") {
      try JointDistribution(counts: [[1, 2], [3]], rows: "x", columns: "y")
    }
  }

  @Test func badMasses() {
    let make = { (masses: [Double]) in
      try JointDistribution(masses, shape: [masses.count], names: ["x"])
    }
    expectError(.negativeMass, argument: "masses", index: 1, says: "-0.5") {
      try make([1.5, -0.5])
    }
    expectError(.notFinite, argument: "masses", index: 0, says: "nan") { try make([.nan, 1]) }
    expectError(.notNormalized, argument: "masses", says: "0.75", "normalizing:") {
      try make([0.25, 0.5])
    }
    expectError(.zeroTotal, argument: "masses", says: "all 1 masses") {
      try JointDistribution(normalizing: [0.0], shape: [1], names: ["x"])
    }
    expectError(.overflow, argument: "masses", says: "ratio") {
      try JointDistribution(normalizing: [1e300, 0x1p-1074], shape: [2], names: ["x"])
    }
    expectError(.overflow, argument: "masses", says: "largest double") {
      try JointDistribution(normalizing: [1e308, 1e308], shape: [2], names: ["x"])
    }
  }

  @Test func badNamesAndLabels() {
    expectError(.badNames, argument: "names", index: 1, says: "\"x\"", "must differ") {
      try JointDistribution(counts: [1], shape: [1, 1], names: ["x", "x"])
    }
    expectError(.badNames, argument: "names", index: 0, says: "is empty") {
      try JointDistribution(counts: [1], shape: [1, 1], names: ["", "x"])
    }
    expectError(.badNames, argument: "names", says: "1 names for 2 variables") {
      try JointDistribution(counts: [1], shape: [1, 1], names: ["x"])
    }
    expectError(.badLabels, argument: "labels", index: 0, says: "1 labels for 2") {
      try JointDistribution(counts: [1, 2], shape: [2], names: ["x"], labels: [["a"]])
    }
    expectError(.badLabels, argument: "labels", says: "2 variables for 1") {
      try JointDistribution(counts: [1], shape: [1], names: ["x"], labels: [["a"], ["b"]])
    }
    expectError(.badLabels, argument: "labels", index: 0, says: "\"a\"") {
      try JointDistribution(counts: [1, 2], shape: [2], names: ["x"], labels: [["a", "a"]])
    }
  }

  @Test func badCellsAndColumns() throws {
    expectError(.badParameter, argument: "outcomes", index: 1, says: "is 2", "0 to 1") {
      try JointDistribution(outcomes: [[0, 2]], counts: [1, 1], shape: [2], names: ["x"])
    }
    expectError(.badParameter, argument: "outcomes", index: 2, says: "given before") {
      try JointDistribution(
        outcomes: [[0, 1, 0], [0, 1, 0]], probabilities: [0.5, 0.25, 0.25], shape: [2, 2],
        names: ["x", "y"])
    }
    expectError(.empty, argument: "columns", says: "no columns") {
      try JointDistribution(columns: [])
    }
    expectError(.empty, argument: "columns", says: "\"x\" is empty") {
      try JointDistribution(columns: [[Int]()], names: ["x"])
    }
    expectError(.sizeMismatch, argument: "columns", index: 1, says: "\"y\" has 1", "has 2") {
      try JointDistribution(columns: [["a", "b"], ["a"]], names: ["x", "y"])
    }
    expectError(.badNames, argument: "names", says: "1 names for 2 columns") {
      try JointDistribution(columns: [[1], [2]], names: ["x"])
    }
    expectError(.badLabels, argument: "values", index: 1, says: "both written") {
      try LabelColumn("x", [SameText(id: 1), SameText(id: 2)])
    }
  }

  @Test func undefinedQuantities() throws {
    let constant = try JointDistribution(counts: [[3, 4]], rows: "x", columns: "y")
    expectError(.undefined, argument: "x", says: "0/0") {
      try constant.uncertaintyCoefficient(of: "x", given: "y")
    }
    expectError(.undefined, argument: "mean", says: "minimum", "0/0") {
      try constant.normalizedMutualInformation(between: "x", and: "y", mean: .minimum)
    }
    expectError(.undefined, argument: "mean", says: "0/0") {
      try constant.adjustedMutualInformation(between: "x", and: "y", mean: .geometric)
    }
    #expect(
      try constant.adjustedMutualInformation(between: "x", and: "y", mean: .arithmetic) == 0)
    // An outcome for each observation: every order gives the same information.
    let single = try JointDistribution(columns: [[1, 2, 3], [4, 5, 6]], names: ["x", "y"])
    expectError(.undefined, argument: "mean", says: "every order") {
      try single.adjustedMutualInformation(between: "x", and: "y", mean: .arithmetic)
    }
    expectError(.notCounts, argument: nil, says: "counts") {
      try JointDistribution([[0.5, 0], [0, 0.5]] as [[Double]], rows: "x", columns: "y")
        .adjustedMutualInformation(between: "x", and: "y", mean: .maximum)
    }
    let empty = try JointDistribution(counts: [[1, 0], [2, 0]], rows: "x", columns: "y")
    expectError(.undefined, argument: "y", says: "no mass") {
      try empty.pointwiseMutualInformation(of: ["x": 0], and: ["y": 1])
    }
    expectError(.zeroTotal, argument: "outcome", says: "no mass") {
      try empty.conditional(on: "y", equals: 1)
    }
    expectError(.empty, argument: "variable", says: "only variable") {
      try empty.marginal("x").conditional(on: "x", equals: 1)
    }
    expectError(.empty, argument: "variables", says: "at least one") { try empty.marginal([]) }
    let many = try JointDistribution(
      columns: (0..<25).map { _ in [0, 1] }, names: (0..<25).map { "v\($0)" })
    expectError(.badParameter, argument: "variables", says: "25 variables", "24") {
      try many.coInformation()
    }
  }

  @Test func shapesThatContradict() async {
    await #expect(processExitsWith: .failure) {
      _ = try? JointDistribution(counts: [1, 2, 3], shape: [2, 2], names: ["x", "y"])
    }
    await #expect(processExitsWith: .failure) {
      _ = try? JointDistribution(outcomes: [[0, 1]], counts: [1], shape: [2], names: ["x"])
    }
    await #expect(processExitsWith: .failure) {
      let cells = [0.5, 0.25, 0.25]
      _ = try? mutualInformation(of: cells.span, rowCount: 2)
    }
  }
}

/// Labels that differ but are written alike.
private struct SameText: Hashable, CustomStringConvertible {
  let id: Int
  var description: String { "same" }
}
