import ArgumentParser
import ClassificationLosses
import InformationTheory

/// Prints the Kullback–Leibler loss of logits with target probabilities.
struct KLLossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kl",
    abstract: "Print the Kullback–Leibler loss of logits with target probabilities.",
    discussion: """
      Each row of targets is a distribution over the classes, and the loss is its
      divergence from the softmax of the logits. To compare logits with logits, use
      compare-logits.

      EXAMPLE
        infotheory loss kl --logits student.npy --targets teacher.npy
      """)

  @OptionGroup(title: "Input options") var input: TargetInput

  @OptionGroup(title: "Reading and printing") var numbers: NumberOptions

  mutating func run() throws {
    let (logits, targets) = try input.open(numbers.format, targets: .real)
    var result = LossResult()
    var rowLosses = SampleMean()
    try NumberTable.forEachBlock([logits, targets]) { count in
      let (x, t) = (logits.values, targets.values)
      let ranges = (logits.range(rows: count), targets.range(rows: count))
      var losses = [Double](repeating: 0, count: count)
      let part = try RowFaults.placed(
        ["logits": logits, "targets": targets]
      ) { () throws(InformationError) in
        try klLoss(
          logits: x.span.extracting(ranges.0), targets: t.span.extracting(ranges.1),
          classCount: logits.columnCount, rowLosses: losses.mutableSpan)
      }
      result.merge(part)
      for loss in losses { rowLosses.add(loss) }
    }
    let report = LossReport(
      title: "Kullback–Leibler loss", key: "kl_loss", logits: logits.name,
      targets: targets.name, classNames: nil, preset: nil, result: result,
      rowLosses: rowLosses, scores: .none)
    try Terminal.print(numbers.json ? report.json() : report.text())
  }
}
