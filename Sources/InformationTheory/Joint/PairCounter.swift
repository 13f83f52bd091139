import CInformationKernels

/// Counts pairs of whole numbers in one pass, in a table that grows as they spread.
///
/// Each side of the table is a power of two, so that a pair's place is a shift and a
/// sum. The kernels find the places of a block of pairs, with one test at its end of
/// whether all fit the table, and then count them.
struct PairCounter<Label: FixedWidthInteger & Sendable, Count: FixedWidthInteger & Sendable>:
  Sendable
{
  private var rows = LabelWindow<Label>()
  private var columns = LabelWindow<Label>()
  /// Of a small table four copies, one after the other, used in turn: a count that was
  /// just written is not read at once.
  private var counts: [Count] = []
  private let largestBits: Int
  private let kernels = KernelLevel.measures

  private static var blockSize: Int { 1024 }

  /// Counts all pairs of two lists of the same length, or fails where the labels are
  /// too far apart for a table.
  ///
  /// The first table has room for some labels that are known.
  private init?(_ x: Span<Label>, _ y: Span<Label>, known: PairWindows) {
    (rows, columns) = (known.rows, known.columns)
    largestBits = min(32, max(16, (4 * x.count).bitsOfLargestCode))
    var places = [UInt32](repeating: 0, count: Self.blockSize)
    for start in stride(from: 0, to: x.count, by: Self.blockSize) {
      let block = start..<min(start + Self.blockSize, x.count)
      let (xs, ys) = (x.extracting(block), y.extracting(block))
      while counts.isEmpty || !findPlaces(xs, ys, &places) {
        guard grow(xs, ys) else { return nil }
      }
      count(places, of: xs, ys)
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
    var windows = PairWindows()
    windows.includeFirst(x, y)
    let known = windows
    // A table for each thread pays where there are a few pairs for each of its cells.
    let bits = known.rows.bits + known.columns.bits
    let pieces = bits <= 20 ? min(Parallelism.threadCount, 64, x.count >> (bits + 2)) : 1
    if pieces <= 1 || x.count < fewestForThreads { return PairCounter(x, y, known: known) }
    let parts = try unsafe x.withUnsafeBufferPointer { x throws(InformationError) in
      try unsafe y.withUnsafeBufferPointer { y throws(InformationError) in
        let (count, size) = (x.count, (x.count + pieces - 1) / pieces)
        return try concurrently(pieces, nanoseconds: 2 * count) { piece in
          let range = piece * size..<min((piece + 1) * size, count)
          return unsafe PairCounter(
            x.span.extracting(range), y.span.extracting(range), known: known)
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

  /// The windows that hold some labels.
  private struct PairWindows: Sendable {
    var rows = LabelWindow<Label>()
    var columns = LabelWindow<Label>()

    /// Includes the labels of the first block.
    mutating func includeFirst(_ x: Span<Label>, _ y: Span<Label>) {
      let block = 0..<min(x.count, blockSize)
      rows.include(x.extracting(block))
      columns.include(y.extracting(block))
    }
  }

  /// Adds the counts of other pairs; false if that would take too large a table.
  private mutating func merge(_ other: PairCounter) -> Bool {
    if rows.isPlaced(as: other.rows) && columns.isPlaced(as: other.columns) {
      for place in counts.indices { counts[place] &+= other.counts[place] }
      return true
    }
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

  /// Writes the places of a block of pairs in the table.
  ///
  /// - Returns: Whether all are in it; the places mean nothing if not.
  private func findPlaces(_ x: Span<Label>, _ y: Span<Label>, _ places: inout [UInt32]) -> Bool {
    let bases = LabelBases(x: rows.base, y: columns.base, shift: UInt32(columns.bits))
    let bits = unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe places.withUnsafeMutableBufferPointer { places in
          unsafe findPlaces(x, y, bases, places)
        }
      }
    }
    return rows.holds(bits.x) && columns.holds(bits.y)
  }

  private func findPlaces(
    _ x: UnsafeBufferPointer<Label>, _ y: UnsafeBufferPointer<Label>, _ bases: LabelBases,
    _ places: UnsafeMutableBufferPointer<UInt32>
  ) -> LabelBits {
    let (a, b) = unsafe (UnsafeRawPointer(x.baseAddress), UnsafeRawPointer(y.baseAddress))
    let target = places.baseAddress
    switch Label.self {
    case is Int.Type, is Int64.Type:
      return unsafe kernels.places_i64(
        a?.assumingMemoryBound(to: Int64.self), b?.assumingMemoryBound(to: Int64.self),
        x.count, bases, target)
    case is Int32.Type:
      return unsafe kernels.places_i32(
        a?.assumingMemoryBound(to: Int32.self), b?.assumingMemoryBound(to: Int32.self),
        x.count, bases, target)
    case is UInt8.Type:
      return unsafe kernels.places_u8(
        a?.assumingMemoryBound(to: UInt8.self), b?.assumingMemoryBound(to: UInt8.self),
        x.count, bases, target)
    default:
      var bits = LabelBits()
      for i in x.indices {
        let (row, column) = (rows.place(unsafe x[i]), columns.place(unsafe y[i]))
        bits.x |= row
        bits.y |= column
        unsafe places[i] = UInt32(truncatingIfNeeded: row << UInt64(bases.shift) &+ column)
      }
      return bits
    }
  }

  /// Counts a block of pairs by their places.
  private mutating func count(_ places: [UInt32], of x: Span<Label>, _ y: Span<Label>) {
    let (size, kernels) = (tableSize, kernels)
    let copies = counts.count / size
    guard Count.self == UInt32.self else {
      for i in x.indices { counts[Int(places[i]) + i % copies * size] += 1 }
      return
    }
    let (count, ahead) = unsafe (x.count, LabelsAhead(after: x, y))
    unsafe places.withUnsafeBufferPointer { places in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        let table = UnsafeMutableRawPointer(counts.baseAddress)
        unsafe kernels.count_places(
          places.baseAddress, count, table?.assumingMemoryBound(to: UInt32.self), size,
          Int32(copies), ahead)
      }
    }
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

extension LabelsAhead {
  /// Where two parts of columns end.
  fileprivate init<Label: FixedWidthInteger>(after x: Span<Label>, _ y: Span<Label>) {
    let ends = unsafe (
      x.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe $0 + x.count } },
      y.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe $0 + y.count } }
    )
    let size = MemoryLayout<Label>.stride
    // Of labels of another size some of the next are asked for.
    unsafe self.init(x: ends.0, y: ends.1, labelSize: [1, 2, 4].contains(size) ? size : 8)
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

  /// Whether a label has the same place in this window and another.
  func isPlaced(as other: LabelWindow) -> Bool { base == other.base && bits == other.bits }

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
