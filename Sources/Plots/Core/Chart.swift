/// Something that can be drawn: a specification in Vega-Lite, version 5.
///
/// ```swift
/// let chart = try LineChart([.init("−log ŷ", x: [0.1, 0.5, 1], y: [2.303, 0.693, 0])])
///   .titled("What a correct answer costs")
///   .axes(x: "ŷ", y: "loss / nats")
/// chart.vegaLite    // {"$schema":"https://vega.github.io/schema/vega-lite/v5.json",…
/// ```
///
/// Charts are values: ``titled(_:subtitle:)`` and its relatives return changed copies.
/// <doc:Drawing> says how a specification becomes a picture.
///
/// The types of this module conform; no other can, for a specification has no public
/// initialiser.
public protocol Chart: Sendable {
  /// Titles, size and axes.
  var frame: ChartFrame { get set }

  /// What is drawn.
  var specification: ChartSpecification { get }
}

/// What a chart draws, to be rendered or put into a ``ChartStack``.
public struct ChartSpecification: Sendable {
  /// The chart without what only the outermost one has.
  let view: JSON

  /// The chart as a Vega-Lite specification of its own.
  var standalone: JSON {
    JSON.object([
      ("$schema", "https://vega.github.io/schema/vega-lite/v5.json"), ("background", "white"),
      ("config", Self.config),
    ]).adding(view)
  }

  /// Colours that people who see fewer of them can tell apart (Okabe and Ito, 2008).
  private static let config: JSON = [
    "range": [
      "category": ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#666666"]
    ],
    // Long names are not cut: that can part a character, over which vl-convert fails.
    "axis": ["labelLimit": 0], "legend": ["labelLimit": 0],
    "title": ["anchor": "start", "subtitleColor": "#555555"],
  ]
}

// MARK: - As text

extension Chart {
  /// The chart in Vega-Lite, version 5: JSON on one line.
  ///
  /// Numbers have the shortest digits that give the same double again. A value without a
  /// place on its axis, infinite or not positive on a logarithmic one, is null: a line
  /// has a gap there, any other mark is missing, and the subtitle says how many there are.
  ///
  /// Text may hold anything, and is on one line: control characters and line breaks, which
  /// a picture cannot hold, become their symbols, such as ␉ for a tab.
  public var vegaLite: String { specification.standalone.rendered }
}

// MARK: - With another frame

extension Chart {
  /// Returns the chart with a title.
  ///
  /// - Parameters:
  ///   - title: What the chart shows.
  ///   - subtitle: What else there is to say, in smaller letters.
  /// - Returns: The chart, with these for those that it had.
  public func titled(_ title: String, subtitle: String? = nil) -> Self {
    var chart = self
    (chart.frame.title, chart.frame.subtitle) = (title, subtitle)
    return chart
  }

  /// Returns the chart with names for its axes, units included.
  ///
  /// - Parameters:
  ///   - x: The name of the horizontal axis; nil leaves the name as it was.
  ///   - y: That of the vertical axis.
  /// - Returns: The chart with the names.
  public func axes(x: String? = nil, y: String? = nil) -> Self {
    var chart = self
    if let x { chart.frame.xTitle = x }
    if let y { chart.frame.yTitle = y }
    return chart
  }

  /// Returns the chart with limits to its axes; what lies beyond is cut off.
  ///
  /// - Parameters:
  ///   - x: The range of the horizontal axis; nil leaves it as it was.
  ///   - y: That of the vertical axis.
  /// - Returns: The chart with the limits.
  /// - Precondition: All bounds are finite.
  public func limited(x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil) -> Self {
    for bound in [x, y].compactMap(\.self).flatMap({ [$0.lowerBound, $0.upperBound] }) {
      precondition(bound.isFinite, "Chart.limited: the bounds of an axis must be finite")
    }
    var chart = self
    if let x { chart.frame.xLimits = x }
    if let y { chart.frame.yLimits = y }
    return chart
  }

  /// Returns the chart with other scales.
  ///
  /// - Parameters:
  ///   - x: The scale of the horizontal axis; nil leaves it as it was.
  ///   - y: That of the vertical axis.
  /// - Returns: The chart with the scales. Bars, histograms, densities and heat maps stay
  ///   linear, for a bar on a logarithmic axis has no length.
  public func scaled(x: AxisScale? = nil, y: AxisScale? = nil) -> Self {
    var chart = self
    if let x { chart.frame.xScale = x }
    if let y { chart.frame.yScale = y }
    return chart
  }

  /// Returns the chart in another size.
  ///
  /// - Parameters:
  ///   - width: The width between the axes' ends, in pixels.
  ///   - height: The height.
  /// - Returns: The chart in that size.
  /// - Precondition: Both are positive.
  public func sized(width: Int, height: Int) -> Self {
    precondition(width > 0 && height > 0, "Chart.sized: width and height must be positive")
    var chart = self
    (chart.frame.width, chart.frame.height) = (width, height)
    return chart
  }
}
