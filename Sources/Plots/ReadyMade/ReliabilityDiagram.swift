public import ClassificationLosses
public import InformationTheory

/// How often predictions came true, over the probability that they were given, above the
/// histogram of these probabilities.
///
/// ```swift
/// var table = CalibrationTable(binCount: 10)
/// table.add(probability: 0.8, outcome: 1)
/// try ReliabilityDiagram(["model": table]).vegaLite
/// ```
///
/// Predictions that can be taken at their word lie on the dashed diagonal; those below it
/// are too sure. Bins without predictions have no dot.
///
/// - Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks"
///   (2017), arXiv:1706.04599.
public struct ReliabilityDiagram: Chart {
  private let curves: LineChart
  private let counts: Histogram
  /// Titles, and the size of the upper chart.
  public var frame = ChartFrame()

  /// Creates the diagram of calibration tables.
  ///
  /// - Parameter tables: At least one, by name, each with at least one prediction; all
  ///   have as many bins.
  /// - Throws: `InformationError` with the code `empty`, `sizeMismatch`, or `badLabels`
  ///   where names repeat.
  public init(_ tables: KeyValuePairs<String, CalibrationTable>) throws(InformationError) {
    guard let first = tables.first?.value else {
      throw InformationError(.empty, argument: "tables", "there are no tables")
    }
    var lines: [LineChart.Line] = []
    for (name, table) in tables {
      try ChartCheck.demandCount(
        table.bins.count, "the bins of \"\(name)\"", of: first.bins.count, "the first table")
      let bins = table.bins.filter { $0.count > 0 }
      guard !bins.isEmpty else {
        throw InformationError(
          .empty, argument: "tables", "\"\(name)\" has no predictions: add some first")
      }
      lines.append(
        LineChart.Line(
          name, x: bins.compactMap(\.meanProbability), y: bins.compactMap(\.accuracy),
          hasDots: true))
    }
    // The last line, so that curves and bars of one table have one colour.
    lines.append(LineChart.Line("as predicted", x: [0, 1], y: [0, 1], isDashed: true))
    curves = try LineChart(lines)
    counts = try Histogram(
      edges: [0] + first.bins.map(\.upper),
      bars: tables.map { BarChart.Bars($0.key, $0.value.bins.map { Double($0.count) }) })
    (frame.width, frame.height) = (320, 320)
    (frame.xTitle, frame.yTitle) = ("predicted probability", "share that came true")
  }

  /// The curves above the histogram.
  public var specification: ChartSpecification {
    var (upper, lower) = (curves, counts)
    upper.frame = frame
    (upper.frame.xLimits, upper.frame.yLimits) = (0...1, 0...1)
    lower.frame.xTitle = frame.xTitle
    lower.frame.yTitle = "predictions"
    lower.frame.xLimits = 0...1
    (lower.frame.width, lower.frame.height) = (frame.width, 80)
    let views = [upper.specification.view, lower.specification.view]
    return ChartSpecification(
      view: [
        "vconcat": .array(views),
        "resolve": ["scale": ["color": "independent", "strokeDash": "independent"]],
      ])
  }
}
