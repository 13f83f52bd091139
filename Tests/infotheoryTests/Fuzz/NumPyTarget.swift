@testable import infotheory

/// What follows NumPy's magic, read as a file and as a pipe, of either kind.
enum NumPyTarget {
  static func check(_ bytes: [UInt8]) throws {
    let bytes = NPYHeader.magic + bytes.prefix(1 << 15)
    for kind in [NPYKind.real, .any] {
      let file = try FuzzedFile.asFile(bytes) { try NumberRows(path: $0, kind: kind) }
      let pipe = try FuzzedFile.asPipe(bytes) { try NumberRows(path: $0, kind: kind) }
      try demand(file == pipe, "a file gives \(file), a pipe \(pipe)")
    }
  }
}

/// All rows of a table of numbers, or none where the file is at fault.
struct NumberRows: Equatable {
  private var columnCount = 0
  private var rowCount = 0
  /// As bits, of which those of NaN equal themselves.
  private var cells: [UInt64] = []

  init(path: String, format: CSVFormat = CSVFormat(), kind: NPYKind) throws {
    self = try FuzzedFile.unlessBad { try Self(reading: path, format, kind) } ?? NumberRows()
    try demand(cells.count == rowCount * columnCount, "\(cells.count) numbers: \(self)")
  }

  private init() {}

  private init(reading path: String, _ format: CSVFormat, _ kind: NPYKind) throws {
    let table = try NumberTable(path: path, format: format, kind: kind)
    columnCount = table.columnCount
    try NumberTable.forEachBlock([table]) { count in
      rowCount += count
      cells += table.values[table.range(rows: count)].map(\.bitPattern)
    }
  }
}
