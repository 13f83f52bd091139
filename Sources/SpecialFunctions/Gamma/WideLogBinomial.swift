import InformationTheory

extension DoubleDouble {
  /// Returns log Γ(1 + k + m) − log Γ(1 + k) − log Γ(1 + m) for k, m > −½, in any order.
  ///
  /// With |k| ≤ |m| it is k·Δ(1, m) + R(1 + m, k) − R(1, k), of which the first is
  /// the largest and, but for a factor log k, not larger than the whole.
  static func wideLogBinomial(_ k: DoubleDouble, _ m: DoubleDouble) -> ScaledWide {
    let (small, large) = k.magnitude < m.magnitude ? (k, m) : (m, k)
    if small == .zero { return ScaledWide(0) }
    if large.high.magnitude < 0x1p-110 {
      return ScaledWide(small) * ScaledWide(large) * piSquaredOverSix
    }
    if small.high > 0x1p120 {
      // What Stirling's formula has beside this is below 2⁻¹¹³ of it. The quotients are
      // those of smaller numbers, so that no product on the way passes the largest.
      let (k, m) = (small.scaled(byPowerOfTwo: -60), large.scaled(byPowerOfTwo: -60))
      return ScaledWide(small) * wideLog1p(m / k) + ScaledWide(large) * wideLog1p(k / m)
    }
    let slope = wideDigammaDifference(at: one, step: large)
    // Relative to the first part the others are of the order of k.
    if small.high.magnitude < 0x1p-110 { return ScaledWide(small) * slope }
    return ScaledWide(
      small * slope + wideLogGammaRemainder(at: large + 1.0, step: small)
        - wideLogGammaRemainder(at: one, step: small))
  }
}
