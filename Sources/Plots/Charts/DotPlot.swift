public import InformationTheory

/// A number for each name, as a dot with the interval in which it may lie.
///
/// ```swift
/// let chart = try DotPlot([
///   .init("plug-in", 1.91), .init("Miller–Madow", 2.03, interval: 1.88...2.18),
/// ])
/// ```
public struct DotPlot: Chart {
  /// A number and its interval.
  public struct Dot: Sendable, Hashable {
    /// What it is of.
    public let name: String
    /// The number; an infinite one is left out.
    public let value: Double
    /// The interval in which it may lie; an end at infinity is left out with the interval.
    public let interval: ClosedRange<Double>?
    /// What the legend calls its kind, where there are several.
    public let group: String

    /// Creates a dot.
    ///
    /// - Parameters:
    ///   - name: What it is of.
    ///   - value: The number.
    ///   - interval: The interval in which it may lie.
    ///   - group: What the legend calls its kind, where there are several.
    public init(
      _ name: String, _ value: Double, interval: ClosedRange<Double>? = nil, group: String = ""
    ) {
      (self.name, self.value, self.interval, self.group) = (name, value, interval, group)
    }
  }

  /// The dots, from the top.
  public let dots: [Dot]
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a chart of dots.
  ///
  /// - Parameter dots: At least one; no two have the same name and group.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, or `notFinite` where
  ///   a value is NaN.
  public init(_ dots: [Dot]) throws(InformationError) {
    try ChartCheck.demandSome(dots.count, "dots")
    try ChartCheck.demandNumbers(dots.map(\.value), "dots")
    var seen: [String: Set<String>] = [:]
    for (i, dot) in dots.enumerated()
    where !seen[dot.name, default: []].insert(dot.group).inserted {
      throw InformationError(
        .badLabels, argument: "dots", index: i,
        "dots[\(i)] is \"\(dot.name)\" of \"\(dot.group)\" a second time: they must differ")
    }
    self.dots = dots
    frame.height = min(600, max(60, 26 * seen.count))
  }

  /// The dots over their intervals.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    var (names, groups): ([String], [String]) = ([], [])
    for dot in dots {
      if !names.contains(dot.name) { names.append(dot.name) }
      if !groups.contains(dot.group) { groups.append(dot.group) }
      var row: JSON = [
        "name": .text(dot.name), "group": .text(dot.group), "value": data.x(dot.value),
      ]
      if let interval = dot.interval {
        row = row.adding([
          "lower": data.x(interval.lowerBound), "upper": data.x(interval.upperBound),
        ])
      }
      data.add(row)
    }
    var shared: JSON = [
      "y": .category("name", names, title: frame.yTitle), "color": .colour(by: "group", groups),
    ]
    if groups.count > 1 {
      let side: JSON = ["field": "group", "type": "nominal", "sort": .null]
      shared = shared.adding(["yOffset": side])
    }
    return frame.view(
      undrawn: data.undrawn,
      ["data": data.values, "encoding": shared, "layer": .array(intervals + [dotMark])])
  }

  private var intervals: [JSON] {
    guard dots.contains(where: { $0.interval != nil }) else { return [] }
    return [
      [
        "transform": [["filter": "isValid(datum.lower) && isValid(datum.upper)"]],
        "mark": ["type": "rule", "strokeWidth": 2, "clip": frame.isClipped],
        "encoding": ["x": frame.x("lower"), "x2": ["field": "upper"]],
      ]
    ]
  }

  private var dotMark: JSON {
    [
      "mark": [
        "type": "point", "filled": true, "size": 70, "clip": frame.isClipped, "tooltip": true,
      ],
      "encoding": ["x": frame.x("value")],
    ]
  }
}
