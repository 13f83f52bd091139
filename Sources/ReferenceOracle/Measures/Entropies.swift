import InformationTheory

/// An entropy of one distribution, or a function of one, by its name.
enum EntropyDefinition: Sendable {
  case shannon, extropy, gini, normalized, perplexity
  case renyi(order: Double)
  case tsallis(order: Double)
  case hill(order: Double)
  case selfInformation(outcome: Int)
  case cumulativeResidual(positions: [Double]?)
}

struct EntropyEvaluation: ScalarEvaluation {
  let definition: EntropyDefinition
  let p: [Double]
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in arithmetic: A) -> Outcome<A.Number> {
    outcome(of: Masses(p, arithmetic)).map { arithmetic.convert($0, to: unit) }
  }

  private func outcome<A: Arithmetic>(of p: Masses<A>) -> Outcome<A.Number> {
    let a = p.arithmetic
    switch definition {
    case .shannon: return .number(p.shannon)
    case .perplexity: return .number(p.shannon.exp())
    case .normalized: return .number(p.shannon / a.log(Double(p.values.count)))
    case .renyi(let order): return .number(p.renyi(order))
    case .tsallis(let order): return .number(p.tsallis(order))
    case .hill(let order):
      return .number(order == 0 ? a.number(Double(p.support.count)) : p.renyi(order).exp())
    case .gini: return .number(p.sum { p.probability($0) * p.complement($0) })
    case .extropy:
      return p.rest.isZero
        ? .number(a.zero) : .number(p.sum { p.complement($0) * p.complementSurprisal($0) })
    case .selfInformation(let outcome):
      return p.values[outcome] == 0 ? .infinite : .number(p.surprisal(outcome))
    case .cumulativeResidual(let positions): return .number(p.cumulativeResidual(positions))
    }
  }
}

extension Masses {
  /// `−Σ pᵢ log pᵢ`: terms of one sign.
  fileprivate var shannon: Number {
    rest.isZero ? arithmetic.zero : sum { mass($0) * surprisal($0) } / total
  }

  /// −log(1 − p) of an outcome that is not the only one with mass.
  fileprivate func complementSurprisal(_ i: Int) -> Number {
    i == largest ? (total / rest).log() : -(-(mass(i) / total)).log1p()
  }

  /// `log Σ pᵢ^α/(1 − α)`; near α = 1 as `log(1 + Σ pᵢ(pᵢ^(α−1) − 1))`, and else relative to
  /// the largest term of great orders.
  fileprivate func renyi(_ order: Double) -> Number {
    if rest.isZero { return arithmetic.zero }
    if order == 1 { return shannon }
    let least = surprisal(largest)
    if order == .infinity { return least }
    if order == 0 { return arithmetic.log(Double(support.count)) }
    let difference = arithmetic.one - arithmetic.number(order)
    guard (order - 1).magnitude >= 0.5 else { return excess(difference).log1p() / difference }
    let alpha = arithmetic.number(order)
    let powers = sum { i in
      i == largest ? arithmetic.one : (alpha * (least - surprisal(i))).exp()
    }
    return (powers.log() - alpha * least) / difference
  }

  /// `(1 − Σ pᵢ^α)/(α − 1)`.
  fileprivate func tsallis(_ order: Double) -> Number {
    if rest.isZero { return arithmetic.zero }
    if order == 1 { return shannon }
    let difference = arithmetic.one - arithmetic.number(order)
    return excess(difference) / difference
  }

  /// `Σ pᵢ(pᵢ^−d − 1)`, whose terms have one sign.
  private func excess(_ d: Number) -> Number {
    sum { probability($0) * (d * surprisal($0)).expm1() }
  }

  /// `−Σ (xᵢ₊₁ − xᵢ) Sᵢ log Sᵢ` with Sᵢ the mass after outcome i: −log S is
  /// log(1 + mass before/mass after).
  fileprivate func cumulativeResidual(_ positions: [Double]?) -> Number {
    let a = arithmetic
    var after = [a.zero]
    for value in values.dropFirst().reversed() {
      after.append(after[after.count - 1] + a.number(value))
    }
    after.reverse()
    var (before, sum) = (a.zero, a.sum())
    let last = values.lastIndex { $0 > 0 } ?? 0
    for i in values.indices.dropLast() where i < last {
      if values[i] > 0 { before = before + a.number(values[i]) }
      if before.isZero { continue }
      let gap = positions.map { a.number($0[i + 1]) - a.number($0[i]) } ?? a.one
      sum.add(gap * after[i] * (before / after[i]).log1p())
    }
    return sum.total / total
  }
}

/// `h(p) = −p log p − (1 − p) log(1 − p)`.
struct BinaryEntropyEvaluation: ScalarEvaluation {
  let p: Double
  let unit: InformationUnit

  func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    if p == 0 || p == 1 { return .number(a.zero) }
    let x = a.number(p)
    let sum = x * x.log() + (a.one - x) * (-x).log1p()
    return .number(a.convert(-sum, to: unit))
  }
}
