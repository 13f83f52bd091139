private import CGSL

/// Returns a zero of a continuous function that has different signs at the ends of an interval.
///
/// By Brent's method as GSL has it, and then halvings until the ends of the bracket are
/// neighbouring doubles, or as near as the tolerance asks. If the function jumps over 0,
/// the root is where it jumps: look at the function's value in the result.
///
/// ```swift
/// let quartile = try findRoot(in: 0...10) { x in try errorFunction(x) - 0.5 }
/// quartile.value    // 0.4769362762044699
/// quartile.bracket  // two neighbouring doubles, or one where the function is 0
/// ```
///
/// - Parameters:
///   - bracket: The interval, of finite length.
///   - tolerance: The length of a bracket that is small enough; 0 asks for neighbouring
///     doubles.
///   - evaluationLimit: The most calls of the function, at least 5. The default is more
///     than a continuous function needs.
///   - function: The function.
/// - Returns: The root with its bracket. Where the function is exactly 0, also at an end,
///   that point is the bracket.
/// - Throws: `SpecialFunctionError`: `noBracket` where both ends have one sign,
///   `badFunctionValue` where the function is not finite, `notConverged`, `notFinite` and
///   `badParameter` for the arguments; and the function's own error.
/// - Accuracy: The bracket holds a change of the computed function's sign; the root is as
///   good as the function's sign next to it.
/// - Source: Brent (1973), Algorithms for Minimization without Derivatives, chapter 4.
public func findRoot(
  in bracket: ClosedRange<Double>, tolerance: Double = 0, evaluationLimit: Int = 1000,
  _ function: (Double) throws(SpecialFunctionError) -> Double
) throws(SpecialFunctionError) -> Root {
  do {
    return try root(in: bracket, tolerance, evaluationLimit, function)
  } catch {
    throw error.error
  }
}

/// Returns a zero of a function that can throw an error of its own.
///
/// The first error that the function throws ends the search and is thrown again. All
/// else is as without errors.
///
/// - Parameters:
///   - bracket: The interval, of finite length.
///   - tolerance: The length of a bracket that is small enough.
///   - evaluationLimit: The most calls of the function, at least 5.
///   - function: The function.
/// - Returns: The root with its bracket.
/// - Throws: The function's own error, or `SpecialFunctionError`.
public func findRoot<Failure: Error>(
  in bracket: ClosedRange<Double>, tolerance: Double = 0, evaluationLimit: Int = 1000,
  _ function: (Double) throws(Failure) -> Double
) throws -> Root {
  do {
    return try root(in: bracket, tolerance, evaluationLimit, function)
  } catch {
    throw error.anyError
  }
}

private func root<Failure: Error>(
  in bracket: ClosedRange<Double>, _ tolerance: Double, _ evaluationLimit: Int,
  _ function: (Double) throws(Failure) -> Double
) throws(CallbackError<Failure>) -> Root {
  try withCallback(for: "findRoot", function) {
    (callback) throws(SpecialFunctionError) -> Root in
    try checkSearch(
      in: bracket, named: "bracket", tolerance: tolerance, evaluationLimit: evaluationLimit,
      for: "findRoot")
    var search = try RootSearch(
      callback, in: bracket, tolerance: tolerance, evaluationLimit: evaluationLimit)
    try search.approach()
    return try search.finish()
  }
}

/// A bracket that shrinks, with the function at its ends.
private struct RootSearch {
  private let callback: Callback
  private let tolerance: Double
  private let evaluationLimit: Int
  private var lower: (x: Double, y: Double)
  private var upper: (x: Double, y: Double)

