import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Compares two models by the logits that they gave for the same rows.
struct CompareLogitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare-logits",
    abstract: "Compare two models by their logits for the same rows.",
    discussion: """
      Each row of a file holds a logit for each class; row by row the softmax of one
      is compared with that of the other. Files are CSV, with a line of names or
      without, or NumPy's .npy (float32 or float64). Only a block of rows is in
      memory, and eight bytes of each row for the quantiles.

      EXAMPLES
        infotheory compare-logits digits-logits.csv digits-logits-regularised.csv
        infotheory compare-logits a.npy b.npy --labels y.npy --rows 20
        infotheory compare-logits a.npy b.npy --unit bits --json
      """)

  @Argument(
    help: "The first model's logits; - is standard input.",
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var first: String

  @Argument(
    help: "The other model's.", completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var second: String

  @Option(
    help: ArgumentHelp("The class of each row, counted from 0.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var labels: String?

  @OptionGroup(title: "Input options") var label: LabelOptions

  @Option(
    help: ArgumentHelp("How many of the rows that differ most to print.", valueName: "n"))
  var rows: Int = 10

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    try NumberTable.demandOneStandardInput([first, second, labels])
    guard rows >= 0 && rows <= 1_000_000 else {
      throw ValidationError("--rows is \(rows): it must be in 0 ... 1000000.")
    }
    guard labels != nil || (label.labelColumn == nil && label.ignoreIndex == nil) else {
      throw ValidationError("--label-column and --ignore-index go with --labels.")
    }
    guard numbers.plotting.plot == nil else {
      throw ValidationError("--plot goes with 'infotheory loss', whose reliability it draws.")
    }
    let format = numbers.format
    let tables = (
      try NumberTable(path: first, format: format, kind: .real),
      try NumberTable(path: second, format: format, kind: .real)
    )
    try tables.0.demandColumns(of: tables.1)
    let reader = try labels.map {
      try LabelReader(
        NumberTable(path: $0, format: format, column: label.labelColumn, kind: .any),
        classCount: tables.0.columnCount, ignoreIndex: label.ignoreIndex)
    }
    let comparison = try compare(tables.0, tables.1, reader)
    let report = try LogitReport(
      comparison, names: (tables.0.name, tables.1.name), classNames: tables.0.columnNames,
      unit: numbers.unit.unit)
    try Terminal.print(numbers.json ? report.json() : report.text())
  }

  private func compare(
    _ a: NumberTable, _ b: NumberTable, _ reader: LabelReader?
  ) throws -> LogitComparison {
    var comparison = LogitComparison(classCount: a.columnCount, keptRowCount: rows)
    let ignored = label.ignoreIndex
    try NumberTable.forEachBlock([a, b] + (reader.map { [$0.table] } ?? [])) { count in
      let classes = try reader?.labels(rows: count)
      let (x, y) = (a.values, b.values)
      let ranges = (a.range(rows: count), b.range(rows: count))
      try RowFaults.placed(["logits": a, "otherLogits": b]) { () throws(InformationError) in
        let (x, y) = (x.span.extracting(ranges.0), y.span.extracting(ranges.1))
        if let classes {
          try comparison.add(
            logits: x, otherLogits: y, classIndices: classes.span, ignoreIndex: ignored)
        } else {
          try comparison.add(logits: x, otherLogits: y)
        }
      }
    }
    return comparison
  }
}
