import ArgumentParser
import InformationTheory

/// Prints the entropies of columns.
struct EntropyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entropy",
    abstract: "Print the entropies of a column, a table or groups.",
    discussion: """
      Text is counted by label. Numbers are counted in bins of equal width, on
      which the result depends: compare entropies of numbers at equal bins only.

      EXAMPLES
        infotheory entropy penguins.csv --column island
        infotheory entropy penguins.csv --column bill_length_mm --bins 20 --unit bits
        infotheory entropy penguins.csv --column island --by species
        infotheory entropy dice.csv --counts seen --labels face --order 3 --order inf
        zcat big.csv.gz | infotheory entropy - --column price --json
      """)

  @Argument(
    help: "A CSV file whose first line names the columns; - is standard input.",
    completion: .file(extensions: ["csv", "tsv", "txt"]))
  var file: String

  @OptionGroup(title: "Input options") var input: InputOptions

  @Option(
    help: ArgumentHelp("The column whose labels part the rows into groups.", valueName: "name"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "A further order of the Rényi and Tsallis entropies and the Hill number: 0 or more, or inf.",
      valueName: "order"))
  var order: [Double] = []

  @OptionGroup(title: "Output options") var output: OutputOptions

  @OptionGroup(title: "Output options") var plotting: PlotOption

  /// Refuses options that contradict each other.
  private func check() throws {
    try input.check()
    if let order = order.first(where: { !($0 >= 0) }) {
      throw ValidationError("--order is \(order): it must be 0 or more, or inf.")
    }
    if by != nil && (input.isTable || input.valueColumns.count > 1) {
      throw ValidationError("--by parts one column into groups: give one --column with it.")
    }
  }

  mutating func run() throws {
    try check()
    let set = try input.read([(file, input.valueColumns)], group: by)
    let report = DataReport(set: set, isTable: input.isTable)
    let panels = try set.samples.map {
      try Panel(
        entropiesOf: $0.distribution, positions: set.positions, orders: order,
        unit: output.unit.unit)
    }
    try plotting.draw(SampleChart.distributions(set))
    if output.json {
      let entropies = zip(set.samples, panels).map { sample, panel in
        JSONTree.object([("sample", .text(sample.name)), ("measures", panel.json)])
      }
      let fields = report.json + [("entropies", JSONTree.array(entropies))]
      try Terminal.print(JSONTree.object(fields).rendered() + "\n")
      return
    }
    var lines = report.lines
    for (sample, panel) in zip(set.samples, panels) {
      lines += ["", panels.count > 1 ? "Entropies of \(sample.name)" : "Entropies"] + panel.lines
    }
    try Terminal.print(lines.joined(separator: "\n") + "\n")
  }
}
