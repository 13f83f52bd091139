private import CGSL

/// Returns the minimum of a unimodal function on an interval.
///
/// By Brent's method as GSL has it: parabolas and golden sections, after golden sections
/// have found a point that is lower than both ends. A unimodal function falls, and then
/// rises, or does one of both all the way. Of another function the result is some local
/// minimum, or an end.
///
/// ```swift
/// let lowest = try findMinimum(in: 1...2) { x in try logGamma(x) }
/// lowest.location  // 1.461632, half of the digits
/// lowest.value     // −0.12148629053584961, all of them
/// ```
///
/// - Parameters:
///   - interval: Where to look, of finite length.
///   - start: A point of the interval where the function is low, if one is known.
///   - tolerance: The length of a bracket that is small enough. Anyhow enough are 6e-8
///     of the location and 1e-15 of the interval's length.
///   - evaluationLimit: The most calls of the function, at least 5.
///   - function: The function.
/// - Returns: The lowest point that was found, and the bracket around it. The lower end
///   of the interval where the function is constant.
/// - Throws: `SpecialFunctionError`: `badFunctionValue` where the function is not finite,
///   `notConverged`, `notFinite` and `badParameter` for the arguments; and the function's
///   own error.
/// - Accuracy: The location is good to about 6e-8 of itself, the root of the rounding,
///   within which a smooth function is flat; and so its value is good to rounding.
/// - Source: Brent (1973), Algorithms for Minimization without Derivatives, chapter 5.
public func findMinimum(
  in interval: ClosedRange<Double>, startingAt start: Double? = nil, tolerance: Double = 0,
  evaluationLimit: Int = 1000,
  _ function: (Double) throws(SpecialFunctionError) -> Double
) throws(SpecialFunctionError) -> Minimum {
  do {
    return try minimum(in: interval, start, tolerance, evaluationLimit, function)
  } catch {
    throw error.error
  }
}

/// Returns the minimum of a function that can throw an error of its own.
///
/// The first error that the function throws ends the search and is thrown again. All
/// else is as without errors.
///
/// - Parameters:
///   - interval: Where to look, of finite length.
///   - start: A point of the interval where the function is low, if one is known.
///   - tolerance: The length of a bracket that is small enough.
///   - evaluationLimit: The most calls of the function, at least 5.
///   - function: The function.
/// - Returns: The lowest point that was found, and the bracket around it.
/// - Throws: The function's own error, or `SpecialFunctionError`.
public func findMinimum<Failure: Error>(
  in interval: ClosedRange<Double>, startingAt start: Double? = nil, tolerance: Double = 0,
  evaluationLimit: Int = 1000,
  _ function: (Double) throws(Failure) -> Double
) throws -> Minimum {
  do {
    return try minimum(in: interval, start, tolerance, evaluationLimit, function)
  } catch {
    throw error.anyError
  }
}

private func minimum<Failure: Error>(
  in interval: ClosedRange<Double>, _ start: Double?, _ tolerance: Double,
  _ evaluationLimit: Int, _ function: (Double) throws(Failure) -> Double
) throws(CallbackError<Failure>) -> Minimum {
  try withCallback(for: "findMinimum", function) {
    (callback) throws(SpecialFunctionError) -> Minimum in
    try checkSearch(
      in: interval, named: "interval", tolerance: tolerance, evaluationLimit: evaluationLimit,
      for: "findMinimum")
    if let start, !interval.contains(start) {
      throw SpecialFunctionError(
        .badParameter, in: "findMinimum", argument: "start", value: start,
        "start is \(start): it must be in the interval \(interval)")
    }
    var search = MinimumSearch(
      callback, in: interval, from: start, tolerance: tolerance,
      evaluationLimit: evaluationLimit)
    search.enclose()
    try search.descend()
    return try search.result()
  }
}

/// A bracket that shrinks around the lowest point so far.
private struct MinimumSearch {
  private typealias Point = (x: Double, y: Double)

