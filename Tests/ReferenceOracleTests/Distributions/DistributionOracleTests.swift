import InformationTheory
import ReferenceOracle
import Testing

/// Every certified number of a parametric distribution against the balls of python-flint.
@Suite struct DistributionOracleTests {
  #if DEBUG
    private let step = 12
  #else
    private let step = 1
  #endif

  private func expectNoFaults(
    _ table: String, _ evaluate: (TableRow) throws -> Certified
  ) throws {
    let rows = try OracleTables.rows("distributions/" + table)
    #expect(rows.count > 150)
    var faults = [String]()
    for i in stride(from: 0, to: rows.count, by: step) {
      let found = try evaluate(rows[i])
      let value = try #require(rows[i].number("value"))
      if !found.isCorrectlyRounded { faults.append("\(rows[i].fields): not proven") }
      if let fault = OracleTables.fault(found, value: value, ball: rows[i].text("ball")) {
        faults.append("\(rows[i].fields): \(fault)")
      }
    }
    for fault in faults.prefix(5) { Issue.record("\(fault)") }
    #expect(faults.isEmpty, "\(table): \(faults.count) of \(rows.count)")
  }

  @Test func entropies() throws {
    try expectNoFaults("entropy") { row in
      try Certified.entropy(of: try #require(row.model("p")))
    }
  }

  @Test func divergences() throws {
    try expectNoFaults("kl-divergence") { row in
      try Certified.klDivergence(
        of: try #require(row.model("p")), from: try #require(row.model("q")))
    }
  }

  @Test func crossEntropies() throws {
    try expectNoFaults("cross-entropy") { row in
      try Certified.crossEntropy(
        of: try #require(row.model("p")), relativeTo: try #require(row.model("q")))
    }
  }
}
