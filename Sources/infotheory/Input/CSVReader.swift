/// Reads a CSV file row by row in bounded memory, as often as needed.
struct CSVReader {
  /// The longest record; more is taken for a quote that nobody closed.
  static let longestRecord = 1 << 28

  let file: InputFile
  let delimiter: UInt8
  private let chunkSize: Int

  init(file: InputFile, delimiter: UInt8, chunkSize: Int = 1 << 20) {
    self.file = file
    self.delimiter = delimiter
    self.chunkSize = chunkSize
  }

  /// The names of the columns.
  func header() throws -> CSVHeader {
    var names: [String]?
    try forEachChunk(progress: nil) { chunk, scan, _ in
      names = try headerNames(chunk, scan)
      return false
    }
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
    try forEachChunk(progress: progress) { chunk, scan, line in
      if let scan {
        try rows.splitQuoted(chunk, scan, body)
      } else {
        try rows.splitPlain(chunk.span, line: line, body)
      }
      return true
    }
  }
}

// MARK: - Chunks

extension CSVReader {
  /// Calls a closure with pieces of the file that end where a record ends.
  ///
  /// The closure gets the bytes, the records in them if there are quotes, and the
  /// number of the first line; it returns whether to go on.
  private func forEachChunk(
    progress: ProgressBar?,
    _ body: (_ chunk: ArraySlice<UInt8>, _ scan: RecordScan?, _ line: Int) throws -> Bool
  ) throws {
    var buffer = [UInt8](repeating: 0, count: chunkSize)
    var filled = 0
    var offset: Int64 = 0
    var line = 1
    while true {
      let count = try file.read(into: &buffer, from: filled, at: offset)
      progress?.advance(by: count)
      let isLast = filled + count < buffer.count
      if buffer[filled..<(filled + count)].contains(0) {
        try TextCheck.demandText(buffer[..<(filled + count)], in: file.name, line: line)
      }
      filled += count
      offset += Int64(count)
      // Until the first record is complete the buffer begins where the file does.
      let start = Int64(filled) == offset && buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0

      let bytes = buffer[start..<filled]
      let (end, scan) = try recordEnd(bytes, line: line, isLast: isLast)
      if let end, end > start {
        let chunk = bytes[..<end]
        try TextCheck.demandText(chunk, in: file.name, line: line)
        guard try body(chunk, scan, line) else { return }
        line = scan?.nextLine ?? line + Self.lineCount(chunk)
        buffer.replaceSubrange(..<(filled - end), with: buffer[end..<filled])
        filled -= end
      }
      if isLast { return }
      if filled == buffer.count { try grow(&buffer, line: line) }
    }
  }

  /// The end of the last complete record, and the records if there are quotes.
  private func recordEnd(
    _ bytes: ArraySlice<UInt8>, line: Int, isLast: Bool
  ) throws -> (end: Int?, scan: RecordScan?) {
    guard bytes.contains(0x22) else {
      return (RecordScan.endOfPlainRecords(bytes, isLast: isLast), nil)
    }
    do {
      let scan = try RecordScan(bytes.span, delimiter: delimiter, line: line, isLast: isLast)
      return (bytes.startIndex + scan.end, scan)
    } catch {
      throw Self.fault(error, file: file.name)
    }
  }

  private func grow(_ buffer: inout [UInt8], line: Int) throws {
    guard buffer.count < Self.longestRecord else {
      throw Fault(
        .data,
        """
        \(file.name), line \(line): the record that begins here is longer than \
        \(Self.longestRecord >> 20) MiB; is a quote not closed?
        """)
    }
    buffer.append(contentsOf: repeatElement(0, count: buffer.count))
  }

  /// The number of line ends in records without quotes.
  private static func lineCount(_ chunk: ArraySlice<UInt8>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in chunk {
      if byte == 0x0A ? previous != 0x0D : byte == 0x0D { count += 1 }
      previous = byte
    }
    return count
  }

  private static func fault(_ error: RecordScan.BadQuote, file: String) -> Fault {
    switch error {
    case .insideField(let line):
      Fault(
        .data,
        """
        \(file), line \(line): there is a quote inside an unquoted field; \
        put the field in quotes and double the quotes inside
        """)
    case .textAfterQuote(let line):
      Fault(
        .data,
        """
        \(file), line \(line): there is text after a closing quote; \
        double the quotes that belong to the field
        """)
    case .unclosed(let line):
      Fault(.data, "\(file), line \(line): the quote that opens here is never closed")
    }
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
