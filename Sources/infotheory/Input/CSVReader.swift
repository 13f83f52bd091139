/// Reads a CSV file row by row in bounded memory, as often as needed.
struct CSVReader {
  /// The longest record; more is taken for a quote that nobody closed.
  static let longestRecord = 1 << 28

  let file: InputFile
  let delimiter: UInt8
  private let chunkSize: Int

  /// Reads a file in chunks, by default of 1 MiB, or of a smaller file's size.
  init(file: InputFile, delimiter: UInt8, chunkSize: Int? = nil) {
    self.file = file
    self.delimiter = delimiter
    // A byte more than the file, so that its end shows at once.
    self.chunkSize = chunkSize ?? Int(min(file.size ?? .max, 1 << 20 - 64)) + 64
  }

  /// The names of the columns.
  func header() throws -> CSVHeader {
    var names: [String]?
    var chunks = chunks()
    _ = try chunks.next(progress: nil) { chunk, scan, _ in names = try headerNames(chunk, scan) }
    guard let names, names != [""] else {
      throw Fault(
        .data, "\(file.name) is empty: its first line must name the columns")
    }
    return CSVHeader(file: file.name, names: names, delimiter: delimiter)
  }

  /// Calls a closure with the wanted fields of every row below the header.
  ///
  /// The closure gets bytes, the ranges of the wanted fields in them without the
  /// white space around them, and the number of the row's first line.
  func forEachRow(
    columns: [Int], header: CSVHeader, progress: ProgressBar?,
    _ body: (_ bytes: Span<UInt8>, _ fields: [Range<Int>], _ line: Int) throws -> Void
  ) throws {
    var rows = RowSplitter(file: file.name, delimiter: delimiter, columns: columns, header: header)
    var chunks = chunks()
    while try chunks.next(progress: progress, { try rows.split($0, $1, line: $2, body) }) {}
  }
}

// MARK: - Chunks

extension CSVReader {
  /// The pieces of the file, from its start.
  func chunks() -> CSVChunks {
    CSVChunks(file: file, delimiter: delimiter, chunkSize: chunkSize)
  }

  private func headerNames(_ chunk: ArraySlice<UInt8>, _ scan: RecordScan?) throws -> [String] {
    guard let scan else {
      let end = chunk.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? chunk.endIndex
      return chunk[..<end].split(separator: delimiter, omittingEmptySubsequences: false)
        .map { String(decoding: Trim.slice($0), as: UTF8.self) }
    }
    let end = scan.records.count > 1 ? chunk.startIndex + scan.records[1].offset : chunk.endIndex
    let rows = try QuotedFields.rows(of: chunk[..<end], delimiter: delimiter)
    return (rows.first ?? []).map { name in
      var bytes: [UInt8] = []
      QuotedFields.appendBytes(of: name, to: &bytes)
      return String(decoding: Trim.slice(bytes[...]), as: UTF8.self)
    }
  }
}
