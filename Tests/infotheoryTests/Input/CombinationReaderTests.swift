import Testing

@testable import infotheory

@Suite struct CombinationReaderTests {
  private func read(
    _ text: String, _ columns: [String]? = nil, isCategorical: Bool = false,
    bins: BinChoice = .count(2), tables: [[Int]]
  ) throws -> CombinationSet {
    let scratch = try Scratch()
    let source = try SampleSource(
      path: try scratch.write("a.csv", text), delimiter: 0x2C, columns: columns)
    return try CombinationReader(
      source: source, missing: MissingCells(), isCategorical: isCategorical, bins: bins,
      tables: tables
    ).read()
  }

  @Test func labelsAreCountedAsTheyCome() throws {
    let set = try read("a,b\nu,v\nu,w\nNA,v\nu,v\n", tables: [[0, 1], [0]])
    #expect(set.rowCount == 4)
    #expect(set.columns.map(\.missingCount) == [1, 0])
    #expect(set.columns.map(\.codeCount) == [1, 2])
    #expect(set.tables[0].outcomes == [[0, 0], [0, 1]])
    #expect(set.tables[0].counts == [2, 1])
    #expect(set.tables[1].counts == [3])
  }

  @Test func numbersAreBinnedAndCountedInASecondPass() throws {
    // The number comes late, when two rows have been looked at already.
    let set = try read("a,b\nu,NA\nu,\nv,1\nu,3\nu,2\n", tables: [[0, 1]])
    #expect(set.columns[1].bins?.binning.edges == [1, 2, 3])
    #expect(set.tables[0].outcomes == [[1, 0], [0, 1]])
    #expect(set.tables[0].counts == [1, 2])
    #expect(set.tables[0].incompleteCount == 2)
  }

  @Test func everyColumnHasItsOwnKindAndBins() throws {
    let set = try read("a,b,c\n1,x,10\n2,y,20\n3,x,30\n", ["c", "a", "b"], tables: [[0, 1, 2]])
    #expect(set.columns.map(\.name) == ["c", "a", "b"])
    #expect(set.columns.map { $0.bins?.binning.edges } == [[10, 20, 30], [1, 2, 3], nil])
    #expect(set.tables[0].counts == [1, 1, 1])
    #expect(set.columns[2].labels == ["x", "y"])
  }

  @Test func numbersMayBeLabels() throws {
    let set = try read("a\n1\n1.0\n1\n", isCategorical: true, tables: [[0]])
    #expect(set.columns[0].codeCount == 2)
    #expect(set.tables[0].counts == [2, 1])
  }

  @Test func equalNumbersHaveOneBinWhateverIsAskedFor() throws {
    let set = try read("a,b\n7,1\n7,2\n", bins: .count(9), tables: [[0, 1]])
    #expect(set.columns[0].codeCount == 1)
    #expect(set.columns[1].codeCount == 9)
  }

  @Test func quartilesAreThoseOfTheColumn() throws {
    let rows = (1...100).map { "\($0),\($0 * 1000)\n" }.joined()
    let set = try read("a,b\n" + rows, bins: .rule(.freedmanDiaconis), tables: [[0, 1]])
    // 2 · IQR · n^(−1/3) = 2 · 49.5 / 4.64: five bins of 99 / 21.3, for both columns.
    #expect(set.columns.map(\.codeCount) == [5, 5])
    #expect(set.tables[0].counts.count == 5)
  }

  @Test func binsThatCannotBeAreBlamedOnTheirColumn() throws {
    let text = "a,b\n1,1\n2,1.0000000000000002\n"
    #expect {
      try read(text, bins: .count(9), tables: [[0, 1]])
    } throws: { error in
      (error as? Fault)?.message.contains("a.csv, column \"b\": 9 bins are too many") == true
    }
  }

  @Test func aPairNeedsValuesInBoth() throws {
    #expect {
      try read("a,b\n1,NA\n2,\n", tables: [[0, 1]])
    } throws: { error in
      (error as? Fault)?.message.hasSuffix(
        "column \"b\": there are no values (2 missing cells)") == true
    }
  }
}
