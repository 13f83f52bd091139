// What is left of a convex function beyond its tangent: the divergence of two members of an
// exponential family is such a remainder of its log-normaliser. None is ever negative, and
// each is 0 only where its two arguments are equal.

extension Arithmetic {
  /// `x/y − 1 − log(x/y)`.
  func scaleRemainder(_ x: Number, _ y: Number) -> Number {
    .divergence(one, x / y, difference: (y - x) / y)
  }

  /// The same of x² and y², whose difference is (x − y)(x + y).
  func scaleRemainder(ofSquares x: Number, _ y: Number) -> Number {
    let ratio = x / y
    return .divergence(one, ratio * ratio, difference: (y - x) / y * (ratio + one))
  }

  /// `eˣ − 1 − x`, which is t(1, eˣ) for t(a, b) = a·log(a/b) − a + b.
  func exponentialRemainder(_ x: Number) -> Number {
    x.approximation.magnitude < 0.125
      ? .divergence(one, x.exp(), difference: -x.expm1()) : x.expm1() - x
  }

  /// `log Γ(b) − log Γ(a) − (b − a)ψ(a)`.
  func logGammaRemainder(_ a: Number, _ b: Number) -> Number {
    let step = b - a
    return step.isZero ? step : b.logGamma() - a.logGamma() - step * a.digamma()
  }

  /// The divergence of a yes-or-no outcome from another: `p·log(p/q) + p̄·log(p̄/q̄)`, where
  /// p̄ = 1 − p.
  func binaryDivergence(_ p: Double, _ q: Double) -> Outcome<Number> {
    if p == q { return .number(zero) }
    if (q == 0 && p > 0) || (q == 1 && p < 1) { return .infinite }
    let (x, y) = (number(p), number(q))
    if p == 0 { return .number(-(-y).log1p()) }
    if p == 1 { return .number(-y.log()) }
    let difference = x - y
    return .number(
      .divergence(x, y, difference: difference)
        + .divergence(one - x, one - y, difference: -difference))
  }

  /// `−p·log p − p̄·log p̄`, terms that are not negative.
  func binaryEntropy(_ p: Double) -> Number {
    if p == 0 || p == 1 { return zero }
    let x = number(p)
    return -(x * x.log()) - (one - x) * (-x).log1p()
  }

  /// `log √(2π)`.
  var logRootTwoPi: Number { pi.scaled(byPowerOfTwo: 1).log().scaled(byPowerOfTwo: -1) }

  /// Half of a number.
  func half(_ x: Number) -> Number { x.scaled(byPowerOfTwo: -1) }

  /// eˣ, unless it is beyond all that counts as a number.
  func exponential(_ x: Number) -> Outcome<Number> {
    // Beyond this eˣ is far above 10⁸⁰⁰ and all else in a formula of doubles.
    x.ball.lowerDouble > 0x1p19 ? .overflow : .number(x.exp())
  }
}

extension Outcome {
  /// The sum of two outcomes, neither of which is −∞.
  static func + (x: Self, y: Self) -> Self {
    switch (x, y) {
    case (.number(let a), .number(let b)): .number(a + b)
    case (.infinity, _), (_, .infinity): .infinite
    default: .overflow
    }
  }
}
