import InformationTheory

/// `−min_{0≤α≤1} log S(α)`, `S(α) = Σ pᵢ^α qᵢ^(1−α)` over the outcomes that both have.
///
/// log S is convex, so that from any α its tangent bounds the minimum from below:
/// `log S(α) − |(log S)′(α)| ≤ min log S ≤ log S(α)`. How good the α is decides how narrow
/// the bounds are, and nothing else.
struct Chernoff: DivergenceDefinition {
  func outcome<A: Arithmetic>(of pair: MassPairs<A>) -> Outcome<A.Number> {
    let a = pair.arithmetic
    if pair.shared.isEmpty { return .infinite }
    if pair.areSame { return .number(a.zero) }
    let sum = TiltedSum(pair)
    let order = sum.minimizer()
    let whole = sum.value(at: order)
    let slope = sum.slope(at: order) / whole
    let value = whole.approximation < 0.5 ? -whole.log() : -sum.lessOne(at: order).log1p()
    // At an end of the interval a slope that leads out of it is no error.
    switch order {
    case [0]: return .number(value.widened(by: .maximum(a.zero, -slope)))
    case [1]: return .number(value.widened(by: .maximum(a.zero, slope)))
    default: return .number(value.widened(by: slope))
    }
  }
}

/// S(α) and its derivatives, at an α that is a sum of doubles.
private struct TiltedSum<A: Arithmetic> {
  typealias Number = A.Number

  private let arithmetic: A
  /// q of each outcome that both have, and log(p/q).
  private let terms: [(share: Number, log: Number)]
  /// Σ q of the outcomes that p lacks.
  private let lost: Number

  init(_ pair: MassPairs<A>) {
    arithmetic = pair.arithmetic
    terms = pair.shared.map { (pair.q.probability($0), pair.logRatio($0)) }
    lost = pair.arithmetic.sum(
      pair.q.support.lazy.filter { pair.p.values[$0] == 0 }.map { pair.q.probability($0) })
  }

  private func number(_ order: [Double]) -> Number {
    arithmetic.sum(order.lazy.map { arithmetic.number($0) })
  }

  /// S(α), with the limits at 0 and at 1 from within.
  func value(at order: [Double]) -> Number {
    let alpha = number(order)
    return arithmetic.sum(terms.lazy.map { $0.share * (alpha * $0.log).exp() })
  }

  /// S(α) − 1.
  func lessOne(at order: [Double]) -> Number {
    let alpha = number(order)
    return arithmetic.sum(terms.lazy.map { $0.share * (alpha * $0.log).expm1() }) - lost
  }

  /// S′(α).
  func slope(at order: [Double]) -> Number { derivatives(at: order).slope }

  private func derivatives(at order: [Double]) -> (slope: Number, curvature: Number) {
    let alpha = number(order)
    var (slope, curvature) = (arithmetic.sum(), arithmetic.sum())
    for (share, log) in terms {
      let term = share * (alpha * log).exp() * log
      slope.add(term)
      curvature.add(term * log)
    }
    return (slope.total, curvature.total)
  }

  /// Newton's step to where the derivative is 0.
  private func step(from order: [Double]) -> Double {
    let (slope, curvature) = derivatives(at: order)
    return -(slope / curvature).approximation
  }

  /// An α in [0, 1] near the minimum: Newton's method in a bracket finds the first double,
  /// and each of the others that follow has the digits that the sum before it lacks.
  func minimizer() -> [Double] {
    if step(from: [0]) <= 0 { return [0] }
    if step(from: [1]) >= 0 { return [1] }
    let first = firstDouble()
    var (order, last) = ([first], 0x1p-20 * min(first, 1 - first))
    while order.count < 100 {
      let step = step(from: order)
      // Below the arithmetic's own error a step leads nowhere.
      guard step != 0, step.magnitude < last else { break }
      order.append(step)
      last = 0x1p-20 * step.magnitude
    }
    return order
  }

  private func firstDouble() -> Double {
    var (low, high, order) = (0.0, 1.0, 0.5)
    for _ in 0..<200 {
      let step = step(from: [order])
      if step.magnitude < 0x1p-30 * min(order, 1 - order) { break }
      if step > 0 { low = order } else { high = order }
      let newton = order + step
      order = newton > low && newton < high ? newton : 0.5 * (low + high)
    }
    return order
  }
}
