import CGSL

/// A function of the user's in the form that GSL calls.
///
/// Nothing may be thrown through GSL's frames, so the first failure is kept here. From
/// then on the function is no longer called and GSL sees zeros, with which it ends soon.
final class Callback {
  /// How often the function was called.
  private(set) var evaluationCount = 0
  /// Where the function was called last, and its value there.
  private(set) var lastPoint = (x: 0.0, y: 0.0)
  /// Whether the function has failed.
  private(set) var hasFailed = false
  /// What was wrong with the function's value, unless it threw.
  private(set) var fault: SpecialFunctionError?
  /// GSL's variable u stands for the argument offset + scale·u.
  var substitution = (offset: 0.0, scale: 1.0)

  private let caller: String
  private let function: (Double) -> Double?

  /// Makes a callback of a function that returns nil where it failed.
  ///
  /// - Parameters:
  ///   - caller: The name of the function that the user called.
  ///   - function: The user's function.
  init(for caller: String, _ function: @escaping (Double) -> Double?) {
    self.caller = caller
    self.function = function
  }

  /// Returns the function's value at a point, or 0 once it has failed.
  func value(at x: Double) -> Double {
    guard !hasFailed else { return 0 }
    guard x.isFinite else {
      return fail(
        SpecialFunctionError(
          .notConverged, in: caller, argument: "x", value: x,
          "the search went beyond the largest double: the integral seems to diverge"))
    }
    evaluationCount += 1
    guard let value = function(x) else { return fail(nil) }
    guard value.isFinite else {
      return fail(
        SpecialFunctionError(
          .badFunctionValue, in: caller, argument: "x", value: x,
          "the function is \(value) at x = \(x): it must be finite where it is called"))
    }
    lastPoint = (x, value)
    return value
  }

  private func fail(_ error: SpecialFunctionError?) -> Double {
    hasFailed = true
    fault = error
    return 0
  }

  /// Calls a body with the function as GSL wants it.
  ///
  /// The pointer is good, also where GSL keeps it, until the body returns.
  func withGSLFunction<Result>(
    _ body: (UnsafeMutablePointer<gsl_function>) -> Result
  ) -> Result {
    var function = unsafe gsl_function(
      function: { u, context in
        guard let context = unsafe context else { return 0 }
        let callback = unsafe Unmanaged<Callback>.fromOpaque(context).takeUnretainedValue()
        let (offset, scale) = callback.substitution
        return scale.magnitude * callback.value(at: offset + scale * u)
      },
      params: Unmanaged.passUnretained(self).toOpaque())
    return withExtendedLifetime(self) {
      unsafe withUnsafeMutablePointer(to: &function) { unsafe body($0) }
    }
  }
}

/// A failure of the user's function, or ours.
enum CallbackError<Failure: Error>: Error {
  case thrown(Failure)
  case own(SpecialFunctionError)

  /// Either error, for a function that can throw any.
  var anyError: any Error {
    switch self {
    case .thrown(let error): error
    case .own(let error): error
    }
  }
}

extension CallbackError<SpecialFunctionError> {
  /// Either error, which are of one type here.
  var error: SpecialFunctionError {
    switch self {
    case .thrown(let error), .own(let error): error
    }
  }
}

/// Calls a body with a function of the user's as a callback; the function's first
/// failure goes before anything that the body then throws.
func withCallback<Failure: Error, Value>(
  for caller: String, _ function: (Double) throws(Failure) -> Double,
  _ body: (Callback) throws(SpecialFunctionError) -> Value
) throws(CallbackError<Failure>) -> Value {
  _ = GSL.handlerIsOff
  var thrown: Failure?
  var fault: SpecialFunctionError?
  let result = withoutActuallyEscaping(function) { function in
    let callback = Callback(for: caller) { x in
      do throws(Failure) {
        return try function(x)
      } catch {
        thrown = error
        return nil
      }
    }
    let result = Result { () throws(SpecialFunctionError) in try body(callback) }
    fault = callback.fault
    return result
  }
  if let thrown { throw .thrown(thrown) }
  if let fault { throw .own(fault) }
  do {
    return try result.get()
  } catch {
    throw .own(error)
  }
}
