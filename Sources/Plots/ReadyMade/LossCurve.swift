public import ClassificationLosses
public import InformationTheory

/// How losses go down, step by step.
///
/// ```swift
/// try LossCurve(["train": [2.3, 1.1, 0.7], "held out": [2.3, 1.3, 1.0]]).vegaLite
/// ```
///
/// Steps are counted from 1. An infinite loss is a gap, as the subtitle says.
public struct LossCurve: Chart {
  private var chart: LineChart
  /// Titles, size and axes.
  public var frame: ChartFrame {
    get { chart.frame }
    set { chart.frame = newValue }
  }

  /// Creates the curves of losses in nats.
  ///
  /// - Parameter losses: At least one series, by name, each of at least one step.
  /// - Throws: `InformationError` with the code `empty`, `badLabels` where names repeat, or
  ///   `notFinite` where a loss is NaN.
  public init(_ losses: KeyValuePairs<String, [Double]>) throws(InformationError) {
    var lines: [LineChart.Line] = []
    for (name, values) in losses { lines.append(Self.line(name, values)) }
    chart = try Self.chart(of: lines)
  }

  /// Creates the curves of results, each by its reduction.
  ///
  /// - Parameter results: At least one series, by name, each of at least one step.
  /// - Throws: `InformationError`, as the other initialiser; a result over no rows is NaN
  ///   under the policy `nan`.
  public init(results: KeyValuePairs<String, [LossResult]>) throws(InformationError) {
    var lines: [LineChart.Line] = []
    for (name, values) in results { lines.append(Self.line(name, values.map(\.value))) }
    chart = try Self.chart(of: lines)
  }

  private static func line(_ name: String, _ values: [Double]) -> LineChart.Line {
    LineChart.Line(name, x: values.indices.map { Double($0 + 1) }, y: values)
  }

  private static func chart(of lines: [LineChart.Line]) throws(InformationError) -> LineChart {
    try LineChart(lines).axes(x: "step", y: "loss / nats")
  }

  /// The curves.
  public var specification: ChartSpecification { chart.specification }
}
