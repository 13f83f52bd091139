public import InformationTheory

/// How values are spread over bins: bars without gaps, several distributions overlaid.
///
/// ```swift
/// let chart = try Histogram([.init("heights", [1.62, 1.71, 1.74, 1.80])], binCount: 4)
/// ```
///
/// A bin holds the values from its lower edge on, up to its upper edge, which belongs to
/// the last bin only.
public struct Histogram: Chart {
  /// Values of one kind.
  public struct Sample: Sendable, Hashable {
    /// What the legend calls them.
    public let name: String
    /// The values, in any order.
    public let values: [Double]

    /// Creates a sample.
    ///
    /// - Parameters:
    ///   - name: What the legend calls it.
    ///   - values: The values, in any order.
    public init(_ name: String, _ values: [Double]) { (self.name, self.values) = (name, values) }
  }

  /// What the height of a bar is.
  public enum Height: String, Sendable, Hashable, Codable, CaseIterable {
    /// How many values the bin holds.
    case count
    /// Which share of the sample they are; shares sum to 1.
    case share
    /// The share for each unit of the horizontal axis; areas sum to 1.
    case density
  }

  /// The edges of the bins, from the lowest.
  public let edges: [Double]
  /// The heights of the bars of each distribution, a number for each bin.
  public let bars: [BarChart.Bars]
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a histogram of samples, in bins of equal width that all of them share.
  ///
  /// - Parameters:
  ///   - samples: At least one, with different names, each with at least one value.
  ///   - binCount: How many bins there are from the least value to the greatest. One bin
  ///     is enough where all values are the same.
  ///   - height: What the height of a bar is.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `notFinite`, or
  ///   `badParameter` where there is no bin, or the range is too wide or too narrow for
  ///   that many.
  public init(
    _ samples: [Sample], binCount: Int = 30, height: Height = .count
  ) throws(InformationError) {
    try ChartCheck.demandSome(samples.count, "samples")
    for sample in samples {
      try ChartCheck.demandSome(sample.values.count, "values")
      try ChartCheck.demandFinite(sample.values, "values")
    }
    let edges = try Self.edges(samples.flatMap(\.values), binCount: binCount)
    try self.init(
      edges: edges, bars: samples.map { BarChart.Bars($0.name, $0.heights(edges, height)) })
  }

  /// Creates a histogram of heights that are known.
  ///
  /// - Parameters:
  ///   - edges: At least two finite numbers, strictly increasing.
  ///   - bars: At least one distribution, with different names: a number for each bin.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `sizeMismatch`,
  ///   `badPositions` for edges, or `notFinite` where a height is NaN.
  public init(edges: [Double], bars: [BarChart.Bars]) throws(InformationError) {
    try ChartCheck.demandSome(max(0, edges.count - 1), "bins")
    try ChartCheck.demandFinite(edges, "edges")
    if let i = edges.indices.dropFirst().first(where: { edges[$0] <= edges[$0 - 1] }) {
      throw InformationError(
        .badPositions, argument: "edges", index: i,
        "edges[\(i)] is \(edges[i]), not above \(edges[i - 1]) before it: edges must increase")
    }
    try ChartCheck.demandSome(bars.count, "bars")
    try ChartCheck.demandDistinct(bars.map(\.name), "bars")
    for group in bars {
      try ChartCheck.demandCount(group.values.count, "values", of: edges.count - 1, "bins")
      try ChartCheck.demandNumbers(group.values, "values")
    }
    (self.edges, self.bars) = (edges, bars)
  }

  /// The bars, from the axis up.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    for group in bars {
      for (i, height) in group.values.enumerated() {
        data.add([
          "from": .number(edges[i]), "to": .number(edges[i + 1]), "sample": .text(group.name),
          "height": data.linear(height),
        ])
      }
    }
    let x = frame.x("from").adding(["bin": ["binned": true]])
    return frame.view(
      undrawn: data.undrawn,
      [
        "data": data.values,
        "mark": [
          "type": "bar", "clip": frame.isClipped, "tooltip": true, "binSpacing": 0,
          "opacity": bars.count > 1 ? 0.5 : 0.9,
        ],
        "encoding": [
          "x": x, "x2": ["field": "to"],
          "y": frame.y("height", startsAtZero: true).adding(["stack": .null]),
          "color": .colour(by: "sample", bars.map(\.name)),
        ],
      ])
  }
}

// MARK: - Counting

extension Histogram {
  private static func edges(
    _ values: [Double], binCount: Int
  ) throws(InformationError) -> [Double] {
    guard binCount >= 1 else {
      throw InformationError(
        .badParameter, argument: "binCount", "binCount is \(binCount): give at least 1")
    }
    let low = values.reduce(.infinity, min)
    let high = values.reduce(-.infinity, max)
    if low == high {
      let half = max(0.5, low.ulp)
      return [low - half, low + half]
    }
    let edges = (0...binCount).map {
      let part = Double($0) / Double(binCount)
      return low * (1 - part) + high * part
    }
    guard edges.indices.dropFirst().allSatisfy({ edges[$0] > edges[$0 - 1] }) else {
      throw InformationError(
        .badParameter, argument: "binCount",
        "binCount is \(binCount): the range \(low) to \(high) has no room for as many bins")
    }
    return edges
  }
}

extension Histogram.Sample {
  /// The heights of the bars over bins that hold all values.
  fileprivate func heights(_ edges: [Double], _ height: Histogram.Height) -> [Double] {
    var counts = [Int](repeating: 0, count: edges.count - 1)
    for value in values {
      var (below, above) = (0, edges.count - 1)
      while above - below > 1 {
        let middle = (below + above) / 2
        if edges[middle] <= value { below = middle } else { above = middle }
      }
      counts[below] += 1
    }
    return counts.enumerated().map { i, count in
      switch height {
      case .count: Double(count)
      case .share: Double(count) / Double(values.count)
      case .density: Double(count) / Double(values.count) / (edges[i + 1] - edges[i])
      }
    }
  }
}
