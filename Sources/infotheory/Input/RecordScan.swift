/// Where the records of a piece of CSV end, quotes understood.
///
/// A quote opens a quoted field only at the field's beginning, after white space
/// at most; a doubled quote is a quote; only white space may follow the closing
/// one. These are SwiftCSV's rules, on bytes instead of characters.
struct RecordScan {
  /// Where a record begins.
  struct Record: Equatable {
    let offset: Int
    let line: Int
  }

  /// What is wrong with a quote, and in which line.
  enum BadQuote: Error, Equatable {
    /// A quote in the middle of an unquoted field.
    case insideField(line: Int)
    /// Something other than a delimiter after the closing quote.
    case textAfterQuote(line: Int)
    /// No closing quote before the end of the file.
    case unclosed(line: Int)
  }

  /// The complete records.
  private(set) var records: [Record] = []
  /// The end of the last complete record.
  private(set) var end = 0
  /// The line that begins there.
  private(set) var nextLine: Int

  private enum State {
    case fieldStart
    case unquoted
    /// After a quote in an unquoted field, where another quote must follow.
    case unquotedQuote
    case quoted
    /// After a quote in a quoted field: it closes, or another follows.
    case quotedQuote
    case afterQuoted
  }

  /// Scans bytes that begin at the border of a record and at the given line.
  ///
  /// A record without a line end counts as complete if the file ends with the bytes.
  init(
    _ bytes: Span<UInt8>, delimiter: UInt8, line firstLine: Int, isLast: Bool
  ) throws(BadQuote) {
    var state = State.fieldStart
    var line = firstLine
    var record = Record(offset: 0, line: firstLine)
    var quoteLine = firstLine
    nextLine = firstLine

    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      let isNewline = byte == 0x0A || byte == 0x0D
      var width = 1
      if isNewline {
        if byte == 0x0D {
          if i + 1 < bytes.count {
            if bytes[i + 1] == 0x0A { width = 2 }
          } else if !isLast {
            return  // The line feed may be in the next piece.
          }
        }
        line += 1
      }
      switch state {
      case .quoted:
        if byte == 0x22 { state = .quotedQuote }
      case .quotedQuote where byte == 0x22:
        state = .quoted
      case .unquotedQuote where byte == 0x22:
        state = .unquoted
      case .unquotedQuote:
        throw .insideField(line: isNewline ? line - 1 : line)
      default:
        if isNewline {
          records.append(record)
          end = i + width
          nextLine = line
          record = Record(offset: end, line: line)
          state = .fieldStart
        } else if byte == delimiter {
          state = .fieldStart
        } else {
          state = try Self.next(state, byte, line: line)
          if state == .quoted { quoteLine = line }
        }
      }
      i += width
    }
    guard isLast, end < bytes.count else { return }
    switch state {
    case .quoted: throw .unclosed(line: quoteLine)
    case .unquotedQuote: throw .insideField(line: line)
    default: break
    }
    records.append(record)
    end = bytes.count
    nextLine = line + 1
  }

  /// The state after a byte that is no newline, no delimiter and not within quotes.
  private static func next(
    _ state: State, _ byte: UInt8, line: Int
  ) throws(BadQuote) -> State {
    let isSpace = byte == 0x20 || byte == 0x09
    switch state {
    case .fieldStart:
      return byte == 0x22 ? .quoted : isSpace ? .fieldStart : .unquoted
    case .unquoted:
      return byte == 0x22 ? .unquotedQuote : .unquoted
    default:
      guard isSpace else { throw .textAfterQuote(line: line) }
      return .afterQuoted
    }
  }
}

extension RecordScan {
  /// The end of the last complete record in bytes without quotes.
  static func endOfPlainRecords(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> Int? {
    if isLast { return bytes.endIndex }
    // A carriage return at the very end may belong to a line feed yet to come.
    guard
      let index = bytes.lastIndex(where: { $0 == 0x0A })
        ?? bytes.dropLast().lastIndex(where: { $0 == 0x0D })
    else { return nil }
    return index + 1
  }
}
