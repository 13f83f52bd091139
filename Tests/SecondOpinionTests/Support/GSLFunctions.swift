import CGSL
import Testing

/// What a function of GSL answers: its status, and the value it wrote.
struct GSLAnswer: Sendable, CustomStringConvertible {
  let status: Int32
  let value: Double
  /// GSL's own estimate of the error.
  let error: Double

  var description: String { "\(value) ± \(error) with status \(status)" }
}

/// A status of GSL that is not 0.
struct GSLFailure: Error {
  let status: Int32
}

/// GSL as it is, beside our wrappers: its special functions and its quadrature.
enum GSLLibrary {
  /// The wrappers do the same, but a test may run before any of them.
  private static let handlerIsOff: Void = { _ = unsafe gsl_set_error_handler_off() }()

  /// Calls an `_e` function.
  static func answer(
    _ call: (inout gsl_sf_result) -> Int32
  ) -> GSLAnswer {
    _ = handlerIsOff
    var result = gsl_sf_result()
    let status = call(&result)
    return GSLAnswer(status: status, value: result.val, error: result.err)
  }

  /// The value of an `_e` function, if it has status 0.
  static func value(_ call: (inout gsl_sf_result) -> Int32) throws(GSLFailure) -> Double {
    let answer = answer(call)
    guard answer.status == GSL_SUCCESS else { throw GSLFailure(status: answer.status) }
    return answer.value
  }

  /// log x, for which `spec/accuracy.md` measured 1.7e-16.
  static func log(_ x: Double) throws -> Double { try value { unsafe gsl_sf_log_e(x, &$0) } }

  /// log(1 + x), for which it measured 1.7e-16.
  static func log1p(_ x: Double) throws -> Double {
    try value { unsafe gsl_sf_log_1plusx_e(x, &$0) }
  }

  /// eˣ, for which it measured 1.7e-16 beside the rounding of x.
  static func exp(_ x: Double) throws -> Double { try value { unsafe gsl_sf_exp_e(x, &$0) } }

  /// log(1 + u) − u, for which it measured 5.1e-16.
  static func log1pmx(_ u: Double) throws -> Double {
    try value { unsafe gsl_sf_log_1plusx_mx_e(u, &$0) }
  }

  /// (eˣ − 1)/x, for which it measured 5e-15.
  static func exprel(_ x: Double) throws -> Double { try value { unsafe gsl_sf_exprel_e(x, &$0) } }

  /// lnΓ(x), for which it measured 4e-13 for x > 0.
  static func lngamma(_ x: Double) throws -> Double {
    try value { unsafe gsl_sf_lngamma_e(x, &$0) }
  }

  /// The integral of a function between two points, by CQUAD, which none of our
  /// wrappers uses, to a relative 1e-11.
  static func integral(
    from start: Double, to end: Double, _ function: @escaping (Double) -> Double
  ) throws -> Double {
    _ = handlerIsOff
    let box = Box(function)
    guard let workspace = unsafe gsl_integration_cquad_workspace_alloc(200) else {
      throw GSLFailure(status: Int32(GSL_ENOMEM))
    }
    defer { unsafe gsl_integration_cquad_workspace_free(workspace) }
    var (value, status) = (0.0, Int32(0))
    withExtendedLifetime(box) {
      var integrand = unsafe gsl_function(
        function: { x, context in
          guard let context = unsafe context else { return .nan }
          return unsafe Unmanaged<Box>.fromOpaque(context).takeUnretainedValue().function(x)
        },
        params: Unmanaged.passUnretained(box).toOpaque())
      status = unsafe gsl_integration_cquad(
        &integrand, start, end, 0, 1e-11, workspace, &value, nil, nil)
    }
    guard status == GSL_SUCCESS else { throw GSLFailure(status: status) }
    return value
  }

  private final class Box {
    let function: (Double) -> Double
    init(_ function: @escaping (Double) -> Double) { self.function = function }
  }
}

/// Expects two numbers to differ by no more than the bounds; NaN fails.
func expect(
  _ value: Double, near other: Double, relative: Double, absolute: Double = 0,
  _ comment: String = "", at location: SourceLocation = #_sourceLocation
) {
  let difference = (value - other).magnitude
  #expect(
    difference <= relative * other.magnitude + absolute,
    "\(comment) \(value) is not near \(other): \(difference / other.magnitude)",
    sourceLocation: location)
}