  /// Calls the function at both ends.
  init(
    _ callback: Callback, in bracket: ClosedRange<Double>, tolerance: Double, evaluationLimit: Int
  ) throws(SpecialFunctionError) {
    self.callback = callback
    self.tolerance = tolerance
    self.evaluationLimit = evaluationLimit
    let (a, b) = (bracket.lowerBound, bracket.upperBound)
    lower = (a, callback.value(at: a))
    upper = lower.y == 0 ? lower : (b, callback.value(at: b))
    if upper.y == 0 { lower = upper }
    guard lower.y == 0 || (lower.y < 0) != (upper.y < 0) else {
      throw SpecialFunctionError(
        .noBracket, in: "findRoot", argument: "bracket", value: a,
        """
        the function is \(lower.y) at \(a) and \(upper.y) at \(b): give an interval at whose \
        ends it has different signs
        """)
    }
  }

  /// Whether the bracket is small enough.
  private var isDone: Bool {
    lower.x.nextUp >= upper.x || upper.x - lower.x <= tolerance || callback.hasFailed
  }

  /// Takes the point into the bracket, at the end where the function has its sign.
  private mutating func take(_ x: Double, _ y: Double) {
    guard x > lower.x && x < upper.x else { return }
    if y == 0 {
      (lower, upper) = ((x, y), (x, y))
    } else if (y < 0) == (lower.y < 0) {
      lower = (x, y)
    } else {
      upper = (x, y)
    }
  }

  /// Narrows the bracket by Brent's method until it is some ulps wide, or does not
  /// become narrower quickly.
  mutating func approach() throws(SpecialFunctionError) {
    guard !isDone else { return }
    guard let solver = unsafe gsl_brent_root_alloc() else {
      throw SpecialFunctionError(.library, in: "findRoot", "GSL has no memory for a root finder")
    }
    defer { unsafe gsl_root_fsolver_free(solver) }
    let status = unsafe callback.withGSLFunction { function in
      var status = unsafe gsl_root_fsolver_set(solver, function, lower.x, upper.x)
      var steps = 0
      while status == GSL_SUCCESS && steps < 60 && !isNarrow {
        let count = callback.evaluationCount
        status = unsafe gsl_root_fsolver_iterate(solver)
        guard callback.evaluationCount > count else { break }
        take(callback.lastPoint.x, callback.lastPoint.y)
        steps += 1
      }
      return status
    }
    guard status == GSL_SUCCESS || callback.hasFailed else {
      throw SpecialFunctionError(.library, in: "findRoot", "GSL failed: \(GSL.text(of: status))")
    }
  }

  /// Whether Brent's method has nothing more to do, or may not.
  private var isNarrow: Bool {
    let magnitude = max(lower.x.magnitude, upper.x.magnitude)
    return isDone || upper.x - lower.x <= 0x1p-51 * magnitude
      || callback.evaluationCount >= evaluationLimit
  }

  /// Halves the bracket, by the number of doubles in it, so that 64 calls are enough
  /// for any bracket.
  mutating func finish() throws(SpecialFunctionError) -> Root {
    while !isDone {
      guard callback.evaluationCount < evaluationLimit else {
        throw searchNotConverged(
          from: lower.x, to: upper.x, evaluationLimit: evaluationLimit, for: "findRoot")
      }
      let (a, b) = (lower.x.ordinal, upper.x.ordinal)
      let middle = Double(ordinal: (a & b) + ((a ^ b) >> 1))
      take(middle, callback.value(at: middle))
    }
    let best = lower.y.magnitude <= upper.y.magnitude ? lower : upper
    return Root(
      value: best.x + 0, functionValue: best.y + 0, bracket: lower.x + 0...upper.x + 0,
      evaluationCount: callback.evaluationCount)
  }
}

extension Double {
  /// The place of a finite double among all doubles; both zeros have place 0.
  fileprivate var ordinal: Int64 {
    let bits = Int64(bitPattern: bitPattern)
    return bits < 0 ? Int64.min - bits : bits
  }

  /// Makes the double at a place.
  fileprivate init(ordinal: Int64) {
    self.init(bitPattern: UInt64(bitPattern: ordinal < 0 ? Int64.min - ordinal : ordinal))
  }
}
