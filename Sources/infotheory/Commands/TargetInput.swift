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

extension TargetInput {
  /// Opens both files, which must have as many columns.
  func open(
    _ format: CSVFormat, targets kind: NPYKind
  ) throws -> (logits: NumberTable, targets: NumberTable) {
    guard logits != "-" || targets != "-" else {
      throw ValidationError("Standard input (-) can be only one of the files.")
    }
    let tables = (
      logits: try NumberTable(path: logits, format: format, kind: .real),
      targets: try NumberTable(path: targets, format: format, kind: kind)
    )
    try tables.logits.demandColumns(of: tables.targets)
    return tables
  }
}
