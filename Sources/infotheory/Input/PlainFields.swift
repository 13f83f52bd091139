/// Splits records without quotes into fields: a hundred times as fast as with them.
struct PlainFields {
  let delimiter: UInt8
  /// The columns wanted, and the slot that each goes to, ascending.
  private let wanted: [(column: Int, slot: Int)]

  init(delimiter: UInt8, columns: [Int]) {
    self.delimiter = delimiter
    wanted = columns.enumerated().map { ($1, $0) }.sorted { $0 < $1 }
  }

  /// Finds the wanted fields of the record that begins at an index.
  ///
  /// - Parameters:
  ///   - bytes: Records without quotes.
  ///   - index: The beginning of a record; afterwards of the next one.
  ///   - fields: Where the wanted fields' ranges go; only those that the record has.
  /// - Returns: The number of fields, and whether the record is but white space.
  func next(
    in bytes: Span<UInt8>, at index: inout Int, into fields: inout [Range<Int>]
  ) -> (fieldCount: Int, isBlank: Bool) {
    var column = 0
    var fieldStart = index
    var isBlank = true
    var upcoming = 0
    var i = index
    while true {
      let byte = i < bytes.count ? bytes[i] : 0x0A
      if byte == delimiter || byte == 0x0A || byte == 0x0D {
        while upcoming < wanted.count, wanted[upcoming].column == column {
          fields[wanted[upcoming].slot] = fieldStart..<i
          upcoming += 1
        }
        column += 1
        fieldStart = i + 1
        if byte != delimiter {
          let isPair = byte == 0x0D && i + 1 < bytes.count && bytes[i + 1] == 0x0A
          index = i + (isPair ? 2 : 1)
          return (column, isBlank && column == 1)
        }
      } else if byte != 0x20 && byte != 0x09 {
        isBlank = false
      }
      i += 1
    }
  }
}
