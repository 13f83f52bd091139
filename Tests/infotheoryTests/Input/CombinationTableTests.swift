import TestSupport
import Testing

@testable import infotheory

@Suite struct CombinationTableTests {
  /// Counts of combinations, the plain way.
  private func counts(_ rows: [[Int]], _ columns: [Int]) -> [[Int]: Int] {
    rows.reduce(into: [:]) { counts, row in
      let codes = columns.map { row[$0] }
      if !codes.contains(-1) { counts[codes, default: 0] += 1 }
    }
  }

  private func counts(_ table: CombinationTable) -> [[Int]: Int] {
    let outcomes = table.outcomes
    return table.counts.indices.reduce(into: [:]) { counts, i in
      if table.counts[i] > 0 { counts[outcomes.map { $0[i] }] = table.counts[i] }
    }
  }

  @Test(arguments: [[0], [1, 0], [0, 2, 3], [3, 1, 0, 2]])
  func countsAsADictionaryDoes(columns: [Int]) {
    var random = SplitMix64(state: UInt64(columns.count))
    let rows = (0..<5000).map { _ in
      [30, 4, 900, 2].map { Int(random.next() % UInt64($0)) - 1 }
    }
    var table = CombinationTable(columns: columns)
    var newCount = 0
    for row in rows where table.add(row) { newCount += 1 }
    let expected = counts(rows, columns)
    #expect(counts(table) == expected)
    #expect(table.rowCount == expected.values.reduce(0, +))
    #expect(table.incompleteCount == rows.count - table.rowCount)
    if columns.count > 1 { #expect(newCount == expected.count) }
  }

  @Test func pairsKeepTheirNumbers() {
    var pairs = PairNumbers()
    let all = (0..<300).flatMap { i in (0..<40).map { (i * 7_919, $0 << 20) } }
    #expect(all.map { pairs.number(of: $0.0, $0.1) } == Array(all.indices))
    #expect(all.map { pairs.number(of: $0.0, $0.1) } == Array(all.indices))
    #expect(pairs.count == all.count)
    #expect(all.indices.allSatisfy { pairs.pair($0) == all[$0] })
  }

  @Test func aRowThatLacksACodeIsLeftOut() {
    var table = CombinationTable(columns: [0, 2])
    for row in [[0, -1, 0], [-1, 0, 0], [0, 0, -1], [0, 5, 0]] { _ = table.add(row) }
    #expect(table.counts == [2])
    #expect(table.incompleteCount == 2)
  }
}
