/// Counts pairs of whole numbers in one pass, in a table that grows as they spread.
///
/// Each side of the table is a power of two, so that a pair's place is a product and a
/// sum. A block of pairs is counted before it is known to fit the table, with one test
/// at its end; if it does not fit, it is taken back.
struct PairCounter<Label: FixedWidthInteger & Sendable, Count: FixedWidthInteger & Sendable>:
  Sendable
{
  private var rows = LabelWindow<Label>()
  private var columns = LabelWindow<Label>()
  /// Four tables one after the other, used in turn: a count that was just written
  /// is not read at once.
  private var counts: [Count] = []
  private let largestBits: Int

  private static var blockSize: Int { 1024 }

  /// Counts all pairs of two lists of the same length, or fails where the labels are
  /// too far apart for a table.
  init?(_ x: Span<Label>, _ y: Span<Label>) {
    largestBits = max(16, (4 * x.count).bitsOfLargestCode)
    for start in stride(from: 0, to: x.count, by: Self.blockSize) {
      let block = start..<min(start + Self.blockSize, x.count)
      let (xs, ys) = (x.extracting(block), y.extracting(block))
      if counts.isEmpty {
        guard grow(xs, ys) else { return nil }
      }
      if add(1, for: xs, ys) { continue }
      _ = add(0 &- 1, for: xs, ys)
      guard grow(xs, ys) else { return nil }
      _ = add(1, for: xs, ys)
    }
    fold()
  }

  /// Counts all pairs of two lists, on several threads where that is worth it, a piece
  /// of the lists in each.
  ///
  /// Each piece has tables of its own, which are added up; what they count is whole, so
  /// that the number of pieces cannot show.
  ///
  /// - Throws: `InformationError` with the code `cancelled`.
  static func counting(
    _ x: Span<Label>, _ y: Span<Label>
  ) throws(InformationError) -> PairCounter? {
    let pieces = hasSmallTable(x, y) ? min(Parallelism.threadCount, 64) : 1
    if pieces == 1 || x.count < fewestForThreads { return PairCounter(x, y) }
    let parts = try unsafe x.withUnsafeBufferPointer { x throws(InformationError) in
      try unsafe y.withUnsafeBufferPointer { y throws(InformationError) in
        let (count, size) = (x.count, (x.count + pieces - 1) / pieces)
        return try concurrently(pieces, nanoseconds: 2 * count) { piece in
          let range = piece * size..<min((piece + 1) * size, count)
          return unsafe PairCounter(x.span.extracting(range), y.span.extracting(range))
        }
      }
    }
    guard var all = parts[0] else { return nil }
    for part in parts.dropFirst() {
      guard let part, all.merge(part) else { return nil }
    }
    return all
  }

  private static var fewestForThreads: Int { 1 << 20 }

  /// Whether the first pairs fit a table that costs little to have for each thread.
  private static func hasSmallTable(_ x: Span<Label>, _ y: Span<Label>) -> Bool {
    var (rows, columns) = (LabelWindow<Label>(), LabelWindow<Label>())
    let block = 0..<min(x.count, blockSize)
    rows.include(x.extracting(block))
    columns.include(y.extracting(block))
    return rows.bits + columns.bits <= 16
  }

  /// Adds the counts of other pairs; false if that would take too large a table.
  private mutating func merge(_ other: PairCounter) -> Bool {
    let before = self
    // A window knows only the labels for which it had to grow.
    for part in [before, other] {
      guard let (rowPlaces, columnPlaces) = part.usedPlaces else { continue }
      rows.include(rowPlaces, of: part.rows)
      columns.include(columnPlaces, of: part.columns)
    }
    guard rows.bits + columns.bits <= largestBits else { return false }
    if rows != before.rows || columns != before.columns {
      counts = [Count](repeating: 0, count: tableSize)
      take(before)
    }
    take(other)
    return true
  }

  /// The first and last rows and columns with counts, of a folded table.
  private var usedPlaces: (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    var (low, high) = ((row: Int.max, column: Int.max), (row: -1, column: -1))
    let mask = 1 << columns.bits - 1
    for (place, count) in counts.enumerated() where count > 0 {
      let (row, column) = (place >> columns.bits, place & mask)
      low = (min(low.row, row), min(low.column, column))
      high = (max(high.row, row), max(high.column, column))
    }
    return high.row < 0 ? nil : (low.row...high.row, low.column...high.column)
  }

  private var tableSize: Int { 1 << (rows.bits + columns.bits) }

  /// Adds a number, modulo its type, to the counts of all pairs of a block.
  ///
  /// - Returns: Whether the block fits the table; if it does not, some of its pairs
  ///   have been counted in the place of others.
  private mutating func add(_ step: Count, for x: Span<Label>, _ y: Span<Label>) -> Bool {
    let (width, mask) = (UInt64(1) << UInt64(columns.bits), UInt64(tableSize - 1))
    let (rows, columns, size) = (rows, columns, tableSize)
    var table = counts.mutableSpan
    let lastCopy = table.count / size - 1
    var (allRows, allColumns): (UInt64, UInt64) = (0, 0)
    for i in x.indices {
      let row = unsafe rows.place(x[unchecked: i])
      let column = unsafe columns.place(y[unchecked: i])
      allRows |= row
      allColumns |= column
      // Every place below the mask is one of the table.
      let place = Int(truncatingIfNeeded: (row &* width &+ column) & mask)
      unsafe table[unchecked: place &+ (i & lastCopy) &* size] &+= step
    }
    return rows.holds(allRows) && columns.holds(allColumns)
  }

  /// Adds up the tables.
  private mutating func fold() {
    let size = tableSize
    for place in size..<max(size, counts.count) { counts[place & (size - 1)] += counts[place] }
    counts.removeLast(counts.count - size)
  }

  /// Makes room for a block; false if that would take too large a table.
  private mutating func grow(_ x: Span<Label>, _ y: Span<Label>) -> Bool {
    let before = self
    rows.include(x)
    columns.include(y)
    guard rows.bits + columns.bits <= largestBits else { return false }
    // Small tables are the ones in which the same cell comes up again soon.
    let copies = tableSize <= 1 << 12 ? 4 : 1
    counts = [Count](repeating: 0, count: copies * tableSize)
    if !before.counts.isEmpty { take(before) }
    return true
  }

  /// Adds the counts of another counter, whose windows lie within the own.
  private mutating func take(_ other: PairCounter) {
    let mask = other.tableSize - 1
    for (place, count) in other.counts.enumerated() where count > 0 {
      let (row, column) = (
        UInt64((place & mask) >> other.columns.bits), UInt64(place & (1 << other.columns.bits - 1))
      )
      let newRow = row &+ other.rows.base &- rows.base
      let newColumn = column &+ other.columns.base &- columns.base
      counts[Int(newRow << UInt64(columns.bits) | newColumn)] += count
    }
  }

  /// The mutual information, where the quick way to it is right.
  func quickInformation() -> DoubleDouble? {
    guard counts.count >= CountTally.fewestCells else { return nil }
    let width = 1 << columns.bits
    var (xs, ys) = ([Int](), [Int](repeating: 0, count: width))
    var joint = CountTally()
    for start in stride(from: 0, to: counts.count, by: width) {
      var sum = 0
      for column in 0..<width {
        let count = Int(counts[start + column])
        guard count > 0 else { continue }
        sum += count
        ys[column] += count
        joint.add(count)
      }
      xs.append(sum)
    }
    let total = xs.reduce(0, +)
    return CountTally.information(
      joint: joint, xs: CountTally(xs), ys: CountTally(ys), whole: total
    )
    .map { $0 / DoubleDouble(Double(total)) }
  }

  /// The pairs that occur, by row and column, and how often.
  func cells() -> CellTable<Int> {
    let places = counts.indices.filter { counts[$0] > 0 }
    let (width, mask) = (columns.bits, 1 << columns.bits - 1)
    return CellTable(
      columns: [
        CodeColumn(
          codes: places.map { UInt32(truncatingIfNeeded: $0 >> width) }, size: 1 << rows.bits),
        CodeColumn(codes: places.map { UInt32(truncatingIfNeeded: $0 & mask) }, size: 1 << width),
      ], masses: places.map { Int(counts[$0]) })
  }
}

