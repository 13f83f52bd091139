import ArgumentParser

/// Which columns make distributions, and how they are read.
struct InputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The column with values; numbers are binned, text is counted by label.",
      discussion: "Give it twice if it has another name in the second file.",
      valueName: "name"))
  var column: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column with counts, in a table with an outcome a row.", valueName: "name"))
  var counts: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column with probabilities, in a table with an outcome a row.", valueName: "name"))
  var probabilities: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column that names the outcomes of a table; outcomes are matched by it.",
      valueName: "name"))
  var labels: String?

  @Flag(help: "Divide probabilities by their sum if it is not 1.")
  var normalize = false

  @OptionGroup(title: "Input options") var reading: ReadingOptions
}

extension InputOptions {
  /// The columns with values or masses.
  var valueColumns: [String] { column + counts + probabilities }

  /// Whether the files are tables with an outcome a row.
  var isTable: Bool { !counts.isEmpty || !probabilities.isEmpty }

  /// Refuses options that contradict each other.
  ///
  /// Commands call it when they run, not when they are parsed: the parser would
  /// complain of a missing option before it finds the misspelt one.
  func check() throws {
    let kinds = [column, counts, probabilities].filter { !$0.isEmpty }
    guard kinds.count == 1 else {
      throw ValidationError(
        kinds.isEmpty
          ? "Name the column to read: --column, --counts or --probabilities."
          : "Give one of --column, --counts and --probabilities, not several.")
    }
    if isTable {
      if reading.isAboutBins {
        throw ValidationError("A table is not binned: --bins and the like go with --column.")
      }
    } else if labels != nil {
      throw ValidationError("--labels names the outcomes of --counts or --probabilities.")
    }
    if normalize && probabilities.isEmpty {
      throw ValidationError("--normalize goes with --probabilities; counts need none.")
    }
    try reading.check()
  }

  /// Reads the given columns of every file as the options ask, in groups if one is named.
  func read(_ columns: [(path: String, columns: [String])], group: String?) throws -> SampleSet {
    let sources = try columns.map {
      try SampleSource(
        path: $0.path, delimiter: reading.delimiter.byte, columns: $0.columns,
        group: isTable ? labels : group)
    }
    if isTable {
      let masses: TableReader.Masses =
        counts.isEmpty ? .probabilities(normalizing: normalize) : .counts
      return try TableReader(
        sources: sources, masses: masses, labels: labels, missing: reading.missingCells
      ).read()
    }
    return try SampleReader(
      sources: sources, missing: reading.missingCells, isCategorical: reading.categorical,
      bins: reading.binChoice
    ).read()
  }
}
