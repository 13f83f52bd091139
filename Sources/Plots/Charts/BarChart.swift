public import InformationTheory

/// A bar for each category, or one beside the other for each of several groups.
///
/// ```swift
/// let chart = try BarChart(
///   categories: ["Adelie", "Chinstrap", "Gentoo"],
///   bars: [.init("2007", [50, 26, 34]), .init("2009", [52, 24, 44])])
/// ```
///
/// Bars begin at 0 of a linear axis.
public struct BarChart: Chart {
  /// The bars of one group.
  public struct Bars: Sendable, Hashable {
    /// What the legend calls them.
    public let name: String
    /// The length of each; a bar of infinite length is left out.
    public let values: [Double]

    /// Creates the bars of a group.
    ///
    /// - Parameters:
    ///   - name: What the legend calls them.
    ///   - values: The length of each, in the order of the categories.
    public init(_ name: String, _ values: [Double]) {
      (self.name, self.values) = (name, values)
    }
  }

  /// What each bar is of.
  public let categories: [String]
  /// The groups of bars.
  public let bars: [Bars]
  /// Whether bars lie on their sides, which suits long names.
  public let isHorizontal: Bool
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a chart of groups of bars.
  ///
  /// - Parameters:
  ///   - categories: At least one, all different, in the order in which they stand.
  ///   - bars: At least one group, with different names.
  ///   - isHorizontal: Whether bars lie on their sides.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `sizeMismatch`, or
  ///   `notFinite` where a number is NaN.
  public init(
    categories: [String], bars: [Bars], isHorizontal: Bool = false
  ) throws(InformationError) {
    try ChartCheck.demandSome(categories.count, "categories")
    try ChartCheck.demandSome(bars.count, "bars")
    try ChartCheck.demandDistinct(categories, "categories")
    try ChartCheck.demandDistinct(bars.map(\.name), "bars")
    for group in bars {
      try ChartCheck.demandCount(group.values.count, "values", of: categories.count, "categories")
      try ChartCheck.demandNumbers(group.values, "values")
    }
    (self.categories, self.bars, self.isHorizontal) = (categories, bars, isHorizontal)
  }

  /// Creates a chart of single bars.
  ///
  /// - Parameters:
  ///   - categories: At least one, all different, in the order in which they stand.
  ///   - values: The length of each bar.
  ///   - isHorizontal: Whether bars lie on their sides.
  /// - Throws: `InformationError`, as ``init(categories:bars:isHorizontal:)``.
  public init(
    categories: [String], values: [Double], isHorizontal: Bool = false
  ) throws(InformationError) {
    try self.init(categories: categories, bars: [Bars("", values)], isHorizontal: isHorizontal)
  }

  /// The bars.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    for group in bars {
      for (category, value) in zip(categories, group.values) {
        data.add([
          "category": .text(category), "group": .text(group.name), "value": data.linear(value),
        ])
      }
    }
    return frame.view(
      undrawn: data.undrawn,
      [
        "data": data.values, "mark": ["type": "bar", "clip": frame.isClipped, "tooltip": true],
        "encoding": isHorizontal
          ? encoding(
            category: ("y", frame.yTitle), offset: "yOffset",
            value: ("x", frame.x("value", startsAtZero: true)))
          : encoding(
            category: ("x", frame.xTitle), offset: "xOffset",
            value: ("y", frame.y("value", startsAtZero: true))),
      ])
  }

  private func encoding(
    category: (channel: String, title: String?), offset: String,
    value: (channel: String, axis: JSON)
  ) -> JSON {
    let isTilted = !isHorizontal && categories.reduce(0) { $0 + $1.count + 2 } * 7 > frame.width
    let place = JSON.category("category", categories, title: category.title, tilted: isTilted)
    var encoding = JSON.object([
      (category.channel, place), (value.channel, value.axis),
      ("color", .colour(by: "group", bars.map(\.name))),
    ])
    if bars.count > 1 {
      let side: JSON = ["field": "group", "type": "nominal", "sort": .null]
      encoding = encoding.adding(.object([(offset, side)]))
    }
    return encoding
  }
}
