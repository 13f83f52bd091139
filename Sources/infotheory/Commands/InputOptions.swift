import ArgumentParser
import Foundation

/// Which columns to read, and how; the same for all commands that read CSV.
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

  @Flag(help: "Count the cells as labels, even if they are numbers.")
  var categorical = false

  @Option(help: ArgumentHelp("The number of bins, of equal width.", valueName: "n"))
  var bins: Int?

  @Option(
    help: ArgumentHelp(
      """
      The rule for the number of bins: scott (the default), freedman-diaconis (reads the data \
      a few times more), sturges, rice or square-root.
      """,
      valueName: "rule"))
  var binRule: BinRule?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The texts that stand for a missing value, separated by commas.",
      discussion: """
        Without it: \(MissingCells.defaultTokens.joined(separator: ", ")). \
        An empty cell is always missing.
        """,
      valueName: "texts"))
  var missing: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What separates fields: a character, or tab.", valueName: "character"))
  var delimiter: Delimiter = .comma
}

extension InputOptions {
  /// The missing cells asked for.
  var missingCells: MissingCells {
    guard !missing.isEmpty else { return MissingCells() }
    return MissingCells(tokens: missing.flatMap { $0.split(separator: ",").map(String.init) })
  }

  /// The bins asked for.
  var binChoice: BinChoice { bins.map { .count($0) } ?? binRule.map { .rule($0) } ?? .automatic }

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
      if categorical || bins != nil || binRule != nil {
        throw ValidationError("A table is not binned: --bins and the like go with --column.")
      }
    } else if labels != nil {
      throw ValidationError("--labels names the outcomes of --counts or --probabilities.")
    }
    if normalize && probabilities.isEmpty {
      throw ValidationError("--normalize goes with --probabilities; counts need none.")
    }
    if bins != nil && binRule != nil {
      throw ValidationError("Give --bins or --bin-rule, not both.")
    }
    if categorical && (bins != nil || binRule != nil) {
      throw ValidationError("Labels are not binned: give --categorical or --bins, not both.")
    }
    if let bins, !(1...1_000_000).contains(bins) {
      throw ValidationError("--bins is \(bins): it must be in 1 ... 1000000.")
    }
  }

  /// Reads the given columns of every file as the options ask, in groups if one is named.
  func read(_ columns: [(path: String, columns: [String])], group: String?) throws -> SampleSet {
    let sources = try columns.map {
      try SampleSource(
        path: $0.path, delimiter: delimiter.byte, columns: $0.columns,
        group: isTable ? labels : group)
    }
    if isTable {
      let masses: TableReader.Masses =
        counts.isEmpty ? .probabilities(normalizing: normalize) : .counts
      return try TableReader(
        sources: sources, masses: masses, labels: labels, missing: missingCells
      ).read()
    }
    return try SampleReader(
      sources: sources, missing: missingCells, isCategorical: categorical, bins: binChoice
    ).read()
  }
}

extension BinRule: ExpressibleByArgument {}

/// What separates fields: one ASCII character.
struct Delimiter: ExpressibleByArgument, Equatable {
  static let comma = Delimiter(byte: UInt8(ascii: ","))

  let byte: UInt8

  init(byte: UInt8) { self.byte = byte }

  init?(argument: String) {
    let text = ["tab": "\t", "\\t": "\t"][argument] ?? argument
    // Quotes, line ends, digits and letters would not leave any cell in one piece.
    guard text.utf8.count == 1, let byte = text.utf8.first, byte == 9 || byte >= 0x20,
      byte < 0x7F, byte != 0x22, !Character(Unicode.Scalar(byte)).isLetter,
      !Character(Unicode.Scalar(byte)).isNumber
    else { return nil }
    self.byte = byte
  }

  var defaultValueDescription: String { "," }
}
