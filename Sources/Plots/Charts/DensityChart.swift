public import InformationTheory

/// Densities over one axis, each filled, so that one sees where they overlap.
///
/// ```swift
/// let chart = try DensityChart(samples: [
///   .init("Seattle", [39, 41, 52, 60]), .init("San Francisco", [48, 55, 57, 61]),
/// ])
/// ```
public struct DensityChart: Chart {
  /// The densities, whose bands and dashes are not drawn.
  public let densities: [LineChart.Line]
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a chart of densities that are known at some points.
  ///
  /// - Parameter densities: At least one, with different names.
  /// - Throws: `InformationError`, as ``LineChart/init(_:)``.
  public init(_ densities: [LineChart.Line]) throws(InformationError) {
    self.densities = try LineChart(densities).lines
  }

  /// Creates a chart of the densities from which samples may come, smoothed by a Gaussian
  /// kernel.
  ///
  /// `f(x) = 1/(n h) Σ φ((x − xᵢ)/h)` at 256 points, from three bandwidths h below the
  /// least value of all samples to three above the greatest. Each value is split between
  /// the two points next to it.
  ///
  /// - Parameters:
  ///   - samples: At least one, with different names, each with two different values.
  ///   - bandwidth: The kernel's standard deviation h; nil for Silverman's rule for each
  ///     sample, `0.9 min(s, IQR/1.34) n^(−1/5)`.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `notFinite`, or
  ///   `badParameter` where a sample has no spread or the bandwidth is not positive.
  /// - Accuracy: the sum of the densities times the distance of the points is 1 within
  ///   0.003, the share of a kernel that lies beyond three bandwidths.
  /// - Source: Silverman, *Density Estimation for Statistics and Data Analysis* (1986),
  ///   equation 3.31.
  public init(
    samples: [Histogram.Sample], bandwidth: Double? = nil
  ) throws(InformationError) {
    try ChartCheck.demandSome(samples.count, "samples")
    var widths: [Double] = []
    for sample in samples {
      try ChartCheck.demandSome(sample.values.count, "values")
      try ChartCheck.demandFinite(sample.values, "values")
      widths.append(try KernelDensity.bandwidth(sample, asked: bandwidth))
    }
    let margin = 3 * widths.reduce(0, max)
    let all = samples.flatMap(\.values)
    let grid = KernelDensity(
      from: all.reduce(.infinity, min) - margin, to: all.reduce(-.infinity, max) + margin)
    try self.init(
      zip(samples, widths).map { sample, width in
        LineChart.Line(
          sample.name, x: grid.points, y: grid.density(of: sample.values, bandwidth: width))
      })
  }

  /// The densities, filled down to the axis.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    for density in densities {
      for (x, y) in zip(density.x, density.y) {
        data.add(["density": .text(density.name), "x": data.linear(x), "y": data.linear(y)])
      }
    }
    return frame.view(
      undrawn: data.undrawn,
      [
        "data": data.values,
        "mark": [
          "type": "area", "line": true, "opacity": 0.35, "clip": frame.isClipped, "tooltip": true,
        ],
        "encoding": [
          "x": frame.x("x"), "y": frame.y("y", startsAtZero: true).adding(["stack": .null]),
          "color": .colour(by: "density", densities.map(\.name)),
        ],
      ])
  }
}

/// A grid of points at which samples have densities.
struct KernelDensity {
  let points: [Double]
  private let step: Double

  init(from low: Double, to high: Double, count: Int = 256) {
    step = (high - low) / Double(count - 1)
    let step = self.step
    points = (0..<count).map { low + Double($0) * step }
  }

  /// The density at every point; all values lie between the first and the last.
  func density(of values: [Double], bandwidth: Double) -> [Double] {
    var masses = [Double](repeating: 0, count: points.count)
    for value in values {
      let place = min(max(0, (value - points[0]) / step), Double(points.count - 1))
      let i = min(Int(place), points.count - 2)
      masses[i + 1] += place - Double(i)
      masses[i] += Double(i + 1) - place
    }
    // 1/√(2π)
    let scale = 0.3989422804014327 / bandwidth / Double(values.count)
    let kernel = points.indices.map { i in
      let distance = Double(i) * step / bandwidth
      return scale * DoubleDouble.exp(DoubleDouble(-0.5 * distance * distance)).high
    }
    return points.indices.map { i in
      masses.indices.reduce(0) { $0 + masses[$1] * kernel[abs(i - $1)] }
    }
  }

  /// The bandwidth that was asked for, or Silverman's.
  static func bandwidth(
    _ sample: Histogram.Sample, asked: Double?
  ) throws(InformationError) -> Double {
    if let asked {
      guard asked > 0 && asked.isFinite else {
        throw InformationError(
          .badParameter, argument: "bandwidth",
          "bandwidth is \(asked): it must be positive and finite")
      }
      return asked
    }
    let spread = spread(of: sample.values.sorted())
    guard spread > 0 && spread.isFinite else {
      throw InformationError(
        .badParameter, argument: "samples",
        "\"\(sample.name)\" has a spread of \(spread): give a bandwidth, or a histogram")
    }
    let root = DoubleDouble.exp(
      DoubleDouble.log(Double(sample.values.count)) / DoubleDouble(-5)
    ).high
    return 0.9 * spread * root
  }

  /// min(s, IQR/1.34), or s alone where half of the values are the same.
  private static func spread(of sorted: [Double]) -> Double {
    let n = Double(sorted.count)
    guard sorted.count > 1 else { return 0 }
    let mean = sorted.reduce(0) { $0 + $1 / n }
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let deviation = variance.squareRoot()
    let range = quantile(sorted, 0.75) - quantile(sorted, 0.25)
    return range > 0 ? min(deviation, range / 1.34) : deviation
  }

  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let i = min(Int(place), sorted.count - 2)
    let part = place - Double(i)
    return sorted[i] * (1 - part) + sorted[i + 1] * part
  }
}
