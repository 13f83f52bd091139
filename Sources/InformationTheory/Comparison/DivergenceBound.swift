/// An inequality between two measures of the same pair of distributions, with the
/// values of both sides.
public struct DivergenceBound: Hashable, Codable, Sendable {
  /// Whose inequality it is.
  public let name: String
  /// The inequality, with lower ≤ upper: `2·TV² ≤ D(p‖q)`.
  public let statement: String
  /// The value of the smaller side, in nats where it has a unit.
  public let lower: ComparedQuantity
  /// The value of the larger side, in nats where it has a unit.
  public let upper: ComparedQuantity

  /// Whether the inequality pins one side down by the other: to within a factor of
  /// 2, and by something that is not a limit anyway, such as TV ≤ 1.
  public let isInformative: Bool

  private init(
    _ name: String, _ statement: String, _ lower: Double, _ upper: Double,
    limit: Double = .infinity
  ) {
    self.name = name
    self.statement = statement
    self.lower = .number(lower)
    self.upper = .number(upper)
    isInformative = lower > 0 && upper < limit && lower >= upper / 2
  }

  /// The bounds of a comparison's rows.
  ///
  /// Sources: Tsybakov, *Introduction to Nonparametric Estimation* (2009), section 2.4;
  /// Bretagnolle and Huber (1978); van Erven and Harremoës (2014),
  /// doi:10.1109/TIT.2014.2320500; Lin (1991), doi:10.1109/18.61115.
  static func all(of rows: [DistributionComparison.Row]) -> [DivergenceBound] {
    var values: [String: (forward: Double, backward: Double)] = [:]
    for row in rows {
      let forward = row.forward.value()
      values[row.measure] = (forward, row.backward?.value() ?? forward)
    }
    func value(_ measure: String) -> Double { values[measure]?.forward ?? .nan }
    let divergence = value("kl_divergence")
    let variation = value("total_variation")
    let hellinger = value("hellinger_distance")
    let jensenShannon = value("jensen_shannon_divergence")
    return [
      Self("Pinsker", "2·TV² ≤ D(p‖q)", 2 * variation * variation, divergence),
      Self(
        "Bretagnolle–Huber", "TV ≤ √(1 − exp(−D(p‖q)))",
        variation, (-DoubleDouble.expm1(DoubleDouble(max(-divergence, -1000))).high).squareRoot(),
        limit: 1),
      Self("Le Cam, lower", "H² ≤ TV", hellinger * hellinger, variation),
      Self(
        "Le Cam, upper", "TV ≤ H·√(2 − H²)",
        variation, hellinger * (2 - hellinger * hellinger).squareRoot(), limit: 1),
      Self("Rényi ½ and 1", "R½(p‖q) ≤ D(p‖q)", value("renyi_divergence_0.5"), divergence),
      Self(
        "Rényi 1 and 2", "D(p‖q) ≤ R₂(p‖q) = log(1 + χ²)",
        divergence, value("renyi_divergence_2")),
      Self(
        "Rényi 2 and ∞", "R₂(p‖q) ≤ R_∞(p‖q)",
        value("renyi_divergence_2"), value("renyi_divergence_inf")),
      Self("Lin", "JS ≤ TV·log 2", jensenShannon, variation * DoubleDouble.ln2.high),
      Self(
        "Jeffreys", "JS ≤ J/8", jensenShannon, value("jeffreys_divergence") / 8),
      Self(
        "Topsøe", "Δ/4 ≤ JS", value("triangular_discrimination") / 4, jensenShannon),
    ]
  }
}