  private let callback: Callback
  private let tolerance: Double
  private let evaluationLimit: Int
  private var lower: Point
  private var upper: Point
  private var lowest: Point

  /// Calls the function at both ends and at a point between them.
  init(
    _ callback: Callback, in interval: ClosedRange<Double>, from start: Double?,
    tolerance: Double, evaluationLimit: Int
  ) {
    self.callback = callback
    let (a, b) = (interval.lowerBound, interval.upperBound)
    // A location of 0 has no ulp to go by.
    self.tolerance = max(tolerance, 0x1p-50 * (b - a))
    self.evaluationLimit = evaluationLimit
    lower = (a, callback.value(at: a))
    upper = (b, callback.value(at: b))
    lowest = lower
    // An end is no point between the ends.
    let inner = start.flatMap { $0 > a && $0 < b ? $0 : nil }
    lowest = point(inner ?? goldenSection)
  }

  /// The point that divides the bracket in the golden ratio.
  private var goldenSection: Double { lower.x + 0.381966011250105 * (upper.x - lower.x) }

  private func point(_ x: Double) -> Point { (x, callback.value(at: x)) }

  /// Whether the bracket is as small as was asked for, or as rounding allows: Brent's
  /// steps are not shorter than the root of the smallest change of the location.
  private var isDone: Bool {
    callback.hasFailed
      || upper.x - lower.x <= max(tolerance, 0x1p-24 * lowest.x.magnitude)
  }

  private var mayCall: Bool { callback.evaluationCount < evaluationLimit }

  /// Golden sections towards the lower end of the two, until a point is below both.
  mutating func enclose() {
    while !isDone && mayCall && !(lowest.y < lower.y && lowest.y < upper.y) {
      if lower.y <= upper.y { upper = lowest } else { lower = lowest }
      lowest = point(goldenSection)
    }
  }

  /// Brent's method.
  mutating func descend() throws(SpecialFunctionError) {
    guard !isDone && mayCall else { return }
    guard let minimizer = unsafe gsl_brent_minimum_alloc() else {
      throw SpecialFunctionError(.library, in: "findMinimum", "GSL has no memory for a minimizer")
    }
    defer { unsafe gsl_min_fminimizer_free(minimizer) }
    let status = unsafe callback.withGSLFunction { function in
      var status = unsafe gsl_min_fminimizer_set_with_values(
        minimizer, function, lowest.x, lowest.y, lower.x, lower.y, upper.x, upper.y)
      while status == GSL_SUCCESS && !isDone && mayCall {
        status = unsafe gsl_min_fminimizer_iterate(minimizer)
        unsafe lower = (
          gsl_min_fminimizer_x_lower(minimizer), gsl_min_fminimizer_f_lower(minimizer)
        )
        unsafe upper = (
          gsl_min_fminimizer_x_upper(minimizer), gsl_min_fminimizer_f_upper(minimizer)
        )
        unsafe lowest = (
          gsl_min_fminimizer_x_minimum(minimizer), gsl_min_fminimizer_f_minimum(minimizer)
        )
      }
      return status
    }
    guard status == GSL_SUCCESS || callback.hasFailed else {
      throw SpecialFunctionError(
        .library, in: "findMinimum", "GSL failed: \(GSL.text(of: status))")
    }
  }

  /// The lowest point, which can be an end.
  func result() throws(SpecialFunctionError) -> Minimum {
    guard isDone else {
      throw searchNotConverged(
        from: lower.x, to: upper.x, evaluationLimit: evaluationLimit, for: "findMinimum")
    }
    var best = lower
    if lowest.y < best.y { best = lowest }
    if upper.y < best.y { best = upper }
    return Minimum(
      location: best.x + 0, value: best.y + 0, bracket: lower.x + 0...upper.x + 0,
      evaluationCount: callback.evaluationCount)
  }
}
