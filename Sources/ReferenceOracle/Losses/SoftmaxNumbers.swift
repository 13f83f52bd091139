/// Logits with their softmax in some arithmetic, all relative to the largest.
///
/// Infinities stand for their limits: a class at −∞ is absent, a unique +∞ alone.
struct SoftmaxNumbers<A: Arithmetic> {
  typealias Number = A.Number

  let arithmetic: A
  /// The logits after the soft-cap, less the largest; nil of an absent class.
  let depths: [Number?]
  /// eᵈ of each depth d.
  let powers: [Number]
  /// The sum of the powers, which is 1 + `rest`.
  let total: Number
  /// The sum of the powers without that of the largest logit.
  let rest: Number
  let top: Int
  /// The largest logit after the soft-cap; nil where it is +∞.
  let peak: Number?

  init(_ logits: [Double], softcap: Double?, _ arithmetic: A) {
    self.arithmetic = arithmetic
    let a = arithmetic
    var top = 0
    for c in logits.indices where logits[c] > logits[top] { top = c }
    let largest = logits[top]
    self.top = top
    let capped: (Double) -> Number = { Self.capped($0, softcap, a) }
    let peak = largest.isFinite || softcap != nil ? capped(largest) : nil
    self.peak = peak
    depths = logits.map { x in
      if x == largest { return a.zero }
      guard let peak, x.isFinite || softcap != nil else { return nil }
      return capped(x) - peak
    }
    powers = depths.map { $0?.exp() ?? a.zero }
    let powers = powers
    rest = a.sum(logits.indices.lazy.filter { $0 != top }.map { powers[$0] })
    total = a.one + rest
  }

  /// c·tanh(x/c), or x where there is no soft-cap.
  private static func capped(_ x: Double, _ softcap: Double?, _ a: A) -> Number {
    guard let softcap else { return a.number(x) }
    let cap = a.number(softcap)
    guard x.isFinite else { return x > 0 ? cap : -cap }
    return cap * (a.number(x) / cap).tanh(isNegative: x < 0, one: a.one)
  }

  /// The slope of the soft-cap at a logit, 1 − tanh²(x/c).
  ///
  /// As 4e⁻²ᵘ/(1 + e⁻²ᵘ)² with u = |x|/c, in which nothing cancels.
  static func slopeOfCap(_ x: Double, _ softcap: Double?, _ a: A) -> Number {
    guard let softcap else { return a.one }
    guard x.isFinite else { return a.zero }
    let decay = (-(a.number(2 * x.magnitude) / a.number(softcap))).exp()
    let sum = a.one + decay
    return decay.scaled(byPowerOfTwo: 2) / (sum * sum)
  }

  /// log Σ eᵈ.
  var logTotal: Number { rest.log1p() }

  /// −log p of a class, nil where it is absent; both parts are not negative.
  func surprisal(_ c: Int) -> Number? { depths[c].map { logTotal - $0 } }

  /// The logarithm of the sum of the logits' exponentials; nil where it is +∞.
  var logSumExp: Number? { peak.map { $0 + logTotal } }

  func probability(_ c: Int) -> Number { powers[c] / total }

  /// The sum of the powers without that of a class.
  func others(_ c: Int) -> Number { c == top ? rest : total - powers[c] }
}
