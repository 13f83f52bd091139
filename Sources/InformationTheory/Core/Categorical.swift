/// A probability mass function on finitely many outcomes, checked once.
///
/// ```swift
/// let p = try Categorical([0.5, 0.25, 0.125, 0.125])
/// let q = try Categorical(counts: [10, 10, 10, 10])
/// p.entropy().bits                    // 1.75
/// try p.klDivergence(from: q).nats    // 0.17328679513998632
/// ```
///
/// The masses are kept as they were given, but for a power of two where they are huge or
/// tiny. Every measure is of the probabilities
/// p/Σp with the exact sum Σp, a real division that is never rounded on the way:
/// counts stay whole numbers, and probabilities that miss 1 in their last bit
/// mean what they were meant to mean.
///
/// Outcomes may have labels. Two labelled distributions are matched by label, so
/// that an outcome that only one of them knows has no mass in the other; without
/// labels the outcomes are matched by position and must be as many.
public struct Categorical: Sendable {
  /// The masses as given, at least one: probabilities, counts or weights.
  ///
  /// Masses whose total is beyond 2^±64 are times the power of two that brings it into
  /// 1 ..< 2, where that loses nothing.
  public let masses: [Double]
  /// The outcomes' labels, all different, or nil.
  public let labels: [String]?
  /// The exact total, and what else measures need.
  let totals: MassTotals

  init(masses: [Double], labels: [String]?, totals: MassTotals) {
    self.masses = masses
    self.labels = labels
    self.totals = totals
  }

  /// The number of outcomes, those without mass included.
  public var count: Int { masses.count }

  /// The total of the masses, rounded once.
  public var total: Double { totals.total.high }

  /// The probability of an outcome: its mass over the exact total, rounded once.
  ///
  /// - Parameter index: The outcome, from 0.
  /// - Precondition: `index` is in `0 ..< count`.
  public subscript(index: Int) -> Double {
    (DoubleDouble(masses[index]) / totals.total).high
  }

  /// The probabilities of all outcomes, each rounded once.
  public var probabilities: [Double] { masses.indices.map { self[$0] } }

  /// The indices of the outcomes that have mass.
  public var support: [Int] { masses.indices.filter { masses[$0] > 0 } }

  /// What to call an outcome: its label, or its index.
  ///
  /// - Parameter index: The outcome, from 0.
  /// - Returns: Text for people.
  public func name(ofOutcome index: Int) -> String { labels?[index] ?? String(index) }
}

extension Categorical: Hashable {
  /// Whether two distributions have the same masses and labels.
  public static func == (a: Categorical, b: Categorical) -> Bool {
    a.masses == b.masses && a.labels == b.labels
  }

  /// Hashes the masses and labels.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(masses)
    hasher.combine(labels)
  }
}

extension Categorical: Codable {
  private enum CodingKeys: String, CodingKey {
    case masses
    case labels
  }

  /// Writes the masses and the labels.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(masses, forKey: .masses)
    try container.encodeIfPresent(labels, forKey: .labels)
  }

  /// Reads and checks what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      normalizing: container.decode([Double].self, forKey: .masses),
      labels: container.decodeIfPresent([String].self, forKey: .labels))
  }
}

extension Categorical: CustomStringConvertible {
  /// The outcomes with their probabilities: `"[a: 0.5, b: 0.5]"`.
  public var description: String {
    let parts = masses.indices.map { i in
      labels.map { "\($0[i]): \(self[i])" } ?? "\(self[i])"
    }
    return "[\(parts.joined(separator: ", "))]"
  }
}
