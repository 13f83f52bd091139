import InformationTheory
import Plots

/// The result of comparing distributions, for people and for programs.
struct ComparisonReport {
  let data: DataReport
  let support: SupportPolicy
  let unit: InformationUnit

  /// Two samples and what they have to say about each other.
  private struct Pair {
    let p: SampleSet.Sample
    let q: SampleSet.Sample
    let comparison: DistributionComparison
  }

  private let pairs: [Pair]

  /// Compares every two samples, each pair once.
  init(
    _ data: DataReport, support: SupportPolicy, unit: InformationUnit
  ) throws {
    self.data = data
    self.support = support
    self.unit = unit
    let samples = data.set.samples
    pairs = try samples.indices.flatMap { i in
      try samples[(i + 1)...].map { other in
        try Self.pair(samples[i], other, positions: data.set.positions, support: support)
      }
    }
  }

  private static func pair(
    _ p: SampleSet.Sample, _ q: SampleSet.Sample, positions: [Double]?, support: SupportPolicy
  ) throws -> Pair {
    do throws(InformationError) {
      return Pair(
        p: p, q: q,
        comparison: try p.distribution.compared(
          to: q.distribution, positions: positions, support: support))
    } catch {
      let hint =
        error.code == .sizeMismatch && p.distribution.labels == nil
        ? "; if the outcomes have names, give their column after --labels" : ""
      throw Fault(.data, "\(p.name) (p) and \(q.name) (q): \(error.message)\(hint)")
    }
  }

  // MARK: - For people

  /// Text in at most 80 columns.
  func text() -> String {
    let policy: [String] =
      switch support {
      case .infinite: []
      case .throwing: ["support policy: throwing"]
      case .restricted: ["support policy: restricted, outcomes with mass in one only left out"]
      case .smoothed(let pseudocount):
        ["support policy: smoothed, \(pseudocount.significant(7)) added to every mass"]
      }
    let head = (data.lines + policy).map { $0 + "\n" }.joined() + "\n"
    guard pairs.count == 1 else { return head + matrix().map { $0 + "\n" }.joined() }
    let pair = pairs[0]
    return head
      + pair.comparison.table(
        in: unit, p: Wrapped.cut(pair.p.name, to: 33), q: Wrapped.cut(pair.q.name, to: 33))
  }

  /// A line for each pair, a column for each of the most telling measures.
  private func matrix() -> [String] {
    var titles = ["D(p‖q)", "D(q‖p)", "JS", "Hellinger", "TV"]
    if data.set.positions != nil { titles.append("W1") }
    let nameWidth = Wrapped.width - titles.count * 10
    func line(_ name: String, _ cells: [String]) -> String {
      let padding = String(repeating: " ", count: max(0, nameWidth - name.count))
      return name + padding
        + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
    }
    var lines = [line("p, q", titles)]
    for pair in pairs {
      let cells = cells(of: pair.comparison).map { $0.value(in: unit).significant(4) }
      let name = Wrapped.cut("\(pair.p.name), \(pair.q.name)", to: Wrapped.width)
      lines += name.count <= nameWidth ? [line(name, cells)] : [name, line("", cells)]
    }
    let legend = [
      "D: Kullback–Leibler divergence, JS: Jensen–Shannon divergence, "
        + "both in \(unit.rawValue),",
      "TV: total variation"
        + (data.set.positions == nil ? "." : ", W1: Wasserstein distance of order 1."),
    ]
    return lines + [""] + legend
  }

  private func cells(of comparison: DistributionComparison) -> [ComparedQuantity] {
    let divergence = comparison["kl_divergence"]
    let others = [
      "jensen_shannon_divergence", "hellinger_distance", "total_variation", "wasserstein_1",
    ]
    return [divergence?.forward, divergence?.backward].compactMap { $0 }
      + others.compactMap { comparison[$0]?.forward }
  }
}

// MARK: - As a chart

extension ComparisonReport {
  /// The distributions, and under them the measures of a pair or a matrix of all pairs.
  func chart() throws -> ChartStack {
    let distributions = try SampleChart.distributions(data.set)
    guard pairs.count > 1 else {
      let pair = pairs[0]
      return try ChartStack([
        distributions, try pair.comparison.chart(in: unit, p: pair.p.name, q: pair.q.name),
      ])
    }
    let names = data.set.samples.map(\.name)
    let values = pairs.map {
      $0.comparison["jensen_shannon_divergence"]?.forward.value(in: unit)
    }
    var lower: [[Double?]] = names.indices.map { [Double?](repeating: 0, count: $0 + 1) }
    var next = 0
    for i in names.indices {
      for j in names.indices.dropFirst(i + 1) {
        lower[j][i] = values[next]
        next += 1
      }
    }
    return try ChartStack([
      distributions,
      SampleChart.matrix(
        names, lower, subtitle: "Jensen–Shannon divergence in \(unit.rawValue)"),
    ])
  }
}

// MARK: - For programs

extension ComparisonReport {
  /// Everything, with all digits.
  func json() -> String {
    let fields: [(String, JSONTree)] =
      [("unit", .text(unit.rawValue))] + policy + data.json
      + [("comparisons", .array(pairs.map { json(of: $0) }))]
    return JSONTree.object(fields).rendered() + "\n"
  }

  private var policy: [(String, JSONTree)] {
    switch support {
    case .infinite: [("support", .text("infinite"))]
    case .throwing: [("support", .text("throwing"))]
    case .restricted: [("support", .text("restricted"))]
    case .smoothed(let pseudocount):
      [("support", .text("smoothed")), ("pseudocount", .number(pseudocount))]
    }
  }

  private func json(of pair: Pair) -> JSONTree {
    let comparison = pair.comparison
    return .object([
      ("p", .text(pair.p.name)), ("q", .text(pair.q.name)),
      ("outcomes", .integer(comparison.outcomeCount)),
      ("measures", .object(comparison.rows.map { ($0.measure, json(of: $0)) })),
      (
        "bounds",
        .array(
          comparison.bounds.map { bound in
            .object([
              ("name", .text(bound.name)), ("statement", .text(bound.statement)),
              ("lower", .number(bound.lower.value())), ("upper", .number(bound.upper.value())),
            ])
          })
      ),
      (
        "contributions",
        .array(
          comparison.contributions.map { part in
            .object([
              ("outcome", .text(part.outcome)), ("p", .number(part.p)), ("q", .number(part.q)),
              ("term", .number(part.term.number(in: unit))), ("share", .optional(part.share)),
            ])
          })
      ),
      (
        "supports",
        .object([
          ("shared", .integer(comparison.support.shared)),
          ("only_in_p", .texts(comparison.support.onlyInP)),
          ("only_in_q", .texts(comparison.support.onlyInQ)),
          ("mass_only_in_p", .number(comparison.support.massOnlyInP)),
          ("mass_only_in_q", .number(comparison.support.massOnlyInQ)),
        ])
      ),
    ])
  }

  private func json(of row: DistributionComparison.Row) -> JSONTree {
    var fields: [(String, JSONTree)] = [("title", .text(row.title))]
    if let backward = row.backward {
      fields.append(("p_to_q", .number(row.forward.value(in: unit))))
      fields.append(("q_to_p", .number(backward.value(in: unit))))
    } else {
      fields.append(("value", .number(row.forward.value(in: unit))))
    }
    if case .information = row.forward { fields.append(("unit", .text(unit.rawValue))) }
    return .object(fields)
  }
}
