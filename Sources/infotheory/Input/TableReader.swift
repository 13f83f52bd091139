import InformationTheory

/// Reads tables that list an outcome a row: how often it was seen, or how likely it is.
struct TableReader {
  /// What the columns of a table hold.
  enum Masses {
    case counts
    case probabilities(normalizing: Bool)
  }

  /// A column with masses, row by row.
  private struct Column {
    var counts: [Int] = []
    var probabilities: [Double] = []
  }

  /// The most rows, because a table is kept in memory.
  static let mostRows = SampleTally.mostLabels

  let sources: [SampleSource]
  let masses: Masses
  /// The column that names the outcomes.
  let labels: String?
  let missing: MissingCells

  /// Reads all columns.
  func read() throws -> SampleSet {
    let names = sources.flatMap { source in
      source.columns.map { (file: source.file.name, column: $0.name, group: String?.none) }
    }
    let titles = SampleTitles.of(names)
    let distributions = try sources.flatMap { try read($0) }
    return SampleSet(
      samples: names.indices.map { i in
        SampleSet.Sample(
          name: titles[i], file: names[i].file, column: names[i].column, group: nil,
          valueCount: distributions[i].count, missingCount: 0, range: nil,
          distribution: distributions[i])
      }, bins: nil, ungroupedCount: 0, emptyGroups: [])
  }

  private func read(_ source: SampleSource) throws -> [Categorical] {
    var columns = source.columns.map { _ in Column() }
    var names: [String] = []
    var lines: [String: Int] = [:]
    var rowCount = 0
    try source.forEachRow(pass: "reading") { bytes, fields, line in
      rowCount += 1
      guard rowCount <= Self.mostRows else {
        throw Fault(
          .data,
          """
          \(source.file.name), line \(line): a table may have \(Self.mostRows) rows; to count \
          the cells of a column, use --column
          """)
      }
      for i in columns.indices {
        let place = source.place(column: i, line: line)
        try add(bytes, fields[i], to: &columns[i], place: place)
      }
      if let group = source.group, let cell = fields.last {
        let place = Place(file: source.file.name, line: line, column: group.name)
        let label = NumberParser.text(bytes, cell)
        guard !label.isEmpty else { throw place.fault("the outcome has no label; give it one") }
        if let before = lines.updateValue(line, forKey: label) {
          throw place.fault(
            "the label \(quoted(label)) is on line \(before) already; labels must differ")
        }
        names.append(label)
      }
    }
    guard rowCount > 0 else {
      throw Fault(.data, "\(source.file.name): there are no rows below the header")
    }
    return try columns.indices.map { i in
      try distribution(
        columns[i], labels: source.group == nil ? nil : names,
        place: "\(source.file.name), column \(quoted(source.columns[i].name))")
    }
  }

  private func add(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, to column: inout Column, place: Place
  ) throws {
    if missing.contains(bytes, cell) {
      throw place.fault(
        "the cell is missing; write 0 if the outcome has no mass, or leave out the row")
    }
    let text = NumberParser.text(bytes, cell)
    guard let value = NumberParser.decimal(bytes, cell) else {
      throw place.fault("\(quoted(text)) is not a number")
    }
    guard value.isFinite else {
      throw place.fault(
        "\(quoted(text)) is \(value.isNaN ? "not a number" : "infinite"); it must be finite")
    }
    guard value >= 0 else {
      throw place.fault("\(quoted(text)) is negative, which no count or probability is")
    }
    switch masses {
    case .probabilities:
      column.probabilities.append(value)
    case .counts:
      guard let count = Int(text) ?? Int(exactly: value) else {
        throw place.fault(
          """
          \(quoted(text)) is not a whole number; for weights, use --probabilities with \
          --normalize
          """)
      }
      column.counts.append(count)
    }
  }

  private func distribution(
    _ column: Column, labels: [String]?, place: String
  ) throws -> Categorical {
    do throws(InformationError) {
      switch masses {
      case .counts: return try Categorical(counts: column.counts, labels: labels)
      case .probabilities(true):
        return try Categorical(normalizing: column.probabilities, labels: labels)
      case .probabilities(false):
        return try Categorical(column.probabilities, labels: labels)
      }
    } catch {
      if error.code == .notNormalized,
        let total = try? Categorical(normalizing: column.probabilities).total
      {
        throw Fault(
          .data,
          "\(place): the probabilities sum to \(total), not to 1; to divide by it, add --normalize")
      }
      throw Fault(.data, "\(place): \(error.message)")
    }
  }
}
