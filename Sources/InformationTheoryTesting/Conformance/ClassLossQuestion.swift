/// A batch of logits with targets and options, of which a loss of classes and its gradient
/// are asked.
///
/// With p = softmax(x), targets q, class weights w and smoothing ε over C classes, a row with
/// sample weight u loses, in nats and with `0·∞ = 0`,
///
/// - as softmax cross-entropy `u·Σ_c w_c·((1 − ε)q_c + ε/C)·(−log p_c)`,
/// - as softmax focal loss of label y `u·α_y·(1 − p_y)^γ·(−log p_y)`.
public struct ClassLossQuestion: Sendable, Equatable {
  /// Rows of logits, all of the same length, of which ignored ones may hold NaN.
  public var logits: [[Double]]
  /// The label of each row; nothing where there are probabilities instead.
  public var classIndices: [Int]
  /// The probability of each class for each row, in the place of labels.
  public var classProbabilities: [[Double]]?
  /// A weight for each class; 1 without it.
  public var classWeights: [Double]?
  /// A weight for each row; 1 without it.
  public var sampleWeights: [Double]?
  /// The label of rows that take no part.
  public var ignoreIndex: Int?
  /// The share of a target that is spread over all classes.
  public var labelSmoothing: Double
  /// The exponent γ of the focal loss; nil for other losses.
  public var gamma: Double?
  /// The weight α of each class in the focal loss; 1 without it.
  public var alpha: [Double]?
  /// What the sum is divided by.
  public var reduction: LossReductionName

  /// Creates a question.
  ///
  /// - Parameters:
  ///   - logits: Rows of logits, all of the same length.
  ///   - classIndices: The label of each row.
  ///   - classProbabilities: The probability of each class for each row, instead.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows that take no part.
  ///   - labelSmoothing: The share of a target that is spread over all classes.
  ///   - gamma: The exponent of the focal loss.
  ///   - alpha: The weight of each class in the focal loss.
  ///   - reduction: What the sum is divided by.
  public init(
    logits: [[Double]], classIndices: [Int] = [], classProbabilities: [[Double]]? = nil,
    classWeights: [Double]? = nil, sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil,
    labelSmoothing: Double = 0, gamma: Double? = nil, alpha: [Double]? = nil,
    reduction: LossReductionName = .mean
  ) {
    self.logits = logits
    self.classIndices = classIndices
    self.classProbabilities = classProbabilities
    self.classWeights = classWeights
    self.sampleWeights = sampleWeights
    self.ignoreIndex = ignoreIndex
    self.labelSmoothing = labelSmoothing
    self.gamma = gamma
    self.alpha = alpha
    self.reduction = reduction
  }

  /// The number of classes.
  public var classCount: Int { logits.first?.count ?? 0 }

  /// Whether a row takes no part.
  public func isIgnored(_ row: Int) -> Bool {
    classProbabilities == nil && classIndices[row] == ignoreIndex
  }
}

extension ClassLossQuestion: Codable {
  private enum CodingKeys: String, CodingKey {
    case logits, gamma, alpha, reduction
    case classIndices = "class_indices"
    case classProbabilities = "class_probabilities"
    case classWeights = "class_weights"
    case sampleWeights = "sample_weights"
    case ignoreIndex = "ignore_index"
    case labelSmoothing = "label_smoothing"
  }

  /// Reads the fields of a question to `infotheory evaluate`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func numbers(_ key: CodingKeys) throws -> [Double]? {
      try fields.decodeIfPresent([JSONNumber].self, forKey: key)?.numbers
    }
    let probabilities = try fields.decodeIfPresent(
      [[JSONNumber]].self, forKey: .classProbabilities)
    self.init(
      logits: try fields.decode([[JSONNumber]].self, forKey: .logits).map(\.numbers),
      classIndices: try probabilities == nil
        ? fields.decode([Int].self, forKey: .classIndices) : [],
      classProbabilities: probabilities?.map(\.numbers),
      classWeights: try numbers(.classWeights), sampleWeights: try numbers(.sampleWeights),
      ignoreIndex: try fields.decodeIfPresent(Int.self, forKey: .ignoreIndex),
      labelSmoothing: try fields.decodeIfPresent(Double.self, forKey: .labelSmoothing) ?? 0,
      gamma: try fields.decodeIfPresent(Double.self, forKey: .gamma),
      alpha: try numbers(.alpha),
      reduction: try fields.decodeIfPresent(LossReductionName.self, forKey: .reduction) ?? .mean)
  }

  /// Writes the fields of a question to `infotheory evaluate`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(logits.map(\.json), forKey: .logits)
    if let classProbabilities {
      try fields.encode(classProbabilities.map(\.json), forKey: .classProbabilities)
    } else {
      try fields.encode(classIndices, forKey: .classIndices)
    }
    try fields.encodeIfPresent(classWeights?.json, forKey: .classWeights)
    try fields.encodeIfPresent(sampleWeights?.json, forKey: .sampleWeights)
    try fields.encodeIfPresent(ignoreIndex, forKey: .ignoreIndex)
    if labelSmoothing != 0 { try fields.encode(labelSmoothing, forKey: .labelSmoothing) }
    try fields.encodeIfPresent(gamma, forKey: .gamma)
    try fields.encodeIfPresent(alpha?.json, forKey: .alpha)
    try fields.encode(reduction, forKey: .reduction)
  }
}

extension ClassLossQuestion: CustomStringConvertible {
  /// The fields, in the notation of Swift.
  public var description: String {
    described([
      ("logits", logits), ("classIndices", classProbabilities == nil ? classIndices : nil),
      ("classProbabilities", classProbabilities), ("classWeights", classWeights),
      ("sampleWeights", sampleWeights), ("ignoreIndex", ignoreIndex),
      ("labelSmoothing", labelSmoothing == 0 ? nil : labelSmoothing), ("gamma", gamma),
      ("alpha", alpha), ("reduction", reduction.rawValue),
    ])
  }
}

/// Fields with their values, without those that there are not.
func described(_ fields: [(name: String, value: Any?)]) -> String {
  fields.compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: ", ")
}
