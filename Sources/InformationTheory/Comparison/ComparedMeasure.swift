/// A measure that a comparison reports.
struct ComparedMeasure: Sendable {
  typealias Definition =
    @Sendable (_ p: Categorical, _ q: Categorical) throws(InformationError) -> ComparedQuantity

  let name: String
  let title: String
  let isDirected: Bool
  let definition: Definition

  private init(
    _ name: String, _ title: String, isDirected: Bool = false, _ definition: @escaping Definition
  ) {
    self.name = name
    self.title = title
    self.isDirected = isDirected
    self.definition = definition
  }

  private func row(
    _ p: Categorical, _ q: Categorical
  ) throws(InformationError) -> DistributionComparison.Row {
    DistributionComparison.Row(
      measure: name, title: title, forward: try definition(p, q),
      backward: isDirected ? try definition(q, p) : nil)
  }

  /// The rows of every measure for two distributions of the same outcomes.
  static func rows(
    _ p: Categorical, _ q: Categorical, positions: [Double]?
  ) throws(InformationError) -> [DistributionComparison.Row] {
    var rows: [DistributionComparison.Row] = []
    for measure in unordered { rows.append(try measure.row(p, q)) }
    guard let positions else { return rows }
    for measure in ordered(positions) { rows.append(try measure.row(p, q)) }
    return rows
  }

  /// The measures of outcomes without an order.
  private static let unordered = [
    Self("entropy", "Entropy", isDirected: true) { p, _ in .information(p.entropy()) },
    Self("cross_entropy", "Cross-entropy", isDirected: true) { p, q throws(InformationError) in
      .information(try p.crossEntropy(relativeTo: q))
    },
    Self("kl_divergence", "Kullback–Leibler", isDirected: true) { p, q throws(InformationError) in
      .information(try p.klDivergence(from: q))
    },
    Self("renyi_divergence_0.5", "Rényi, order ½", isDirected: true) {
      p, q throws(InformationError) in .information(try p.renyiDivergence(from: q, order: 0.5))
    },
    Self("renyi_divergence_2", "Rényi, order 2", isDirected: true) {
      p, q throws(InformationError) in .information(try p.renyiDivergence(from: q, order: 2))
    },
    Self("renyi_divergence_inf", "Rényi, order ∞", isDirected: true) {
      p, q throws(InformationError) in
      .information(try p.renyiDivergence(from: q, order: .infinity))
    },
    Self("skew_divergence", "K-divergence (Lin)", isDirected: true) {
      p, q throws(InformationError) in .information(try p.skewDivergence(from: q))
    },
    Self("pearson_chi_squared", "Pearson χ²", isDirected: true) { p, q throws(InformationError) in
      .number(try p.pearsonChiSquared(from: q))
    },
    Self("jeffreys_divergence", "Jeffreys") { p, q throws(InformationError) in
      .information(try p.jeffreysDivergence(from: q))
    },
    Self("jensen_shannon_divergence", "Jensen–Shannon") { p, q throws(InformationError) in
      .information(try p.jensenShannonDivergence(from: q))
    },
    Self("chernoff_information", "Chernoff information") { p, q throws(InformationError) in
      .information(try p.chernoffInformation(from: q))
    },
    Self("bhattacharyya_distance", "Bhattacharyya distance") { p, q throws(InformationError) in
      .information(try p.bhattacharyyaDistance(from: q))
    },
    Self("bhattacharyya_coefficient", "Bhattacharyya coefficient") {
      p, q throws(InformationError) in .number(try p.bhattacharyyaCoefficient(from: q))
    },
    Self("jensen_shannon_distance", "Jensen–Shannon distance, √nats") {
      p, q throws(InformationError) in .number(try p.jensenShannonDistance(from: q))
    },
    Self("hellinger_distance", "Hellinger distance") { p, q throws(InformationError) in
      .number(try p.hellingerDistance(from: q))
    },
    Self("total_variation", "Total variation") { p, q throws(InformationError) in
      .number(try p.totalVariation(from: q))
    },
    Self("triangular_discrimination", "Triangular discrimination") {
      p, q throws(InformationError) in .number(try p.triangularDiscrimination(from: q))
    },
    Self("population_stability_index", "Population stability index") {
      p, q throws(InformationError) in .number(try p.populationStabilityIndex(from: q))
    },
  ]

  /// The measures of outcomes on a line.
  private static func ordered(_ positions: [Double]) -> [ComparedMeasure] {
    [
      Self("wasserstein_1", "Wasserstein-1") { p, q throws(InformationError) in
        .number(try p.wasserstein1Distance(from: q, positions: positions))
      },
      Self("wasserstein_2", "Wasserstein-2") { p, q throws(InformationError) in
        .number(try p.wasserstein2Distance(from: q, positions: positions))
      },
      Self("energy_distance", "Energy distance") { p, q throws(InformationError) in
        .number(try p.energyDistance(from: q, positions: positions))
      },
      Self("cramer_distance", "Cramér distance") { p, q throws(InformationError) in
        .number(try p.cramerDistance(from: q, positions: positions))
      },
      Self("kolmogorov_smirnov", "Kolmogorov–Smirnov") { p, q throws(InformationError) in
        .number(try p.kolmogorovSmirnovDistance(from: q))
      },
    ]
  }
}
