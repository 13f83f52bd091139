private import CGSL

/// The wall around GSL, whose error handler is off, so that a status becomes an error.
enum GSL {
  /// Switches off GSL's handler, which ends the process at the first error.
  ///
  /// It does so at an underflow too. The handler is one pointer for the whole process;
  /// it is set once, before any other call of GSL.
  static let handlerIsOff: Void = { _ = unsafe gsl_set_error_handler_off() }()

  /// Returns what GSL says of a status.
  ///
  /// - Parameter status: A status that a function of GSL returned.
  /// - Returns: GSL's words.
  static func text(of status: Int32) -> String {
    guard let text = unsafe gsl_strerror(status) else { return "status \(status)" }
    return unsafe String(cString: text)
  }
}
