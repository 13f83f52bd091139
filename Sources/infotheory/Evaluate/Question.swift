import InformationTheory

/// A question's fields, decoded as the measure asks for them.
struct Question {
  /// Every field that some question has.
  static let knownFields =
    [
      "id", "measure", "p", "q", "normalize", "support", "pseudocount", "order", "unit",
      "positions",
      "distributions", "weights", "joint", "columns", "names", "given", "mean", "outcome",
      "outcomes",
      "values", "labels", "criterion",
    ]
    + Set(SpecialFunction.all.flatMap { $0.arguments.map(\.name) })
    .union(LossMeasure.allFields)
    .subtracting(["id", "measure", "p", "q", "order", "unit", "weights", "normalize"])

  private let fields: [String: JSONInput]
  let subject: Subject

  /// Checks that all fields are known.
  init(_ fields: [String: JSONInput]) throws {
    self.fields = fields
    for name in fields.keys.sorted() where !Self.knownFields.contains(name) {
      throw AnswerError(
        "unknown_field", argument: name,
        "there is no field \(quoted(name))\(nearestHint(for: name, among: Self.knownFields))")
    }
    guard let value = fields["measure"] else {
      throw AnswerError(
        "missing_field", argument: "measure", "the field \"measure\" is missing; name a measure")
    }
    guard case .text(let name) = value else {
      throw AnswerError(
        "wrong_type", argument: "measure", "measure is \(value.kind); it must be text")
    }
    guard let subject = Subject(name: name) else {
      let hint = nearestHint(for: name, among: Subject.names)
      throw AnswerError(
        "unknown_measure", argument: "measure", "there is no measure \(quoted(name))\(hint)")
    }
    self.subject = subject
    try demandUsefulFields()
  }

  /// Refuses fields that the measure does not look at, because whoever sends one
  /// expects it to matter.
  private func demandUsefulFields() throws {
    let useful = subject.fields
    for name in fields.keys.sorted() where !useful.contains(name) {
      throw AnswerError(
        "unexpected_field", argument: name,
        """
        \(subject.name) does not take the field \(quoted(name)); it takes \
        \(useful.sorted().filter { $0 != "id" && $0 != "measure" }.joined(separator: ", "))
        """)
    }
  }

  /// Whether a field is there.
  func has(_ name: String) -> Bool { fields[name] != nil }

  /// Whether "p" or "q" is text, which names a distribution; a probability may be text, too.
  var namesDistributions: Bool {
    if case .measure(.binaryEntropy) = subject { return false }
    return ["p", "q"].contains { if case .text = fields[$0] { true } else { false } }
  }

  /// The value of a field that must be there.
  func value(_ name: String) throws -> JSONInput {
    guard let value = fields[name] else {
      throw AnswerError(
        "missing_field", argument: name, "\(subject.name) needs the field \(quoted(name))")
    }
    return value
  }

  private func wrongType(
    _ name: String, _ value: JSONInput, _ expected: String, at label: String? = nil,
    index: Int? = nil
  ) -> AnswerError {
    AnswerError(
      "wrong_type", argument: name, index: index,
      "\(label ?? name) is \(value.kind); it must be \(expected)")
  }
}

// MARK: - Decoding

extension Question {
  /// A number, or text that spells one.
  func number(_ name: String) throws -> Double { try number(try value(name), name: name) }

  /// A number within a field, which messages call by a label.
  func number(
    _ value: JSONInput, name: String, at label: String? = nil, index: Int? = nil
  ) throws -> Double {
    switch value {
    case .integer(let integer): return Double(integer)
    case .number(let number): return number
    case .text(let text):
      guard let number = Double(text) else {
        throw AnswerError(
          "bad_number", argument: name, index: index,
          "\(label ?? name) is \(quoted(text)), which spells no number")
      }
      // The logits of an ignored row are not read, and the loss refuses NaN in any other.
      guard !number.isNaN || (name == "logits" && has("ignore_index")) else {
        throw AnswerError(
          "not_finite", argument: name, index: index,
          "\(label ?? name) is NaN, which is no number")
      }
      return number
    default: throw wrongType(name, value, "a number", at: label, index: index)
    }
  }

  /// An array of numbers.
  func numbers(_ name: String) throws -> [Double] {
    try numbers(try value(name), name: name, label: name)
  }

  /// An array of numbers within a field, which messages call by a label.
  func numbers(
    _ value: JSONInput, name: String, label: String, row: Int? = nil
  ) throws -> [Double] {
    switch value {
    case .numbers(let numbers): return numbers
    case .array(let elements):
      return try elements.enumerated().map { i, element in
        try number(element, name: name, at: "\(label)[\(i)]", index: row ?? i)
      }
    default: throw wrongType(name, value, "an array of numbers", at: label, index: row)
    }
  }

  /// The elements of an array.
  func elements(_ name: String, of what: String = "elements") throws -> [JSONInput] {
    let value = try value(name)
    guard let elements = value.elements else {
      throw wrongType(name, value, "an array of \(what)")
    }
    return elements
  }

  /// An array of arrays of numbers.
  func rows(_ name: String) throws -> [[Double]] {
    try elements(name, of: "arrays of numbers").enumerated().map { i, row in
      try numbers(row, name: name, label: "\(name)[\(i)]", row: i)
    }
  }

  /// A whole number.
  func integer(_ name: String) throws -> Int {
    try integer(try value(name), name: name, at: name)
  }

  /// A whole number within a field, which messages call by a label.
  func integer(
    _ value: JSONInput, name: String, at label: String, index: Int? = nil
  ) throws -> Int {
    let value = try number(value, name: name, at: label, index: index)
    guard let integer = Int(exactly: value) else {
      throw AnswerError(
        "bad_parameter", argument: name, index: index,
        "\(label) is \(value); it must be a whole number")
    }
    return integer
  }

  /// Text.
  func text(_ name: String) throws -> String {
    let value = try value(name)
    guard case .text(let text) = value else { throw wrongType(name, value, "text") }
    return text
  }

  /// An array of texts.
  func texts(_ name: String) throws -> [String] {
    try elements(name, of: "texts").enumerated().map { i, element in
      guard case .text(let text) = element else {
        throw wrongType(name, element, "text", at: "\(name)[\(i)]", index: i)
      }
      return text
    }
  }

  /// Text, or an array of texts.
  func textOrTexts(_ name: String) throws -> [String] {
    if case .text(let text) = try value(name) { return [text] }
    return try texts(name)
  }

  /// True or false; false where the field is not there.
  func flag(_ name: String) throws -> Bool {
    guard let value = fields[name] else { return false }
    guard case .bool(let flag) = value else { throw wrongType(name, value, "true or false") }
    return flag
  }

  /// One of a few words.
  func choice<Choice>(
    _ name: String, _ choices: KeyValuePairs<String, Choice>
  ) throws -> Choice {
    let word = try text(name)
    if let choice = choices.first(where: { $0.key == word }) { return choice.value }
    let known = choices.map(\.key)
    throw AnswerError(
      "bad_parameter", argument: name,
      """
      \(name) is \(quoted(word)); it must be one of \(known.joined(separator: ", "))\
      \(nearestHint(for: word, among: known))
      """)
  }
}
