import InformationTheory

/// What softmax cross-entropy is asked to do beside its definition.
struct CrossEntropyOptions: Sendable {
  var classWeights: [Double]?
  var labelSmoothing = 0.0
  var zLossScale = 0.0
  var logitSoftcap: Double?
  var convention = SoftTargetConvention.derivative
  /// The first coefficient that poly-1 adds.
  var polyEpsilon = 0.0
  /// Whether the entropy of the targets is taken off, which leaves their divergence.
  var isRelative = false

  /// The divergence of the targets from the predictions.
  static let relative: Self = {
    var options = Self()
    options.isRelative = true
    return options
  }()

  /// Cross-entropy with its first polynomial coefficient moved.
  static func poly1(_ epsilon: Double) -> Self {
    var options = Self()
    options.polyEpsilon = epsilon
    return options
  }

  /// Checks the numbers.
  func validate(_ layout: ClassLayout) throws(InformationError) {
    try InformationError.demandClassWeights(classWeights, "classWeights", layout)
    try InformationError.demandShare(labelSmoothing, "labelSmoothing")
    try InformationError.demandScale(zLossScale, "zLossScale")
    guard polyEpsilon >= -1 && polyEpsilon < .infinity else {
      throw .badNumber("epsilon", polyEpsilon, "finite and at least -1")
    }
    if let logitSoftcap {
      guard logitSoftcap > 0 && logitSoftcap < .infinity else {
        throw .badNumber("logitSoftcap", logitSoftcap, "finite and positive")
      }
    }
  }
}
