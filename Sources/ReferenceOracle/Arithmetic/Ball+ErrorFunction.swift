import BigInt

extension Ball {
  /// The error function at the centre, within 2r: its slope is at most 2/√π.
  func errorFunction() -> Ball {
    if isUnbounded || isZero { return self }
    let value = Self.errorFunction(ofCentre: centre)
    return isExact ? value : value.widened(by: spread.scaled(byPowerOfTwo: 1))
  }

  /// `2e^(−x²)/√π · (x + 2x³/3 + 4x⁵/15 + …)`, terms of one sign, each 2x²/(2n + 1) of the one
  /// before; the rest is below the last term where that is below a half.
  ///
  /// From |x| = √p on the distance to 1 is below e^(−x²) < 2⁻ᵖ.
  /// Source: DLMF 7.6.2.
  private static func errorFunction(ofCentre x: Ball) -> Ball {
    let one = Ball(exactly: 1, exponent: 0, precision: x.precision)
    let square = x * x
    if square.lowerDouble >= Double(x.precision) {
      let limit = one + .within(powerOfTwo: -x.precision, precision: x.precision)
      return x.mantissa.sign == .minus ? -limit : limit
    }
    let twice = square.scaled(byPowerOfTwo: 1)
    var (term, sum) = (x, x)
    for n in 1... {
      let odd = 2 * n + 1
      term = term * twice / Ball(exactly: BigInt(odd), exponent: 0, precision: x.precision)
      sum = sum + term
      if term.reach < sum.reach - x.precision && twice.upperDouble < Double(n) { break }
    }
    let root = pi(precision: x.precision).squareRoot()
    return (sum.widened(by: term) * (-square).exp() / root).scaled(byPowerOfTwo: 1)
  }
}
