/// Returns the integral of a function over a finite or infinite range.
///
/// `∫ₐᵇ f(x) dx`, by adaptive Gauss–Kronrod rules with extrapolation (QAGS, QAGP, QAGIU
/// and QAGI of QUADPACK, as GSL has them).
///
/// ```swift
/// let area = try integrate(from: -.infinity, to: .infinity, breakPoints: [3]) { x in
///   try complementaryErrorFunction((x - 3).magnitude)
/// }
/// area.value          // 1.1283791670955, that is 2/√π
/// area.errorEstimate  // an estimate, no bound
/// ```
///
/// The integrand is never called at an end of the range or at a break point, so it may
/// be infinite there. A rule sees only the points where it calls the integrand: a peak
/// that is narrow against the range can be missed, with a value of 0 and an error
/// estimate of 0. Break points on both sides of a peak make sure that it is seen; in an
/// infinite range they also say how far the tails reach. Where a peak is narrow against
/// its distance from 0, rounding of x is an error that no estimate shows: shift x.
///
/// - Parameters:
///   - start: Where the range starts: finite, −∞ or +∞.
///   - end: Where it ends: finite, −∞ or +∞. Where it is below the start the integral
///     is the negative one of the range turned round.
///   - breakPoints: Where the integrand has kinks, jumps, singularities or peaks; finite
///     points of the range, in any order.
///   - absoluteTolerance: The error that is small enough, at least 0.
///   - relativeTolerance: The error that is small enough, as a fraction of the integral;
///     at least 2⁻⁴⁶ where the absolute tolerance is 0.
///   - subdivisionLimit: The most subintervals of a piece between break points, 1 … 10⁶.
///   - integrand: The function.
/// - Returns: The value, an estimate of its error that is within one of the tolerances,
///   and the work done. A range without length gives 0.
/// - Throws: `SpecialFunctionError`: `notFinite` for a bound or break point that is NaN,
///   `badParameter` for break points outside the range, tolerances and limits,
///   `badFunctionValue` where the integrand is not finite, `notConverged` with what was
///   `reached`, `overflow` where sums of values are beyond the largest double; and the
///   integrand's own error.
/// - Accuracy: With the tolerances as they are by default, relative error below 2e-14 for
///   17 integrals with known values; the estimate was 4 to 10⁶ times the error, but it is
///   no bound.
/// - Source: Piessens, de Doncker-Kapenga, Überhuber and Kahaner (1983), QUADPACK.
public func integrate(
  from start: Double, to end: Double, breakPoints: [Double] = [],
  absoluteTolerance: Double = 0, relativeTolerance: Double = 1e-10,
  subdivisionLimit: Int = 1000,
  _ integrand: (Double) throws(SpecialFunctionError) -> Double
) throws(SpecialFunctionError) -> Integral {
  do {
    return try integral(
      from: start, to: end, breakPoints, absoluteTolerance, relativeTolerance, subdivisionLimit,
      integrand)
  } catch {
    throw error.error
  }
}

/// Returns the integral of a function that can throw an error of its own.
///
/// The first error that the integrand throws ends the integration and is thrown again;
/// the integrand is not called after it. All else is as without errors.
///
/// - Parameters:
///   - start: Where the range starts: finite, −∞ or +∞.
///   - end: Where it ends: finite, −∞ or +∞.
///   - breakPoints: Where the integrand has kinks, jumps, singularities or peaks.
///   - absoluteTolerance: The error that is small enough, at least 0.
///   - relativeTolerance: The error that is small enough, as a fraction of the integral.
///   - subdivisionLimit: The most subintervals of a piece between break points, 1 … 10⁶.
///   - integrand: The function.
/// - Returns: The value, an estimate of its error, and the work done.
/// - Throws: The integrand's own error, or `SpecialFunctionError`.
public func integrate<Failure: Error>(
  from start: Double, to end: Double, breakPoints: [Double] = [],
  absoluteTolerance: Double = 0, relativeTolerance: Double = 1e-10,
  subdivisionLimit: Int = 1000,
  _ integrand: (Double) throws(Failure) -> Double
) throws -> Integral {
  do {
    return try integral(
      from: start, to: end, breakPoints, absoluteTolerance, relativeTolerance, subdivisionLimit,
      integrand)
  } catch {
    throw error.anyError
  }
}

private func integral<Failure: Error>(
  from start: Double, to end: Double, _ breakPoints: [Double], _ absoluteTolerance: Double,
  _ relativeTolerance: Double, _ subdivisionLimit: Int,
  _ integrand: (Double) throws(Failure) -> Double
) throws(CallbackError<Failure>) -> Integral {
  let caller = "integrate"
  return try withCallback(for: caller, integrand) {
    (callback) throws(SpecialFunctionError) -> Integral in
    try checkRange(from: start, to: end, breakPoints)
    try checkTolerances(absoluteTolerance, relativeTolerance)
    guard (1...1_000_000).contains(subdivisionLimit) else {
      throw SpecialFunctionError(
        .badParameter, in: caller, argument: "subdivisionLimit", value: Double(subdivisionLimit),
        "subdivisionLimit is \(subdivisionLimit): it must be in 1 … 1000000")
    }
    guard start != end else {
      return Integral(value: 0, errorEstimate: 0, evaluationCount: 0, subdivisionCount: 0)
    }
    let range = QuadratureRange(
      from: min(start, end), to: max(start, end), breakPoints: breakPoints)
    let quadrature = AdaptiveQuadrature(
      caller: caller, pieces: range.pieces, sign: start < end ? 1 : -1,
      absoluteTolerance: absoluteTolerance, relativeTolerance: relativeTolerance,
      subdivisionLimit: subdivisionLimit)
    return try quadrature.integral(of: callback)
  }
}

private func checkRange(
  from start: Double, to end: Double, _ breakPoints: [Double]
) throws(SpecialFunctionError) {
  for (name, bound) in [("start", start), ("end", end)] where bound.isNaN {
    throw SpecialFunctionError(
      .notFinite, in: "integrate", argument: name, value: bound,
      "\(name) is nan: it must be a number, or an infinity")
  }
  let (lower, upper) = (min(start, end), max(start, end))
  for point in breakPoints where !point.isFinite {
    throw .notFinite("breakPoints", point, in: "integrate")
  }
  for point in breakPoints where !(point >= lower && point <= upper) {
    throw SpecialFunctionError(
      .badParameter, in: "integrate", argument: "breakPoints", value: point,
      "break point \(point) is outside the range from \(lower) to \(upper)")
  }
}

private func checkTolerances(
  _ absolute: Double, _ relative: Double
) throws(SpecialFunctionError) {
  for (name, value) in [("absoluteTolerance", absolute), ("relativeTolerance", relative)]
  where !(value >= 0 && value.isFinite) {
    throw SpecialFunctionError(
      .badParameter, in: "integrate", argument: name, value: value,
      "\(name) is \(value): it must be finite and at least 0")
  }
  guard absolute > 0 || relative >= 0x1p-46 else {
    throw SpecialFunctionError(
      .badParameter, in: "integrate", argument: "relativeTolerance", value: relative,
      """
      relativeTolerance is \(relative): it must be at least 1.5e-14, or absoluteTolerance \
      above 0
      """)
  }
}
