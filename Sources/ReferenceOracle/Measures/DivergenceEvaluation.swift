import InformationTheory

/// A quantity of two distributions, by what it is of their masses.
protocol DivergenceDefinition: Sendable {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number>
}

/// A quantity of two lists of masses, in a unit.
struct DivergenceEvaluation<Definition: DivergenceDefinition>: ScalarEvaluation {
  let definition: Definition
  let p: [Double]
  let q: [Double]
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in arithmetic: A) -> Outcome<A.Number> {
    definition.outcome(of: MassPairs(p, q, arithmetic)).map { arithmetic.convert($0, to: unit) }
  }
}

extension DivergenceDefinition {
  /// The quantity of two distributions, as a support policy wants it, certified.
  func certified(
    _ p: Categorical, _ q: Categorical, _ support: SupportPolicy, _ unit: InformationUnit
  ) throws(InformationError) -> Certified {
    let (p, q) = try Categorical.prepared(p, q, support: support)
    let result = DivergenceEvaluation(
      definition: self, p: p.masses, q: q.masses, unit: unit
    ).certified
    if support == .throwing && result.lowerBound == .infinity {
      try Categorical.demandSharedSupport(p.masses.span, q.masses.span, labels: p.labels)
    }
    return result
  }
}
