/// The distribution of θ·G^(1/c) for a gamma number G of a shape k and the scale 1.
///
/// Density `|c|·x^(ck − 1)·θ^(−ck)·exp(−(x/θ)ᶜ)/Γ(k)` of x > 0. Exponential, gamma, χ²,
/// Weibull, Rayleigh, half-normal and, with c = −1, inverse gamma distributions are such;
/// so are the exponentials of Gumbel numbers, turned round.
///
/// Source: E. W. Stacy, "A generalization of the gamma distribution" (1962),
/// doi:10.1214/aoms/1177704481.
struct GeneralizedGamma<A: Arithmetic> {
  let shape: A.Number
  /// c, a double, so that it can be compared.
  let power: Double
  let scale: A.Number
  let arithmetic: A

  /// Whether E Xˢ is finite: where k + s/c is positive.
  ///
  /// Of all these families ck is a double, because c is ±1 or 2, or k is 1.
  static func hasMoment(shape: Double, power: Double, order s: Double) -> Bool {
    power > 0 ? shape * power > -s : shape * -power > s
  }
}

extension GeneralizedGamma {
  /// `log θ − log|c| + log Γ(k) − (k − 1/c)ψ(k) + k`.
  var entropy: A.Number {
    let a = arithmetic
    let logs = scale.log() - a.log(power.magnitude)
    // Γ(1) = 1, and for an exponential distribution nothing else is left.
    if (shape - a.one).isZero {
      let slope = a.one - a.one / a.number(power)
      return power == 1 ? logs + a.one : logs + a.one + a.eulerGamma * slope
    }
    let slope = shape - a.one / a.number(power)
    return logs + shape.logGamma() - slope * shape.digamma() + shape
  }

  /// `E log X = log θ + ψ(k)/c`.
  var meanLog: A.Number { scale.log() + digamma / arithmetic.number(power) }

  /// ψ(k), which is −γ of shape 1.
  private var digamma: A.Number {
    (shape - arithmetic.one).isZero ? -arithmetic.eulerGamma : shape.digamma()
  }

  /// `Var log X = ψ′(k)/c²`.
  var varianceOfLog: A.Number {
    let c = arithmetic.number(power)
    return shape.trigamma() / (c * c)
  }

  /// `E Xˢ = θˢ·Γ(k + s/c)/Γ(k)`, where it is finite.
  func moment(_ s: Double) -> Outcome<A.Number> {
    let a = arithmetic
    // The first two moments of what has a power of 1 need no function.
    if power == 1 && s == 1 { return .number(shape * scale) }
    if power == 1 && s == 2 { return .number(shape * (shape + a.one) * scale * scale) }
    let steps = a.number(s) / a.number(power)
    return a.exponential(
      a.number(s) * scale.log() + (shape + steps).logGamma() - shape.logGamma())
  }

  /// `E log 1/f(Y)` for a Y of which `E log Y` and `E Yᶜ` are known.
  ///
  /// `log Γ(k) − log|c| + ck·log θ − (ck − 1)·E log Y + E Yᶜ/θᶜ`.
  func crossEntropy(meanLog: A.Number, moment: A.Number) -> A.Number {
    let (a, c) = (arithmetic, arithmetic.number(power))
    let weight = c * shape
    let logScale = scale.log()
    return shape.logGamma() - a.log(power.magnitude) + weight * logScale
      - (weight - a.one) * meanLog + moment * (-(c * logScale)).exp()
  }

  /// The divergence from another.
  func divergence(from other: GeneralizedGamma) -> Outcome<A.Number> {
    let logRatio = arithmetic.number(other.power) * .logRatio(scale, other.scale)
    if power == other.power {
      return arithmetic.gammaDivergence(shape, other.shape, logRatio: logRatio)
    }
    return arithmetic.generalizedGammaDivergence(
      shape, other.shape,
      powers: arithmetic.number(other.power) / arithmetic.number(power), logRatio: logRatio)
  }
}

extension Arithmetic {
  /// `R(k, l) + k(e^ρ − 1 − ρ) − (l − k)ρ` of shapes k and l and powers that are equal.
  ///
  /// R is ``logGammaRemainder(_:_:)``, and ρ = c·log(θ₁/θ₂).
  func gammaDivergence(
    _ k: Number, _ l: Number, logRatio rho: Number
  ) -> Outcome<Number> {
    if rho.ball.lowerDouble > 0x1p19 { return .overflow }
    return .number(
      logGammaRemainder(k, l) + k * exponentialRemainder(rho) - (l - k) * rho)
  }

  /// `log Γ(l) − log Γ(k) − log|s| + (k − sl)ψ(k) − lρ + e^ρ·Γ(k + s)/Γ(k) − k` of shapes k and l
  /// and powers c and sc.
  ///
  /// ρ = sc·log(θ₁/θ₂). Source: C. Bauckhage, "Computing the Kullback–Leibler divergence between
  /// two generalized gamma distributions" (2014), arXiv:1401.6853.
  func generalizedGammaDivergence(
    _ k: Number, _ l: Number, powers s: Number, logRatio rho: Number
  ) -> Outcome<Number> {
    let logGamma = k.logGamma()
    let moment = exponential(rho + (k + s).logGamma() - logGamma)
    let main =
      l.logGamma() - logGamma - s.magnitude.log() + (k - s * l) * k.digamma() - l * rho - k
    return moment.map { $0 + main }
  }
}
