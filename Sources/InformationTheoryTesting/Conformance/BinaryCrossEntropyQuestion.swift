/// Logits with targets and options, of which the binary cross-entropy and its gradient are
/// asked.
///
/// With σ the logistic function, target t, weight u and positive weight P an element loses
/// `u·[(1 − t)·(−log σ(−x)) + P·t·(−log σ(x))]` nats, with `0·∞ = 0`.
public struct BinaryCrossEntropyQuestion: Sendable, Equatable {
  /// A logit for each element.
  public var logits: [Double]
  /// The probability of the positive class for each element.
  public var targets: [Double]
  /// The weight P of positives.
  public var positiveWeight: Double?
  /// A weight u for each element; 1 without it.
  public var weights: [Double]?
  /// What the sum is divided by; the weighted mean divides by the sum of the weights u.
  public var reduction: LossReductionName

  /// Creates a question.
  ///
  /// - Parameters:
  ///   - logits: A logit for each element.
  ///   - targets: The probability of the positive class for each element.
  ///   - positiveWeight: The weight of positives.
  ///   - weights: A weight for each element.
  ///   - reduction: What the sum is divided by.
  public init(
    logits: [Double], targets: [Double], positiveWeight: Double? = nil,
    weights: [Double]? = nil, reduction: LossReductionName = .mean
  ) {
    self.logits = logits
    self.targets = targets
    self.positiveWeight = positiveWeight
    self.weights = weights
    self.reduction = reduction
  }
}

extension BinaryCrossEntropyQuestion: Codable {
  private enum CodingKeys: String, CodingKey {
    case logits, targets, weights, reduction
    case positiveWeight = "positive_weight"
  }

  /// Reads the fields of a question to `infotheory evaluate`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      logits: try fields.decode([JSONNumber].self, forKey: .logits).numbers,
      targets: try fields.decode([JSONNumber].self, forKey: .targets).numbers,
      positiveWeight: try fields.decodeIfPresent(Double.self, forKey: .positiveWeight),
      weights: try fields.decodeIfPresent([JSONNumber].self, forKey: .weights)?.numbers,
      reduction: try fields.decodeIfPresent(LossReductionName.self, forKey: .reduction) ?? .mean)
  }

  /// Writes the fields of a question to `infotheory evaluate`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(logits.json, forKey: .logits)
    try fields.encode(targets.json, forKey: .targets)
    try fields.encodeIfPresent(positiveWeight, forKey: .positiveWeight)
    try fields.encodeIfPresent(weights?.json, forKey: .weights)
    try fields.encode(reduction, forKey: .reduction)
  }
}

extension BinaryCrossEntropyQuestion: CustomStringConvertible {
  /// The fields, in the notation of Swift.
  public var description: String {
    var parts = ["logits \(logits)", "targets \(targets)"]
    if let positiveWeight { parts.append("positiveWeight \(positiveWeight)") }
    if let weights { parts.append("weights \(weights)") }
    return (parts + ["reduction \(reduction.rawValue)"]).joined(separator: ", ")
  }
}
