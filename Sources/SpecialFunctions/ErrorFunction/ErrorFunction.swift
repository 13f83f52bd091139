import InformationTheory

/// Returns the error function.
///
/// `erf x = (2/√π) ∫₀ˣ e^(−t²) dt`
///
/// - Parameter x: Any number.
/// - Returns: A value in −1 … 1, of the sign of x; 0 at 0 and ±1 at ±∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16 (`error-function.json`).
/// - Source: DLMF 7.2.1.
public func errorFunction(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "errorFunction") }
  if x.magnitude > 6 { return x < 0 ? -1 : 1 }
  if x.magnitude < DoubleDouble.errorFunctionSeam {
    return DoubleDouble.erfQuotient(.product(x, x)).rounded(times: x)
  }
  return DoubleDouble.wideErf(DoubleDouble(x)).high
}

/// Returns the complementary error function.
///
/// `erfc x = 1 − erf x = (2/√π) ∫ₓ^∞ e^(−t²) dt`
///
/// - Parameter x: Any number.
/// - Returns: A value in 0 … 2; 1 at 0, 0 at +∞ and from about 27.23 on, where it
///   underflows, and 2 at −∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16, for a normal result
///   (`complementary-error-function.json`).
/// - Source: DLMF 7.2.2.
public func complementaryErrorFunction(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "complementaryErrorFunction") }
  if x < -6 { return 2 }
  if x > 28 { return 0 }
  return DoubleDouble.wideErfc(DoubleDouble(x)).high
}

/// Returns the complementary error function without its exponential decay.
///
/// `e^(x²) erfc x`, which falls like 1/(x√π) to the right, where erfc itself underflows.
///
/// - Parameter x: A number above −26.63.
/// - Returns: A value ≥ 0; 1 at 0, 0 at +∞ and +∞ at −∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, or `overflow`
///   below about −26.63.
/// - Accuracy: relative error below 1.2e-16 (`scaled-complementary-error-function.json`).
/// - Source: DLMF 7.2.2 and 7.2.3, where it is w(ix).
public func scaledComplementaryErrorFunction(
  _ x: Double
) throws(SpecialFunctionError) -> Double {
  let name = "scaledComplementaryErrorFunction"
  guard !x.isNaN else { throw .notFinite("x", x, in: name) }
  if x.isInfinite { return x < 0 ? .infinity : 0 }
  guard x > -27 else { throw .overflow("x", x, in: name) }
  // 1/(x√π), whose low word would underflow.
  if x > 0x1p100 {
    return (DoubleDouble.twoOverSquareRootOfPi / DoubleDouble(x * 0x1p-100))
      .rounded(timesPowerOfTwo: -101)
  }
  let x = DoubleDouble(x)
  if x.high >= 0 { return DoubleDouble.wideScaledErfc(x).high }
  let power = DoubleDouble.wideScaledExp(x * x)
  let value = (power.value * DoubleDouble.wideErfc(x)).rounded(timesPowerOfTwo: power.exponent)
  guard value.isFinite else { throw .overflow("x", x.high, in: name) }
  return value
}

/// Returns the logarithm of the complementary error function.
///
/// `log erfc x`, which goes on like −x² where erfc itself underflows.
///
/// - Parameter x: A number below 1.34e154.
/// - Returns: A value ≤ log 2; 0 at 0, log 2 at −∞ and −∞ at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, or `overflow`
///   where x² is beyond the largest double.
/// - Accuracy: relative error below 1.2e-16, also next to its zero
///   (`log-complementary-error-function.json`).
/// - Source: DLMF 7.2.2.
public func logComplementaryErrorFunction(_ x: Double) throws(SpecialFunctionError) -> Double {
  let name = "logComplementaryErrorFunction"
  guard !x.isNaN else { throw .notFinite("x", x, in: name) }
  if x == .infinity { return -.infinity }
  if x < -6 { return DoubleDouble.ln2.high }
  // log(1 − 2x/√π), where the logarithm's series would underflow.
  if x.magnitude < 0x1p-200 { return DoubleDouble.twoOverSquareRootOfPi.rounded(times: -x) }
  guard x < 0x1p512 else { throw .overflow("x", x, in: name) }
  let wide = DoubleDouble(x)
  if x < DoubleDouble.errorFunctionSeam {
    return DoubleDouble.wideLog1p(-DoubleDouble.wideErf(wide)).high
  }
  return (DoubleDouble.wideLog(.wideScaledErfc(wide)) - wide * wide).high
}
