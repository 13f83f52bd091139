import InformationTheory

/// Returns the inverse of the error function.
///
/// The x with `erf x = y`.
///
/// - Parameter y: A number in −1 … 1, the ends excluded.
/// - Returns: A value of the sign of y, of a magnitude below 5.87; 0 at 0.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `pole` at ±1, or
///   `domain` beyond.
/// - Accuracy: relative error below 1.2e-16 (`inverse-error-function.json`).
/// - Source: DLMF 7.17.
public func inverseErrorFunction(_ y: Double) throws(SpecialFunctionError) -> Double {
  let name = "inverseErrorFunction"
  guard !y.isNaN else { throw .notFinite("y", y, in: name) }
  guard y.magnitude <= 1 else { throw .domain("y", y, in: name, "in -1 ... 1") }
  guard y.magnitude < 1 else { throw .pole("y", y, in: name, "-1 and 1") }
  // The leading term, where the square would underflow; the next is smaller by y²·π/12.
  if y.magnitude < 0x1p-60 { return (DoubleDouble.squareRootOfPi * 0.5).rounded(times: y) }
  if y.magnitude <= 0.5 { return InverseError.central(y) }
  let x = InverseError.tail(1 - y.magnitude)
  return y < 0 ? -x : x
}

/// Returns the inverse of the complementary error function.
///
/// The x with `erfc x = y`, with full accuracy for the smallest y there is.
///
/// - Parameter y: A number in 0 … 2, the ends excluded.
/// - Returns: A value from −5.81 to 27.22; 0 at 1.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `pole` at 0 and 2,
///   or `domain` beyond.
/// - Accuracy: relative error below 1.2e-16 (`inverse-complementary-error-function.json`).
/// - Source: DLMF 7.17.
public func inverseComplementaryErrorFunction(
  _ y: Double
) throws(SpecialFunctionError) -> Double {
  let name = "inverseComplementaryErrorFunction"
  guard !y.isNaN else { throw .notFinite("y", y, in: name) }
  guard y >= 0 && y <= 2 else { throw .domain("y", y, in: name, "in 0 ... 2") }
  guard y > 0 && y < 2 else { throw .pole("y", y, in: name, "0 and 2") }
  // Both differences are exact.
  if y < 0.5 { return InverseError.tail(y) }
  return y <= 1.5 ? InverseError.central(1 - y) : -InverseError.tail(2 - y)
}

/// The two ways to invert the error function, each by Halley's iteration in wide arithmetic.
private enum InverseError {
  /// The x with erf x = y, for |y| ≤ ½.
  static func central(_ y: Double) -> Double {
    guard y != 0 else { return 0 }
    // Three terms of the series in z = (√π/2)·y are right to 1 %; each step cubes the error.
    let z = 0.886_226_925_452_758 * y
    var x = DoubleDouble(z * (1 + z * z * (1.0 / 3 + z * z * (7.0 / 30))))
    for _ in 0..<3 {
      let slope = DoubleDouble.twoOverSquareRootOfPi * DoubleDouble.wideExp(-(x * x))
      let step = (DoubleDouble.wideErf(x) + -y) / slope
      x = x - step / (x * step + 1.0)
    }
    return x.high
  }

  /// The x with erfc x = y, for 0 < y ≤ ½, from log erfc x = log y, which is nearly
  /// a parabola.
  static func tail(_ y: Double) -> Double {
    let logarithm = DoubleDouble.wideLog(DoubleDouble(y))
    var x = DoubleDouble(start(logarithm.high))
    for _ in 0..<3 {
      let scaled = DoubleDouble.wideScaledErfc(x)
      let residual = DoubleDouble.wideLog(scaled) - x * x - logarithm
      // The derivative of log erfc is −slope, and the second −slope·(slope − 2x).
      let slope = DoubleDouble.twoOverSquareRootOfPi / scaled
      let step = residual / slope
      x = x + step / ((x * 2.0 - slope) * step * 0.5 + 1.0)
    }
    return x.high
  }

  /// A first value within 4e-4, from Hastings' approximation of the normal quantile.
  ///
  /// Source: Abramowitz and Stegun (1964), 26.2.23.
  private static func start(_ logarithm: Double) -> Double {
    let t = (2 * (0.693_147_180_559_945_3 - logarithm)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return (t - numerator / denominator) * 0.707_106_781_186_547_5
  }
}
