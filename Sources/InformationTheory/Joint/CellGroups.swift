/// The cells of a table put into groups, numbered from 0.
///
/// A single variable's groups are its outcomes; those of several are numbered in
/// the order of their outcomes, without gaps.
struct CellGroups: Sendable {
  /// The group of each cell.
  let ids: [UInt32]
  let count: Int

  /// Groups cells by the outcomes of some variables.
  ///
  /// Outcomes are packed into keys of 64 bits. Where no more fit, the keys are
  /// replaced by their ranks, so that there may be any number of variables.
  init(_ columns: [CodeColumn], cellCount: Int) {
    guard columns.count != 1 else {
      (ids, count) = (columns[0].codes, columns[0].size)
      return
    }
    var keys = CellKeys(count: cellCount)
    for column in columns { keys.append(column) }
    self = keys.groups()
  }

  init(ids: [UInt32], count: Int) {
    self.ids = ids
    self.count = count
  }

  /// The cells sorted by group.
  func order() -> CellOrder {
    var starts = [Int](repeating: 0, count: count + 1)
    for group in ids { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var cells = [UInt32](repeating: 0, count: ids.count)
    for (cell, group) in ids.enumerated() {
      cells[next[Int(group)]] = UInt32(truncatingIfNeeded: cell)
      next[Int(group)] += 1
    }
    return CellOrder(starts: starts, sorted: cells)
  }
}

/// Cells sorted by group.
struct CellOrder: Sendable {
  fileprivate let starts: [Int]
  /// All cells, those of the first group first; in a group they keep their order.
  let sorted: [UInt32]

  fileprivate init(starts: [Int], sorted: [UInt32]) {
    self.starts = starts
    self.sorted = sorted
  }

  /// The cells of a group.
  func cells(of group: Int) -> ArraySlice<UInt32> { sorted[starts[group]..<starts[group + 1]] }

  /// The second cell of the first group that has two.
  var firstRepeated: UInt32? {
    for group in 1..<starts.count where starts[group] - starts[group - 1] > 1 {
      return sorted[starts[group - 1] + 1]
    }
    return nil
  }

  /// The first cell of a group that has one.
  func first(of group: Int) -> UInt32 { sorted[starts[group]] }
}
