import InformationTheory

/// Returns the exponential integral E₁.
///
/// `E₁(x) = ∫ₓ^∞ e⁻ᵗ/t dt`
///
/// - Parameter x: A number above 0.
/// - Returns: A value ≥ 0; 0 at +∞ and from about 738.5 on, where it underflows.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `pole` at 0, or
///   `domain` below.
/// - Accuracy: relative error below 1.2e-16, for a normal result
///   (`exponential-integral-e1.json`).
/// - Source: DLMF 6.2.1.
public func exponentialIntegralE1(_ x: Double) throws(SpecialFunctionError) -> Double {
  let name = "exponentialIntegralE1"
  guard !x.isNaN else { throw .notFinite("x", x, in: name) }
  guard x >= 0 else { throw .domain("x", x, in: name, "above 0") }
  guard x > 0 else { throw .pole("x", x, in: name, "0") }
  return ExponentialIntegral.e(order: 1, x)
}

/// Returns the generalised exponential integral of an order.
///
/// `Eₙ(x) = ∫₁^∞ e⁻ˣᵗ/tⁿ dt`
///
/// - Parameters:
///   - n: The order, 0 or more.
///   - x: A number ≥ 0, and above 0 for the orders 0 and 1.
/// - Returns: A value ≥ 0; 1/(n − 1) at 0 for the orders from 2 on, and 0 at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `domain` for a
///   negative order or x, `pole` at 0 for the orders 0 and 1, or `overflow` where e⁻ˣ/x,
///   of order 0, is beyond the largest double.
/// - Accuracy: relative error below 1.2e-16, for a normal result
///   (`exponential-integral-en.json`).
/// - Source: DLMF 8.19.3.
public func exponentialIntegralE(
  order n: Int, _ x: Double
) throws(SpecialFunctionError) -> Double {
  let name = "exponentialIntegralE"
  guard !x.isNaN else { throw .notFinite("x", x, in: name) }
  guard n >= 0 else { throw .domain("order", Double(n), in: name, "0 or more") }
  guard x >= 0 else { throw .domain("x", x, in: name, "0 or more") }
  guard x > 0 || n > 1 else { throw .pole("x", x, in: name, "0, for the orders 0 and 1") }
  if x == 0 { return 1 / Double(n - 1) }
  guard n == 0 else { return ExponentialIntegral.e(order: n, x) }
  if x > 800 { return 0 }
  let (exponent, significand) = x.binaryParts
  let power = DoubleDouble.wideScaledExp(DoubleDouble(-x))
  let value = (power.value / DoubleDouble(significand))
    .rounded(timesPowerOfTwo: power.exponent - exponent)
  guard value.isFinite else { throw .overflow("x", x, in: name) }
  return value
}

/// Returns the exponential integral Ei.
///
/// `Ei(x) = ∫₋∞ˣ eᵗ/t dt`, the principal value where x > 0.
///
/// - Parameter x: A number other than 0.
/// - Returns: A value ≤ 0 up to 0.3725…, and ≥ 0 beyond; 0 at −∞ and +∞ at +∞.
/// - Throws: ``SpecialFunctionError`` with the code `notFinite` for NaN, `pole` at 0, or
///   `overflow` from about 716.36 on.
/// - Accuracy: relative error below 1.2e-16, for a normal result, also next to its zero
///   (`exponential-integral-ei.json`).
/// - Source: DLMF 6.2.5.
public func exponentialIntegralEi(_ x: Double) throws(SpecialFunctionError) -> Double {
  let name = "exponentialIntegralEi"
  guard !x.isNaN else { throw .notFinite("x", x, in: name) }
  guard x != 0 else { throw .pole("x", x, in: name, "0") }
  if x < 0 { return 0 - ExponentialIntegral.e(order: 1, -x) }
  if x == .infinity { return x }
  guard x < 720 else { throw .overflow("x", x, in: name) }
  let (wide, exponent) = ExponentialIntegral.ei(x)
  let value = wide.rounded(timesPowerOfTwo: exponent)
  guard value.isFinite else { throw .overflow("x", x, in: name) }
  return value
}
