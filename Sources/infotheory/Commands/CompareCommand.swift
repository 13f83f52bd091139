import ArgumentParser
import InformationTheory

/// Compares distributions: of two files, two columns, or the groups of one.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the distributions of two files, two columns, or groups.",
    discussion: """
      Text is counted and matched by label. Numbers are counted in bins of equal
      width that all distributions share; how many there are, and their edges, are
      printed.

      EXAMPLES
        infotheory compare seattle-temps.csv sf-temps.csv --column temp
        infotheory compare seattle-temps.csv sf-temps.csv --column temp --bins 20
        infotheory compare penguins.csv --column bill_length_mm --by species
        infotheory compare penguins.csv --column island --by sex --unit bits
        infotheory compare penguins.csv --column bill_length_mm --by species \\
          --plot species.html
        infotheory compare votes.csv --labels party --counts before --counts after
        infotheory compare old.csv new.csv --labels word --probabilities p
        zcat big.csv.gz | infotheory compare - small.csv --column price --json
      """)

  @Argument(
    help: """
      One or two CSV files whose first line names the columns; - is standard input.
      """,
    completion: .file(extensions: ["csv", "tsv", "txt"]))
  var files: [String]

  @OptionGroup(title: "Input options") var input: InputOptions

  @Option(
    help: ArgumentHelp(
      "The column whose labels part the rows of one file into groups.", valueName: "name"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      """
      What to do where one distribution has mass and the other has none: infinite (the \
      default: the definition as it stands), throwing (an error), restricted (leave such \
      outcomes out) or smoothed (add a pseudocount to all).
      """,
      valueName: "policy"))
  var support: SupportName = .infinite

  @Option(
    help: ArgumentHelp(
      "What --support smoothed adds to every count or probability.", valueName: "number"))
  var pseudocount: Double?

  @OptionGroup(title: "Output options") var output: OutputOptions

  @OptionGroup(title: "Output options") var plotting: PlotOption

  /// Refuses options that contradict each other.
  private func check() throws {
    try input.check()
    guard (1...2).contains(files.count) else {
      throw ValidationError("Give one or two files, not \(files.count).")
    }
    guard files != ["-", "-"] else {
      throw ValidationError("Standard input (-) can be only one of the files.")
    }
    if by != nil {
      guard files.count == 1, !input.isTable, input.column.count == 1 else {
        throw ValidationError("--by parts one --column of one file into groups.")
      }
    } else if files.count == 1 && input.valueColumns.count != 2 {
      throw ValidationError("One file: give two columns to compare, or --by a column of groups.")
    }
    guard input.valueColumns.count <= 2 else {
      throw ValidationError("Give one column, or one for each of the two sides.")
    }
    guard (support == .smoothed) == (pseudocount != nil) else {
      throw ValidationError("--support smoothed and --pseudocount go together.")
    }
    if let pseudocount, !(pseudocount > 0 && pseudocount < .infinity) {
      throw ValidationError("--pseudocount is \(pseudocount): it must be positive and finite.")
    }
  }

  mutating func run() throws {
    try check()
    let names = input.valueColumns
    let set = try input.read(
      files.enumerated().map { i, file in
        (file, files.count == 2 ? [names.count == 2 ? names[i] : names[0]] : names)
      }, group: by)
    guard set.samples.count >= 2 else {
      let group = set.samples.first?.group ?? ""
      throw Fault(
        .data,
        """
        \(files[0]), column \(quoted(by ?? "")): there is only one group with values, \
        \(quoted(group)); two are needed to compare
        """)
    }
    let report = try ComparisonReport(
      DataReport(set: set, isTable: input.isTable), support: support.policy(pseudocount),
      unit: output.unit.unit)
    try plotting.draw(report.chart())
    try Terminal.print(output.json ? report.json() : report.text())
  }
}

/// The name of a support policy.
enum SupportName: String, ExpressibleByArgument, CaseIterable {
  case infinite
  case throwing
  case restricted
  case smoothed

  func policy(_ pseudocount: Double?) -> SupportPolicy {
    switch self {
    case .infinite: .infinite
    case .throwing: .throwing
    case .restricted: .restricted
    case .smoothed: .smoothed(pseudocount: pseudocount ?? 0)
    }
  }
}
