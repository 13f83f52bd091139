/// One variable's outcome in each cell of a table, as a number from 0.
struct CodeColumn: Sendable {
  let codes: [UInt32]
  /// How many outcomes there are.
  let size: Int

  /// How many bits hold every code.
  var bits: Int { size.bitsOfLargestCode }
}

extension Int {
  /// How many bits hold every number from 0 to one less than this.
  var bitsOfLargestCode: Int { self > 1 ? Int.bitWidth - (self - 1).leadingZeroBitCount : 0 }
}

/// The cells of a joint distribution that have mass, with their exact masses.
struct CellTable<Mass: ExactMass>: Sendable {
  /// By variable; those that have been summed over are nil.
  let columns: [CodeColumn?]
  let masses: [Mass]

  init(columns: [CodeColumn?], masses: [Mass]) {
    self.columns = columns
    self.masses = masses
  }

  /// Which cells agree in the given variables.
  func groups(_ variables: Set<Int>) -> CellGroups {
    CellGroups(variables.sorted().compactMap { columns[$0] }, cellCount: masses.count)
  }

  /// The masses of the given variables' joint outcomes, for each cell.
  func grouped(by variables: Set<Int>) -> GroupedMasses<Mass> {
    let groups = groups(variables)
    return GroupedMasses(groups: groups, masses: Mass.sums(of: masses, in: groups))
  }

  /// The exact total.
  var total: Mass { grouped(by: []).masses[0] }

  /// The table of some of the variables; cells that agree in them are one.
  func marginal(_ variables: Set<Int>) -> CellTable {
    let kept = columns.indices.filter { columns[$0] != nil }
    guard variables != Set(kept) else { return self }
    return merged(groups(variables), keeping: variables)
  }

  /// The table with one cell for each group, in the order of the groups.
  ///
  /// - Parameters:
  ///   - groups: The groups of the cells, none of them empty.
  ///   - variables: The variables in which the cells of a group agree.
  /// - Returns: The table of these variables alone.
  func merged(_ groups: CellGroups, keeping variables: Set<Int>) -> CellTable {
    var firsts = [UInt32](repeating: .max, count: groups.count)
    for (cell, group) in groups.ids.enumerated().reversed() {
      firsts[Int(group)] = UInt32(truncatingIfNeeded: cell)
    }
    var sums = Mass.sums(of: masses, in: groups)
    if firsts.contains(.max) {
      sums = firsts.indices.filter { firsts[$0] != .max }.map { sums[$0] }
      firsts.removeAll { $0 == .max }
    }
    let columns = columns.enumerated().map { variable, column -> CodeColumn? in
      guard let column, variables.contains(variable) else { return nil }
      return CodeColumn(codes: firsts.map { column.codes[Int($0)] }, size: column.size)
    }
    return CellTable(columns: columns, masses: sums)
  }
}

/// The mass of the group of each cell.
struct GroupedMasses<Mass: ExactMass>: Sendable {
  let groups: CellGroups
  let masses: [Mass]

  /// How many groups have mass.
  var occupied: Int { masses.count { $0.term.value.high > 0 } }

  @inline(__always)
  subscript(cell: Int) -> Mass { masses[Int(groups.ids[cell])] }
}
