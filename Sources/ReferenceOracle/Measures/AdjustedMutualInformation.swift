import BigInt
public import InformationTheory

extension Certified {
  /// Returns the mutual information of counted labels, adjusted for chance, certified.
  ///
  /// `(I − E)/(M − E)`, M a mean of both entropies and E the expectation of I over all orders
  /// of the labels, in which each cell's count is hypergeometric.
  ///
  /// - Parameters:
  ///   - joint: A joint distribution made of counts.
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - mean: The mean M.
  /// - Returns: A number of at most 1.
  /// - Throws: `InformationError`, as the method of `JointDistribution`; with the code
  ///   `inexactCount` for counts so large that the expectation has more than 2²² terms.
  public static func adjustedMutualInformation(
    in joint: JointDistribution, between x: JointDistribution.Variables,
    and y: JointDistribution.Variables, mean: JointDistribution.EntropyMean
  ) throws(InformationError) -> Certified {
    _ = try joint.adjustedMutualInformation(between: x, and: y, mean: mean)
    let (a, b) = (try joint.group(x, "x"), try joint.group(y, "y"))
    let table = CountTable(JointPair(JointCells(joint), a, b, .exact))
    if table.hasOneInformation { return Certified(exactly: 0) }
    guard table.termCount <= 1 << 22 else {
      throw InformationError(
        .inexactCount,
        """
        the expected mutual information of these counts has \(table.termCount) terms: \
        the oracle takes at most \(1 << 22)
        """)
    }
    return refined { table.adjusted(mean, $0) }
  }
}

/// Counts of two variables: of the rows, of the columns, and of the cells.
private struct CountTable {
  let rows: [Int]
  let columns: [Int]
  let cells: [Int]
  let total: Int

  init(_ pair: JointPair<BallArithmetic>) {
    func count(_ ball: Ball) -> Int { Int(ball.mantissa << ball.exponent) }
    rows = pair.x.values.map(count)
    columns = pair.y.values.map(count)
    cells = pair.together.map { count($0.mass) }
    total = count(pair.total)
  }

  /// Whether every order of the labels has the same mutual information: where all labels of
  /// one variable are equal, or all are different.
  var hasOneInformation: Bool {
    [rows, columns].contains { $0.count == 1 || $0.allSatisfy { $0 == 1 } }
  }

  /// Each number once, with how often it occurs.
  private static func tally(_ counts: [Int]) -> [(count: Int, times: Int)] {
    Dictionary(counts.map { ($0, 1) }, uniquingKeysWith: +).map { ($0.key, $0.value) }
  }

  private func range(_ row: Int, _ column: Int) -> ClosedRange<Int> {
    max(0, row - (total - column))...min(row, column)
  }

  var termCount: Int {
    let columns = Self.tally(columns)
    return Self.tally(rows).lazy.flatMap { row in
      columns.lazy.map { range(row.count, $0.count).count }
    }.reduce(0, +)
  }

  func adjusted(_ mean: JointDistribution.EntropyMean, _ a: BallArithmetic) -> Ball {
    var logarithms: [Int: Ball] = [:]
    func log(_ n: Int) -> Ball {
      if let known = logarithms[n] { return known }
      let value = a.log(Double(n))
      logarithms[n] = value
      return value
    }
    func number(_ n: Int) -> Ball { a.number(Double(n)) }
    /// N·H, from Σ n·(log N − log n).
    func entropy(_ counts: [Int]) -> Ball {
      a.sum(counts.map { number($0) * (log(total) - log($0)) })
    }
    /// N times what a cell of a row and a column adds to the expectation.
    func expected(_ row: Int, _ column: Int) -> Ball {
      var (weight, weights, sum) = (a.one, a.sum(), a.sum())
      let range = self.range(row, column)
      for n in range {
        weights.add(weight)
        if n > 0 {
          sum.add(weight * number(n) * (log(n) + log(total) - log(row) - log(column)))
        }
        // The quotient of neighbouring probabilities; their sum is divided by at the end.
        let more = number(row - n) * number(column - n)
        weight = weight * more / (number(n + 1) * number(total - row - column + n + 1))
      }
      return sum.total / weights.total
    }
    let (h, k) = (entropy(rows), entropy(columns))
    let information = h + k - entropy(cells)
    var chance = a.sum()
    let columns = Self.tally(columns)
    for row in Self.tally(rows) {
      for column in columns {
        chance.add(
          expected(row.count, column.count) * number(row.times) * number(column.times))
      }
    }
    return (information - chance.total) / (a.mean(mean, h, k) - chance.total)
  }
}
