import ClassificationLosses
public import InformationTheory

/// What becomes of a row of logits.
enum SoftmaxFunction: Sendable {
  case logSumExp, logSoftmax, softmax
}

struct SoftmaxEvaluation: Evaluation {
  let function: SoftmaxFunction
  let logits: [Double]

  func outcomes<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    let softmax = SoftmaxNumbers(logits, softcap: nil, a)
    switch function {
    case .logSumExp: return [softmax.logSumExp.map { .number($0) } ?? .infinite]
    case .logSoftmax:
      return logits.indices.map { c in
        softmax.surprisal(c).map { .number(-$0) } ?? .infinity(.minus)
      }
    case .softmax: return logits.indices.map { .number(softmax.probability($0)) }
    }
  }
}

extension Certified {
  /// Returns the logarithm of the sum of exponentials of each row, certified.
  ///
  /// `log Σ_c eˣ`; +∞ where a logit is.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classCount: The number of classes.
  /// - Returns: A number for each row.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func logSumExp(
    of logits: [Double], classCount: Int
  ) throws(InformationError) -> [Certified] {
    var output = [Double](repeating: 0, count: logits.count / max(classCount, 1))
    try ClassificationLosses.logSumExp(
      of: logits.span, classCount: classCount, into: output.mutableSpan)
    return certified(.logSumExp, logits, classCount)
  }

  /// Returns the log-probabilities of softmax, certified.
  ///
  /// `x_c − log Σ eˣ`.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classCount: The number of classes.
  /// - Returns: A number for each logit.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func logSoftmax(
    of logits: [Double], classCount: Int
  ) throws(InformationError) -> [Certified] {
    var output = logits
    try ClassificationLosses.logSoftmax(
      of: logits.span, classCount: classCount, into: output.mutableSpan)
    return certified(.logSoftmax, logits, classCount)
  }

  /// Returns the probabilities of softmax, certified.
  ///
  /// `eˣ/Σ eˣ`.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes.
  ///   - classCount: The number of classes.
  /// - Returns: A number for each logit.
  /// - Throws: `InformationError`, as the function in `ClassificationLosses`.
  public static func softmax(
    of logits: [Double], classCount: Int
  ) throws(InformationError) -> [Certified] {
    var output = logits
    try ClassificationLosses.softmax(
      of: logits.span, classCount: classCount, into: output.mutableSpan)
    return certified(.softmax, logits, classCount)
  }

  private static func certified(
    _ function: SoftmaxFunction, _ logits: [Double], _ classCount: Int
  ) -> [Certified] {
    (0..<logits.count / classCount).flatMap { n in
      SoftmaxEvaluation(function: function, logits: row(n, of: logits, classCount)).certifiedValues
    }
  }
}
