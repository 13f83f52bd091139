/// Pieces of a CSV file that end where a record ends, one after another.
struct CSVChunks {
  private let file: InputFile
  private let delimiter: UInt8
  private var buffer: [UInt8]
  private var filled = 0
  private var offset: Int64 = 0
  private var line = 1
  private var isAtEnd = false

  init(file: InputFile, delimiter: UInt8, chunkSize: Int) {
    self.file = file
    self.delimiter = delimiter
    buffer = [UInt8](repeating: 0, count: chunkSize)
  }

  /// Calls a closure with the next piece, if there is one.
  ///
  /// The closure gets the bytes, the records in them if there are quotes, and the
  /// number of the first line.
  ///
  /// - Returns: Whether there may be more.
  mutating func next(
    progress: ProgressBar?,
    _ body: (_ chunk: ArraySlice<UInt8>, _ scan: RecordScan?, _ line: Int) throws -> Void
  ) throws -> Bool {
    while !isAtEnd {
      let count = try file.read(into: &buffer, from: filled, at: offset)
      progress?.advance(by: count)
      isAtEnd = filled + count < buffer.count
      if buffer[filled..<(filled + count)].contains(0) {
        try TextCheck.demandText(buffer[..<(filled + count)], in: file.name, line: line)
      }
      filled += count
      offset += Int64(count)
      // Until the first record is complete the buffer begins where the file does.
      let start = Int64(filled) == offset && buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0

      let bytes = buffer[start..<filled]
      let (end, scan) = try recordEnd(bytes)
      guard let end, end > start else {
        if !isAtEnd && filled == buffer.count { try grow() }
        continue
      }
      let chunk = bytes[..<end]
      try TextCheck.demandText(chunk, in: file.name, line: line)
      try body(chunk, scan, line)
      line = scan?.nextLine ?? line + Self.lineCount(chunk)
      buffer.replaceSubrange(..<(filled - end), with: buffer[end..<filled])
      filled -= end
      return !isAtEnd
    }
    return false
  }

  /// The end of the last complete record, and the records if there are quotes.
  private func recordEnd(
    _ bytes: ArraySlice<UInt8>
  ) throws -> (end: Int?, scan: RecordScan?) {
    guard bytes.contains(0x22) else {
      return (RecordScan.endOfPlainRecords(bytes, isLast: isAtEnd), nil)
    }
    do {
      let scan = try RecordScan(bytes.span, delimiter: delimiter, line: line, isLast: isAtEnd)
      return (bytes.startIndex + scan.end, scan)
    } catch {
      throw Self.fault(error, file: file.name)
    }
  }

  private mutating func grow() throws {
    guard buffer.count < CSVReader.longestRecord else {
      throw Fault(
        .data,
        """
        \(file.name), line \(line): the record that begins here is longer than \
        \(CSVReader.longestRecord >> 20) MiB; is a quote not closed?
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
}
