import InformationTheory
import ReferenceOracle
import Testing

/// Every certified number against the balls of python-flint.
@Suite struct OracleTests {
  private func expectNoFaults(
    _ table: String, _ result: TableChecks.Result, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(result.count > 10, "\(table): \(result.count) rows", sourceLocation: location)
    // Of halves of the smallest double, and of what e^−10000 parts from such a half.
    #expect(
      result.unproven <= 1, "\(table): \(result.unproven) not proven", sourceLocation: location)
    for fault in result.faults.prefix(5) { Issue.record("\(fault)", sourceLocation: location) }
    #expect(
      result.faults.isEmpty, "\(table): \(result.faults.count) of \(result.count)",
      sourceLocation: location)
  }

  @Test(arguments: TableChecks.entropies.indices)
  func entropies(_ index: Int) throws {
    let (table, evaluate) = TableChecks.entropies[index]
    expectNoFaults(
      table,
      try OracleTables.check(table, of: "pmfs") { row, p, _, normalize in
        try evaluate(try normalize ? Categorical(normalizing: p) : Categorical(p), row)
      })
  }

  @Test(arguments: TableChecks.divergences.indices)
  func divergences(_ index: Int) throws {
    let (table, evaluate) = TableChecks.divergences[index]
    expectNoFaults(
      table,
      try OracleTables.check(table, of: "pairs") { row, p, q, normalize in
        try normalize
          ? evaluate(Categorical(normalizing: p), Categorical(normalizing: q), row)
          : evaluate(Categorical(p), Categorical(q), row)
      })
  }

  @Test func masses() throws {
    expectNoFaults(
      "generalized-kl-divergence",
      try OracleTables.check("generalized-kl-divergence", of: "pairs") { _, p, q, _ in
        try Certified.generalizedKLDivergence(of: p, from: q)
      })
    expectNoFaults(
      "itakura-saito-divergence",
      try OracleTables.check("itakura-saito-divergence", of: "pairs") { _, p, q, _ in
        try Certified.itakuraSaitoDivergence(of: p, from: q)
      })
    expectNoFaults(
      "binary-entropy",
      try OracleTables.check("binary-entropy", of: "pmfs") { row, _, _, _ in
        try Certified.binaryEntropy(row.number("x") ?? .nan)
      })
  }

  @Test(arguments: TableChecks.losses.indices)
  func losses(_ index: Int) throws {
    let (table, evaluate) = TableChecks.losses[index]
    expectNoFaults(table, try OracleTables.check(table, evaluate))
  }
}
