/// Logits with targets and options, of which a binary loss and its gradient are asked.
///
/// With σ the logistic function, target t and weight u an element loses, in nats and with
/// `0·∞ = 0`,
///
/// - as binary cross-entropy with positive weight P
///   `u·[(1 − t)·(−log σ(−x)) + P·t·(−log σ(x))]`,
/// - as sigmoid focal loss `u·α_t·(1 − p_t)^γ·H`, H the binary cross-entropy, with
///   `p_t = t·σ(x) + (1 − t)·σ(−x)` and `α_t = t·α + (1 − t)(1 − α)`, or 1 without α.
public struct ElementLossQuestion: Sendable, Equatable {
  /// A logit for each element.
  public var logits: [Double]
  /// The probability of the positive class for each element.
  public var targets: [Double]
  /// The weight P of positives.
  public var positiveWeight: Double?
  /// A weight u for each element; 1 without it.
  public var weights: [Double]?
  /// The exponent γ of the focal loss; nil for other losses.
  public var gamma: Double?
  /// The weight α of positives in the focal loss.
  public var alpha: Double?
  /// What the sum is divided by; the weighted mean divides by the sum of the weights u.
  public var reduction: LossReductionName

  /// Creates a question.
  ///
  /// - Parameters:
  ///   - logits: A logit for each element.
  ///   - targets: The probability of the positive class for each element.
  ///   - positiveWeight: The weight of positives.
  ///   - weights: A weight for each element.
  ///   - gamma: The exponent of the focal loss.
  ///   - alpha: The weight of positives in the focal loss.
  ///   - reduction: What the sum is divided by.
  public init(
    logits: [Double], targets: [Double], positiveWeight: Double? = nil,
    weights: [Double]? = nil, gamma: Double? = nil, alpha: Double? = nil,
    reduction: LossReductionName = .mean
  ) {
    self.logits = logits
    self.targets = targets
    self.positiveWeight = positiveWeight
    self.weights = weights
    self.gamma = gamma
    self.alpha = alpha
    self.reduction = reduction
  }
}

extension ElementLossQuestion: Codable {
  private enum CodingKeys: String, CodingKey {
    case logits, targets, weights, gamma, alpha, reduction
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
      gamma: try fields.decodeIfPresent(Double.self, forKey: .gamma),
      alpha: try fields.decodeIfPresent(Double.self, forKey: .alpha),
      reduction: try fields.decodeIfPresent(LossReductionName.self, forKey: .reduction) ?? .mean)
  }

  /// Writes the fields of a question to `infotheory evaluate`.
  ///
  /// A focal loss without α says so, because there its absence stands for ¼.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(logits.json, forKey: .logits)
    try fields.encode(targets.json, forKey: .targets)
    try fields.encodeIfPresent(positiveWeight, forKey: .positiveWeight)
    try fields.encodeIfPresent(weights?.json, forKey: .weights)
    if let gamma {
      try fields.encode(gamma, forKey: .gamma)
      try fields.encode(alpha, forKey: .alpha)
    }
    try fields.encode(reduction, forKey: .reduction)
  }
}

extension ElementLossQuestion: CustomStringConvertible {
  /// The fields, in the notation of Swift.
  public var description: String {
    described([
      ("logits", logits), ("targets", targets), ("positiveWeight", positiveWeight),
      ("weights", weights), ("gamma", gamma), ("alpha", alpha),
      ("reduction", reduction.rawValue),
    ])
  }
}
