import InformationTheory

/// One logit x with σ(x) and σ(−x), and −log of both; infinities stand for their limits.
struct BinaryNumbers<A: Arithmetic> {
  typealias Number = A.Number

  let softmax: SoftmaxNumbers<A>
  private let isInfinite: Bool

  init(_ x: Double, _ arithmetic: A) {
    // A row of two classes, of which the other has logit 0; of −∞ that class is alone.
    softmax = SoftmaxNumbers([x, 0], softcap: nil, arithmetic)
    isInfinite = x.isInfinite
  }

  var positive: Number { softmax.probability(0) }
  var negative: Number { softmax.probability(1) }
  /// −log σ(x), nil for +∞.
  var positiveSurprisal: Number? { softmax.surprisal(0) }
  /// −log σ(−x), nil for +∞.
  var negativeSurprisal: Number? { softmax.surprisal(1) }
}

/// Binary cross-entropy of one logit.
struct BinaryCrossEntropyRow: LossRow {
  let logit: Double
  let target: Double
  let positiveWeight: Double
  let smoothing: Double

  /// What −log σ(−x) and −log σ(x) weigh, nil for 0.
  fileprivate func weights<A: Arithmetic>(in a: A) -> (negative: A.Number?, positive: A.Number?) {
    let (half, kept) = (a.number(0.5 * smoothing), a.one - a.number(smoothing))
    let other = a.one - a.number(target)
    let negative = smoothing == 0 ? other : kept * other + half
    let positive = smoothing == 0 ? a.number(target) : kept * a.number(target) + half
    return (
      smoothing == 0 && target == 1 ? nil : negative,
      (smoothing == 0 && target == 0) || positiveWeight == 0
        ? nil : positive * a.number(positiveWeight)
    )
  }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let (x, weights) = (BinaryNumbers(logit, a), weights(in: a))
    return a.weightedSum([
      (weights.negative, x.negativeSurprisal), (weights.positive, x.positiveSurprisal),
    ])
  }

  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    let (x, weights) = (BinaryNumbers(logit, a), weights(in: a))
    // Over one denominator, so that equal parts cancel exactly.
    let rise = weights.negative.map { $0 * x.softmax.powers[0] } ?? a.zero
    let fall = weights.positive.map { $0 * x.softmax.powers[1] } ?? a.zero
    return [.number((rise - fall) / x.softmax.total)]
  }
}

extension Arithmetic {
  /// Σ w·s, in which nil stands for a weight of 0 and for an infinite s.
  func weightedSum(_ parts: [(weight: Number?, value: Number?)]) -> Outcome<Number> {
    var sum = zero
    for case (let weight?, let value) in parts {
      guard let value else { return .infinite }
      sum = sum + weight * value
    }
    return .number(sum)
  }
}

/// The sigmoid focal loss of one logit.
struct SigmoidFocalRow: LossRow {
  let logit: Double
  let target: Double
  let alpha: Double?
  let gamma: Double
  let isTermwise: Bool

  private var isMixture: Bool { target != 0 && target != 1 && !isTermwise }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    guard isMixture else {
      let x = BinaryNumbers(logit, a)
      return a.weightedSum([
        scaled(positiveWeight(in: a), power(x.softmax, 1, a), x.positiveSurprisal),
        scaled(negativeWeight(in: a), power(x.softmax, 0, a), x.negativeSurprisal),
      ])
    }
    let plain = BinaryCrossEntropyRow(
      logit: logit, target: target, positiveWeight: 1, smoothing: 0)
    return plain.loss(in: a).map { mixtureScale(in: a) * $0 }
  }

  private func scaled<Number: Enclosure>(
    _ weight: Number?, _ power: Number, _ surprisal: Number?
  ) -> (Number?, Number?) {
    (weight.map { $0 * power }, surprisal)
  }

  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    let x = BinaryNumbers(logit, a)
    let (p, q, g) = (x.positive, x.negative, a.number(gamma))
    guard isMixture else {
      // An infinite surprisal meets a probability that is 0.
      let rise = negativeWeight(in: a).map { weight in
        weight * power(x.softmax, 0, a) * (p + (x.negativeSurprisal.map { g * q * $0 } ?? a.zero))
      }
      let fall = positiveWeight(in: a).map { weight in
        weight * power(x.softmax, 1, a) * (q + (x.positiveSurprisal.map { g * p * $0 } ?? a.zero))
      }
      return [.number((rise ?? a.zero) - (fall ?? a.zero))]
    }
    let (t, s) = (a.number(target), a.one - a.number(target))
    var slope = (s * x.softmax.powers[0] - t * x.softmax.powers[1]) / x.softmax.total
    if target != 0.5, logit.isFinite {
      let plain = BinaryCrossEntropyRow(
        logit: logit, target: target, positiveWeight: 1, smoothing: 0)
      if case .number(let entropy) = plain.loss(in: a) {
        slope = slope + g * (s - t) * p * q / missed(in: a) * entropy
      }
    }
    return [.number(mixtureScale(in: a) * slope)]
  }

  /// t·α and (1 − t)·(1 − α), nil for 0.
  private func positiveWeight<A: Arithmetic>(in a: A) -> A.Number? {
    target == 0 || alpha == 0 ? nil : a.number(target) * a.number(alpha ?? 1)
  }
  private func negativeWeight<A: Arithmetic>(in a: A) -> A.Number? {
    if target == 1 || alpha == 1 { return nil }
    let weight = a.one - a.number(target)
    return alpha.map { weight * (a.one - a.number($0)) } ?? weight
  }

  /// A probability to the power of gamma; of 0 it is 0, or 1 for gamma 0.
  private func power<A: Arithmetic>(_ softmax: SoftmaxNumbers<A>, _ c: Int, _ a: A) -> A.Number {
    guard gamma != 0 else { return a.one }
    guard let surprisal = softmax.surprisal(c) else { return a.zero }
    return (-(a.number(gamma) * surprisal)).exp()
  }

  /// The probability t·σ(−x) + (1 − t)·σ(x) that is missed.
  private func missed<A: Arithmetic>(in a: A) -> A.Number {
    let x = BinaryNumbers(logit, a)
    return a.number(target) * x.negative + (a.one - a.number(target)) * x.positive
  }

  private func mixtureScale<A: Arithmetic>(in a: A) -> A.Number {
    let power = gamma == 0 ? a.one : (a.number(gamma) * missed(in: a).log()).exp()
    guard let alpha else { return power }
    let (t, b) = (a.number(target), a.number(alpha))
    return power * (t * b + (a.one - t) * (a.one - b))
  }
}
