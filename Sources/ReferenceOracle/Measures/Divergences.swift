import InformationTheory

/// `H(p, q) = −Σᵢ pᵢ log qᵢ`: terms of one sign.
struct CrossEntropy: DivergenceDefinition {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    if pair.escapes { return .infinite }
    return .number(pair.p.sum { pair.p.mass($0) * pair.q.surprisal($0) } / pair.p.total)
  }
}

/// `D(p ‖ (1 − λ)p + λq)`, as a sum of terms that are not negative.
struct SkewDivergence: DivergenceDefinition {
  let weight: Double

  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let a = pair.arithmetic
    if weight == 1 && pair.escapes { return .infinite }
    if weight == 0 || pair.areSame { return .number(a.zero) }
    let (kept, taken) = (a.one - a.number(weight), a.number(weight))
    return .number(
      pair.meanOnOneScale { x, y in
        guard let x else { return (y ?? a.zero) * taken }
        let mixed = kept * x + (y.map { taken * $0 } ?? a.zero)
        return .divergence(x, mixed)
      })
  }
}

/// The mean divergence of both from their midpoint.
struct JensenShannon: DivergenceDefinition {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let a = pair.arithmetic
    if pair.areSame { return .number(a.zero) }
    let log2 = a.log(2)
    return .number(
      pair.meanOnOneScale { x, y in
        // With one of them 0, the other's whole mass is surprised by a factor of 2.
        guard let x, let y else { return (x ?? y ?? a.zero) * log2 }
        let middle = (x + y).scaled(byPowerOfTwo: -1)
        return .divergence(x, middle) + .divergence(y, middle)
      }.scaled(byPowerOfTwo: -1))
  }
}

/// The root of the Jensen–Shannon divergence, in a unit.
struct JensenShannonDistance: DivergenceDefinition {
  let unit: InformationUnit

  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    JensenShannon().outcome(of: pair).map { pair.arithmetic.convert($0, to: unit).squareRoot() }
  }
}

/// A sum over outcomes of a rational function, or a root, of the two probabilities.
enum SimpleDistance: DivergenceDefinition {
  case totalVariation, pearson, neyman, triangular, hellinger

  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let zero = pair.arithmetic.zero
    if case .neyman = self { return Self.pearson.outcome(of: pair.reversed) }
    if case .pearson = self, pair.escapes { return .infinite }
    if pair.areSame { return .number(zero) }
    let sum = pair.meanOnOneScale { x, y in
      guard let x, let y else { return x ?? y ?? zero }
      let d = x - y
      switch self {
      case .totalVariation: return d.magnitude
      case .pearson, .neyman: return d * d / y
      case .triangular: return d * d / (x + y)
      case .hellinger:
        let roots = x.squareRoot() + y.squareRoot()
        return d / roots * (d / roots)
      }
    }
    switch self {
    case .totalVariation: return .number(sum.scaled(byPowerOfTwo: -1))
    case .hellinger: return .number(sum.scaled(byPowerOfTwo: -1).squareRoot())
    default: return .number(sum)
    }
  }
}

/// `Σᵢ √(pᵢqᵢ)`, or minus its logarithm.
struct Bhattacharyya: DivergenceDefinition {
  let isDistance: Bool

  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let (a, shared) = (pair.arithmetic, pair.shared)
    if shared.isEmpty { return isDistance ? .infinite : .number(a.zero) }
    if pair.areSame { return .number(isDistance ? a.zero : a.one) }
    let coefficient =
      a.sum(shared.lazy.map { (pair.p.mass($0) * pair.q.mass($0)).squareRoot() })
      / (pair.p.total * pair.q.total).squareRoot()
    guard isDistance else { return .number(coefficient) }
    guard coefficient.approximation > 0.5,
      case .number(let distance) = SimpleDistance.hellinger.outcome(of: pair)
    else { return .number(-coefficient.log()) }
    return .number(-(-(distance * distance)).log1p())
  }
}

extension MassPairs {
  /// `Σ f(pᵢQ, qᵢP)/PQ` over outcomes with mass, for an f of degree 1; nil is 0.
  func meanOnOneScale(_ term: (_ x: Number?, _ y: Number?) -> Number) -> Number {
    var sum = arithmetic.sum()
    for i in p.values.indices {
      let x = p.values[i] > 0 ? p.mass(i) * q.total : nil
      let y = q.values[i] > 0 ? q.mass(i) * p.total : nil
      if x == nil && y == nil { continue }
      sum.add(term(x, y))
    }
    return sum.total / (p.total * q.total)
  }
}
