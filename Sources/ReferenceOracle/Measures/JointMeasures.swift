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

  let cells: JointCells
  let terms: [(group: Set<Int>, factor: Int)]
  let divisor: Divisor
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    var sum = a.sum()
    for term in terms { sum.add(entropy(of: term.group, a) * a.number(Double(term.factor))) }
    if sum.total.ball.mayBeZero && cells.vanishes(terms) { return .number(a.zero) }
    let value = a.convert(sum.total, to: unit)
    switch divisor {
    case .nothing: return .number(value)
    case .entropy(let group): return .number(value / entropy(of: group, a))
    case .mean(let mean, let x, let y):
      return .number(value / a.mean(mean, entropy(of: x, a), entropy(of: y, a)))
    }
  }

  /// `Σ m·log(P/m)/P` of the groups' masses m, 0 where there is one group.
  private func entropy<A: Arithmetic>(of variables: Set<Int>, _ a: A) -> A.Number {
    let masses = cells.masses(of: variables, in: a)
    guard masses.count > 1 else { return a.zero }
    let whole = cells.total(in: a)
    return a.sum(masses.values.lazy.map { $0 * (whole / $0).log() }) / whole
  }
}

extension Arithmetic {
  /// A mean of two entropies.
  func mean(_ mean: JointDistribution.EntropyMean, _ h: Number, _ k: Number) -> Number {
    switch mean {
    case .arithmetic: (h + k).scaled(byPowerOfTwo: -1)
    case .geometric: (h * k).squareRoot()
    case .minimum: -(.maximum(-h, -k))
    case .maximum: .maximum(h, k)
    }
  }
}

extension JointDistribution {
  /// Indices of variables, checked by the library.
  func group(_ variables: Variables, _ argument: String) throws(InformationError) -> Set<Int> {
    try indices(of: variables, argument: argument)
  }
}
