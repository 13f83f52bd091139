import Foundation

/// Refuses bytes that are no text.
enum TextCheck {
  /// Throws if whole records, the first on the given line, hold a NUL or are not UTF-8.
  static func demandText(_ bytes: ArraySlice<UInt8>, in name: String, line: Int) throws {
    if let index = bytes.firstIndex(of: 0) {
      throw Fault(.data, nulMessage(in: "\(name), line \(line + newlines(in: bytes[..<index]))"))
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let index = bytes.startIndex + error.byteOffsets.lowerBound
      throw Fault(
        .data,
        """
        \(name), line \(line + newlines(in: bytes[..<index])): byte \
        0x\(String(bytes[index], radix: 16)) is not UTF-8 text; is this a CSV file? If it is, \
        convert it: iconv -f LATIN1 -t UTF-8
        """)
    }
  }

  /// What to say about a NUL.
  static func nulMessage(in place: String) -> String {
    """
    \(place): there is a NUL byte, so this is no UTF-8 text; is this a CSV file? If it is UTF-16, \
    convert it: iconv -f UTF-16 -t UTF-8
    """
  }

  private static func newlines(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 == UInt8(ascii: "\n") }
  }
}
