/// What surrounds the marks of a chart: titles, size, and what the axes are like.
public struct ChartFrame: Hashable, Sendable {
  /// What the chart shows.
  public var title: String?
  /// What else there is to say.
  public var subtitle: String?
  /// The name of the horizontal axis, with its unit.
  public var xTitle: String?
  /// The name of the vertical axis.
  public var yTitle: String?
  /// The width between the ends of the axes, in pixels.
  public var width = 440
  /// The height.
  public var height = 280
  /// How the horizontal axis is divided.
  public var xScale = AxisScale.linear
  /// How the vertical axis is divided.
  public var yScale = AxisScale.linear
  /// Where the horizontal axis begins and ends; nil leaves it to the data.
  public var xLimits: ClosedRange<Double>?
  /// Where the vertical axis begins and ends.
  public var yLimits: ClosedRange<Double>?

  /// Creates a frame without titles.
  public init() {}
}

/// How an axis is divided.
public enum AxisScale: String, Hashable, Sendable, Codable, CaseIterable {
  /// Equal differences have equal lengths.
  case linear
  /// Equal ratios have equal lengths; what is not positive has no place.
  case logarithmic
}

// MARK: - In Vega-Lite

extension ChartFrame {
  /// A view of this size and title, whose subtitle says how many values have no place.
  func view(undrawn: Int = 0, _ content: JSON) -> ChartSpecification {
    ChartSpecification(
      view: JSON.members([
        "title": heading(undrawn: undrawn), "width": .number(Double(width)),
        "height": .number(Double(height)),
      ]).adding(content))
  }

  /// Whether marks are cut off at the axes' ends, which they reach beyond only where these
  /// are given.
  var isClipped: JSON { .bool(xLimits != nil || yLimits != nil) }

  /// The title and the lines under it; nil if there are none.
  func heading(undrawn: Int = 0) -> JSON? {
    var lines = subtitle.map { [$0] } ?? []
    if undrawn > 0 {
      let reason =
        xScale == .linear && yScale == .linear
        ? "infinite" : "infinite, or not positive on a logarithmic axis"
      lines.append("\(undrawn) \(undrawn == 1 ? "value" : "values") not drawn: \(reason)")
    }
    guard title != nil || !lines.isEmpty else { return nil }
    return .members([
      "text": .text(title ?? ""),
      "subtitle": lines.isEmpty ? nil : .array(lines.map { .text($0) }),
    ])
  }

  /// The horizontal axis as the channel of a field of numbers.
  func x(_ field: String, startsAtZero: Bool = false) -> JSON {
    Self.channel(field, xTitle, xScale, xLimits, startsAtZero)
  }

  /// The vertical axis as the channel of a field of numbers.
  func y(_ field: String, startsAtZero: Bool = false) -> JSON {
    Self.channel(field, yTitle, yScale, yLimits, startsAtZero)
  }

  private static func channel(
    _ field: String, _ title: String?, _ scale: AxisScale, _ limits: ClosedRange<Double>?,
    _ startsAtZero: Bool
  ) -> JSON {
    let limits = limits.map { JSON.array([.number($0.lowerBound), .number($0.upperBound)]) }
    // A length from 0 says nothing on a logarithmic axis.
    let isLogarithmic = scale == .logarithmic && !startsAtZero
    return [
      "field": .text(field), "type": "quantitative", "title": title.map { .text($0) } ?? .null,
      "scale": .members([
        "type": isLogarithmic ? "log" : nil,
        "zero": isLogarithmic || limits != nil ? nil : .bool(startsAtZero),
        "domain": limits, "nice": limits == nil ? nil : false,
      ]),
    ]
  }
}
