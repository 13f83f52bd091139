/// Everything that two distributions have to say about each other.
///
/// ```swift
/// let p = try Categorical([0.5, 0.25, 0.25], labels: ["a", "b", "c"])
/// let q = try Categorical([0.4, 0.4, 0.2], labels: ["a", "b", "c"])
/// let comparison = try p.compared(to: q)
/// comparison["kl_divergence"]     // both ways
/// print(comparison)               // the whole panel, in 80 columns
/// ```
public struct DistributionComparison: Hashable, Codable, Sendable {
  /// One measure, both ways where it has a direction.
  public struct Row: Hashable, Codable, Sendable {
    /// The measure's name for programs, in snake case: `kl_divergence`.
    public let measure: String
    /// The measure's name for people: `Kullback–Leibler divergence`.
    public let title: String
    /// The value from p to q, or the only one.
    public let forward: ComparedQuantity
    /// The value from q to p, nil for a symmetric measure.
    public let backward: ComparedQuantity?
  }

  /// What one outcome adds to D(p‖q).
  public struct Contribution: Hashable, Codable, Sendable {
    /// The outcome's label, or its index.
    public let outcome: String
    /// Its probability in p.
    public let p: Double
    /// Its probability in q.
    public let q: Double
    /// The term `p log(p/q) − p + q`, which is never negative.
    public let term: Information
    /// The term's share of D(p‖q) where that is finite and not 0; nil otherwise.
    public let share: Double?
  }

  /// Which outcomes only one of the distributions gives mass.
  public struct SupportDifference: Hashable, Codable, Sendable {
    /// How many outcomes have mass in both.
    public let shared: Int
    /// The outcomes with mass in p only.
    public let onlyInP: [String]
    /// The outcomes with mass in q only.
    public let onlyInQ: [String]
    /// The probability under p of the outcomes that only p has.
    public let massOnlyInP: Double
    /// The probability under q of the outcomes that only q has.
    public let massOnlyInQ: Double
  }

  /// The number of outcomes, matched by label where there are labels.
  public let outcomeCount: Int
  /// Every measure.
  public let rows: [Row]
  /// The inequalities that tie the measures, with both of their sides.
  public let bounds: [DivergenceBound]
  /// The outcomes that add most to D(p‖q), the largest first.
  public let contributions: [Contribution]
  /// How the supports differ.
  public let support: SupportDifference

  /// The row of a measure, by its name in snake case.
  ///
  /// - Parameter measure: The name, such as `kl_divergence`.
  public subscript(measure: String) -> Row? { rows.first { $0.measure == measure } }
}

extension Categorical {
  /// Returns the comparison of this distribution with another.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - positions: Where ordered outcomes lie on a line, strictly increasing; they
  ///     add the Wasserstein, energy, Cramér and Kolmogorov–Smirnov distances.
  ///   - support: What to do where one distribution has mass and the other has none.
  ///   - contributionCount: How many outcomes to list with what they add to D(p‖q).
  /// - Returns: Every divergence both ways, the bounds that tie them, the outcomes
  ///   that matter most, and how the supports differ.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   `badPositions`, or what the support policy throws.
  public func compared(
    to q: Categorical, positions: [Double]? = nil, support: SupportPolicy = .infinite,
    contributionCount: Int = 5
  ) throws(InformationError) -> DistributionComparison {
    let all = try Categorical.aligned(self, q)
    _ = try Positions(positions, count: all.0.count)
    let (p, q) = try Categorical.prepared(self, q, support: support)
    var positions = positions
    if support == .restricted {
      positions = positions.map { positions in
        Categorical.shared(all.0, all.1).map { positions[$0] }
      }
    }
    if support == .throwing {
      _ = try p.jeffreysDivergence(from: q, support: .throwing)
    }
    let rows = try ComparedMeasure.rows(p, q, positions: positions)
    return DistributionComparison(
      outcomeCount: p.count, rows: rows, bounds: DivergenceBound.all(of: rows),
      contributions: DistributionComparison.contributions(p, q, count: contributionCount),
      support: DistributionComparison.SupportDifference(p, q))
  }
}
