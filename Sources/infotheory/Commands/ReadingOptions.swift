import ArgumentParser
import Foundation

/// How cells are read; the same for all commands that read CSV.
struct ReadingOptions: ParsableArguments {
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

extension ReadingOptions {
  /// The missing cells asked for.
  var missingCells: MissingCells {
    guard !missing.isEmpty else { return MissingCells() }
    return MissingCells(tokens: missing.flatMap { $0.split(separator: ",").map(String.init) })
  }

  /// The bins asked for.
  var binChoice: BinChoice { bins.map { .count($0) } ?? binRule.map { .rule($0) } ?? .automatic }

  /// Whether anything is said about bins, or that there shall be none.
  var isAboutBins: Bool { categorical || bins != nil || binRule != nil }

  /// Refuses options that contradict each other.
  func check() throws {
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
