import InformationTheory

/// A question about the table of two variables' joint probabilities.
struct JointQuestion {
  private let cells: [Double]
  private let rowCount: Int
  private let isNormalizing: Bool
  /// The variable that is known, if the question is about the other one.
  private let given: JointAxis?

  init(_ question: Question) throws {
    let rows = try question.rows("joint")
    let width = rows.first?.count ?? 0
    guard width > 0 else {
      throw AnswerError("empty", argument: "joint", "joint is empty; give at least one cell")
    }
    for (i, row) in rows.enumerated() where row.count != width {
      throw AnswerError(
        "size_mismatch", argument: "joint", index: i,
        "joint[\(i)] has \(counted(row.count, "cell")) and joint[0] has \(width); rows must match")
    }
    cells = rows.flatMap { $0 }
    rowCount = rows.count
    isNormalizing = try question.flag("normalize")

    let names = question.has("names") ? try question.texts("names") : ["x", "y"]
    guard names.count == 2, names[0] != names[1] else {
      throw AnswerError(
        "bad_parameter", argument: "names",
        "names must be two different texts: that of the rows' variable, that of the columns'")
    }
    given =
      question.measure == .conditionalEntropy
      ? try question.choice("given", [names[0]: .rows, names[1]: .columns]) : nil
  }

  /// Calls the library.
  func answer() throws -> Information {
    // Also checks the cells, and with errors that name the row and column.
    let table = try distribution()
    guard let given else { return table.entropy() }
    // The library takes this one from probabilities only.
    let probabilities = isNormalizing ? table.probabilities : cells
    return try conditionalEntropy(of: probabilities.span, rowCount: rowCount, given: given)
  }

  private func distribution() throws -> Categorical {
    do {
      return try Question.distribution(cells, normalizing: isNormalizing, argument: "joint")
    } catch let error as AnswerError {
      guard let index = error.index, error.message.hasPrefix("joint[\(index)]") else {
        throw error
      }
      let width = cells.count / rowCount
      let rest = error.message.dropFirst("joint[\(index)]".count)
      throw AnswerError(
        error.code, argument: "joint", index: index,
        "joint[\(index / width)][\(index % width)]\(rest)")
    }
  }
}
