/// A batch of logits with labels and options, of which the loss and gradient are asked.
///
/// With p = softmax(x), class weights w and smoothing ε over C classes, a row of label y
/// and sample weight u loses
/// `u·[(1 − ε)·w_y·(−log p_y) + (ε/C)·Σ_c w_c·(−log p_c)]` nats, with `0·∞ = 0`.
public struct SoftmaxCrossEntropyQuestion: Sendable, Equatable {
  /// Rows of logits, all of the same length, of which ignored ones may hold NaN.
  public var logits: [[Double]]
  /// The label of each row.
  public var classIndices: [Int]
  /// A weight for each class; 1 without it.
  public var classWeights: [Double]?
  /// A weight for each row; 1 without it.
  public var sampleWeights: [Double]?
  /// The label of rows that take no part.
  public var ignoreIndex: Int?
  /// The share of a label that is spread over all classes.
  public var labelSmoothing: Double
  /// What the sum is divided by.
  public var reduction: LossReductionName

  /// Creates a question.
  ///
  /// - Parameters:
  ///   - logits: Rows of logits, all of the same length.
  ///   - classIndices: The label of each row.
  ///   - classWeights: A weight for each class.
  ///   - sampleWeights: A weight for each row.
  ///   - ignoreIndex: The label of rows that take no part.
  ///   - labelSmoothing: The share of a label that is spread over all classes.
  ///   - reduction: What the sum is divided by.
  public init(
    logits: [[Double]], classIndices: [Int], classWeights: [Double]? = nil,
    sampleWeights: [Double]? = nil, ignoreIndex: Int? = nil, labelSmoothing: Double = 0,
    reduction: LossReductionName = .mean
  ) {
    self.logits = logits
    self.classIndices = classIndices
    self.classWeights = classWeights
    self.sampleWeights = sampleWeights
    self.ignoreIndex = ignoreIndex
    self.labelSmoothing = labelSmoothing
    self.reduction = reduction
  }

  /// The number of classes.
  public var classCount: Int { logits.first?.count ?? 0 }

  /// Whether a row takes no part.
  public func isIgnored(_ row: Int) -> Bool { classIndices[row] == ignoreIndex }
}

extension SoftmaxCrossEntropyQuestion: Codable {
  private enum CodingKeys: String, CodingKey {
    case logits, reduction
    case classIndices = "class_indices"
    case classWeights = "class_weights"
    case sampleWeights = "sample_weights"
    case ignoreIndex = "ignore_index"
    case labelSmoothing = "label_smoothing"
  }

  /// Reads the fields of a question to `infotheory evaluate`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      logits: try fields.decode([[JSONNumber]].self, forKey: .logits).map(\.numbers),
      classIndices: try fields.decode([Int].self, forKey: .classIndices),
      classWeights: try fields.decodeIfPresent([JSONNumber].self, forKey: .classWeights)?.numbers,
      sampleWeights: try fields.decodeIfPresent([JSONNumber].self, forKey: .sampleWeights)?
        .numbers,
      ignoreIndex: try fields.decodeIfPresent(Int.self, forKey: .ignoreIndex),
      labelSmoothing: try fields.decodeIfPresent(Double.self, forKey: .labelSmoothing) ?? 0,
      reduction: try fields.decodeIfPresent(LossReductionName.self, forKey: .reduction) ?? .mean)
  }

  /// Writes the fields of a question to `infotheory evaluate`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(logits.map(\.json), forKey: .logits)
    try fields.encode(classIndices, forKey: .classIndices)
    try fields.encodeIfPresent(classWeights?.json, forKey: .classWeights)
    try fields.encodeIfPresent(sampleWeights?.json, forKey: .sampleWeights)
    try fields.encodeIfPresent(ignoreIndex, forKey: .ignoreIndex)
    if labelSmoothing != 0 { try fields.encode(labelSmoothing, forKey: .labelSmoothing) }
    try fields.encode(reduction, forKey: .reduction)
  }
}

extension SoftmaxCrossEntropyQuestion: CustomStringConvertible {
  /// The fields, in the notation of Swift.
  public var description: String {
    var parts = ["logits \(logits)", "classIndices \(classIndices)"]
    if let classWeights { parts.append("classWeights \(classWeights)") }
    if let sampleWeights { parts.append("sampleWeights \(sampleWeights)") }
    if let ignoreIndex { parts.append("ignoreIndex \(ignoreIndex)") }
    if labelSmoothing != 0 { parts.append("labelSmoothing \(labelSmoothing)") }
    return (parts + ["reduction \(reduction.rawValue)"]).joined(separator: ", ")
  }
}
