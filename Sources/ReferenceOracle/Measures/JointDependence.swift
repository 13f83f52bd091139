import InformationTheory

/// `log(p(x, y)/(p(x) p(y)))` of two outcomes.
struct PointwiseEvaluation: ScalarEvaluation {
  let cells: JointCells
  /// Whether each cell has the one outcome, and whether it has the other.
  let chosen: (x: [Bool], y: [Bool])
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let joint = cells.total(in: a) { chosen.x[$0] && chosen.y[$0] }
    if joint.isZero { return .infinity(.minus) }
    let product =
      cells.total(in: a) { chosen.x[$0] } * cells.total(in: a) { chosen.y[$0] }
    return .number(a.convert(.logRatio(joint * cells.total(in: a), product), to: unit))
  }
}

/// `Σ p(x) p(y) log(p(x) p(y)/p(x, y))`, whose terms t(p(x)p(y), p(x, y)) with
/// t(a, b) = a·log(a/b) − a + b are never negative.
struct LautumEvaluation: ScalarEvaluation {
  let cells: JointCells
  let x: Set<Int>
  let y: Set<Int>
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let pair = JointPair(cells, x, y, a)
    if pair.hasGaps { return .infinite }
    var sum = a.sum()
    for cell in pair.together {
      let (joint, product) = pair.compared(cell)
      sum.add(.divergence(product, joint))
    }
    return .number(a.convert(sum.total / (pair.total * pair.total), to: unit))
  }
}

/// `Σ (p(x, y) − p(x) p(y))²/p(x)`, by how much a split by X lowers the Gini impurity of Y.
struct GiniGainEvaluation: ScalarEvaluation {
  let cells: JointCells
  /// The split.
  let x: Set<Int>
  /// What is to be told apart.
  let y: Set<Int>

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let pair = JointPair(cells, x, y, a)
    var squares = a.sum()
    for mass in pair.y.values { squares.add(mass * mass) }
    var (sum, seen) = (a.sum(), [JointCells.Key: (count: Int, rest: A.Number.Sum)]())
    for cell in pair.together {
      guard let mass = pair.x[cell.x], let other = pair.y[cell.y] else { continue }
      let (joint, product) = pair.compared(cell)
      let difference = joint - product
      sum.add(difference * difference / mass)
      seen[cell.x, default: (0, squares)].count += 1
      seen[cell.x]?.rest.add(-(other * other))
    }
    // Outcomes that are not possible together add p(x)·p(y)²: what the squares of p(y) sum to,
    // less those seen with x.
    for (key, seen) in seen where seen.count < pair.y.count {
      if let mass = pair.x[key] { sum.add(seen.rest.total * mass) }
    }
    return .number(sum.total / (pair.total * pair.total * pair.total))
  }
}
