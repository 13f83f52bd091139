import ClassificationLosses
import InformationTheory

/// A loss and what else predictions are worth, for people and for programs.
struct LossReport {
  /// What goes with the loss.
  enum Scores {
    /// Of classes against labels.
    case classes(PredictionScores)
    /// Of classes against the likeliest target of each row.
    case likeliest(PredictionScores)
    case binary(BinaryPanel)
  }

  let title: String
  /// The name of the loss in JSON.
  let key: String
  /// The file with the predictions.
  let predictions: String
  var arePredictionsProbabilities = false
  let targets: String
  let columnNames: [String]?
  let preset: LossPreset?
  let unit: InformationUnit
  let result: LossResult
  let rowLosses: SampleMean
  /// As how many each row counts in a mean, where it is one of elements.
  var elementsPerRow = 1
  let scores: Scores

  /// The standard error of the loss, where it is a mean over the rows that count.
  private var standardError: Double? {
    guard result.denominator == Double(result.validCount) else { return nil }
    return rowLosses.standardError.map { inUnit($0 / Double(elementsPerRow)) }
  }

  /// The loss, nil where it is undefined.
  var value: Double? {
    result.value.isNaN ? nil : inUnit(result.value / Double(elementsPerRow))
  }

  private var denominator: Double { result.denominator * Double(elementsPerRow) }

  /// An amount of nats in the unit asked for.
  func inUnit(_ nats: Double) -> Double { Information.nats(nats).number(in: unit) }

  /// The title of a table with losses, which names the unit if it is not the usual one.
  func titled(_ title: String) -> String {
    unit == .nats ? title : "\(title), losses in \(unit.rawValue)"
  }

  /// Prints it as the options ask.
  func print(_ numbers: NumberOptions) throws {
    try numbers.plotting.draw(reliability())
    try Terminal.print(numbers.json ? json() : text())
  }

  // MARK: - For people

  /// Text in at most 80 columns.
  func text() -> String {
    var lines = [
      "\(Wrapped.cut(predictions, to: 38)), \(Wrapped.cut(targets, to: 38))", rowLine, "",
      "\(title), \(reductionText)",
    ]
    var table = TextTable()
    table.add(["Loss", value.map { "\($0.significant(6)) \(unit.rawValue)" } ?? "undefined"])
    if let standardError {
      table.add(["  standard error", "\(standardError.significant(3)) \(unit.rawValue)"])
    }
    if result.infiniteCount > 0 {
      table.add(["  rows with infinite loss", "\(result.infiniteCount)"])
    }
    switch scores {
    case .classes(let scores): lines += table.lines() + classLines(of: scores)
    case .likeliest(let scores): lines += table.lines() + likeliestLines(of: scores)
    case .binary(let panel): lines += table.lines() + binaryLines(of: panel)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private var rowLine: String {
    let ignored = result.rowCount - result.validCount
    let ending = ignored == 0 ? "" : ", \(ignored) ignored"
    switch scores {
    case .classes(let scores), .likeliest(let scores):
      return counted(result.rowCount, "row") + ending + ", "
        + counted(scores.classCount, "class", "classes")
    case .binary: return counted(result.rowCount, "element")
    }
  }

  private var reductionText: String {
    let divisor =
      switch result.reduction {
      case .sum: "the sum"
      case .weightedMean: "over the total weight \(result.denominator.significant(7))"
      default: "over \(denominator.significant(9)) \(noun)"
      }
    return preset.map { "\(divisor), as \($0.name) has it" } ?? divisor
  }

  private var noun: String {
    var noun = elementsPerRow == 1 ? "row" : "element"
    if case .binary = scores { noun = "element" }
    return denominator == 1 ? noun : noun + "s"
  }

  // MARK: - For programs

  /// Everything, with all digits.
  func json() -> String {
    var loss: [(String, JSONTree)] = [
      ("name", .text(key)), ("unit", .text(unit.rawValue)), ("value", .optional(value)),
      ("standard_error", .optional(standardError)), ("sum", .number(inUnit(result.sum))),
      ("denominator", .number(denominator)),
      ("mean", .optional(result.validCount > 0 ? inUnit(result.mean) : nil)),
      ("infinite_rows", .integer(result.infiniteCount)),
    ]
    if let preset { loss.append(("preset", .text(preset.name))) }
    var fields: [(String, JSONTree)] = [
      (arePredictionsProbabilities ? "probabilities" : "logits", .text(predictions)),
      ("targets", .text(targets)), ("loss", .object(loss)),
      ("rows", .integer(result.rowCount)), ("valid_rows", .integer(result.validCount)),
    ]
    switch scores {
    case .classes(let scores): fields += classJSON(of: scores)
    case .likeliest(let scores):
      fields.append(("scored_rows", .integer(scores.validCount)))
      fields += classJSON(of: scores)
    case .binary(let panel): fields += binaryJSON(of: panel)
    }
    return JSONTree.object(fields).rendered() + "\n"
  }
}
