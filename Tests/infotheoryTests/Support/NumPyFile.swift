/// Files in NumPy's format, written byte by byte as its documentation says.
enum NumPyFile {
  /// A file of version 1.0 with a payload.
  static func bytes(
    type: String, shape: [Int], isColumnMajor: Bool = false, payload: [UInt8]
  ) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let order = isColumnMajor ? "True" : "False"
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes)), }"
    // Padded so that the numbers begin at a multiple of 64.
    while (header.utf8.count + 11) % 64 != 0 { header += " " }
    header += "\n"
    let length = header.utf8.count
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    return magic + [UInt8(length & 255), UInt8(length >> 8)] + Array(header.utf8) + payload
  }

  static func float32(_ values: [Float], shape: [Int]) -> [UInt8] {
    bytes(type: "<f4", shape: shape, payload: values.flatMap { little($0.bitPattern) })
  }

  static func float64(_ values: [Double], shape: [Int]) -> [UInt8] {
    bytes(type: "<f8", shape: shape, payload: values.flatMap { little($0.bitPattern) })
  }

  static func int64(_ values: [Int]) -> [UInt8] {
    bytes(type: "<i8", shape: [values.count], payload: values.flatMap { little($0) })
  }

  /// The bytes of a whole number, the least first.
  static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
