/// The outcomes of several variables in each cell, packed into one key of 64 bits.
struct CellKeys {
  private var keys: [UInt64]
  /// How many of a key's lowest bits are in use.
  private var bits = 0

  init(count: Int) {
    precondition(count <= UInt32.max, "JointDistribution: there are more than 2^32 rows")
    keys = [UInt64](repeating: 0, count: count)
  }

  /// Appends a variable on the right, so that keys sort as lists of outcomes do.
  mutating func append(_ column: CodeColumn) {
    if bits + column.bits > 64 {
      let ranks = groups()
      for i in keys.indices { keys[i] = UInt64(ranks.ids[i]) }
      bits = ranks.count.bitsOfLargestCode
    }
    let width = UInt64(column.bits)
    for i in keys.indices { keys[i] = keys[i] << width | UInt64(column.codes[i]) }
    bits += column.bits
  }

  /// The cells grouped by key; groups are numbered in the order of the keys.
  func groups() -> CellGroups {
    if bits == 0 { return CellGroups(ids: [UInt32](repeating: 0, count: keys.count), count: 1) }
    if isSorted { return groupsOfSorted() }
    let isDense = bits <= 40 && 1 << bits <= max(1 << 16, 4 * keys.count)
    return isDense ? groupsByTable() : groupsBySorting()
  }

  private var isSorted: Bool {
    for i in keys.indices.dropFirst() where keys[i] < keys[i - 1] { return false }
    return true
  }

  private func groupsOfSorted() -> CellGroups {
    var ids = [UInt32](repeating: 0, count: keys.count)
    var group: UInt32 = 0
    for i in keys.indices.dropFirst() {
      if keys[i] != keys[i - 1] { group += 1 }
      ids[i] = group
    }
    return CellGroups(ids: ids, count: keys.isEmpty ? 0 : Int(group) + 1)
  }

  /// With a table of all keys there could be: for few variables of few outcomes.
  private func groupsByTable() -> CellGroups {
    var ranks = [UInt32](repeating: 0, count: 1 << bits)
    for key in keys { ranks[Int(key)] = 1 }
    var count: UInt32 = 0
    for key in ranks.indices where ranks[key] == 1 {
      ranks[key] = count
      count += 1
    }
    return CellGroups(ids: keys.map { ranks[Int($0)] }, count: Int(count))
  }

  private func groupsBySorting() -> CellGroups {
    let (sorted, cells) = RadixSort.sorted(keys, bits: bits)
    var ids = [UInt32](repeating: 0, count: keys.count)
    var group: UInt32 = 0
    for i in sorted.indices {
      if i > 0 && sorted[i] != sorted[i - 1] { group += 1 }
      ids[Int(cells[i])] = group
    }
    return CellGroups(ids: ids, count: sorted.isEmpty ? 0 : Int(group) + 1)
  }
}

/// Sorts keys by their digits of 11 bits, lowest first.
enum RadixSort {
  private static let digitBits = 11

  /// The keys in order, and where each of them was; equal ones keep their order.
  static func sorted(_ keys: [UInt64], bits: Int) -> (keys: [UInt64], positions: [UInt32]) {
    var (keys, positions) = (keys, (0..<UInt32(keys.count)).map { $0 })
    var (otherKeys, otherPositions) = (keys, positions)
    for shift in stride(from: 0, to: UInt64(bits), by: digitBits) {
      var next = [Int](repeating: 0, count: 1 << digitBits)
      let mask = UInt64(next.count - 1)
      for key in keys { next[Int(key >> shift & mask)] += 1 }
      var start = 0
      for digit in next.indices {
        let size = next[digit]
        next[digit] = start
        start += size
      }
      for i in keys.indices {
        let digit = Int(keys[i] >> shift & mask)
        otherKeys[next[digit]] = keys[i]
        otherPositions[next[digit]] = positions[i]
        next[digit] += 1
      }
      swap(&keys, &otherKeys)
      swap(&positions, &otherPositions)
    }
    return (keys, positions)
  }
}
