import InformationTheory

/// Distances of distributions on a line, of `Fᵢ − Gᵢ`, the difference of the probabilities
/// up to an outcome.
enum OrderedDistance: Sendable {
  case wasserstein1, energy, cramer, kolmogorovSmirnov
}

struct OrderedDistanceEvaluation: ScalarEvaluation {
  let distance: OrderedDistance
  let p: [Double]
  let q: [Double]
  let positions: [Double]?

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let pair = MassPairs(p, q, a)
    if pair.areSame { return .number(a.zero) }
    let scale = pair.p.total * pair.q.total
    var (left, right, sum, largest) = (a.zero, a.zero, a.sum(), a.zero)
    for i in p.indices.dropLast() {
      if p[i] > 0 { left = left + a.number(p[i]) }
      if q[i] > 0 { right = right + a.number(q[i]) }
      let gap = (left * pair.q.total - right * pair.p.total).magnitude
      let step = positions.map { a.number($0[i + 1]) - a.number($0[i]) } ?? a.one
      switch distance {
      case .wasserstein1: sum.add(step * gap)
      case .energy, .cramer: sum.add(step * gap * gap)
      case .kolmogorovSmirnov: largest = .maximum(largest, gap)
      }
    }
    switch distance {
    case .wasserstein1: return .number(sum.total / scale)
    case .energy: return .number(sum.total.scaled(byPowerOfTwo: 1).squareRoot() / scale)
    case .cramer: return .number(sum.total.squareRoot() / scale)
    case .kolmogorovSmirnov: return .number(largest / scale)
    }
  }
}

/// Divergences of masses as they stand, which nothing normalises.
enum UnnormalizedDivergence: Sendable {
  case generalizedKL, itakuraSaito
}

struct UnnormalizedEvaluation: ScalarEvaluation {
  let divergence: UnnormalizedDivergence
  let p: [Double]
  let q: [Double]
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    var sum = a.sum()
    for i in p.indices where p[i] != q[i] {
      let (x, y) = (a.number(p[i]), a.number(q[i]))
      switch divergence {
      case .generalizedKL:
        if q[i] == 0 { return .infinite }
        sum.add(p[i] == 0 ? y : .divergence(x, y))
      case .itakuraSaito:
        if p[i] == 0 || q[i] == 0 { return .infinite }
        // r − log r − 1 of r = p/q.
        sum.add(.divergence(y, x) / y)
      }
    }
    return .number(a.convert(sum.total, to: unit))
  }
}
