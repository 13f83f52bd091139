import InformationTheory

/// The joint distribution that a question gives: a table of masses, or columns of labels.
struct JointTable {
  private let question: Question
  private let measure: Measure

  init(_ question: Question, measure: Measure) {
    (self.question, self.measure) = (question, measure)
  }

  /// Calls the library.
  func distribution() throws -> JointDistribution {
    guard question.has("joint") != question.has("columns") else {
      throw AnswerError(
        question.has("joint") ? "unexpected_field" : "missing_field", argument: "joint",
        """
        \(measure.rawValue) takes either "joint", a table of masses, or "columns", a list of \
        labels for each variable
        """)
    }
    return question.has("columns") ? try fromColumns() : try fromTable()
  }

  /// The variables' names: those given, x, y and z for up to three, or x1, x2 and so on.
  private func names(count: Int) throws -> [String] {
    guard question.has("names") else {
      return count <= 3 ? Array(["x", "y", "z"].prefix(count)) : (1...count).map { "x\($0)" }
    }
    let names = try question.texts("names")
    guard names.count == count, Set(names).count == count, !names.contains("") else {
      throw AnswerError(
        "bad_names", argument: "names",
        "names must be \(counted(count, "different text")), one for each variable")
    }
    return names
  }
}

// MARK: - Tables

extension JointTable {
  private func fromTable() throws -> JointDistribution {
    var table = NestedTable()
    try table.append(try question.value("joint"), at: "joint", depth: 0, of: question)
    let (shape, cells) = (table.shape, table.cells)
    let names = try names(count: shape.count)
    if measure == .adjustedMutualInformation {
      return try JointDistribution(
        counts: try counts(cells, shape: shape), shape: shape, names: names)
    }
    return try isNormalizing(cells, shape: shape)
      ? try JointDistribution(normalizing: cells, shape: shape, names: names)
      : try JointDistribution(cells, shape: shape, names: names)
  }

  /// Whether to divide by the sum; throws errors that name the place in the table,
  /// if the cells are no masses.
  private func isNormalizing(_ cells: [Double], shape: [Int]) throws -> Bool {
    let isNormalizing = try question.flag("normalize")
    do {
      _ = try Question.distribution(cells, normalizing: isNormalizing, argument: "joint")
    } catch let error as AnswerError {
      guard let index = error.index, error.message.hasPrefix("joint[\(index)]") else {
        throw error
      }
      let rest = error.message.dropFirst("joint[\(index)]".count)
      throw AnswerError(
        error.code, argument: "joint", index: index, Self.place(index, shape: shape) + rest)
    }
    return isNormalizing
  }

  private func counts(_ cells: [Double], shape: [Int]) throws -> [Int] {
    try cells.enumerated().map { i, cell in
      guard let count = Int(exactly: cell), count >= 0 else {
        throw AnswerError(
          cell < 0 ? "negative_mass" : "not_counts", argument: "joint", index: i,
          """
          \(Self.place(i, shape: shape)) is \(cell); \(measure.rawValue) is of counts, which are \
          whole numbers from 0
          """)
      }
      return count
    }
  }

  /// Where a cell stands: `"joint[1][0]"`.
  private static func place(_ index: Int, shape: [Int]) -> String {
    var (rest, indices) = (index, [Int]())
    for size in shape.reversed() {
      indices.append(rest % size)
      rest /= size
    }
    return "joint" + indices.reversed().map { "[\($0)]" }.joined()
  }
}

// MARK: - Columns

extension JointTable {
  private func fromColumns() throws -> JointDistribution {
    guard !question.has("normalize") else {
      throw AnswerError(
        "unexpected_field", argument: "normalize",
        "columns of labels are counted, and need no \"normalize\"; it goes with \"joint\"")
    }
    let columns = try question.elements("columns")
    let names = try names(count: columns.count)
    return try JointDistribution(
      columns: columns.enumerated().map { i, column in
        if case .numbers(let numbers) = column { return try LabelColumn(names[i], numbers) }
        return try LabelColumn(names[i], try labels(column, column: i))
      })
  }

  private func labels(_ column: JSONInput, column i: Int) throws -> [String] {
    guard let elements = column.elements else {
      throw AnswerError(
        "wrong_type", argument: "columns", index: i,
        "columns[\(i)] is \(column.kind); it must be an array of labels")
    }
    return try elements.enumerated().map { j, element in
      let label = "columns[\(i)][\(j)]"
      guard element.kind == elements[0].kind else {
        throw AnswerError(
          "wrong_type", argument: "columns", index: i,
          """
          \(label) is \(element.kind), and columns[\(i)][0] is \(elements[0].kind); labels of a \
          column must be of one kind
          """)
      }
      return try Self.label(element, at: label, field: "columns", index: i)
    }
  }

  /// The text of a label, as the library writes it.
  static func label(
    _ value: JSONInput, at label: String, field: String, index: Int
  ) throws -> String {
    switch value {
    case .text(let text): return text
    case .bool(let bool): return "\(bool)"
    case .integer(let integer): return "\(Double(integer))"
    case .number(let number): return "\(number)"
    default:
      throw AnswerError(
        "wrong_type", argument: field, index: index,
        """
        \(label) is \(value.kind); a label is text, a number, true or false; leave out \
        observations without one
        """)
    }
  }
}

// MARK: - Arrays in arrays

/// The numbers in arrays of arrays, all of which are as long and as deep.
private struct NestedTable {
  /// How long the arrays are at each depth.
  private(set) var shape: [Int] = []
  private(set) var cells: [Double] = []
  /// The depth at which the arrays hold numbers, once one is found.
  private var lastDepth: Int?

  /// Appends the cells of a part of the table, which messages call by a label.
  mutating func append(
    _ part: JSONInput, at label: String, depth: Int, of question: Question
  ) throws {
    guard let elements = part.elements else {
      throw AnswerError(
        "wrong_type", argument: "joint",
        "\(label) is \(part.kind); joint must be an array of numbers, or of arrays alike")
    }
    guard let first = elements.first else {
      throw AnswerError("empty", argument: "joint", "\(label) is empty; give at least one cell")
    }
    if shape.count == depth { shape.append(elements.count) }
    guard shape[depth] == elements.count else {
      throw AnswerError(
        "size_mismatch", argument: "joint",
        """
        \(label) has \(counted(elements.count, "element")), and those before have \
        \(shape[depth]); all parts of a table must be alike
        """)
    }
    let holdsNumbers = first.elements == nil
    if holdsNumbers && lastDepth == nil { lastDepth = depth }
    guard lastDepth.map({ holdsNumbers == ($0 == depth) }) ?? true else {
      throw AnswerError(
        "wrong_type", argument: "joint",
        """
        \(label) holds \(holdsNumbers ? "numbers" : "arrays"), unlike those before; all parts \
        of a table must be alike
        """)
    }
    if holdsNumbers {
      cells += try question.numbers(part, name: "joint", label: label)
    } else {
      for (i, element) in elements.enumerated() {
        try append(element, at: "\(label)[\(i)]", depth: depth + 1, of: question)
      }
    }
  }
}
