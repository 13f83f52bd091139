public import InformationTheory

/// Charts under each other, or side by side, as one.
///
/// ```swift
/// let line = try LineChart([.init("y", x: [0, 1], y: [1, 2])])
/// let chart = try ChartStack([line.sized(width: 200, height: 150), line], .horizontal)
/// ```
///
/// Each chart has axes and colours of its own. Of the frame only the titles are drawn.
public struct ChartStack: Chart {
  /// How charts follow each other.
  public enum Direction: String, Sendable, Hashable, Codable, CaseIterable {
    /// Side by side.
    case horizontal
    /// Under each other.
    case vertical
  }

  /// The charts.
  public let charts: [any Chart]
  /// How they follow each other.
  public let direction: Direction
  /// The title and the subtitle of the whole.
  public var frame = ChartFrame()

  /// Creates a chart of charts.
  ///
  /// - Parameters:
  ///   - charts: At least one.
  ///   - direction: How they follow each other.
  /// - Throws: `InformationError` with the code `empty`.
  public init(
    _ charts: [any Chart], _ direction: Direction = .vertical
  ) throws(InformationError) {
    try ChartCheck.demandSome(charts.count, "charts")
    (self.charts, self.direction) = (charts, direction)
  }

  /// The charts.
  public var specification: ChartSpecification {
    let views = JSON.array(charts.map(\.specification.view))
    return ChartSpecification(
      view: .members([
        "title": frame.heading(), direction == .vertical ? "vconcat" : "hconcat": views,
        "resolve": ["scale": ["color": "independent", "strokeDash": "independent"]],
      ]))
  }
}
