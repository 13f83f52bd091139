import ArgumentParser
import InformationTheory

/// What columns of one file tell about each other.
struct MutualInformationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutual-information",
    abstract: "Print what columns of a file tell about each other.",
    discussion: """
      Text is counted by label. Numbers are counted in bins of equal width, on
      which the result depends: which bins, is printed. Rows with a missing value
      in a column that is used are left out, and counted; with --all, pair by pair.

      EXAMPLES
        infotheory mutual-information penguins.csv --x species --y island
        infotheory mutual-information penguins.csv --x species --y sex --given island
        infotheory mutual-information penguins.csv --x species --x sex --y year
        infotheory mutual-information penguins.csv --all --unit bits
        infotheory mutual-information penguins.csv --all --normalized maximum
        infotheory mutual-information penguins.csv --all --adjusted --bins 5
        zcat big.csv.gz | infotheory mutual-information - --x age --y city --json
      """)

  @Argument(
    help: "A CSV file whose first line names the columns; - is standard input.",
    completion: .file(extensions: ["csv", "tsv", "txt"]))
  var file: String

  @Option(
    help: ArgumentHelp(
      "One column; several are taken together, as one variable.", valueName: "name"))
  var x: [String] = []

  @Option(
    help: ArgumentHelp("The other column; or several, taken together.", valueName: "name"))
  var y: [String] = []

  @Option(
    help: ArgumentHelp("A column that is known; or several, taken together.", valueName: "name"))
  var given: [String] = []

  @Flag(help: "Print a matrix of all pairs of columns.")
  var all = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A column for --all; without it, all are.", valueName: "name"))
  var column: [String] = []

  @Option(
    defaultAsFlag: MeanName.arithmetic, parsing: .next,
    help: ArgumentHelp(
      """
      Divide by a mean of both entropies: arithmetic (the default), geometric, minimum or \
      maximum.
      """,
      valueName: "mean"))
  var normalized: MeanName?

  @Option(
    defaultAsFlag: MeanName.arithmetic, parsing: .next,
    help: ArgumentHelp(
      "With --all: the same, adjusted for chance, so that unrelated columns get about 0.",
      valueName: "mean"))
  var adjusted: MeanName?

  @OptionGroup(title: "Input options") var reading: ReadingOptions

  @OptionGroup(title: "Output options") var output: OutputOptions

  @OptionGroup(title: "Output options") var plotting: PlotOption

  /// Refuses options that contradict each other.
  private func check() throws {
    try reading.check()
    let used = x + y + given
    if all {
      guard used.isEmpty else {
        throw ValidationError("--all is of all pairs: name columns by --column, not --x and --y.")
      }
      guard normalized == nil || adjusted == nil else {
        throw ValidationError("Give --normalized or --adjusted, not both.")
      }
    } else {
      guard column.isEmpty else {
        throw ValidationError("--column goes with --all; for one pair, give --x and --y.")
      }
      guard plotting.plot == nil else {
        throw ValidationError("--plot goes with --all, of which it draws the matrix.")
      }
      guard !x.isEmpty, !y.isEmpty else {
        throw ValidationError("Name two columns, by --x and --y; or give --all.")
      }
      guard adjusted == nil else {
        throw ValidationError("--adjusted goes with --all; for one pair, it is always printed.")
      }
    }
    let names = used + column
    if let i = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw ValidationError("The column \(quoted(names[i])) is named twice.")
    }
    guard column.count != 1 else {
      throw ValidationError("--all is of pairs: give two columns or more.")
    }
  }

  mutating func run() throws {
    try check()
    let report: any MutualInformationReport
    if all {
      let matrix = try matrix()
      try plotting.draw(matrix.chart())
      report = matrix
    } else {
      report = try pair()
    }
    try Terminal.print(
      output.json
        ? JSONTree.object(report.json).rendered() + "\n"
        : report.lines.joined(separator: "\n") + "\n")
  }

  private func pair() throws -> PairReport {
    let source = try SampleSource(
      path: file, delimiter: reading.delimiter.byte, columns: x + y + given)
    let set = try read(source, tables: [Array(source.columns.indices)])
    return try PairReport(
      set, sizes: (x.count, y.count, given.count), mean: normalized?.mean ?? .arithmetic,
      unit: output.unit.unit)
  }

  private func matrix() throws -> MatrixReport {
    let source = try SampleSource(
      path: file, delimiter: reading.delimiter.byte, columns: column.isEmpty ? nil : column)
    let count = source.columns.count
    guard (2...MatrixReport.mostColumns).contains(count) else {
      throw Fault(
        .data,
        count < 2
          ? "\(source.file.name), line 1: there is only one column, and it takes two for a pair"
          : """
          \(source.file.name), line 1: there are \(count) columns, and every pair is counted; \
          name up to \(MatrixReport.mostColumns) of them by --column
          """)
    }
    let measure: MatrixReport.Measure =
      adjusted.map { .adjusted($0.mean) } ?? normalized.map { .normalized($0.mean) } ?? .plain
    return try MatrixReport(
      try read(source, tables: MatrixReport.tables(columnCount: count)), measure: measure,
      unit: output.unit.unit)
  }

  private func read(_ source: SampleSource, tables: [[Int]]) throws -> CombinationSet {
    try CombinationReader(
      source: source, missing: reading.missingCells, isCategorical: reading.categorical,
      bins: reading.binChoice, tables: tables
    ).read()
  }
}

/// The name of a mean of two entropies.
struct MeanName: ExpressibleByArgument, CustomStringConvertible {
  static let arithmetic = MeanName(mean: .arithmetic)

  static var allValueStrings: [String] { JointDistribution.EntropyMean.allCases.map(\.rawValue) }

  let mean: JointDistribution.EntropyMean

  init(mean: JointDistribution.EntropyMean) { self.mean = mean }

  init?(argument: String) {
    guard let mean = JointDistribution.EntropyMean(rawValue: argument) else { return nil }
    self.mean = mean
  }

  var description: String { mean.rawValue }
}
