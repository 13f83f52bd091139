import InformationTheory

/// Which of NumPy's types will do.
enum NPYKind {
  /// Numbers with a fraction.
  case real
  /// Whole numbers, and those with a fraction if they have none.
  case any
}

/// What a file in NumPy's format says of itself ahead of its numbers.
///
/// - Source: NEP 1, "A simple file format for NumPy arrays".
struct NPYHeader: Equatable {
  /// How a number is stored, little-endian.
  enum Element: String, CaseIterable {
    case float32 = "<f4"
    case float64 = "<f8"
    case int8 = "|i1"
    case int16 = "<i2"
    case int32 = "<i4"
    case int64 = "<i8"
    case uint8 = "|u1"
    case uint16 = "<u2"
    case uint32 = "<u4"
    case uint64 = "<u8"
    case boolean = "|b1"

    /// The number of bytes.
    var size: Int { rawValue.last.flatMap(\.wholeNumberValue) ?? 1 }

    var isReal: Bool { self == .float32 || self == .float64 }
  }

  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  /// The longest header that is believed.
  static let longest = 1 << 20

  let element: Element
  let rowCount: Int
  let columnCount: Int
  /// The number of bytes that a row takes.
  let rowSize: Int
  /// Where the numbers begin.
  let offset: Int
  /// The number of bytes that the numbers take.
  let byteCount: Int64

  /// Whether a file begins as such files do.
  static func isAhead(in file: InputFile) throws -> Bool {
    var bytes = [UInt8](repeating: 0, count: magic.count)
    return try file.read(into: &bytes, from: 0, at: 0) == magic.count && bytes == magic
  }

  /// Reads the header of a file.
  ///
  /// - Throws: A ``Fault`` that says what such a file must be like.
  init(_ file: InputFile, kind: NPYKind) throws {
    func fault(_ message: String) -> Fault { Fault(.data, "\(file.name): \(message)") }
    var start = [UInt8](repeating: 0, count: 12)
    let count = try file.read(into: &start, from: 0, at: 0)
    let version = start[6]
    guard count == 12, (1...3).contains(version) else {
      throw fault("version \(version) of the .npy format is not known; save it with NumPy")
    }
    let (low, high) = (Int(start[8]) | Int(start[9]) << 8, Int(start[10]) | Int(start[11]) << 8)
    let length = version == 1 ? low : low | high << 16
    offset = (version == 1 ? 10 : 12) + length
    guard length <= Self.longest else { throw fault("the .npy header is damaged") }
    var bytes = [UInt8](repeating: 0, count: length)
    guard try file.read(into: &bytes, from: 0, at: Int64(offset - length)) == length else {
      throw fault("the file ends within its .npy header")
    }
    let fields = NPYFields(String(decoding: bytes, as: UTF8.self))
    guard let name = fields.text("descr"), let isColumnMajor = fields.flag("fortran_order"),
      let shape = fields.numbers("shape")
    else {
      throw fault("the .npy header is damaged, or the array has fields; save a plain array")
    }
    guard let element = Element(rawValue: name), kind == .any || element.isReal else {
      let wanted = kind == .real ? "float32 or float64" : "integers, float32 or float64"
      throw fault(
        """
        the numbers are of the type \(quoted(name)), which cannot be read here; \
        save \(wanted), little-endian: \
        numpy.save(file, array.astype("\(kind == .real ? "<f4" : "<i8")"))
        """)
    }
    guard !isColumnMajor || shape.count < 2 else {
      throw fault(
        """
        the array is in Fortran order; save it in C order: \
        numpy.save(file, numpy.ascontiguousarray(array))
        """)
    }
    guard shape.count == 1 || (shape.count == 2 && shape[1] > 0) else {
      let sizes = shape.map(String.init).joined(separator: ", ")
      throw fault("the shape is (\(sizes)); it must be rows by columns")
    }
    self.element = element
    rowCount = shape[0]
    columnCount = shape.count == 2 ? shape[1] : 1
    let (rowSize, isTooWide) = columnCount.multipliedReportingOverflow(by: element.size)
    guard !isTooWide else { throw fault("no file holds a row of \(columnCount) numbers") }
    let (size, isTooLong) = rowSize.multipliedReportingOverflow(by: rowCount)
    self.rowSize = rowSize
    byteCount = isTooLong ? .max : Int64(size)
    // Of a pipe nobody knows before its end.
    if let size = file.size { try demand(size - Int64(offset), in: file.name) }
  }

  /// Refuses a number of bytes other than what the shape takes.
  func demand(_ count: Int64, in file: String) throws {
    guard count != byteCount else { return }
    throw Fault(
      .data,
      """
      \(file): \(count) bytes follow the header, but \(rowCount) by \(columnCount) numbers of \
      \(element.size) bytes do not take that; is the file cut off?
      """)
  }
}

/// The fields of a Python dictionary as NumPy writes one.
private struct NPYFields {
  private let text: String

  init(_ text: String) { self.text = text }

  /// What follows the colon after a name.
  private func value(_ name: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let key = text.range(of: quote + name + quote) else { continue }
      let rest = text[key.upperBound...].drop { $0 == " " }
      if rest.first == ":" { return rest.dropFirst().drop { $0 == " " } }
    }
    return nil
  }

  func text(_ name: String) -> String? {
    guard let value = value(name), let quote = value.first, quote == "'" || quote == "\"",
      let end = value.dropFirst().firstIndex(of: quote)
    else { return nil }
    return String(value[..<end].dropFirst())
  }

  func flag(_ name: String) -> Bool? {
    guard let value = value(name) else { return nil }
    return value.hasPrefix("True") ? true : value.hasPrefix("False") ? false : nil
  }

  func numbers(_ name: String) -> [Int]? {
    guard let value = value(name), value.first == "(", let end = value.firstIndex(of: ")") else {
      return nil
    }
    let parts = value[..<end].dropFirst().split(separator: ",").map { part in
      Int(part.filter { $0 != " " })
    }
    let numbers = parts.compactMap { $0 }
    return numbers.count == parts.count && numbers.allSatisfy { $0 >= 0 } ? numbers : nil
  }
}

extension String {
  /// Where a text stands first in this one.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
