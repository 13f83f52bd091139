import ArgumentParser

/// Logits, and labels for them.
struct LabelledInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Logits, a row for each sample and a column for each class; - is standard input.",
      valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var logits: String

  @Option(
    help: ArgumentHelp(
      "The class of each row, counted from 0.", valueName: "file"),
    completion: .file(extensions: ["csv", "tsv", "txt", "npy"]))
  var labels: String

  @OptionGroup(title: "Input options") var label: LabelOptions

  @Option(
    help: ArgumentHelp(
      "The number of bins of equal width for the calibration.", valueName: "n"))
  var calibrationBins: Int = 15
}

/// Which file holds the labels, and what they mean.
struct LabelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column with the labels, where their file has several.", valueName: "name"))
  var labelColumn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The label of rows to leave out.", valueName: "label"))
  var ignoreIndex: Int?
}
