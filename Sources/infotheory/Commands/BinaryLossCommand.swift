import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the binary cross-entropy of logits with targets.
struct BinaryLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "binary-cross-entropy",
    abstract: "Print the binary cross-entropy of logits with targets.",
    discussion: """
      Both files have the same shape; each number is one prediction. Targets are
      probabilities of yes, 0 and 1 above all.

      EXAMPLES
        infotheory loss binary-cross-entropy --logits x.csv --targets t.csv
        infotheory loss binary-cross-entropy --logits x.npy --targets t.npy \\
          --positive-weights 3,0.5
      """)

  @OptionGroup(title: "Input options") var input: TargetInput

  @Option(
    help: ArgumentHelp(
      "The weight of positives, one for all or one for each column.", valueName: "numbers"))
  var positiveWeights: NumberList?

  @Option(
    help: ArgumentHelp("The share by which targets move to one half.", valueName: "share"))
  var labelSmoothing: Double = 0

  @Option(
    help: ArgumentHelp(
      "The number of bins of equal width for the calibration.", valueName: "n"))
  var calibrationBins: Int = 15

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    guard (1...100_000).contains(calibrationBins) else {
      throw ValidationError(
        "--calibration-bins is \(calibrationBins): it must be in 1 ... 100000.")
    }
    let (logits, targets) = try input.open(numbers.format, targets: .any)
    let weights = positiveWeights?.values
    guard weights.map({ $0.count == 1 || $0.count == logits.columnCount }) ?? true else {
      throw ValidationError(
        """
        --positive-weights must be one number, or one for each of the \(logits.columnCount) \
        columns.
        """)
    }
    var result = LossResult()
    var rowLosses = SampleMean()
    var scores = BinaryScores(binCount: calibrationBins)
    try NumberTable.forEachBlock([logits, targets]) { count in
      let (x, t) = (logits.values, targets.values)
      let ranges = (logits.range(rows: count), targets.range(rows: count))
      var losses = [Double](repeating: 0, count: ranges.0.count)
      let part = try RowFaults.placed(
        ["logits": logits, "targets": targets], isByElement: true
      ) { () throws(InformationError) in
        let (x, t) = (x.span.extracting(ranges.0), t.span.extracting(ranges.1))
        try scores.add(logits: x, targets: t)
        return try binaryCrossEntropy(
          logits: x, targets: t, positiveWeights: weights, labelSmoothing: labelSmoothing,
          rowLosses: losses.mutableSpan)
      }
      result.merge(part)
      for loss in losses { rowLosses.add(loss) }
    }
    let report = LossReport(
      title: "Binary cross-entropy", key: "binary_cross_entropy", logits: logits.name,
      targets: targets.name, classNames: nil, preset: nil, result: result,
      rowLosses: rowLosses, scores: .binary(scores))
    try Terminal.print(numbers.json ? report.json() : report.text())
  }
}
