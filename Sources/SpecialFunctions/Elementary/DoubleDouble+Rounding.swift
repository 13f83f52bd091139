import InformationTheory

extension DoubleDouble {
  /// Returns the double next to the product with x, also where it is subnormal; never −0.
  ///
  /// The value itself may be as small as x.
  func rounded(times x: Double) -> Double {
    // The low word of a small product would underflow: lift the factor first.
    let lift = x.magnitude < 0x1p-400 ? 600 : 0
    return (self * x.scaled(byPowerOfTwo: lift)).rounded(timesPowerOfTwo: -lift)
  }

  /// Returns the double next to the value times 2ᵏ; never −0.
  func rounded(timesPowerOfTwo k: Int) -> Double { 0 + high.scaled(byPowerOfTwo: k) }
}
