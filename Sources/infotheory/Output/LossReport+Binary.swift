import ClassificationLosses
import InformationTheory

/// What predictions of yes or no are worth, all together and column by column.
struct BinaryPanel {
  /// The predictions of a column.
  struct Column {
    /// The mean of the losses in nats.
    let loss: Double?
    let accuracy: Double?
    let meanTarget: Double?
    let meanProbability: Double?
  }

  let accuracy: Double?
  let meanTarget: Double?
  let brierScore: Double?
  let calibration: CalibrationTable
  /// None where there is one column, or where there are too many.
  let columns: [Column]
}

// Scores of yes and no.
extension LossReport {
  func binaryLines(of panel: BinaryPanel) -> [String] {
    var table = TextTable()
    for (title, value) in [
      ("Accuracy", panel.accuracy), ("Mean target", panel.meanTarget),
      ("Brier score, in 0 … 1", panel.brierScore),
    ] {
      if let value { table.add([title, value.significant(6)]) }
    }
    return ["", "Predictions"] + table.lines() + Self.lines(of: panel.calibration)
      + columnTable(panel.columns)
  }

  private func columnTable(_ columns: [BinaryPanel.Column]) -> [String] {
    guard !columns.isEmpty else { return [] }
    // Of many columns those that cost most; all have as many rows.
    let chosen =
      columns.count <= Self.shownParts
      ? Array(columns.indices)
      : columns.indices.sorted {
        (columns[$1].loss ?? 0, $0) < (columns[$0].loss ?? 0, $1)
      }.prefix(Self.shownParts).map { $0 }
    var table = TextTable()
    table.add(["column", "loss", "accuracy", "mean target", "mean p"])
    for index in chosen {
      let column = columns[index]
      table.add(
        [name(ofColumn: index)]
          + [
            column.loss.map(inUnit), column.accuracy, column.meanTarget, column.meanProbability,
          ].map(Self.cell))
    }
    let title =
      columns.count <= Self.shownParts
      ? "Columns" : "The \(chosen.count) columns with the largest loss (all: --json)"
    return ["", titled(title)] + table.lines()
  }

  /// The same for programs.
  func binaryJSON(of panel: BinaryPanel) -> [(String, JSONTree)] {
    [
      (
        "scores",
        .object(
          [
            ("accuracy", .optional(panel.accuracy)), ("mean_target", .optional(panel.meanTarget)),
            ("brier_score", .optional(panel.brierScore)),
          ] + Self.errors(of: panel.calibration))
      ),
      ("columns", .array(panel.columns.indices.map { columnJSON(panel.columns[$0], $0) })),
      ("reliability", Self.json(of: panel.calibration)),
    ]
  }

  private func columnJSON(_ column: BinaryPanel.Column, _ index: Int) -> JSONTree {
    .object([
      ("column", .integer(index)), ("name", columnNames.map { .text($0[index]) } ?? .null),
      ("loss", .optional(column.loss.map(inUnit))), ("accuracy", .optional(column.accuracy)),
      ("mean_target", .optional(column.meanTarget)),
      ("mean_probability", .optional(column.meanProbability)),
    ])
  }
}
