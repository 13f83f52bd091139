import ClassificationLosses
import InformationTheory

// Scores of classes.
extension LossReport {
  /// What predictions of labels are worth.
  func classLines(of scores: PredictionScores) -> [String] {
    // Without options it is the loss itself.
    let title = scores.crossEntropy == rowLosses ? nil : "Cross-entropy without options"
    return ["", "Predictions"] + scoreLines(of: scores, crossEntropy: title)
  }

  /// What predictions of the likeliest targets are worth.
  func likeliestLines(of scores: PredictionScores) -> [String] {
    let missing = scores.rowCount - scores.validCount
    return ["", "Predictions, against the likeliest target of each row"]
      + (missing == 0 ? [] : ["  \(counted(missing, "row")) with several left out"])
      + scoreLines(of: scores, crossEntropy: "Cross-entropy with that class")
  }

  private func scoreLines(of scores: PredictionScores, crossEntropy: String?) -> [String] {
    var table = TextTable()
    func add(_ title: String, _ value: Double?, _ unit: String = "", digits: Int = 6) {
      guard let value else { return }
      table.add([title, value.significant(digits) + unit])
    }
    if let crossEntropy {
      let unit = " \(unit.rawValue)"
      add(crossEntropy, scores.crossEntropy.mean.map(inUnit), unit)
      add("  standard error", scores.crossEntropy.standardError.map(inUnit), unit, digits: 3)
    }
    add("Perplexity", scores.perplexity)
    add("Accuracy, the likeliest class", scores.accuracy)
    if scores.classCount > 5 { add("  the five likeliest", scores.topFiveAccuracy) }
    add("Brier score, in 0 … 2", scores.brierScore)
    return table.lines() + Self.lines(of: scores.calibration) + classTable(scores)
  }

  private func classTable(_ scores: PredictionScores) -> [String] {
    let classes = (0..<scores.classCount).map { ($0, scores.scores(ofClass: $0)) }
    // Of many classes those that cost most.
    let chosen =
      classes.count <= Self.shownParts
      ? classes
      : classes.filter { $0.1.count > 0 }
        .sorted { ($1.1.total, $0.0) < ($0.1.total, $1.0) }.prefix(Self.shownParts).map { $0 }
    var table = TextTable()
    table.add(["class", "rows", "cross-entropy", "accuracy", "mean p"])
    for (index, scores) in chosen {
      table.add(
        [name(ofColumn: index), "\(scores.count)"]
          + [scores.crossEntropy.mean.map(inUnit), scores.accuracy, scores.meanProbability]
          .map(Self.cell))
    }
    let title =
      classes.count <= Self.shownParts
      ? "Classes" : "The \(chosen.count) classes with the largest total loss (all: --json)"
    return ["", titled(title)] + table.lines()
  }

  /// The same for programs.
  func classJSON(of scores: PredictionScores) -> [(String, JSONTree)] {
    let crossEntropy = scores.crossEntropy
    return [
      (
        "scores",
        .object(
          [
            ("cross_entropy", .optional(crossEntropy.mean.map(inUnit))),
            ("cross_entropy_standard_error", .optional(crossEntropy.standardError.map(inUnit))),
            ("perplexity", .optional(scores.perplexity)),
            ("accuracy", .optional(scores.accuracy)),
            ("top_five_accuracy", .optional(scores.topFiveAccuracy)),
            ("brier_score", .optional(scores.brierScore)),
          ] + Self.errors(of: scores.calibration))
      ),
      ("classes", .array((0..<scores.classCount).map { classJSON(of: scores, $0) })),
      ("reliability", Self.json(of: scores.calibration)),
    ]
  }

  private func classJSON(of scores: PredictionScores, _ index: Int) -> JSONTree {
    let each = scores.scores(ofClass: index)
    return .object([
      ("class", .integer(index)), ("name", columnNames.map { .text($0[index]) } ?? .null),
      ("rows", .integer(each.count)),
      ("cross_entropy", .optional(each.crossEntropy.mean.map(inUnit))),
      ("accuracy", .optional(each.accuracy)),
      ("mean_probability", .optional(each.meanProbability)),
    ])
  }
}

extension PredictionScores.ClassScores {
  /// What the rows of the class cost together.
  fileprivate var total: Double { (crossEntropy.mean ?? 0) * Double(count) }
}

// MARK: - Parts of tables

extension LossReport {
  /// How many classes or columns are shown to people.
  static let shownParts = 20

  /// What a table calls a class or a column.
  func name(ofColumn index: Int) -> String {
    Wrapped.cut(columnNames.map { "\(index) \($0[index])" } ?? "\(index)", to: 30)
  }

  static func cell(_ value: Double?) -> String { value.map { $0.significant(4) } ?? "–" }
}
