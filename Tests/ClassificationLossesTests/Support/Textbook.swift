import ComplexModule

/// Losses as textbooks write them, over complex numbers.
///
/// An imaginary step in one argument makes the imaginary part of a loss its derivative,
/// times the step: nothing is subtracted, so nothing cancels (Squire and Trapp, 1998,
/// doi:10.1137/S003614459631241X). What the library does against cancellation in the
/// losses themselves is not repeated here.
enum Textbook {
  typealias Number = Complex<Double>

  static func sum(_ terms: [Number]) -> Number { terms.reduce(.zero, +) }

  /// log Σ eˣ.
  static func logSumExp(_ x: [Number]) -> Number { .log(sum(x.map { .exp($0) })) }

  /// eˣ over Σ eˣ.
  static func softmax(_ x: [Number]) -> [Number] {
    let powers = x.map { Number.exp($0) }
    let total = sum(powers)
    return powers.map { $0 / total }
  }

  /// 1/(1 + e⁻ˣ).
  static func sigmoid(_ x: Number) -> Number { 1 / (1 + .exp(-x)) }

  static func power(_ x: Number, _ exponent: Double) -> Number {
    .exp(exponent * .log(x))
  }

  /// The weight of each −log p: class weight times smoothed target.
  static func shares(
    _ targets: [Number], classWeights: [Double] = [1, 1, 1], smoothing: Double = 0
  ) -> [Number] {
    zip(targets, classWeights).map { $1 * ((1 - smoothing) * $0 + Number(smoothing / 3)) }
  }

  /// A probability, or the end of the range beyond which it lies.
  static func clipped(_ p: Number, _ low: Double, _ high: Double) -> Number {
    p.real < low ? Number(low) : p.real > high ? Number(high) : p
  }

  static func oneHot(_ label: Int) -> [Number] { (0..<3).map { $0 == label ? 1 : 0 } }

  /// c·tanh(x/c).
  static func capped(_ x: [Number], _ cap: Double) -> [Number] {
    x.map { cap * .tanh((1 / cap) * $0) }
  }

  /// Σ b·(log Σ eˣ − x).
  static func crossEntropy(_ x: [Number], _ shares: [Number]) -> Number {
    let total = logSumExp(x)
    return sum(zip(x, shares).map { $1 * (total - $0) })
  }

  /// Q·p − b.
  static func crossEntropySlopes(_ x: [Number], _ shares: [Number]) -> [Number] {
    let total = sum(shares)
    return zip(softmax(x), shares).map { total * $0 - $1 }
  }

  /// Σ b·(−log p + ε·(1 − p)).
  static func poly1(_ x: [Number], _ shares: [Number], _ epsilon: Double) -> Number {
    crossEntropy(x, shares) + epsilon * sum(zip(softmax(x), shares).map { $1 * (1 - $0) })
  }

  /// −P·t·log σ(x) − (1 − t)·log(1 − σ(x)).
  static func binary(_ p: Number, _ t: Number, _ positiveWeight: Double = 1) -> Number {
    -(positiveWeight * t * .log(p)) - (1 - t) * .log(1 - p)
  }

  /// α_t·uᵞ·H, of the probability u that the prediction misses.
  static func focalMixture(_ x: Number, _ t: Number, _ alpha: Double?, _ gamma: Double) -> Number {
    let p = sigmoid(x)
    let balance = alpha.map { $0 * t + (1 - $0) * (1 - t) } ?? 1
    return balance * power(t * (1 - p) + (1 - t) * p, gamma) * binary(p, t)
  }

  /// t times the loss of a positive and 1 − t times that of a negative.
  static func focalTermwise(_ x: Number, _ t: Number, _ alpha: Double?, _ gamma: Double) -> Number {
    let p = sigmoid(x)
    let positive = (alpha ?? 1) * power(1 - p, gamma) * -.log(p)
    let negative = (alpha.map { 1 - $0 } ?? 1) * power(p, gamma) * -.log(1 - p)
    return t * positive + (1 - t) * negative
  }

  /// (1 − p)ᵞ·(−log p) of one class.
  static func softmaxFocal(_ x: [Number], _ label: Int, _ gamma: Double) -> Number {
    let p = softmax(x)[label]
    return power(1 - p, gamma) * -.log(p)
  }

  /// Σ t·(log t − i).
  static func kullbackLeibler(_ logPredictions: [Number], _ targets: [Number]) -> Number {
    sum(zip(logPredictions, targets).map { $1 * (.log($1) - $0) })
  }

  /// t·log t − t + ½·log(2πt), where t > 1.
  static func stirling(_ t: Number) -> Number {
    t.real > 1 ? t * .log(t) - t + 0.5 * .log(2 * .pi * t) : 0
  }

  /// ½·(log v + (x − t)²/v), and ½·log 2π where all of it is wanted.
  static func normal(_ x: Number, _ t: Number, _ v: Number, full: Bool) -> Number {
    let constant = full ? Number.log(Number(2 * Double.pi)) : .zero
    return 0.5 * (.log(v) + (x - t) * (x - t) / v + constant)
  }
}

extension Complex where RealType == Double {
  static func * (scale: Double, z: Self) -> Self { z.multiplied(by: scale) }
}
