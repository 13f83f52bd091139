import ClassificationLosses
import InformationTheory

/// A loss and what else predictions are worth, for people and for programs.
struct LossReport {
  /// What goes with the loss.
  enum Scores {
    case classes(PredictionScores)
    case binary(BinaryScores)
    case none
  }

  let title: String
  /// The name of the loss in JSON.
  let key: String
  let logits: String
  let targets: String
  let classNames: [String]?
  let preset: LossPreset?
  let result: LossResult
  let rowLosses: SampleMean
  let scores: Scores

  /// The standard error of the loss, where it is a mean over the rows that count.
  private var standardError: Double? {
    result.denominator == Double(result.validCount) ? rowLosses.standardError : nil
  }

  /// The loss, nil where it is undefined.
  private var value: Double? { result.value.isNaN ? nil : result.value }

  // MARK: - For people

  /// Text in at most 80 columns.
  func text() -> String {
    var lines = [
      "\(Wrapped.cut(logits, to: 38)), \(Wrapped.cut(targets, to: 38))", rowLine, "",
      "\(title), \(reductionText)",
    ]
    var table = TextTable()
    table.add(["Loss", value.map { "\($0.significant(6)) nats" } ?? "undefined"])
    if let standardError {
      table.add(["  standard error", "\(standardError.significant(3)) nats"])
    }
    if result.infiniteCount > 0 {
      table.add(["  rows with infinite loss", "\(result.infiniteCount)"])
    }
    switch scores {
    case .classes(let scores): lines += table.lines() + classLines(of: scores)
    case .binary(let scores): lines += table.lines() + Self.lines(of: scores)
    case .none: lines += table.lines()
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private var rowLine: String {
    let ignored = result.rowCount - result.validCount
    let ending = ignored == 0 ? "" : ", \(ignored) ignored"
    switch scores {
    case .classes(let scores):
      return counted(result.rowCount, "row") + ending + ", "
        + counted(scores.classCount, "class", "classes")
    case .binary: return counted(result.rowCount, "element")
    case .none: return counted(result.rowCount, "row")
    }
  }

  private var reductionText: String {
    let divisor =
      switch result.reduction {
      case .sum: "the sum"
      case .weightedMean: "over the total weight \(result.denominator.significant(7))"
      default: "over \(result.denominator.significant(9)) \(noun)"
      }
    return preset.map { "\(divisor), as \($0.name) has it" } ?? divisor
  }

  private var noun: String {
    if case .binary = scores { return "elements" }
    return "rows"
  }

  // MARK: - For programs

  /// Everything, with all digits.
  func json() -> String {
    var loss: [(String, JSONTree)] = [
      ("name", .text(key)), ("unit", .text("nats")), ("value", .optional(value)),
      ("standard_error", .optional(standardError)), ("sum", .number(result.sum)),
      ("denominator", .number(result.denominator)),
      ("mean", .optional(result.validCount > 0 ? result.mean : nil)),
      ("infinite_rows", .integer(result.infiniteCount)),
    ]
    if let preset { loss.append(("preset", .text(preset.name))) }
    var fields: [(String, JSONTree)] = [
      ("logits", .text(logits)), ("targets", .text(targets)), ("loss", .object(loss)),
      ("rows", .integer(result.rowCount)), ("valid_rows", .integer(result.validCount)),
    ]
    switch scores {
    case .classes(let scores): fields += Self.json(of: scores, classNames)
    case .binary(let scores): fields += Self.json(of: scores)
    case .none: break
    }
    return JSONTree.object(fields).rendered() + "\n"
  }
}

// MARK: - Scores of classes

extension LossReport {
  private func classLines(of scores: PredictionScores) -> [String] {
    var table = TextTable()
    func add(_ title: String, _ value: Double?, _ unit: String = "", digits: Int = 6) {
      guard let value else { return }
      table.add([title, value.significant(digits) + unit])
    }
    // Without options it is the loss itself.
    if scores.crossEntropy != rowLosses {
      add("Cross-entropy without options", scores.crossEntropy.mean, " nats")
      add("  standard error", scores.crossEntropy.standardError, " nats", digits: 3)
    }
    add("Perplexity", scores.perplexity)
    add("Accuracy, the likeliest class", scores.accuracy)
    if scores.classCount > 5 { add("  the five likeliest", scores.topFiveAccuracy) }
    add("Brier score, in 0 … 2", scores.brierScore)
    return ["", "Predictions"] + table.lines() + Self.lines(of: scores.calibration)
      + Self.classTable(scores, classNames)
  }

  private static func classTable(_ scores: PredictionScores, _ names: [String]?) -> [String] {
    let shown = 20
    let classes = (0..<scores.classCount).map { ($0, scores.scores(ofClass: $0)) }
    // Of many classes those that cost most.
    let chosen =
      classes.count <= shown
      ? classes
      : classes.filter { $0.1.count > 0 }
        .sorted { ($1.1.total, $0.0) < ($0.1.total, $1.0) }.prefix(shown).map { $0 }
    var table = TextTable()
    table.add(["class", "rows", "cross-entropy", "accuracy", "mean p"])
    for (index, scores) in chosen {
      let name = names.map { "\(index) \($0[index])" } ?? "\(index)"
      table.add(
        [Wrapped.cut(name, to: 30), "\(scores.count)"]
          + [scores.crossEntropy.mean, scores.accuracy, scores.meanProbability].map(cell))
    }
    let title =
      classes.count <= shown
      ? "Classes" : "The \(chosen.count) classes with the largest total loss (all: --json)"
    return ["", title] + table.lines()
  }

  private static func json(
    of scores: PredictionScores, _ names: [String]?
  ) -> [(String, JSONTree)] {
    [
      (
        "scores",
        .object(
          [
            ("cross_entropy", .optional(scores.crossEntropy.mean)),
            ("cross_entropy_standard_error", .optional(scores.crossEntropy.standardError)),
            ("perplexity", .optional(scores.perplexity)),
            ("accuracy", .optional(scores.accuracy)),
            ("top_five_accuracy", .optional(scores.topFiveAccuracy)),
            ("brier_score", .optional(scores.brierScore)),
          ] + errors(of: scores.calibration))
      ),
      (
        "classes",
        .array(
          (0..<scores.classCount).map { index in
            let each = scores.scores(ofClass: index)
            return .object([
              ("class", .integer(index)), ("name", names.map { .text($0[index]) } ?? .null),
              ("rows", .integer(each.count)),
              ("cross_entropy", .optional(each.crossEntropy.mean)),
              ("accuracy", .optional(each.accuracy)),
              ("mean_probability", .optional(each.meanProbability)),
            ])
          })
      ), ("reliability", json(of: scores.calibration)),
    ]
  }
}

extension PredictionScores.ClassScores {
  /// What the rows of the class cost together.
  fileprivate var total: Double { (crossEntropy.mean ?? 0) * Double(count) }
}

// MARK: - Scores of yes and no

extension LossReport {
  private static func lines(of scores: BinaryScores) -> [String] {
    var table = TextTable()
    for (title, value) in [
      ("Accuracy", scores.accuracy), ("Mean target", scores.meanTarget),
      ("Brier score, in 0 … 1", scores.brierScore),
    ] {
      if let value { table.add([title, value.significant(6)]) }
    }
    return ["", "Predictions"] + table.lines() + lines(of: scores.calibration)
  }

  private static func json(of scores: BinaryScores) -> [(String, JSONTree)] {
    [
      (
        "scores",
        .object(
          [
            ("accuracy", .optional(scores.accuracy)),
            ("mean_target", .optional(scores.meanTarget)),
            ("brier_score", .optional(scores.brierScore)),
          ] + errors(of: scores.calibration))
      ), ("reliability", json(of: scores.calibration)),
    ]
  }
}

// MARK: - Calibration

extension LossReport {
  private static func cell(_ value: Double?) -> String { value.map { $0.significant(4) } ?? "–" }

  private static func lines(of calibration: CalibrationTable) -> [String] {
    var errors = TextTable()
    for (title, value) in [
      ("Expected calibration error", calibration.expectedCalibrationError),
      ("Maximum calibration error", calibration.maximumCalibrationError),
    ] {
      if let value { errors.add([title, value.significant(6)]) }
    }
    let shown = 30
    let edges = Digits.distinct([0] + calibration.bins.map(\.upper))
    let filled = calibration.bins.indices.filter { calibration.bins[$0].count > 0 }
    var table = TextTable()
    table.add(["probability", "rows", "accuracy", "mean p", "gap"])
    for i in filled.prefix(shown) {
      let bin = calibration.bins[i]
      table.add(
        ["\(edges[i]) … \(edges[i + 1])", "\(bin.count)"]
          + [bin.accuracy, bin.meanProbability, bin.gap].map(cell))
    }
    let bins = counted(calibration.bins.count, "bin")
    var lines =
      ["", "Calibration, \(bins) of equal width, empty ones left out"] + errors.lines()
      + table.lines()
    if filled.count > shown { lines.append("  … (\(filled.count - shown) more, see --json)") }
    return lines
  }

  private static func errors(of calibration: CalibrationTable) -> [(String, JSONTree)] {
    [
      ("expected_calibration_error", .optional(calibration.expectedCalibrationError)),
      ("maximum_calibration_error", .optional(calibration.maximumCalibrationError)),
      ("calibration_bins", .integer(calibration.bins.count)),
    ]
  }

  private static func json(of calibration: CalibrationTable) -> JSONTree {
    .array(
      calibration.bins.map { bin in
        .object([
          ("lower", .number(bin.lower)), ("upper", .number(bin.upper)),
          ("rows", .integer(bin.count)), ("accuracy", .optional(bin.accuracy)),
          ("mean_probability", .optional(bin.meanProbability)), ("gap", .optional(bin.gap)),
        ])
      })
  }
}
