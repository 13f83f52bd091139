import InformationTheory

/// Returns the modified Bessel function I₀ without its exponential growth.
///
/// `e^(−|x|) I₀(x)`, which falls like 1/√(2πx).
///
/// - Parameter x: Any number.
/// - Returns: A value in 0 … 1; 1 at 0, and 0 at ±∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16 (`bessel-i0-scaled.json`).
/// - Source: DLMF 10.25.2.
public func besselI0Scaled(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "besselI0Scaled") }
  if x.isInfinite { return 0 }
  return Bessel.scaled(0, x.magnitude).high
}

/// Returns the modified Bessel function I₁ without its exponential growth.
///
/// `e^(−|x|) I₁(x)`, which is x/2 next to 0 and falls like 1/√(2πx).
///
/// - Parameter x: Any number.
/// - Returns: A value in −0.22 … 0.22, of the sign of x; 0 at 0 and ±∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16, for a normal result (`bessel-i1-scaled.json`).
/// - Source: DLMF 10.25.2.
public func besselI1Scaled(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "besselI1Scaled") }
  if x.isInfinite { return 0 }
  let value = Bessel.scaled(1, x.magnitude)
  if x.magnitude < Bessel.seam { return (value * 0.5).rounded(times: x) }
  return x < 0 ? -value.high : value.high
}

/// Returns the logarithm of the modified Bessel function I₀.
///
/// `log I₀(x)`, which is x²/4 next to 0 and grows like |x| − ½ log(2π|x|). It normalises
/// the von Mises distribution.
///
/// - Parameter x: Any number.
/// - Returns: A value ≥ 0; 0 at 0, and +∞ at ±∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16, for a normal result (`log-bessel-i0.json`).
/// - Source: DLMF 10.25.2.
public func logBesselI0(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "logBesselI0") }
  let size = x.magnitude
  if size == .infinity { return size }
  // x²/4, where the logarithm's series would underflow.
  if size < 0x1p-100 { return (size / 2) * (size / 2) }
  if size >= Bessel.seam { return Bessel.logExpansion(0, size).high }
  return DoubleDouble.wideLog1p(Bessel.seriesTail(0, size)).high
}

/// Returns the logarithm of the modified Bessel function I₁.
///
/// `log I₁(x)`, with a zero at 1.518….
///
/// - Parameter x: A number above 0.
/// - Returns: Any value; +∞ at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `pole` at 0, or
///   `domain` below.
/// - Accuracy: relative error below 1.2e-16, also next to its zero (`log-bessel-i1.json`).
/// - Source: DLMF 10.25.2.
public func logBesselI1(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "logBesselI1") }
  guard x >= 0 else { throw .domain("x", x, in: "logBesselI1", "above 0") }
  guard x > 0 else { throw .pole("x", x, in: "logBesselI1", "0") }
  if x == .infinity { return x }
  if let distance = Bessel.firstMinusOne.value(x) { return DoubleDouble.wideLog1p(distance).high }
  if x >= Bessel.seam { return Bessel.logExpansion(1, x).high }
  let half = DoubleDouble.wideLog(DoubleDouble(x)) - DoubleDouble.ln2
  let tail = Bessel.seriesTail(1, x)
  return (x < 0x1p-60 ? half : half + DoubleDouble.wideLog1p(tail)).high
}

/// Returns the ratio of the modified Bessel functions I₁ and I₀.
///
/// `I₁(x)/I₀(x)`, the mean resultant length of the von Mises distribution.
///
/// - Parameter x: Any number.
/// - Returns: A value in −1 … 1, of the sign of x; 0 at 0 and ±1 at ±∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN.
/// - Accuracy: relative error below 1.2e-16, for a normal result
///   (`bessel-ratio-i1-i0.json`).
/// - Source: DLMF 10.25.2.
public func besselRatioI1I0(_ x: Double) throws(SpecialFunctionError) -> Double {
  guard !x.isNaN else { throw .notFinite("x", x, in: "besselRatioI1I0") }
  let size = x.magnitude
  if size == .infinity { return x < 0 ? -1 : 1 }
  if size < Bessel.seam {
    let ratio = (Bessel.seriesTail(1, size) + 1.0) / (Bessel.seriesTail(0, size) + 1.0)
    return (ratio * 0.5).rounded(times: x)
  }
  let ratio = (Bessel.expansion(1, size) / Bessel.expansion(0, size)).high
  return x < 0 ? -ratio : ratio
}
