import InformationTheory

/// A quantity of one or two distributions, by its closed form or its sum.
enum ParametricQuantity {
  case entropy(ParametricDistribution)
  case divergence(ParametricDistribution, ParametricDistribution)
  case crossEntropy(ParametricDistribution, ParametricDistribution)
  case jeffreys(ParametricDistribution, ParametricDistribution)
}

extension ParametricQuantity {
  /// The quantity in nats; nil where it has no closed form here.
  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number>? {
    switch self {
    case .entropy(let p): (p.entropy(in: a) ?? p.summedEntropy(in: a)).map { .number($0) }
    case .divergence(let p, let q): divergence(p, q, a)
    case .crossEntropy(let p, let q): crossEntropy(p, q, a)
    case .jeffreys(let p, let q):
      sum(divergence(p, q, a), divergence(q, p, a))
    }
  }

  /// A sum that is infinite where one of two parts is, whether or not the other is known.
  private func sum<Number>(_ x: Outcome<Number>?, _ y: Outcome<Number>?) -> Outcome<Number>? {
    for case .infinity? in [x, y] { return .infinite }
    if let x, let y { return x + y }
    return nil
  }

  private func divergence<A: Arithmetic>(
    _ p: ParametricDistribution, _ q: ParametricDistribution, _ a: A
  ) -> Outcome<A.Number>? {
    if p == q { return .number(a.zero) }
    guard p.support.isWithin(q.support) else { return .infinite }
    if let outcome = SameFamilyDivergence(arithmetic: a)(p, q) { return outcome }
    guard let cross = ModelCrossEntropy(arithmetic: a)(p, q) else { return nil }
    // Infinite, whatever the entropy.
    guard case .number(let number) = cross else { return cross }
    return p.entropy(in: a).map { .number(number - $0) }
  }

  private func crossEntropy<A: Arithmetic>(
    _ p: ParametricDistribution, _ q: ParametricDistribution, _ a: A
  ) -> Outcome<A.Number>? {
    guard p.support.isWithin(q.support) else { return .infinite }
    if let cross = ModelCrossEntropy(arithmetic: a)(p, q) { return cross }
    guard let divergence = divergence(p, q, a) else { return nil }
    return (p.entropy(in: a) ?? p.summedEntropy(in: a)).map { .number($0) + divergence }
  }
}

/// A quantity that is known to have a form.
struct ParametricEvaluation: ScalarEvaluation {
  let quantity: ParametricQuantity
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in arithmetic: A) -> Outcome<A.Number> {
    guard let outcome = quantity.outcome(in: arithmetic) else {
      preconditionFailure("a quantity without a closed form was evaluated")
    }
    return outcome.map { arithmetic.convert($0, to: unit) }
  }
}
