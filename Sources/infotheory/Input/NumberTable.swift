import ArgumentParser

/// Where the rows of a table of numbers come from.
protocol NumberSource {
  var columnCount: Int { get }
  /// The names of the columns, if the file has any.
  var columnNames: [String]? { get }

  /// Appends some more rows to an array, none only at the end of the file.
  mutating func read(into values: inout [Double], progress: ProgressBar?) throws

  /// The line of a row, of those that were read and not yet forgotten; nil where there
  /// are no lines.
  func line(ofRow row: Int) -> Int?

  /// Forgets where the first rows were.
  mutating func forget(rows: Int)
}

/// A file of numbers in rows and columns, read a few rows at a time.
///
/// A class, because several tables are read side by side.
final class NumberTable {
  let file: InputFile
  /// Numbers that were read, of which ``range(rows:)`` has not been used up.
  private(set) var values: [Double] = []
  /// The number of the first row that is not used up, counted from 0.
  private(set) var row = 0
  private var source: any NumberSource
  private var start = 0

  /// Opens a file, CSV or NumPy's format, which its first bytes tell apart.
  ///
  /// - Parameters:
  ///   - path: The path; `-` is standard input.
  ///   - format: How CSV is read.
  ///   - column: The name of the only column wanted; nil for all.
  ///   - kind: Which of NumPy's types will do.
  /// - Throws: A ``Fault`` that says what such a file must be like.
  init(path: String, format: CSVFormat, column: String? = nil, kind: NPYKind) throws {
    file = try InputFile(path: path, streamsNumPy: true)
    if try NPYHeader.isAhead(in: file) {
      guard column == nil else {
        throw Fault(.data, "\(file.name): the columns of a .npy file have no names")
      }
      source = try NPYNumbers(file: file, kind: kind)
    } else {
      source = try CSVNumbers(file: file, format: format, column: column)
    }
  }

  var name: String { file.name }
  var columnCount: Int { source.columnCount }
  var columnNames: [String]? { source.columnNames }

  /// What a message calls a column.
  func title(ofColumn column: Int) -> String {
    columnNames.map { "column \(quoted($0[column]))" } ?? "column \(column)"
  }

  /// Where a row is, one of those at hand.
  func place(row: Int) -> String {
    source.line(ofRow: row).map { "\(name), line \($0) (row \(self.row + row))" }
      ?? "\(name), row \(self.row + row)"
  }

  /// The number of rows that are at hand.
  var availableRows: Int { (values.count - start) / columnCount }

  /// Where the first rows at hand are in ``values``.
  func range(rows count: Int) -> Range<Int> { start..<(start + count * columnCount) }

  /// Makes sure that there are rows at hand, unless the file has ended.
  private func fill(_ progress: ProgressBar?) throws {
    guard start == values.count else { return }
    values.removeAll(keepingCapacity: true)
    start = 0
    try source.read(into: &values, progress: progress)
  }

  private func drop(rows count: Int) {
    start += count * columnCount
    row += count
    source.forget(rows: count)
  }
}

// MARK: - Side by side

extension NumberTable {
  /// Calls a closure with blocks of rows that tables have in common, to their ends.
  ///
  /// - Parameters:
  ///   - tables: The tables, none of them read before.
  ///   - body: Gets the number of rows of a block, which all tables have at hand.
  /// - Throws: A ``Fault`` where one table has more rows than another.
  static func forEachBlock(_ tables: [NumberTable], _ body: (_ rows: Int) throws -> Void) throws {
    let sizes = tables.compactMap(\.file.size)
    let progress = ProgressBar(
      title: "reading \(tables[0].name)",
      total: sizes.count == tables.count ? sizes.reduce(0, +) : nil)
    defer { progress.clear() }
    while true {
      for table in tables { try table.fill(progress) }
      let count = tables.map(\.availableRows).min() ?? 0
      guard count > 0 else { break }
      try body(count)
      for table in tables { table.drop(rows: count) }
    }
    // Whatever is left has no counterpart; how much it is, helps to see why.
    for table in tables {
      while table.availableRows > 0 {
        table.drop(rows: table.availableRows)
        try table.fill(progress)
      }
    }
    let (first, rows) = (tables[0].name, tables[0].row)
    guard rows > 0 || tables.contains(where: { $0.row > 0 }) else {
      throw Fault(.data, "\(first): there are no rows")
    }
    if let other = tables.first(where: { $0.row != rows }) {
      let hint =
        tables.contains { $0.source is CSVNumbers }
        ? "; was a line of names taken for numbers, or the reverse? See --header" : ""
      throw Fault(
        .data,
        """
        \(first) has \(counted(rows, "row")) and \(other.name) has \(other.row), but each row \
        needs its counterpart\(hint)
        """)
    }
  }
}

extension NumberTable {
  /// Refuses paths of which several are standard input.
  static func demandOneStandardInput(_ paths: [String?]) throws {
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("Standard input (-) can be only one of the files.")
    }
  }

  /// Refuses another table that has not as many columns.
  func demandColumns(of other: NumberTable) throws {
    guard columnCount != other.columnCount else { return }
    throw Fault(
      .data,
      """
      \(name) has \(counted(columnCount, "column")) and \(other.name) has \
      \(other.columnCount), but each is a class and needs its counterpart
      """)
  }
}
