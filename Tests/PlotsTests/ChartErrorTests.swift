import ClassificationLosses
import InformationTheory
import Testing

@testable import Plots

/// Bad data throw an error that names what and where; a caller's bugs trap.
@Suite struct ChartErrorTests {
  private func expect(
    _ code: InformationError.Code, _ argument: String?, at index: Int? = nil,
    _ location: SourceLocation = #_sourceLocation, _ body: () throws -> any Chart
  ) {
    let error = #expect(throws: InformationError.self, sourceLocation: location) { try body() }
    #expect(error?.code == code, sourceLocation: location)
    #expect(error?.argument == argument, sourceLocation: location)
    #expect(error?.index == index, sourceLocation: location)
  }

  @Test func nanIsRefused() {
    expect(.notFinite, "y", at: 1) { try LineChart([.init("a", x: [0, 1], y: [0, .nan])]) }
    expect(.notFinite, "band.upper", at: 0) {
      try LineChart([.init("a", x: [0], y: [0], band: (lower: [0], upper: [.nan]))])
    }
    expect(.notFinite, "values", at: 0) { try BarChart(categories: ["a"], values: [.nan]) }
    expect(.notFinite, "values", at: 0) { try Histogram([.init("a", [.infinity, 1])]) }
    expect(.notFinite, "values", at: 0) { try DensityChart(samples: [.init("a", [.nan, 1])]) }
    expect(.notFinite, "values[1]", at: 1) {
      try HeatMap(rows: ["a", "b"], columns: ["c", "d"], values: [[1, 1], [1, .nan]])
    }
    expect(.notFinite, "x", at: 0) { try ScatterPlot([.init("a", x: [.nan], y: [0])]) }
    expect(.notFinite, "dots", at: 0) { try DotPlot([.init("a", .nan)]) }
    expect(.notFinite, "y", at: 1) { try LossCurve(["train": [1, .nan]]) }
  }

  @Test func nothingIsRefused() {
    expect(.empty, "lines") { try LineChart([]) }
    expect(.empty, "x") { try LineChart([.init("a", x: [], y: [])]) }
    expect(.empty, "categories") { try BarChart(categories: [], values: []) }
    expect(.empty, "bars") { try BarChart(categories: ["a"], bars: []) }
    expect(.empty, "samples") { try Histogram([]) }
    expect(.empty, "values") { try Histogram([.init("a", [])]) }
    expect(.empty, "bins") { try Histogram(edges: [1], bars: []) }
    expect(.empty, "rows") { try HeatMap(rows: [], columns: ["c"], values: []) }
    expect(.empty, "charts") { try ChartStack([]) }
    expect(.empty, "dots") { try DotPlot([]) }
    expect(.empty, "points") { try ScatterPlot([]) }
    expect(.empty, "tables") { try ReliabilityDiagram([:]) }
    expect(.empty, "tables") { try ReliabilityDiagram(["a": CalibrationTable()]) }
    expect(.empty, "distributions") { try BarChart([:]) }
    expect(.empty, nil) {
      let p = try Categorical([0.5, 0.5])
      return try p.compared(to: p).contributionChart()
    }
  }

  @Test func sizesAndNamesMustAgree() {
    expect(.sizeMismatch, "y") { try LineChart([.init("a", x: [0, 1], y: [0])]) }
    expect(.sizeMismatch, "values") { try BarChart(categories: ["a"], values: [1, 2]) }
    expect(.sizeMismatch, "values[0]") {
      try HeatMap(rows: ["a"], columns: ["c"], values: [[1, 2]])
    }
    expect(.badLabels, "lines", at: 1) {
      try LineChart([.init("a", x: [0], y: [0]), .init("a", x: [0], y: [0])])
    }
    expect(.badLabels, "categories", at: 2) {
      try BarChart(categories: ["a", "b", "a"], values: [1, 2, 3])
    }
    expect(.badLabels, "dots", at: 1) { try DotPlot([.init("a", 1), .init("a", 2)]) }
    expect(.badPositions, "edges", at: 1) { try Histogram(edges: [1, 1], bars: [.init("a", [1])]) }
    expect(.badParameter, "binCount") { try Histogram([.init("a", [1, 2])], binCount: 0) }
    expect(.badParameter, "binCount") {
      try Histogram([.init("a", [1, (1.0).nextUp])], binCount: 3)
    }
    expect(.badParameter, "samples") { try DensityChart(samples: [.init("a", [1, 1])]) }
    expect(.badParameter, "bandwidth") {
      try DensityChart(samples: [.init("a", [1, 2])], bandwidth: 0)
    }
    expect(.badLabels, "distributions") {
      let p = try Categorical([0.5, 0.5], labels: ["a", "b"])
      return try BarChart(["p": p, "q": try Categorical([0.5, 0.5], labels: ["b", "a"])])
    }
    expect(.sizeMismatch, "the bins of \"b\"") {
      var (a, b) = (CalibrationTable(binCount: 2), CalibrationTable(binCount: 3))
      a.add(probability: 1, outcome: 1)
      b.add(probability: 1, outcome: 1)
      return try ReliabilityDiagram(["a": a, "b": b])
    }
  }

  @Test func callersBugsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = try LineChart([.init("a", x: [0], y: [0])]).sized(width: 0, height: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = try LineChart([.init("a", x: [0], y: [0])]).limited(x: 0...Double.infinity)
    }
    await #expect(processExitsWith: .failure) {
      _ = try HeatMap(rows: ["a"], columns: ["b"], values: [[1]], decimals: 18)
    }
  }
}
