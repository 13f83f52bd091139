/// A file and the columns of it that are wanted.
///
/// A class, because closures that are made for every cell refer to it.
final class SampleSource {
  let file: InputFile
  let reader: CSVReader
  let header: CSVHeader
  /// The names and indices of the columns with values.
  let columns: [(name: String, index: Int)]
  /// The name and index of the column whose labels part the rows into groups.
  let group: (name: String, index: Int)?

  /// Opens a file and finds the columns in its header, all if none are named.
  init(path: String, delimiter: UInt8, columns: [String]?, group: String? = nil) throws {
    file = try InputFile(path: path)
    reader = CSVReader(file: file, delimiter: delimiter)
    let header = try reader.header()
    self.header = header
    self.columns = try (columns ?? header.names).map { ($0, try header.index(of: $0)) }
    self.group = try group.map { ($0, try header.index(of: $0)) }
  }

  /// Calls a closure with every row's cells: those of the columns, then the group's.
  func forEachRow(
    pass: String,
    _ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>], _ line: Int) throws -> Void
  ) throws {
    let progress = ProgressBar(title: "\(pass) \(file.name)", total: file.size)
    defer { progress.clear() }
    try reader.forEachRow(
      columns: columns.map(\.index) + (group.map { [$0.index] } ?? []),
      header: header, progress: progress, body)
  }

  /// Where a row is.
  func place(line: Int) -> String { "\(file.name), line \(line)" }

  /// Where a cell is.
  func place(column: Int, line: Int) -> Place {
    Place(file: file.name, line: line, column: columns[column].name)
  }
}

/// Parts rows into samples: each column is one, or each group of a column.
struct SampleIndex {
  /// The most groups; pairs grow with the square.
  static let mostGroups = 200

  /// How many rows have no group.
  private(set) var ungrouped = 0
  /// The groups' labels, in the order of their first row.
  private(set) var groups: [String] = []
  private var indices: [String: Int] = [:]

  /// The number of the sample that a row's group stands for, nil without a group.
  mutating func group(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, missing: MissingCells, place: Place
  ) throws -> Int? {
    if missing.contains(bytes, cell) {
      ungrouped += 1
      return nil
    }
    let label = NumberParser.text(bytes, cell)
    if let index = indices[label] { return index }
    guard groups.count < Self.mostGroups else {
      throw place.fault(
        """
        \(quoted(label)) would be group number \(Self.mostGroups + 1), and every pair of \
        groups is compared; give a column with fewer labels to --by
        """)
    }
    indices[label] = groups.count
    groups.append(label)
    return groups.count - 1
  }

  /// Forgets the counts before another pass; groups keep their numbers.
  mutating func rewind() { ungrouped = 0 }
}
