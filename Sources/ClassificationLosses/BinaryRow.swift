import InformationTheory

/// One logit, taken apart as ``SoftmaxRow`` takes apart the two logits 0 and x: the
/// same numbers, so that both give the same losses.
struct BinaryRow {
  /// |x|.
  let magnitude: Wide
  /// Whether the positive class is the less likely one.
  let isNegative: Bool
  /// log(1 + e^−|x|).
  let logTotal: Wide
  /// σ(|x|).
  let likelier: Wide
  /// σ(−|x|).
  let lesser: Wide

  init(_ x: Double) {
    let power = Wide.exp(DoubleDouble(-x.magnitude))
    let total = Wide.one + power
    magnitude = Wide(x.magnitude)
    isNegative = x < 0
    logTotal = Wide.log1p(power)
    likelier = Wide.one / total
    lesser = power / total
  }

  /// σ(x), the probability of the positive class.
  var positive: Wide { isNegative ? lesser : likelier }
  /// σ(−x), the probability of the negative class.
  var negative: Wide { isNegative ? likelier : lesser }
  /// −log σ(x).
  var positiveSurprisal: Wide { isNegative ? magnitude + logTotal : logTotal }
  /// −log σ(−x).
  var negativeSurprisal: Wide { isNegative ? logTotal : magnitude + logTotal }

  /// The cross-entropy a·(−log σ(−x)) + b·(−log σ(x)), for weights that are not negative.
  func crossEntropy(negative a: Wide, positive b: Wide) -> Wide {
    (isNegative ? b : a) * magnitude + (a + b) * logTotal
  }
}

extension InformationError {
  static func nanPrediction(_ argument: String, at index: Int) -> InformationError {
    InformationError(
      .notFinite, argument: argument, index: index,
      "\(argument)[\(index)] is NaN; leave such elements out")
  }

  static func demandProbability(
    _ value: Double, _ argument: String, at index: Int
  ) throws(InformationError) {
    guard value >= 0 && value <= 1 else {
      throw badNumber(argument, at: index, value, "in 0 ... 1")
    }
  }
}
