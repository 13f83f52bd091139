import InformationTheory

/// The factor uᵞ by which the focal loss takes down what is nearly right.
struct FocalModulation {
  let gamma: Double

  init(gamma: Double) throws(InformationError) {
    try InformationError.demandScale(gamma, "gamma")
    self.gamma = gamma
  }

  /// Returns uᵞ, from log u; 1 for γ = 0 even where u is 0.
  func power(logarithm: Wide) -> Wide {
    if gamma == 0 { return .one }
    if logarithm.isInfinite { return .zero }
    return Wide.exp(logarithm.doubleDouble * gamma)
  }

  /// Returns uᵞ of a probability u; only the absolute error of log u enters.
  func power(_ u: Wide) -> Wide {
    power(logarithm: u.isZero ? -.infinity : Wide.log(u))
  }
}

/// What the sigmoid focal loss makes of a target between 0 and 1.
public struct FocalTargetConvention: Hashable, Sendable {
  let isTermwise: Bool

  /// The probability that the prediction misses a mixed target, u = t·σ(−x) + (1 − t)·σ(x),
  /// modulates the cross-entropy.
  public static let mixture = Self(isTermwise: false)
  /// The loss of a positive and the loss of a negative are mixed.
  public static let termwise = Self(isTermwise: true)
}
