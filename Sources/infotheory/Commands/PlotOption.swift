import ArgumentParser
import Plots

/// Where a chart is to be drawn.
struct PlotOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Draw a chart into this file, whose name ends in .html (a page that needs no network), \
      .svg, .png or .json (Vega-Lite). All but the last need Python's vl-convert-python.
      """,
      valueName: "file"),
    completion: .file(extensions: PlotFile.Kind.allCases.map(\.rawValue)),
    transform: PlotFile.init(path:))
  var plot: PlotFile?

  /// Draws the chart if one is asked for.
  func draw(_ chart: @autoclosure () throws -> any Chart) throws {
    guard let plot else { return }
    try plot.write(chart())
  }
}
