import InformationTheory
import ReferenceOracle

/// What a question is answered with where every number must be proven.
struct CertifiedAnswer {
  private let object: JSONTree

  /// The fields of the answer.
  var fields: [(String, JSONTree)] {
    if case .object(let fields) = object { fields } else { [] }
  }

  /// One number, whose parts are fields of the answer, with a gradient if asked for.
  init(_ number: Certified, gradient: JSONTree? = nil, unit: InformationUnit? = nil) {
    var fields = Self.parts(of: number)
    if let gradient { fields.append(("gradient", gradient)) }
    if let unit { fields.append(("unit", .text(unit.rawValue))) }
    object = .object(fields)
  }

  /// Numbers in the shape of the question's, each an object, with a gradient if asked for.
  init(values: JSONTree, gradient: JSONTree?) {
    var fields = [("value", values)]
    if let gradient { fields.append(("gradient", gradient)) }
    object = .object(fields)
  }

  private static func parts(of number: Certified) -> [(String, JSONTree)] {
    var parts: [(String, JSONTree)] = [
      ("value", .number(number.value)), ("lower", .text(number.lower)),
      ("upper", .text(number.upper)), ("decimal", .text(number.decimal)),
    ]
    // Said only where it is not so, which is rare.
    if !number.isCorrectlyRounded {
      parts.append(("proven", .text("only that it lies between lower and upper")))
    }
    return parts
  }

  /// Numbers as objects in arrays within arrays.
  static func nested(_ numbers: ArraySlice<Certified>, shape: ArraySlice<Int>) -> JSONTree {
    guard let size = shape.first else {
      return numbers.first.map { .object(parts(of: $0)) } ?? .null
    }
    guard size > 0 else { return .array([]) }
    let step = numbers.count / size
    return .array(
      (0..<size).map { i in
        let start = numbers.startIndex + i * step
        return nested(numbers[start..<start + step], shape: shape.dropFirst())
      })
  }

  /// Calls the oracle for a question.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - unit: The unit it asks for.
  /// - Throws: ``AnswerError`` for what is wrong or not certified; the library's errors.
  init(_ question: Question, unit: InformationUnit) throws {
    switch question.subject {
    case .measure(let measure): self = try CertifiedMeasure(question, measure, unit).answer()
    case .loss(let measure):
      guard unit == .nats else {
        throw AnswerError("bad_parameter", argument: "unit", "losses are in nats")
      }
      let isFloat =
        question.has("dtype")
        ? try question.choice("dtype", ["float64": false, "float32": true]) : false
      self =
        isFloat
        ? try LossQuestion<Float>(question, measure).certifiedAnswer()
        : try LossQuestion<Double>(question, measure).certifiedAnswer()
    case .function(let function): throw AnswerError(notCertified: function.name)
    }
  }
}

extension AnswerError {
  /// Refuses what has no certified form.
  init(notCertified name: String) {
    self.init(
      "not_certified", argument: "measure",
      """
      \(name) is not certified; everything is but best_threshold and the special functions
      """)
  }

  /// Refuses a field whose effect is not certified.
  init(notCertified field: String, of name: String) {
    self.init(
      "not_certified", argument: field,
      "\(name) with the field \"\(field)\" is not certified; ask without --certified")
  }
}
