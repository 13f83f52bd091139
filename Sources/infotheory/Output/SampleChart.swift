import InformationTheory
import Plots

/// Samples as charts.
enum SampleChart {
  /// The most outcomes that have a bar.
  private static let mostBars = 50

  /// The distributions, in bins or by label, over each other or side by side.
  static func distributions(_ set: SampleSet) throws -> any Chart {
    if let bins = set.bins {
      return try Histogram(
        edges: bins.binning.edges,
        bars: set.samples.map { .init($0.name, $0.distribution.probabilities) }
      ).axes(x: set.samples.first?.column, y: "share of values")
    }
    let shares = set.samples.map { sample in
      let names = sample.distribution.masses.indices.map { sample.distribution.name(ofOutcome: $0) }
      return Dictionary(uniqueKeysWithValues: zip(names, sample.distribution.probabilities))
    }
    var names: [String] = []
    var seen: Set<String> = []
    for sample in set.samples {
      for i in sample.distribution.masses.indices {
        let name = sample.distribution.name(ofOutcome: i)
        if seen.insert(name).inserted { names.append(name) }
      }
    }
    let all = names.count
    if all > mostBars {
      let masses = names.map { name in shares.reduce(0) { $0 + ($1[name] ?? 0) } }
      let floor = masses.sorted(by: >)[mostBars - 1]
      names = Array(zip(names, masses).filter { $0.1 >= floor }.map(\.0).prefix(mostBars))
    }
    var chart = try BarChart(
      categories: names,
      bars: zip(set.samples, shares).map { sample, shares in
        .init(sample.name, names.map { shares[$0] ?? 0 })
      }
    ).axes(x: set.samples.first?.column, y: "probability")
    if all > mostBars { chart.frame.subtitle = "the \(names.count) likeliest of \(all) outcomes" }
    return chart
  }

  /// Numbers between every two of some things, of which the lower half is known.
  static func matrix(
    _ names: [String], _ lower: [[Double?]], subtitle: String
  ) throws -> HeatMap {
    let values = names.indices.map { i in
      names.indices.map { j in lower[max(i, j)][min(i, j)] }
    }
    var map = try HeatMap(
      rows: names, columns: names, values: values, decimals: names.count > 20 ? nil : 2)
    map.frame.subtitle = subtitle
    return map
  }
}
