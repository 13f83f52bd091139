import SwiftCSV

/// Splits records that hold quotes into fields, by SwiftCSV.
///
/// SwiftCSV works on characters, where a comma with a combining accent is no
/// comma and a form feed ends a line. CSV is about bytes, so that every byte that
/// is not plain ASCII travels as a letter of its own (U+0100 + byte), and is
/// turned back afterwards.
enum QuotedFields {
  /// The fields of every one of some complete records.
  static func rows(of records: ArraySlice<UInt8>, delimiter: UInt8) throws -> [[String]] {
    // A first line that SwiftCSV takes for the header, so that it parses nothing twice; a last
    // line end, without which it would drop an empty field.
    var text: [UInt8] = [0x0A]
    text.reserveCapacity(records.count + records.count / 8 + 2)
    for byte in records { append(byte, to: &text) }
    if let last = records.last, last != 0x0A, last != 0x0D { text.append(0x0A) }

    let csv = try EnumeratedCSV(
      string: String(decoding: text, as: UTF8.self),
      delimiter: CSVDelimiter(unicodeScalarLiteral: Character(Unicode.Scalar(delimiter))),
      loadColumns: false, rowLimit: 0)
    var rows: [[String]] = []
    try csv.enumerateAsArray(startAt: 1, rowLimit: nil) { rows.append($0) }
    return rows
  }

  private static func append(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case 0x80...:
      text.append(byte < 0xC0 ? 0xC6 : 0xC7)
      text.append(byte & 0x3F | 0x80)
    case 0x0B, 0x0C:
      text.append(0xC4)
      text.append(byte | 0x80)
    default:
      text.append(byte)
    }
  }

  /// Appends the bytes that a field stands for.
  static func appendBytes(of field: String, to bytes: inout [UInt8]) {
    for scalar in field.unicodeScalars { bytes.append(UInt8(truncatingIfNeeded: scalar.value)) }
  }
}