/// A range of labels, 2ᵏ of them from a base on, modulo 2⁶⁴.
struct LabelWindow<Label: FixedWidthInteger & Sendable>: Equatable, Sendable {
  private(set) var base: UInt64 = 0
  private(set) var bits = 0
  private var range: ClosedRange<Label>?

  @inline(__always)
  func place(_ label: Label) -> UInt64 { UInt64(truncatingIfNeeded: label) &- base }

  /// Whether places whose bits are among these are in the window.
  func holds(_ bitsOfPlaces: UInt64) -> Bool { bits == 64 || bitsOfPlaces >> UInt64(bits) == 0 }

  /// Widens the window to include some labels, at least one.
  ///
  /// A window that has proved too small becomes at least twice as large as what it
  /// must hold, so that there are few of these steps.
  mutating func include(_ labels: Span<Label>) {
    var (low, high) = (labels[0], labels[0])
    for i in labels.indices {
      low = Swift.min(low, labels[i])
      high = Swift.max(high, labels[i])
    }
    include(low...high)
  }

  /// Widens the window to include the labels at some places of another.
  mutating func include(_ places: ClosedRange<Int>, of other: LabelWindow) {
    func label(_ place: Int) -> Label { Label(truncatingIfNeeded: other.base &+ UInt64(place)) }
    include(label(places.lowerBound)...label(places.upperBound))
  }

  private mutating func include(_ labels: ClosedRange<Label>) {
    let low = Swift.min(range?.lowerBound ?? labels.lowerBound, labels.lowerBound)
    let high = Swift.max(range?.upperBound ?? labels.upperBound, labels.upperBound)
    let reach = UInt64(truncatingIfNeeded: high) &- UInt64(truncatingIfNeeded: low)
    let needed = UInt64.bitWidth - reach.leadingZeroBitCount
    let isWide = range != nil && holds(place(low)) && holds(place(high))
    defer { range = low...high }
    guard !isWide else { return }
    bits = range == nil ? needed : min(needed + 1, 64)
    // Room on both sides.
    let slack = (bits == 64 ? UInt64.max : 1 << UInt64(bits) - 1) - reach
    base = UInt64(truncatingIfNeeded: low) &- slack / 2
  }
}
