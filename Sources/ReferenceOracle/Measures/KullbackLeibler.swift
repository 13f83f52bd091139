import InformationTheory

/// `D(p‖q) = (Σᵢ t(pᵢ, qᵢ) − t(P, Q))/P` with t(a, b) = a·log(a/b) − a + b, of masses that
/// sum to P and Q: no term is negative, and t(P, Q) is of second order in P − Q.
struct KullbackLeibler: DivergenceDefinition {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    if pair.escapes { return .infinite }
    if pair.areSame { return .number(pair.arithmetic.zero) }
    var sum = pair.arithmetic.sum()
    for i in pair.q.values.indices where pair.q.values[i] > 0 {
      let q = pair.q.mass(i)
      sum.add(pair.p.values[i] == 0 ? q : .divergence(pair.p.mass(i), q))
    }
    let masses: A.Number = .divergence(pair.p.total, pair.q.total, difference: pair.gap)
    return .number((sum.total - masses) / pair.p.total)
  }
}

/// `D(q‖p)`.
struct ReverseKullbackLeibler: DivergenceDefinition {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    KullbackLeibler().outcome(of: pair.reversed)
  }
}

/// `D(p‖q) + D(q‖p)`.
struct Jeffreys: DivergenceDefinition {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let (there, back) = (
      KullbackLeibler().outcome(of: pair), KullbackLeibler().outcome(of: pair.reversed)
    )
    guard case .number(let x) = there, case .number(let y) = back else { return .infinite }
    return .number(x + y)
  }
}
