import InformationTheory

/// The cells of a joint distribution that have mass.
struct JointCells: Sendable {
  /// What a cell, or a group of cells, is called: its outcomes.
  typealias Key = [UInt32]

  private let cells: [(outcomes: Key, high: Double, low: Double)]

  init(_ joint: JointDistribution) { cells = joint.cells }

  /// The mass of all cells, or of those that are chosen.
  func total<A: Arithmetic>(in a: A, where isIn: (Int) -> Bool = { _ in true }) -> A.Number {
    var sum = a.sum()
    for (i, cell) in cells.enumerated() where isIn(i) {
      for part in [cell.high, cell.low] where part != 0 { sum.add(a.number(part)) }
    }
    return sum.total
  }

  /// The masses of the cells in which some variables have the same outcomes.
  func masses<A: Arithmetic>(of variables: Set<Int>, in a: A) -> [Key: A.Number] {
    let indices = variables.sorted()
    var groups: [Key: A.Number.Sum] = [:]
    for cell in cells {
      let key = indices.map { cell.outcomes[$0] }
      for part in [cell.high, cell.low] where part != 0 {
        groups[key, default: a.sum()].add(a.number(part))
      }
    }
    return groups.mapValues(\.total)
  }
}

/// The masses of two groups of variables, one by one and together.
struct JointPair<A: Arithmetic> {
  typealias Number = A.Number
  typealias Key = JointCells.Key

  let arithmetic: A
  let total: Number
  let x: [Key: Number]
  let y: [Key: Number]
  /// The outcomes that are possible together.
  let together: [(x: Key, y: Key, mass: Number)]

  init(_ cells: JointCells, _ x: Set<Int>, _ y: Set<Int>, _ arithmetic: A) {
    self.arithmetic = arithmetic
    total = cells.total(in: arithmetic)
    self.x = cells.masses(of: x, in: arithmetic)
    self.y = cells.masses(of: y, in: arithmetic)
    let union = x.union(y).sorted()
    let (atX, atY) = (
      union.indices.filter { x.contains(union[$0]) }, union.indices.filter { y.contains(union[$0]) }
    )
    together = cells.masses(of: x.union(y), in: arithmetic).map { key, mass in
      (atX.map { key[$0] }, atY.map { key[$0] }, mass)
    }
  }

  /// Whether some outcomes are possible one by one and not together.
  var hasGaps: Bool {
    let (count, overflows) = x.count.multipliedReportingOverflow(by: y.count)
    return overflows || count != together.count
  }

  /// p(x, y) and p(x)·p(y), on one scale.
  func compared(_ cell: (x: Key, y: Key, mass: Number)) -> (joint: Number, product: Number) {
    (cell.mass * total, (x[cell.x] ?? total) * (y[cell.y] ?? total))
  }
}

extension JointPair<BallArithmetic> {
  /// Whether the groups are independent: p(x, y)·P = p(x)·p(y) for all outcomes, in exact
  /// arithmetic.
  var areIndependent: Bool {
    if hasGaps { return false }
    return together.allSatisfy { cell in
      let (joint, product) = compared(cell)
      return (joint - product).isZero
    }
  }
}
