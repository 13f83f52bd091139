import ArgumentParser

/// Logits, and targets in the same shape.
struct TargetInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Logits, a row for each sample; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var logits: String

  @Option(
    help: ArgumentHelp("Targets, in the shape of the logits.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var targets: String
}

extension NumberTable {
  /// Opens predictions and their targets, which must have as many columns.
  static func pair(
    _ predictions: String, _ targets: String, _ format: CSVFormat, targets kind: NPYKind
  ) throws -> (predictions: NumberTable, targets: NumberTable) {
    try demandOneStandardInput([predictions, targets])
    let tables = (
      predictions: try NumberTable(path: predictions, format: format, kind: .real),
      targets: try NumberTable(path: targets, format: format, kind: kind)
    )
    try tables.predictions.demandColumns(of: tables.targets)
    return tables
  }
}
