/// Turns chunks of records into rows of wanted fields, and finds the ragged ones.
struct RowSplitter {
  private let file: String
  private let columns: [Int]
  private let header: CSVHeader
  private let plain: PlainFields
  private let hasHeader: Bool
  private var isHeaderNext: Bool
  private var fields: [Range<Int>]
  private var scratch: [UInt8] = []

  init(
    file: String, delimiter: UInt8, columns: [Int], header: CSVHeader, hasHeader: Bool = true
  ) {
    self.file = file
    self.hasHeader = hasHeader
    isHeaderNext = hasHeader
    self.columns = columns
    self.header = header
    plain = PlainFields(delimiter: delimiter, columns: columns)
    fields = Array(repeating: 0..<0, count: columns.count)
  }

  /// Splits records, of which some hold quotes if they have been scanned for them.
  mutating func split(
    _ bytes: ArraySlice<UInt8>, _ scan: RecordScan?, line: Int,
    _ body: (Span<UInt8>, [Range<Int>], Int) throws -> Void
  ) throws {
    if let scan {
      try splitQuoted(bytes, scan, body)
    } else {
      try splitPlain(bytes.span, line: line, body)
    }
  }

  /// Splits records without quotes; each is a line.
  private mutating func splitPlain(
    _ bytes: Span<UInt8>, line firstLine: Int,
    _ body: (Span<UInt8>, [Range<Int>], Int) throws -> Void
  ) throws {
    var line = firstLine
    var index = 0
    if isHeaderNext {
      isHeaderNext = false
      var none: [Range<Int>] = []
      _ = PlainFields(delimiter: plain.delimiter, columns: []).next(
        in: bytes, at: &index, into: &none)
      line += 1
    }
    while index < bytes.count {
      let row = plain.next(in: bytes, at: &index, into: &fields)
      if row.fieldCount == header.names.count {
        for slot in fields.indices { fields[slot] = Trim.range(fields[slot], of: bytes) }
        try body(bytes, fields, line)
      } else if !row.isBlank {
        throw ragged(row.fieldCount, line: line)
      }
      line += 1
    }
  }

  /// Splits records of which some hold quotes.
  private mutating func splitQuoted(
    _ bytes: ArraySlice<UInt8>, _ scan: RecordScan,
    _ body: (Span<UInt8>, [Range<Int>], Int) throws -> Void
  ) throws {
    let rows = try QuotedFields.rows(of: bytes, delimiter: plain.delimiter)
    guard rows.count == scan.records.count else {
      throw Fault(
        .software,
        """
        \(file), from line \(scan.records.first?.line ?? 0): SwiftCSV sees \
        \(counted(rows.count, "record")) where there are \(scan.records.count)
        """)
    }
    for (row, record) in zip(rows, scan.records) {
      if isHeaderNext {
        isHeaderNext = false
        continue
      }
      guard row.count == header.names.count else {
        if row.count == 1, row[0].utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        throw ragged(row.count, line: record.line)
      }
      scratch.removeAll(keepingCapacity: true)
      for slot in fields.indices {
        let start = scratch.count
        QuotedFields.appendBytes(of: row[columns[slot]], to: &scratch)
        fields[slot] = Trim.range(start..<scratch.count, of: scratch.span)
      }
      try body(scratch.span, fields, record.line)
    }
  }

  private func ragged(_ count: Int, line: Int) -> Fault {
    Fault(
      .data,
      """
      \(file), line \(line): found \(counted(count, "field")), but the \
      \(hasHeader ? "header names" : "first line has") \
      \(counted(header.names.count, "column")); is a delimiter missing, or a text with a \
      delimiter not in quotes?
      """)
  }
}

/// White space around a field, which is no part of it.
enum Trim {
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The range without the spaces and tabs at its ends.
  static func range(_ range: Range<Int>, of bytes: Span<UInt8>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isSpace(bytes[low]) { low += 1 }
    while low < high, isSpace(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  /// The slice without the spaces and tabs at its ends.
  static func slice(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = slice.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }
}
