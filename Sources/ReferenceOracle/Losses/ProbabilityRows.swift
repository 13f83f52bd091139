import ClassificationLosses

/// Binary cross-entropy of one probability, perhaps with a floor.
struct ProbabilityRow: LossRow {
  let probability: Double
  let target: Double
  let floor: LogFloor

  /// The probability that is taken: a double, because so are the ends of the range.
  private var taken: Double {
    guard case .probability(let least) = floor.kind else { return probability }
    return min(max(probability, least), 1 - least)
  }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let (p, t) = (a.number(taken), a.number(target))
    return a.weightedSum([
      (target == 0 ? nil : t, floored(taken == 0 ? nil : -p.log(), a)),
      (target == 1 ? nil : a.one - t, floored(taken == 1 ? nil : -(-p).log1p(), a)),
    ])
  }

  /// A surprisal, which a least logarithm keeps finite.
  private func floored<A: Arithmetic>(_ surprisal: A.Number?, _ a: A) -> A.Number? {
    guard case .logarithm(let least) = floor.kind else { return surprisal }
    return surprisal.map { -(.maximum(-$0, a.number(least))) } ?? a.number(-least)
  }

  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    if taken != probability { return [.number(a.zero)] }
    let (p, t) = (a.number(probability), a.number(target))
    let spread = p * (a.one - p)
    if case .logarithm = floor.kind {
      return [.number((p - t) / .maximum(spread, a.number(LogFloor.leastSpread)))]
    }
    if probability == 0 { return [target == 0 ? .number(a.one) : .infinity(.minus)] }
    if probability == 1 { return [target == 1 ? .number(-a.one) : .infinity(.plus)] }
    return [.number((p - t) / spread)]
  }
}

/// Cross-entropy of a row of predicted probabilities: `Σ b·(−log p)`, b = (1 − ε)q + ε/C.
///
/// The numbers C·b are exact in balls, as in ``CrossEntropyRow``.
struct PredictedRow: LossRow {
  let predictions: [Double]
  /// The probabilities of the classes; one of them 1 for a label.
  let targets: [Double]
  var smoothing = 0.0
  /// Whether the predictions are divided by their sum.
  let normalizes: Bool
  /// Probabilities are brought into least … 1 − least.
  let least: Double

  /// What the surprisals weigh, times the number of classes; nil for 0.
  private func weights<A: Arithmetic>(in a: A) -> [A.Number?] {
    let count = a.number(Double(targets.count))
    return targets.map { target in
      if smoothing == 0 { return target == 0 ? nil : count * a.number(target) }
      return (a.one - a.number(smoothing)) * count * a.number(target) + a.number(smoothing)
    }
  }

  /// What probabilities are brought to, nil where they are taken as they are.
  ///
  /// Where they are quotients this is decided in exact arithmetic.
  private var clipped: [Double?] {
    guard least > 0 else { return predictions.map { _ in nil } }
    let exact = BallArithmetic.exact
    let whole = normalizes ? exact.sum(predictions.lazy.map { exact.number($0) }) : exact.one
    return predictions.map { mass in
      let p = exact.number(mass)
      if (whole * exact.number(least) - p).isPositive { return least }
      if (p - whole * exact.number(1 - least)).isPositive { return 1 - least }
      return nil
    }
  }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let (weights, clipped) = (weights(in: a), clipped)
    let masses = Masses(predictions, a)
    var (sum, sign) = (a.sum(), FloatingPointSign?.none)
    for c in predictions.indices {
      guard let weight = weights[c] else { continue }
      if let bound = clipped[c] {
        sum.add(-(weight * a.log(bound)))
      } else if predictions[c] == 0 {
        if sign != .plus { sign = targets[c] < 0 ? .minus : .plus }
      } else {
        sum.add(weight * (normalizes ? masses.surprisal(c) : -a.log(predictions[c])))
      }
    }
    if let sign { return .infinity(sign) }
    return .number(sum.total / a.number(Double(targets.count)))
  }

  /// −b/p; of quotients `(m·Σ_{k≠c} b_k − b_c·Σ_{k≠c} m_k)/(m·Σm)`, the sum of b over the
  /// classes whose p is not brought to a bound.
  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    let (weights, clipped) = (weights(in: a), clipped)
    let masses = Masses(predictions, a)
    let count = a.number(Double(targets.count))
    return predictions.indices.map { c in
      let others =
        normalizes
        ? a.sum(
          weights.indices.lazy.filter { $0 != c && clipped[$0] == nil }.compactMap { weights[$0] })
        : a.zero
      guard let weight = weights[c], clipped[c] == nil else {
        return .number(normalizes ? others / masses.total / count : a.zero)
      }
      if predictions[c] == 0 { return .infinity(targets[c] < 0 ? .plus : .minus) }
      let mass = masses.mass(c)
      guard normalizes else { return .number(-(weight / mass) / count) }
      let rest = c == masses.largest ? masses.rest : masses.total - mass
      return .number((others * mass - weight * rest) / (mass * masses.total) / count)
    }
  }
}

/// `t·log(t/p)` of a probability p, both brought into least … 1 where that is above 0.
struct KLProbabilityTerm: LossTerm {
  let probability: Double
  let target: Double
  let least: Double

  private func taken(_ x: Double) -> Double { least == 0 ? x : min(max(x, least), 1) }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let (p, t) = (taken(probability), taken(target))
    if t == 0 { return .number(a.zero) }
    if p == 0 { return .infinite }
    return .number(a.number(t) * .logRatio(a.number(t), a.number(p)))
  }

  func slope<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let (p, t) = (taken(probability), taken(target))
    if p != probability || t == 0 { return .number(a.zero) }
    return p == 0 ? .infinity(.minus) : .number(-(a.number(t) / a.number(p)))
  }
}
