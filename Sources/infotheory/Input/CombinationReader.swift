/// Reads columns of a file, and counts which of their values come together.
///
/// One pass, if no column holds numbers; otherwise one to choose the bins, and one
/// to count. Memory grows with the labels and the combinations, not with the rows.
struct CombinationReader {
  /// The most combinations, over all tables.
  static let mostCombinations = 10_000_000

  let source: SampleSource
  let missing: MissingCells
  let isCategorical: Bool
  let bins: BinChoice
  /// Which columns of the source are counted together, a list for each table.
  let tables: [[Int]]

  /// Reads and counts.
  func read() throws -> CombinationSet {
    var coders = source.columns.map {
      ColumnCoder(name: $0.name, isCategorical: isCategorical)
    }
    var counter = CombinationCounter(tables: tables, columnCount: coders.count)
    try look(&coders, &counter)
    let rowCount = counter.rowCount
    if let empty = coders.first(where: { $0.valueCount == 0 }), tables.count == 1 {
      throw Fault(
        .data,
        """
        \(source.file.name), column \(quoted(empty.name)): there are no values \
        (\(counted(empty.missingCount, "missing cell")))
        """)
    }
    if coders.contains(where: { $0.numbers != nil }) {
      try chooseBins(&coders)
      counter = CombinationCounter(tables: tables, columnCount: coders.count)
      try count(&coders, &counter)
    }
    return CombinationSet(
      file: source.file.name, rowCount: rowCount, columns: coders, tables: counter.tables)
  }

  // MARK: - Passes

  private func look(_ coders: inout [ColumnCoder], _ counter: inout CombinationCounter) throws {
    // Not self, which would be copied for every cell.
    let (source, missing) = (source, missing)
    var isCounting = true
    try source.forEachRow(pass: "looking at") { bytes, fields, line in
      for column in coders.indices {
        if missing.contains(bytes, fields[column]) {
          coders[column].addMissing()
          counter.codes[column] = CombinationTable.missing
          continue
        }
        let code = try coders[column].look(bytes, fields[column]) {
          source.place(column: column, line: line)
        }
        if let code { counter.codes[column] = code } else { isCounting = false }
      }
      try counter.add(isCounting: isCounting) { source.place(line: line) }
    }
  }

  private func chooseBins(_ coders: inout [ColumnCoder]) throws {
    for column in coders.indices {
      do {
        try coders[column].chooseBins(bins) { numbers in
          try Quartiles.of(numbers) { body in
            try source.forEachRow(pass: "quartiles of") { bytes, fields, line in
              guard !missing.contains(bytes, fields[column]) else { return }
              let place = { source.place(column: column, line: line) }
              body(try SampleTally.number(bytes, fields[column], place: place()))
            }
          }
        }
      } catch let fault as Fault where fault.kind == .data {
        let name = quoted(source.columns[column].name)
        let isPlaced = fault.message.hasPrefix(source.file.name)
        throw isPlaced
          ? fault : Fault(.data, "\(source.file.name), column \(name): \(fault.message)")
      }
    }
  }

  private func count(_ coders: inout [ColumnCoder], _ counter: inout CombinationCounter) throws {
    let (source, missing) = (source, missing)
    try source.forEachRow(pass: "counting") { bytes, fields, line in
      for column in coders.indices {
        counter.codes[column] =
          missing.contains(bytes, fields[column])
          ? CombinationTable.missing
          : try coders[column].code(bytes, fields[column]) {
            source.place(column: column, line: line)
          }
      }
      try counter.add(isCounting: true) { source.place(line: line) }
    }
  }
}

/// Counts rows in some tables at once.
private struct CombinationCounter {
  private(set) var tables: [CombinationTable]
  /// How many rows there were.
  private(set) var rowCount = 0
  /// The codes of the row at hand.
  var codes: [Int]
  private var combinationCount = 0

  init(tables: [[Int]], columnCount: Int) {
    self.tables = tables.map { CombinationTable(columns: $0) }
    codes = Array(repeating: CombinationTable.missing, count: columnCount)
  }

  /// Notes a row, and counts its codes.
  mutating func add(isCounting: Bool, place: () -> String) throws {
    rowCount += 1
    guard isCounting else { return }
    for i in tables.indices where tables[i].add(codes) { combinationCount += 1 }
    guard combinationCount <= CombinationReader.mostCombinations else {
      throw Fault(
        .data,
        """
        \(place()): this is combination of values number \(combinationCount), and \
        \(CombinationReader.mostCombinations) are the most; give fewer --bins, or leave out \
        columns of identifiers
        """)
    }
  }
}

/// The columns of a file, and how often their values come together.
struct CombinationSet {
  let file: String
  /// How many rows the file has.
  let rowCount: Int
  let columns: [ColumnCoder]
  let tables: [CombinationTable]
}
