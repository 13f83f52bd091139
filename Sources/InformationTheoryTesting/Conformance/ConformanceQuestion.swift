/// A question to an implementation of any measure.
///
/// Its JSON is a question to `infotheory evaluate`: an object with the `measure` and its
/// fields, in which infinities and NaN are text.
public enum ConformanceQuestion: Sendable, Equatable {
  /// A loss of rows of logits, and its gradient.
  case classes(ConformanceMeasure, ClassLossQuestion)
  /// A loss of single logits, and its gradient.
  case elements(ConformanceMeasure, ElementLossQuestion)
  /// A measure of one distribution, or of two.
  case distributions(ConformanceMeasure, DistributionQuestion)

  /// The measure that is asked for.
  public var measure: ConformanceMeasure {
    switch self {
    case .classes(let measure, _), .elements(let measure, _), .distributions(let measure, _):
      measure
    }
  }

  /// The fields.
  private var fields: any Encodable & CustomStringConvertible {
    switch self {
    case .classes(_, let question): question
    case .elements(_, let question): question
    case .distributions(_, let question): question
    }
  }
}

extension ConformanceQuestion: Codable {
  private enum CodingKeys: CodingKey { case measure, gradient }

  /// Reads the measure, and then the fields that it has.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let measure = try fields.decode(ConformanceMeasure.self, forKey: .measure)
    switch measure.kind {
    case .ofClasses: self = .classes(measure, try .init(from: decoder))
    case .ofElements: self = .elements(measure, try .init(from: decoder))
    case .ofDistributions: self = .distributions(measure, try .init(from: decoder))
    }
  }

  /// Writes the measure, its fields, and for a loss that the gradient is wanted.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(measure, forKey: .measure)
    if measure.isLoss { try keys.encode(true, forKey: .gradient) }
    try fields.encode(to: encoder)
  }
}

extension ConformanceQuestion: CustomStringConvertible {
  /// The fields, in the notation of Swift.
  public var description: String { "\(fields)" }
}

/// What an implementation answers.
public struct ConformanceAnswer: Sendable, Equatable {
  /// The loss or divergence, in nats.
  public var value: Double
  /// The derivatives by the logits, row by row; nil where there are none.
  public var gradient: [Double]?

  /// Creates an answer.
  ///
  /// - Parameters:
  ///   - value: The loss or divergence, in nats.
  ///   - gradient: The derivatives by the logits, row by row.
  public init(value: Double, gradient: [Double]? = nil) {
    self.value = value
    self.gradient = gradient
  }
}

/// Thrown by an implementation that lacks what a question asks for: the question is then
/// skipped, and counted as such.
///
/// Any other error refuses the input, which is right for bad input and wrong for the rest.
public struct UnsupportedQuestion: Error, Sendable {
  /// Creates the error.
  public init() {}
}

/// Thrown where an implementation gave no answer, because it crashed or hung: that is wrong
/// whatever the question was.
public struct NoAnswer: Error, Sendable, CustomStringConvertible {
  /// What happened.
  public let description: String
  /// Whether asking again, or anything else, makes no sense.
  public let isFinal: Bool

  /// Creates the error.
  ///
  /// - Parameters:
  ///   - description: What happened.
  ///   - isFinal: Whether the examination ends here.
  public init(_ description: String, isFinal: Bool = false) {
    self.description = description
    self.isFinal = isFinal
  }
}
