import InformationTheory
import Testing

@Suite("Joint and conditional entropy")
struct JointEntropyTests {
  /// Cover and Thomas, example 2.2.1, in sixteenths and thirty-seconds; rows are Y.
  let table: [Double] = [
    1 / 8, 1 / 16, 1 / 32, 1 / 32,
    1 / 16, 1 / 8, 1 / 32, 1 / 32,
    1 / 16, 1 / 16, 1 / 16, 1 / 16,
    1 / 4, 0, 0, 0,
  ]

  @Test func everyOracleValueOfTheJointEntropy() throws {
    var ofSpans = 0
    try checkOracle("joint-entropy", inputs: OracleCases.pmfs) { row, _, _, _ in
      let cells = try #require(row.joint).flatMap { $0.map(\.value) }
      let value = try Categorical(normalizing: cells).entropy().nats
      if isNormalized(cells) {
        expectSameBits(try jointEntropy(of: cells.span).nats, value)
        ofSpans += 1
      }
      return value
    }
    #expect(ofSpans >= 16)
  }

  @Test func everyOracleValueOfTheConditionalEntropy() throws {
    try checkOracle("conditional-entropy", inputs: OracleCases.pmfs) { row, _, _, _ in
      let rows = try #require(row.joint)
      var cells = rows.flatMap { $0.map(\.value) }
      // The two tables of counts: one rounding of each cell, which moves nothing much.
      let total = ExactSum(cells).value
      if !isNormalized(cells) { cells = cells.map { $0 / total } }
      let given: JointAxis = row.given == "x" ? .rows : .columns
      return try conditionalEntropy(of: cells.span, rowCount: rows.count, given: given).nats
    }
  }

  @Test func goldenValues() throws {
    #expect(try jointEntropy(of: table.span).bits == 27.0 / 8)
    #expect(try conditionalEntropy(of: table.span, rowCount: 4, given: .rows).bits == 11.0 / 8)
    #expect(try conditionalEntropy(of: table.span, rowCount: 4, given: .columns).bits == 13.0 / 8)
  }

  @Test func edges() throws {
    // Determined by the other variable, in both directions.
    let diagonal = [0.5, 0, 0, 0, 0.25, 0, 0, 0, 0.25]
    for axis in [JointAxis.rows, .columns] {
      let nats = try conditionalEntropy(of: diagonal.span, rowCount: 3, given: axis).nats
      expectSameBits(nats, 0)
    }
    let one = [1.0]
    expectSameBits(try conditionalEntropy(of: one.span, rowCount: 1, given: .rows).nats, 0)
    expectSameBits(try jointEntropy(of: one.span).nats, 0)
    // A table of one row: what is known tells nothing, or everything.
    let row = [0.5, 0.25, 0.25]
    #expect(try conditionalEntropy(of: row.span, rowCount: 1, given: .rows).bits == 1.5)
    #expect(try conditionalEntropy(of: row.span, rowCount: 1, given: .columns).bits == 0)
  }

  @Test func floatIsTheWidenedDouble() throws {
    let narrow = table.map { Float($0) }
    #expect(try jointEntropy(of: narrow.span).bits == 27.0 / 8)
    #expect(try conditionalEntropy(of: narrow.span, rowCount: 4, given: .rows).bits == 11.0 / 8)
    // Thirds, whose sum misses 1 by more than a Double may.
    let thirds = [Float](repeating: 1 / 6, count: 6)
    let value = try conditionalEntropy(of: thirds.span, rowCount: 2, given: .rows)
    expect(value.nats, near: 1.098612288668109691395)
  }

  @Test func badMasses() {
    for bad in BadMasses.all where !bad.masses.isEmpty {
      let masses = bad.masses
      expectError(bad.code, argument: "joint", index: bad.index, says: "joint", bad.word) {
        try jointEntropy(of: masses.span)
      }
      expectError(bad.code, argument: "joint", index: bad.index, says: "joint", bad.word) {
        try conditionalEntropy(of: masses.span, rowCount: 1, given: .rows)
      }
    }
    let none: [Double] = []
    expectError(.empty, argument: "joint", says: "joint") { try jointEntropy(of: none.span) }
    expectError(.empty, argument: "joint", says: "joint") {
      try conditionalEntropy(of: none.span, rowCount: 1, given: .rows)
    }
  }

  @Test func badRowCount() async {
    await #expect(processExitsWith: .failure) {
      let cells = [0.5, 0.25, 0.25]
      _ = try? conditionalEntropy(of: cells.span, rowCount: 2, given: .rows)
    }
    await #expect(processExitsWith: .failure) {
      let cells = [0.5, 0.25, 0.25]
      _ = try? conditionalEntropy(of: cells.span, rowCount: 0, given: .rows)
    }
  }

  private func isNormalized(_ cells: [Double]) -> Bool {
    (ExactSum(cells).value - 1).magnitude <= Double(cells.count) * .ulpOfOne
  }
}
