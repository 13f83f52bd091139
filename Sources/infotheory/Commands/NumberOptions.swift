import ArgumentParser

/// How files of numbers are read, and results printed.
struct NumberOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Whether the first line of CSV names the columns: detect (the default), present or absent.",
      discussion: "It is detected by a cell that is no number, and where it reads 0,1,2, …",
      valueName: "what"))
  var header: CSVFormat.Header = .detect

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What separates fields: a character, or tab.", valueName: "character"))
  var delimiter: Delimiter = .comma

  @Option(
    help: ArgumentHelp(
      "The unit of losses and divergences: nats, bits or hartleys.", valueName: "unit"))
  var unit: UnitName = .nats

  @Flag(help: "Print JSON, with all digits and everything there is.")
  var json = false

  @OptionGroup var plotting: PlotOption
}

extension NumberOptions {
  var format: CSVFormat { CSVFormat(delimiter: delimiter.byte, header: header) }
}

extension CSVFormat.Header: ExpressibleByArgument {}

/// Numbers on the command line, separated by commas.
struct NumberList: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0.filter { $0 != " " }) }
    guard numbers.count == parts.count else { return nil }
    values = numbers
  }

  /// Refuses numbers of which there is not one for each class.
  func demandOneForEachClass(of logits: NumberTable, _ option: String) throws {
    guard values.count != logits.columnCount else { return }
    throw ValidationError(
      """
      \(option) has \(counted(values.count, "number")), but \(logits.name) has \
      \(counted(logits.columnCount, "class", "classes")).
      """)
  }
}
