import ClassificationLosses
import InformationTheory
import Plots

/// Prints a chart of every kind, a line each: its name, a tab, its specification.
@main
struct PlotGallery {
  static func main() throws {
    for (name, chart) in try charts() { print(name, chart.vegaLite, separator: "\t") }
  }

  /// Charts of every kind, with and without what is optional in them.
  static func charts() throws -> [(name: String, chart: any Chart)] {
    try plain() + readyMade()
  }

  /// A text in which everything has to be escaped.
  static let hostile = "\"quoted\" \\ </script> &amp; \n\t\u{1} \u{2028} ∞ 🐧"

  private static func plain() throws -> [(name: String, chart: any Chart)] {
    let x = [0.0, 0.5, 1, 2]
    let line = LineChart.Line("a", x: x, y: [.infinity, 0.7, 0.2, -1e-300])
    let banded = LineChart.Line(
      hostile, x: x, y: x, band: (lower: [-1, 0, 0.5, 1], upper: [1, 1, 1.5, .infinity]),
      isDashed: true, hasDots: true)
    let lines = try LineChart([line, banded])
    let one = try LineChart([line])
    let bars = try BarChart(
      categories: ["b", "a", hostile], bars: [.init("one", [3, 2, 1]), .init("two", [1, 2, 3])])
    let sample = (0..<200).map { Double(($0 * $0) % 97) }
    let samples = [Histogram.Sample("s", sample), Histogram.Sample("t", sample.map { $0 / 2 + 9 })]
    let dots: [DotPlot.Dot] = [
      .init("plain", 1), .init("with", 2, interval: 1...3),
      .init("open", 2, interval: 0...Double.infinity),
      .init("with", 2.5, interval: 2...4, group: "other"),
    ]
    return [
      (
        "lines", lines.titled(hostile, subtitle: "below").axes(x: hostile, y: "y").limited(y: 0...2)
      ),
      ("line", one), ("line-logarithmic", one.scaled(x: .logarithmic, y: .logarithmic)),
      ("bars", bars.titled("Bars").axes(x: "x", y: "y")),
      (
        "bars-horizontal",
        try BarChart(categories: ["a", "b"], values: [1, -.infinity], isHorizontal: true)
      ),
      ("histogram", try Histogram([samples[0]])),
      ("histograms", try Histogram(samples, binCount: 12, height: .density).axes(x: "x", y: "y")),
      ("densities", try DensityChart(samples: samples).axes(x: "x")),
      (
        "heat-map",
        try HeatMap(
          rows: ["r", hostile], columns: ["c", "d"], values: [[1, nil], [.infinity, 0.5]])
      ),
      ("heat-map-bare", try HeatMap(rows: ["r"], columns: ["c"], values: [[1]], decimals: nil)),
      (
        "scatter",
        try ScatterPlot([.init("a", x: x, y: x), .init(hostile, x: [1], y: [.infinity])])
      ),
      ("dots", try DotPlot(dots).axes(x: "nats")), ("dot", try DotPlot([.init("one", 1)])),
      ("stack", try ChartStack([lines, bars], .horizontal).titled("Both", subtitle: hostile)),
    ]
  }

  private static func readyMade() throws -> [(name: String, chart: any Chart)] {
    let labels = ["rain", "sun", "fog"]
    let p = try Categorical([0.5, 0.25, 0.25], labels: labels)
    let q = try Categorical([0.5, 0.5, 0], labels: labels)
    let comparison = try p.compared(to: q, positions: [0, 1, 2])
    let joint = try JointDistribution(columns: [
      LabelColumn("weather", ["rain", "sun", "sun", "fog"]), LabelColumn("day", [1, 1, 2, 2]),
      LabelColumn("warm", [false, true, true, false]),
    ])
    var table = CalibrationTable(binCount: 10)
    for i in 0..<40 { table.add(probability: Double(i) / 39, outcome: i % 3 == 0 ? 0 : 1) }
    var total = LossResult()
    total.merge(
      try softmaxCrossEntropy(
        logits: [1.0, 0, 0, 2].span, classIndices: [0, 1].span, classCount: 2))
    return [
      ("comparison", try comparison.chart(in: .bits, p: hostile)),
      ("contributions", try comparison.contributionChart()),
      ("distributions", try BarChart(["p": p, "q": q])),
      ("joint", try HeatMap(joint, rows: "weather", columns: "day")),
      ("mutual-information", try HeatMap(mutualInformationOf: joint, in: .bits)),
      (
        "reliability",
        try ReliabilityDiagram(["model": table, "other": table]).titled("Reliability")
      ),
      ("losses", try LossCurve(["train": [2, 1.5, 1], "held out": [2, .infinity]])),
      ("loss-results", try LossCurve(results: ["train": [total]])),
    ]
  }
}
