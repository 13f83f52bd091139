import InformationTheory

/// `Σ factor·H(group)`, which is what most measures of a joint distribution are; perhaps over
/// a mean of the entropies of two groups.
///
/// Parts cancel, and are left to do so: balls get more bits.
struct JointEvaluation: ScalarEvaluation {
  enum Divisor: Sendable {
    case nothing
    case entropy(Set<Int>)
    case mean(JointDistribution.EntropyMean, Set<Int>, Set<Int>)
  }

  let cells: [(outcomes: [UInt32], high: Double, low: Double)]
  let terms: [(group: Set<Int>, factor: Int)]
  let divisor: Divisor
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    var sum = a.sum()
    for term in terms { sum.add(entropy(of: term.group, a) * a.number(Double(term.factor))) }
    let value = a.convert(sum.total, to: unit)
    switch divisor {
    case .nothing: return .number(value)
    case .entropy(let group): return .number(value / entropy(of: group, a))
    case .mean(let mean, let x, let y):
      let (h, k) = (entropy(of: x, a), entropy(of: y, a))
      switch mean {
      case .arithmetic: return .number(value.scaled(byPowerOfTwo: 1) / (h + k))
      case .geometric: return .number(value / (h * k).squareRoot())
      case .minimum: return .number(value / -(.maximum(-h, -k)))
      case .maximum: return .number(value / .maximum(h, k))
      }
    }
  }

  /// `log P − (Σ m·log m)/P` of the groups' masses m, 0 where there is one group.
  private func entropy<A: Arithmetic>(of variables: Set<Int>, _ a: A) -> A.Number {
    let indices = variables.sorted()
    var groups: [[UInt32]: A.Number.Sum] = [:]
    var total = a.sum()
    for cell in cells {
      let group = indices.map { cell.outcomes[$0] }
      for part in [cell.high, cell.low] where part != 0 {
        total.add(a.number(part))
        groups[group, default: a.sum()].add(a.number(part))
      }
    }
    guard groups.count > 1 else { return a.zero }
    let whole = total.total
    var sum = a.sum()
    for group in groups.values {
      let mass = group.total
      sum.add(mass * (whole / mass).log())
    }
    return sum.total / whole
  }
}

extension JointDistribution {
  /// Indices of variables, checked by the library.
  func group(_ variables: Variables, _ argument: String) throws(InformationError) -> Set<Int> {
    try indices(of: variables, argument: argument)
  }
}
