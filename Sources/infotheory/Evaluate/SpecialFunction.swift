import SpecialFunctions

/// A special function that `evaluate` can be asked for.
struct SpecialFunction: Sendable {
  /// What a function takes.
  struct Argument: Equatable {
    let name: String
    /// Whether only a whole number will do.
    let isWhole: Bool
    /// What it is where a question says nothing.
    let standard: Double?

    static func real(_ name: String) -> Argument {
      Argument(name: name, isWhole: false, standard: nil)
    }

    static func whole(_ name: String, standard: Double? = nil) -> Argument {
      Argument(name: name, isWhole: true, standard: standard)
    }
  }

  let name: String
  let arguments: [Argument]
  /// Calls the function with its arguments in order; whole numbers are whole.
  let value: @Sendable ([Double]) throws(SpecialFunctionError) -> Double

  /// A function of one number.
  init(
    _ name: String, _ argument: String,
    _ function: @escaping @Sendable (Double) throws(SpecialFunctionError) -> Double
  ) {
    self.init(name, [.real(argument)]) { x throws(SpecialFunctionError) in try function(x[0]) }
  }

  /// A function of two numbers.
  init(
    _ name: String, _ first: String, _ second: String,
    _ function: @escaping @Sendable (Double, Double) throws(SpecialFunctionError) -> Double
  ) {
    self.init(name, [.real(first), .real(second)]) { x throws(SpecialFunctionError) in
      try function(x[0], x[1])
    }
  }

  /// A function of three numbers.
  init(
    _ name: String, _ first: String, _ second: String, _ third: String,
    _ function: @escaping @Sendable (Double, Double, Double) throws(SpecialFunctionError) -> Double
  ) {
    self.init(
      name, [.real(first), .real(second), .real(third)]
    ) { x throws(SpecialFunctionError) in
      try function(x[0], x[1], x[2])
    }
  }

  /// A function of a whole number and another.
  init(
    _ name: String, whole: String, standard: Double? = nil, _ second: String,
    _ function: @escaping @Sendable (Int, Double) throws(SpecialFunctionError) -> Double
  ) {
    self.init(
      name, [.whole(whole, standard: standard), .real(second)]
    ) { x throws(SpecialFunctionError) in
      try function(Int(x[0]), x[1])
    }
  }

  private init(
    _ name: String, _ arguments: [Argument],
    _ value: @escaping @Sendable ([Double]) throws(SpecialFunctionError) -> Double
  ) {
    (self.name, self.arguments, self.value) = (name, arguments, value)
  }
}

extension SpecialFunction {
  /// The fields that a question for it may have.
  var fields: Set<String> { Set(["id", "measure", "unit"] + arguments.map(\.name)) }

  /// Calls the function with the arguments that a question gives.
  func answer(_ question: Question) throws -> Double {
    let values = try arguments.map { argument in
      if let standard = argument.standard, !question.has(argument.name) { return standard }
      return argument.isWhole
        ? Double(try question.integer(argument.name)) : try question.number(argument.name)
    }
    return try value(values)
  }
}
