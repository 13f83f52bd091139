import ClassificationLosses
import InformationTheory

/// How two models differ on the same rows, for people and for programs.
struct LogitReport {
  private static let levels = [0.5, 0.9, 0.99]

  private let comparison: LogitComparison
  private let names: (first: String, second: String)
  private let classNames: [String]?
  private let unit: InformationUnit
  private let quantiles: [Double]

  /// Sorts the rows for the quantiles.
  ///
  /// - Throws: A ``Fault`` where every row is ignored.
  init(
    _ comparison: LogitComparison, names: (first: String, second: String),
    classNames: [String]?, unit: InformationUnit
  ) throws {
    self.comparison = comparison
    self.names = names
    self.classNames = classNames
    guard let quantiles = comparison.klQuantiles(Self.levels) else {
      throw Fault(.data, "all \(comparison.rowCount) rows are ignored, which leaves no mean")
    }
    self.unit = unit
    self.quantiles = quantiles.map { Self.nats($0, in: unit) }
  }

  private static func nats(_ nats: Double, in unit: InformationUnit) -> Double {
    Information.nats(nats).number(in: unit)
  }

  /// An amount of nats in the unit asked for.
  private func inUnit(_ nats: Double) -> Double { Self.nats(nats, in: unit) }

  // MARK: - For people

  /// Text in at most 80 columns.
  func text() -> String {
    let ignored = comparison.rowCount - comparison.validCount
    var lines = [
      "A  \(Wrapped.cut(names.first, to: 77))", "B  \(Wrapped.cut(names.second, to: 77))",
      counted(comparison.rowCount, "row") + (ignored == 0 ? "" : ", \(ignored) ignored") + ", "
        + counted(comparison.classCount, "class", "classes"),
    ]
    lines += ["", "Divergence of a row, in \(unit.rawValue)"] + divergenceLines
    lines += ["", "Agreement"] + agreementLines
    lines += lossLines + rowLines
    return lines.map { $0 + "\n" }.joined()
  }

  private var divergenceLines: [String] {
    var table = TextTable()
    table.add(["", "mean", "standard error", "median", "90 %", "99 %"])
    let parts = [
      ("D(A‖B)", comparison.klDivergence, quantiles.map { $0.significant(5) }),
      ("D(B‖A)", comparison.reverseKLDivergence, []),
      ("Jensen–Shannon", comparison.jensenShannonDivergence, []),
    ]
    for (title, mean, quantiles) in parts {
      table.add([title] + texts(of: mean) + quantiles)
    }
    return table.lines()
  }

  private var agreementLines: [String] {
    var table = TextTable()
    table.add(["The same likeliest class", Self.text(comparison.topAgreement)])
    if comparison.classCount > 5 {
      table.add(["Shared among the five likeliest", Self.text(comparison.topFiveAgreement)])
    }
    table.add(
      ["Mean difference of the largest p", Self.text(comparison.confidenceDifference.mean)])
    return table.lines()
  }

  private var lossLines: [String] {
    guard let losses = comparison.losses else { return [] }
    var table = TextTable()
    table.add(["", "mean", "standard error", "accuracy"])
    let count = Double(comparison.validCount)
    table.add(
      ["A"] + texts(of: losses.first)
        + [(Double(losses.firstHitCount) / count).significant(5)])
    table.add(
      ["B"] + texts(of: losses.other)
        + [(Double(losses.otherHitCount) / count).significant(5)])
    table.add(["B less A, row by row"] + texts(of: losses.difference))
    var lines = ["", "Cross-entropy with the labels, in \(unit.rawValue)"] + table.lines()
    let missing = comparison.validCount - losses.difference.count
    if missing > 0 {
      lines.append("  \(counted(missing, "row")) with an infinite loss left out of the difference")
    }
    return lines
  }

  private var rowLines: [String] {
    guard !comparison.mostDifferent.isEmpty else { return [] }
    let hasLabels = comparison.losses != nil
    var table = TextTable()
    table.add(["row", "D(A‖B)", "D(B‖A)", "A says", "B says"] + (hasLabels ? ["label"] : []))
    for row in comparison.mostDifferent {
      table.add(
        ["\(row.index)"]
          + [row.klDivergence, row.reverseKLDivergence].map { inUnit($0).significant(5) }
          + [name(row.topClass), name(row.otherTopClass)]
          + (row.label.map { [name($0)] } ?? []))
    }
    return ["", "Rows that differ most, counted from 0"] + table.lines()
  }

  private func name(_ index: Int) -> String {
    classNames.map { Wrapped.cut($0[index], to: 12) } ?? "\(index)"
  }

  /// An amount of information with its standard error.
  private func texts(of mean: SampleMean) -> [String] {
    [Self.text(mean.mean.map(inUnit)), Self.text(mean.standardError.map(inUnit), 3)]
  }

  private static func text(_ value: Double?, _ digits: Int = 5) -> String {
    value.map { $0.significant(digits) } ?? "–"
  }
}

// MARK: - For programs

extension LogitReport {
  /// Everything, with all digits.
  func json() -> String {
    var fields: [(String, JSONTree)] = [
      ("a", .text(names.first)), ("b", .text(names.second)), ("unit", .text(unit.rawValue)),
      ("rows", .integer(comparison.rowCount)), ("valid_rows", .integer(comparison.validCount)),
      ("classes", .integer(comparison.classCount)),
      ("kl_a_b", json(of: comparison.klDivergence)),
      ("kl_b_a", json(of: comparison.reverseKLDivergence)),
      ("jensen_shannon", json(of: comparison.jensenShannonDivergence)),
      (
        "kl_a_b_quantiles",
        .array(
          zip(Self.levels, quantiles).map { level, value in
            .object([("level", .number(level)), ("value", .number(value))])
          })
      ),
      ("top_agreement", .optional(comparison.topAgreement)),
      ("top_five_agreement", .optional(comparison.topFiveAgreement)),
      ("confidence_difference", Self.json(of: comparison.confidenceDifference) { $0 }),
      ("most_different", .array(comparison.mostDifferent.map { json(of: $0) })),
    ]
    if let losses = comparison.losses {
      let count = Double(comparison.validCount)
      fields += [
        ("loss_a", json(of: losses.first)), ("loss_b", json(of: losses.other)),
        ("loss_b_less_a", json(of: losses.difference)),
        ("accuracy_a", .number(Double(losses.firstHitCount) / count)),
        ("accuracy_b", .number(Double(losses.otherHitCount) / count)),
      ]
    }
    return JSONTree.object(fields).rendered() + "\n"
  }

  /// An amount of information.
  private func json(of mean: SampleMean) -> JSONTree { Self.json(of: mean, converted: inUnit) }

  private static func json(
    of mean: SampleMean, converted: (Double) -> Double
  ) -> JSONTree {
    .object([
      ("mean", .optional(mean.mean.map(converted))),
      ("standard_error", .optional(mean.standardError.map(converted))),
      ("rows", .integer(mean.count)),
    ])
  }

  private func json(of row: LogitComparison.Row) -> JSONTree {
    .object([
      ("row", .integer(row.index)), ("kl_a_b", .number(inUnit(row.klDivergence))),
      ("kl_b_a", .number(inUnit(row.reverseKLDivergence))), ("a", .integer(row.topClass)),
      ("b", .integer(row.otherTopClass)), ("label", row.label.map { .integer($0) } ?? .null),
    ])
  }
}
