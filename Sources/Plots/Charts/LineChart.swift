public import InformationTheory

/// Curves over a common axis, each with a band around it if it has one.
///
/// ```swift
/// let chart = try LineChart([
///   .init("Poisson", x: [0, 1, 2], y: [0.14, 0.27, 0.27]),
///   .init("observed", x: [0, 1, 2], y: [0.12, 0.3, 0.25],
///         band: (lower: [0.1, 0.26, 0.2], upper: [0.14, 0.34, 0.3])),
/// ])
/// ```
public struct LineChart: Chart {
  /// A curve.
  public struct Line: Sendable {
    /// What the legend calls it.
    public let name: String
    /// Where its points lie; they are joined from left to right.
    public let x: [Double]
    /// How high they lie; a line has a gap where there is an infinity.
    public let y: [Double]
    /// The lower and the upper edge of the band around it, a number for each point.
    public let band: (lower: [Double], upper: [Double])?
    /// Whether the line is dashed.
    public let isDashed: Bool
    /// Whether each point has a dot; a line of one point is nothing else.
    public let hasDots: Bool

    /// Creates a curve; ``LineChart/init(_:)`` checks it.
    ///
    /// - Parameters:
    ///   - name: What the legend calls it.
    ///   - x: Where its points lie.
    ///   - y: How high they lie.
    ///   - band: The edges of a band around it.
    ///   - isDashed: Whether the line is dashed.
    ///   - hasDots: Whether each point has a dot.
    public init(
      _ name: String, x: [Double], y: [Double], band: (lower: [Double], upper: [Double])? = nil,
      isDashed: Bool = false, hasDots: Bool = false
    ) {
      (self.name, self.x, self.y) = (name, x, y)
      (self.band, self.isDashed, self.hasDots) = (band, isDashed, hasDots || x.count == 1)
    }
  }

  /// The curves.
  public let lines: [Line]
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a chart of some curves.
  ///
  /// - Parameter lines: At least one, with different names, each of at least one point.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `sizeMismatch`, or
  ///   `notFinite` where a number is NaN.
  public init(_ lines: [Line]) throws(InformationError) {
    try ChartCheck.demandSome(lines.count, "lines")
    try ChartCheck.demandDistinct(lines.map(\.name), "lines")
    for line in lines {
      try ChartCheck.demandSome(line.x.count, "x")
      try ChartCheck.demandCount(line.y.count, "y", of: line.x.count, "x")
      try ChartCheck.demandNumbers(line.x, "x")
      try ChartCheck.demandNumbers(line.y, "y")
      guard let band = line.band else { continue }
      try ChartCheck.demandCount(band.lower.count, "band.lower", of: line.x.count, "x")
      try ChartCheck.demandCount(band.upper.count, "band.upper", of: line.x.count, "x")
      try ChartCheck.demandNumbers(band.lower, "band.lower")
      try ChartCheck.demandNumbers(band.upper, "band.upper")
    }
    self.lines = lines
  }

  /// The curves over their bands.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    for line in lines {
      for i in line.x.indices {
        var row: JSON = ["line": .text(line.name), "x": data.x(line.x[i]), "y": data.y(line.y[i])]
        if let band = line.band {
          row = row.adding(["lower": data.y(band.lower[i]), "upper": data.y(band.upper[i])])
        }
        if line.hasDots { row = row.adding(["dot": true]) }
        data.add(row)
      }
    }
    let marks = [bandMark, lineMark, dotMark].compactMap(\.self)
    return frame.view(undrawn: data.undrawn, ["data": data.values, "layer": .array(marks)])
  }
}

extension LineChart {
  private var colour: JSON { .colour(by: "line", lines.map(\.name)) }

  private var bandMark: JSON? {
    guard lines.contains(where: { $0.band != nil }) else { return nil }
    return [
      "transform": [["filter": "isDefined(datum.lower)"]],
      "mark": ["type": "area", "opacity": 0.2, "clip": frame.isClipped],
      "encoding": [
        "x": frame.x("x"), "y": frame.y("lower"), "y2": ["field": "upper"], "color": colour,
      ],
    ]
  }

  private var lineMark: JSON? {
    var encoding: JSON = ["x": frame.x("x"), "y": frame.y("y"), "color": colour]
    if lines.contains(where: \.isDashed) {
      let dashes = lines.map { $0.isDashed ? JSON.array([6, 4]) : [1, 0] }
      encoding = encoding.adding([
        "strokeDash": .members([
          "field": "line", "type": "nominal", "title": .null,
          "scale": ["domain": .array(lines.map { .text($0.name) }), "range": .array(dashes)],
          "legend": lines.count > 1 ? nil : .null,
        ])
      ])
    }
    return [
      "mark": ["type": "line", "clip": frame.isClipped, "tooltip": true], "encoding": encoding,
    ]
  }

  private var dotMark: JSON? {
    guard lines.contains(where: \.hasDots) else { return nil }
    return [
      "transform": [["filter": "datum.dot"]],
      "mark": ["type": "point", "filled": true, "clip": frame.isClipped, "tooltip": true],
      "encoding": ["x": frame.x("x"), "y": frame.y("y"), "color": colour],
    ]
  }
}
