/// A distribution, of which the entropy, or two, of which a divergence is asked, in nats.
public struct DistributionQuestion: Sendable, Equatable {
  /// Probabilities, which sum to 1.
  public var p: [Double]
  /// Reference probabilities of the same outcomes; nil for the entropy.
  public var q: [Double]?

  /// Creates a question.
  ///
  /// - Parameters:
  ///   - p: Probabilities, which sum to 1.
  ///   - q: Reference probabilities of the same outcomes.
  public init(p: [Double], q: [Double]? = nil) {
    self.p = p
    self.q = q
  }
}

extension DistributionQuestion: Codable {
  private enum CodingKeys: String, CodingKey { case p, q }

  /// Reads the fields of a question to `infotheory evaluate`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      p: try fields.decode([JSONNumber].self, forKey: .p).numbers,
      q: try fields.decodeIfPresent([JSONNumber].self, forKey: .q)?.numbers)
  }

  /// Writes the fields of a question to `infotheory evaluate`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(p.json, forKey: .p)
    try fields.encodeIfPresent(q?.json, forKey: .q)
  }
}

extension DistributionQuestion: CustomStringConvertible {
  /// The fields, in the notation of Swift, the first ones of long lists only.
  public var description: String {
    described([("p", Self.brief(p)), ("q", q.map(Self.brief))])
  }

  private static func brief(_ masses: [Double]) -> String {
    guard masses.count > 24 else { return "\(masses)" }
    let first = masses.prefix(3).map { "\($0)" }.joined(separator: ", ")
    return "[\(first), … \(masses.count) in all]"
  }
}
