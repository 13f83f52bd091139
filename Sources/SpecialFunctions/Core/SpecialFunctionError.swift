/// Why a special function, an integral or a root could not be computed.
///
/// ```swift
/// do {
///   _ = try digamma(-3)
/// } catch {
///   error.code      // .pole
///   error.argument  // "x"
///   error.value     // -3.0
///   print(error)    // digamma: x is -3.0, a pole; …
/// }
/// ```
public struct SpecialFunctionError: Error, Hashable, Sendable {
  /// The kind of fault, of which any release may add more.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The code's name in snake case, as the command-line tool prints it.
    public let description: String

    private init(_ name: String) { description = name }

    /// An argument lies outside the function's domain.
    public static let domain = Code("domain")
    /// The function has a pole at the argument, or no limit there.
    public static let pole = Code("pole")
    /// An argument is NaN, or infinite where the function has no limit.
    public static let notFinite = Code("not_finite")
    /// The value is finite and beyond the largest double.
    public static let overflow = Code("overflow")
    /// An iteration ended before it reached the accuracy asked for.
    public static let notConverged = Code("not_converged")
    /// An interval does not bracket what is looked for.
    public static let noBracket = Code("no_bracket")
    /// A tolerance, limit or count is out of its range.
    public static let badParameter = Code("bad_parameter")
    /// The function given returned NaN or an infinity.
    public static let badFunctionValue = Code("bad_function_value")
    /// GSL reported a fault of its own.
    public static let library = Code("library")
  }

  /// The kind of fault.
  public let code: Code
  /// The function that was called.
  public let function: String
  /// The argument at fault, by the name that the function gives it.
  public let argument: String?
  /// The value of the argument at fault.
  public let value: Double?
  /// A sentence for people: what, where, the value, and what to do.
  public let message: String
  /// What an integral had reached when it was given up, under `notConverged`.
  public let reached: Integral?

  package init(
    _ code: Code, in function: String, argument: String? = nil, value: Double? = nil,
    _ message: String, reached: Integral? = nil
  ) {
    self.code = code
    self.function = function
    self.argument = argument
    self.value = value
    self.message = message
    self.reached = reached
  }
}

extension SpecialFunctionError: CustomStringConvertible {
  /// The function's name and the message.
  public var description: String { "\(function): \(message)" }
}

extension SpecialFunctionError {
  /// NaN given, or an infinity where there is no limit.
  static func notFinite(
    _ argument: String, _ value: Double, in function: String
  ) -> SpecialFunctionError {
    SpecialFunctionError(
      .notFinite, in: function, argument: argument, value: value,
      "\(argument) is \(value): it must be a finite number")
  }

  /// An argument outside the domain, which is given in words.
  static func domain(
    _ argument: String, _ value: Double, in function: String, _ domain: String
  ) -> SpecialFunctionError {
    SpecialFunctionError(
      .domain, in: function, argument: argument, value: value,
      "\(argument) is \(value): it must be \(domain)")
  }

  /// A pole of the function.
  static func pole(
    _ argument: String, _ value: Double, in function: String, _ poles: String
  ) -> SpecialFunctionError {
    SpecialFunctionError(
      .pole, in: function, argument: argument, value: value,
      "\(argument) is \(value), a pole; the poles are \(poles)")
  }

  /// A value beyond the largest double.
  static func overflow(
    _ argument: String, _ value: Double, in function: String
  ) -> SpecialFunctionError {
    SpecialFunctionError(
      .overflow, in: function, argument: argument, value: value,
      "the value at \(argument) = \(value) is beyond the largest double")
  }
}
