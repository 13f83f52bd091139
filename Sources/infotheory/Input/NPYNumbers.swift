/// The rows of a file in NumPy's format.
struct NPYNumbers: NumberSource {
  /// About as many bytes are read at a time.
  private static let blockSize = 1 << 20

  let columnNames: [String]? = nil
  var columnCount: Int { header.columnCount }
  private let file: InputFile
  private let header: NPYHeader
  private var nextRow = 0

  init(file: InputFile, kind: NPYKind) throws {
    self.file = file
    header = try NPYHeader(file, kind: kind)
  }

  mutating func read(into values: inout [Double], progress: ProgressBar?) throws {
    let width = header.rowSize
    let rows = min(header.rowCount - nextRow, max(1, Self.blockSize / width))
    let done = Int64(nextRow) * Int64(width)
    guard rows > 0 else { return try demandEnd(after: done) }
    let bytes = try self.bytes(rows * width, at: Int64(header.offset) + done)
    guard bytes.count == rows * width else {
      if file.size == nil { try header.demand(done + Int64(bytes.count), in: file.name) }
      throw Fault.changedFile
    }
    progress?.advance(by: bytes.count)
    nextRow += rows
    values.reserveCapacity(values.count + rows * header.columnCount)
    let size = header.element.size
    for index in stride(from: 0, to: bytes.count, by: size) {
      var pattern: UInt64 = 0
      for byte in 0..<size { pattern |= UInt64(bytes[index + byte]) << UInt64(8 * byte) }
      values.append(try number(pattern, row: nextRow - rows + index / width))
    }
  }

  /// The bytes from an offset on, fewer only at the end of the file.
  ///
  /// In pieces, because what a header announces need not come, and takes no memory then.
  private func bytes(_ count: Int, at offset: Int64) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let start = bytes.count
      bytes += repeatElement(0, count: min(Self.blockSize, count - start))
      let read = try file.read(into: &bytes, from: start, at: offset + Int64(start))
      guard start + read == bytes.count else { return Array(bytes[..<(start + read)]) }
    }
    return bytes
  }

  /// Refuses what follows the numbers in a pipe; of a file that is known from its size.
  private func demandEnd(after count: Int64) throws {
    guard file.size == nil else { return }
    var byte: [UInt8] = [0]
    if try file.read(into: &byte, from: 0, at: Int64(header.offset) + count) > 0 {
      throw Fault(
        .data,
        """
        \(file.name): more follows the \(counted(header.rowCount, "row")) that the header \
        announces; send one array
        """)
    }
  }

  /// The number that bytes, the least first, stand for.
  private func number(_ pattern: UInt64, row: Int) throws -> Double {
    switch header.element {
    case .float32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
    case .float64: return Double(bitPattern: pattern)
    case .int8: return Double(Int8(truncatingIfNeeded: pattern))
    case .int16: return Double(Int16(truncatingIfNeeded: pattern))
    case .int32: return Double(Int32(truncatingIfNeeded: pattern))
    case .uint8, .uint16, .uint32, .boolean: return Double(pattern)
    case .int64:
      let value = Int64(bitPattern: pattern)
      if let exact = Double(exactly: value) { return exact }
      throw Fault(.data, "\(file.name), row \(row): \(value) is too large for a label")
    case .uint64:
      if let exact = Double(exactly: pattern) { return exact }
      throw Fault(.data, "\(file.name), row \(row): \(pattern) is too large for a label")
    }
  }

  func line(ofRow row: Int) -> Int? { nil }

  func forget(rows: Int) {}
}
