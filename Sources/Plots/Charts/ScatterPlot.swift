public import InformationTheory

/// Points in a plane, coloured by what they belong to.
///
/// ```swift
/// let chart = try ScatterPlot([.init("Adelie", x: [39.1, 39.5], y: [18.7, 17.4])])
/// ```
public struct ScatterPlot: Chart {
  /// Points of one kind.
  public struct Points: Sendable, Hashable {
    /// What the legend calls them.
    public let name: String
    /// Where they lie; a point with an infinity is left out.
    public let x: [Double]
    /// How high they lie.
    public let y: [Double]

    /// Creates points of one kind.
    ///
    /// - Parameters:
    ///   - name: What the legend calls them.
    ///   - x: Where they lie.
    ///   - y: How high they lie.
    public init(_ name: String, x: [Double], y: [Double]) {
      (self.name, self.x, self.y) = (name, x, y)
    }
  }

  /// The points.
  public let points: [Points]
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a chart of points.
  ///
  /// - Parameter points: At least one kind, with different names; a kind may be empty.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `sizeMismatch`, or
  ///   `notFinite` where a number is NaN.
  public init(_ points: [Points]) throws(InformationError) {
    try ChartCheck.demandSome(points.count, "points")
    try ChartCheck.demandDistinct(points.map(\.name), "points")
    for group in points {
      try ChartCheck.demandCount(group.y.count, "y", of: group.x.count, "x")
      try ChartCheck.demandNumbers(group.x, "x")
      try ChartCheck.demandNumbers(group.y, "y")
    }
    self.points = points
  }

  /// The points.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    for group in points {
      for (x, y) in zip(group.x, group.y) {
        data.add(["points": .text(group.name), "x": data.x(x), "y": data.y(y)])
      }
    }
    return frame.view(
      undrawn: data.undrawn,
      [
        "data": data.values,
        "mark": [
          "type": "point", "filled": true, "opacity": 0.6, "clip": frame.isClipped, "tooltip": true,
        ],
        "encoding": [
          "x": frame.x("x"), "y": frame.y("y"),
          "color": .colour(by: "points", points.map(\.name)),
        ],
      ])
  }
}
