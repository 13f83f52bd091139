/// How a CSV file of numbers is read.
struct CSVFormat {
  /// Whether the first line names the columns.
  enum Header: String, CaseIterable {
    /// It does if it is not all numbers, or if it counts 0, 1, 2 …; of 0, 1 alone
    /// nobody knows.
    case detect
    case present
    case absent
  }

  var delimiter = UInt8(ascii: ",")
  var header = Header.detect
}

/// The rows of a CSV file of numbers.
///
/// A class, because the walk over the pieces of the file changes several properties.
final class CSVNumbers: NumberSource {
  let columnCount: Int
  let columnNames: [String]?
  private let file: String
  private let titles: [String]
  private var chunks: CSVChunks
  private var rows: RowSplitter
  private var hasMore = true
  /// The line of each row that was read, and how many of the rows are forgotten.
  private var lines: [Int] = []
  private var forgotten = 0

  /// Looks at the first line.
  init(file: InputFile, format: CSVFormat, column: String?) throws {
    self.file = file.name
    let reader = CSVReader(file: file, delimiter: format.delimiter)
    let header = try reader.header()
    guard let hasHeader = Self.hasHeader(header.names, format.header) else {
      throw Fault(
        .data,
        """
        \(file.name), line 1: are 0 and 1 the names of the columns, or numbers? Add \
        --header present or --header absent
        """)
    }
    var columns = Array(header.names.indices)
    if let column {
      guard hasHeader else {
        throw Fault(
          .data,
          """
          \(file.name), line 1: there are no names of columns to find \(quoted(column)) among; \
          if there are, add --header present
          """)
      }
      columns = [try header.index(of: column)]
    }
    columnCount = columns.count
    columnNames = hasHeader ? columns.map { header.names[$0] } : nil
    titles = columns.map { hasHeader ? "column \(quoted(header.names[$0]))" : "column \($0)" }
    chunks = reader.chunks()
    rows = RowSplitter(
      file: file.name, delimiter: format.delimiter, columns: columns, header: header,
      hasHeader: hasHeader)
  }

  /// Whether the fields of a first line are names; nil where that cannot be told.
  static func hasHeader(_ names: [String], _ header: CSVFormat.Header) -> Bool? {
    switch header {
    case .present: return true
    case .absent: return false
    case .detect:
      if names.contains(where: { number($0) == nil }) { return true }
      // So are tables written whose columns have no names, and logits are not.
      guard names.count > 1, names.indices.allSatisfy({ names[$0] == "\($0)" }) else {
        return false
      }
      return names.count > 2 ? true : nil
    }
  }

  func read(into values: inout [Double], progress: ProgressBar?) throws {
    lines.removeFirst(forgotten)
    forgotten = 0
    while hasMore && lines.isEmpty {
      hasMore = try chunks.next(progress: progress) { chunk, scan, line in
        try rows.split(chunk, scan, line: line) { bytes, fields, line in
          lines.append(line)
          for column in fields.indices {
            guard let value = NumberParser.decimal(bytes, fields[column]) else {
              throw notANumber(bytes, fields[column], column: column, line: line)
            }
            values.append(value)
          }
        }
      }
    }
  }

  func line(ofRow row: Int) -> Int? { lines[forgotten + row] }

  func forget(rows: Int) { forgotten += rows }

  private static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return NumberParser.decimal(bytes.span, bytes.indices)
  }

  private func notANumber(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, column: Int, line: Int
  ) -> Fault {
    let what =
      cell.isEmpty
      ? "the cell is empty; every row needs a number there"
      : "\(quoted(NumberParser.text(bytes, cell))) is not a number"
    return Fault(.data, "\(file), line \(line), \(titles[column]): \(what)")
  }
}
