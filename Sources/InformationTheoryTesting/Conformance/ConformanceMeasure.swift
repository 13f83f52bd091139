/// What a conformance suite can examine; the raw value is its name in `infotheory evaluate`.
public enum ConformanceMeasure: String, Sendable, Codable, CaseIterable {
  /// The cross-entropy of softmax predictions with class labels or probabilities, and its
  /// gradient.
  case softmaxCrossEntropy = "softmax_cross_entropy"
  /// The binary cross-entropy of logits with targets, and its gradient.
  case binaryCrossEntropy = "binary_cross_entropy"
  /// The focal loss of softmax predictions with class labels, and its gradient.
  case softmaxFocalLoss = "softmax_focal_loss"
  /// The focal loss of logits with targets, and its gradient.
  case sigmoidFocalLoss = "sigmoid_focal_loss"
  /// `−Σ pᵢ log pᵢ`.
  case entropy
  /// `Σ pᵢ log(pᵢ/qᵢ)`.
  case klDivergence = "kl_divergence"
  /// `½ D(p‖m) + ½ D(q‖m)` with m = ½(p + q).
  case jensenShannonDivergence = "jensen_shannon_divergence"
}

extension ConformanceMeasure {
  /// What is asked about it.
  enum Kind {
    case ofClasses, ofElements, ofDistributions
  }

  var kind: Kind {
    switch self {
    case .softmaxCrossEntropy, .softmaxFocalLoss: .ofClasses
    case .binaryCrossEntropy, .sigmoidFocalLoss: .ofElements
    case .entropy, .klDivergence, .jensenShannonDivergence: .ofDistributions
    }
  }

  /// Whether the measure is a loss, which has a gradient.
  public var isLoss: Bool { kind != .ofDistributions }

  /// Whether the measure compares two distributions.
  public var isDivergence: Bool { kind == .ofDistributions && self != .entropy }

  /// Whether the measure is a focal loss.
  var isFocal: Bool { self == .softmaxFocalLoss || self == .sigmoidFocalLoss }

  /// The name for people.
  var title: String {
    switch self {
    case .softmaxCrossEntropy: "softmax cross-entropy"
    case .binaryCrossEntropy: "binary cross-entropy"
    case .softmaxFocalLoss: "softmax focal loss"
    case .sigmoidFocalLoss: "sigmoid focal loss"
    case .entropy: "entropy"
    case .klDivergence: "Kullback–Leibler divergence"
    case .jensenShannonDivergence: "Jensen–Shannon divergence"
    }
  }

  /// The traps that are set for it, in the order of the report.
  public var traps: [ConformanceTrap] {
    switch kind {
    case .ofClasses:
      [
        .value, .gradient, .edgeValues, .shiftInvariance, .denominators, .ignoredRows, .tails,
        .badLabels,
      ] + (isFocal ? [] : [.softTargets])
    case .ofElements: [.value, .gradient, .edgeValues, .denominators, .tails, .badLabels]
    case .ofDistributions:
      [.value] + (isDivergence ? [.nearlyEqual] : []) + [.edgeValues, .tails, .longSums]
    }
  }
}

/// A way in which implementations go wrong, examined on its own.
public enum ConformanceTrap: String, Sendable, Codable, CaseIterable {
  /// The value of ordinary input.
  case value
  /// The gradient of ordinary input.
  case gradient
  /// Infinite logits, zero masses, `0·∞`.
  case edgeValues = "edge_values"
  /// Logits that are all far from zero.
  case shiftInvariance = "shift_invariance"
  /// What weights, smoothing and ignored rows do to the divisor of a mean.
  case denominators
  /// Rows that take no part, whatever they hold.
  case ignoredRows = "ignored_rows"
  /// Rows that are confidently right, masses that are tiny.
  case tails
  /// Labels and targets out of range, which must be refused.
  case badLabels = "bad_labels"
  /// Probabilities of classes instead of labels.
  case softTargets = "soft_targets"
  /// Distributions that hardly differ.
  case nearlyEqual = "nearly_equal"
  /// Sums over very many outcomes.
  case longSums = "long_sums"
}

extension ConformanceTrap {
  /// What an implementation must do to stay out of it.
  public var demand: String {
    switch self {
    case .value: "ordinary input has the value that it should"
    case .gradient: "ordinary input has the gradient that it should"
    case .edgeValues: "infinities and zeros stand for their limits, and 0·∞ is 0"
    case .shiftInvariance: "an offset common to all logits changes nothing"
    case .denominators: "means divide by what their name says, weights included"
    case .ignoredRows: "ignored rows are skipped, whatever they hold"
    case .tails: "small losses, gradients and masses keep their digits"
    case .badLabels: "labels and targets out of range are refused"
    case .softTargets: "probabilities serve as targets, those of 0 beside infinities too"
    case .nearlyEqual: "distributions that hardly differ keep their digits"
    case .longSums: "rounding errors do not pile up in long sums"
    }
  }
}
