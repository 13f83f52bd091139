/// The distinct labels among some cells: numbered as they first appear, and counted.
struct LabelTally {
  /// A short label as it stands in the file, and its number.
  private struct Known {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var code = -1
  }

  /// How often each label was seen, by its number.
  private(set) var counts: [Int] = []
  private var codes: [String: Int] = [:]
  /// Where short labels that were seen lately are found without making a text of them.
  private var recent: [Known] = []
  private static let recentCount = 1 << 10

  /// The number of distinct labels.
  var distinctCount: Int { counts.count }

  /// The labels by their number.
  var labels: [String] { codes.sorted { $0.value < $1.value }.map(\.key) }

  /// The labels and their counts, in the order of the labels.
  var sorted: [(label: String, count: Int)] {
    codes.sorted { $0.key < $1.key }.map { ($0.key, counts[$0.value]) }
  }

  /// Counts the label in a cell, and returns its number.
  mutating func add(_ bytes: Span<UInt8>, _ cell: Range<Int>) -> Int {
    if let code = code(of: bytes, cell) {
      counts[code] += 1
      return code
    }
    let code = counts.count
    codes[NumberParser.text(bytes, cell)] = code
    counts.append(1)
    return code
  }

  /// The number of the label in a cell, nil if it was never added.
  mutating func code(of bytes: Span<UInt8>, _ cell: Range<Int>) -> Int? {
    // Fifteen bytes and their number are two words.
    guard cell.count < 16 else { return codes[NumberParser.text(bytes, cell)] }
    if recent.isEmpty { recent = Array(repeating: Known(), count: Self.recentCount) }
    var (low, high) = (UInt64(cell.count), UInt64(0))
    for i in cell {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(bytes[i])
    }
    let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    let slot = Int(truncatingIfNeeded: mixed >> 54)
    let known = recent[slot]
    if known.code >= 0 && known.low == low && known.high == high { return known.code }
    guard let code = codes[NumberParser.text(bytes, cell)] else { return nil }
    recent[slot] = Known(low: low, high: high, code: code)
    return code
  }
}
