/// Every loss, and every function of logits, that `evaluate` can be asked for.
enum LossMeasure: String, CaseIterable {
  case softmaxCrossEntropy = "softmax_cross_entropy"
  case categoricalCrossEntropy = "categorical_cross_entropy"
  case binaryCrossEntropy = "binary_cross_entropy"
  case sigmoidFocalLoss = "sigmoid_focal_loss"
  case softmaxFocalLoss = "softmax_focal_loss"
  case klLoss = "kl_loss"
  case generalizedKLLoss = "generalized_kl_loss"
  case nllLoss = "nll_loss"
  case poly1CrossEntropy = "poly1_cross_entropy"
  case poissonNLL = "poisson_nll"
  case gaussianNLL = "gaussian_nll"

  case logSumExp = "log_sum_exp"
  case logSoftmax = "log_softmax"
  case softmax
  case sigmoid
  case softplus
}

extension LossMeasure {
  /// Every field that a question about some loss has.
  static let allFields = Set(allCases.flatMap(\.fields))

  /// The fields that a question for it may have.
  var fields: Set<String> {
    let common: Set<String> = ["id", "measure", "unit", "dtype"]
    return common.union(inputs).union(isFunction ? [] : options)
  }

  /// Whether it is a function of logits, which has no reduction.
  private var isFunction: Bool {
    switch self {
    case .logSumExp, .logSoftmax, .softmax, .sigmoid, .softplus: true
    default: false
    }
  }

  private var inputs: Set<String> {
    switch self {
    case .softmaxCrossEntropy, .poly1CrossEntropy:
      ["logits", "class_indices", "class_probabilities", "sample_weights"]
    case .categoricalCrossEntropy:
      ["probabilities", "normalize", "class_indices", "class_probabilities", "sample_weights"]
    case .softmaxFocalLoss: ["logits", "class_indices", "sample_weights"]
    case .binaryCrossEntropy: ["logits", "probabilities", "targets", "weights"]
    case .sigmoidFocalLoss: ["logits", "targets", "weights"]
    case .klLoss:
      ["logits", "log_predictions", "probabilities", "targets", "log_targets", "sample_weights"]
    case .generalizedKLLoss: ["log_predictions", "targets", "sample_weights"]
    case .nllLoss: ["log_probabilities", "class_indices", "sample_weights"]
    case .poissonNLL: ["predictions", "targets", "weights"]
    case .gaussianNLL: ["predictions", "targets", "variances", "weights"]
    case .logSumExp, .logSoftmax, .softmax: ["logits"]
    case .sigmoid, .softplus: ["x"]
    }
  }

  /// The derivatives that the library has of it, with some of its inputs.
  var derivatives: Set<LossDerivative> {
    switch self {
    case .logSumExp, .logSoftmax, .softmax, .sigmoid, .softplus: []
    case .softmaxFocalLoss, .sigmoidFocalLoss, .nllLoss, .poly1CrossEntropy,
      .categoricalCrossEntropy:
      [.gradient]
    case .klLoss: [.gradient, .targetGradient]
    case .gaussianNLL: [.gradient, .varianceGradient]
    case .softmaxCrossEntropy, .binaryCrossEntropy, .generalizedKLLoss, .poissonNLL:
      [.gradient, .targetGradient, .hessianDiagonal]
    }
  }

  private var options: Set<String> {
    let common = Set(derivatives.map(\.rawValue))
      .union(["reduction", "divisor", "empty", "preset"])
    switch self {
    case .softmaxCrossEntropy:
      return common.union([
        "class_weights", "ignore_index", "label_smoothing", "z_loss_scale", "logit_softcap",
        "validation",
      ])
    case .categoricalCrossEntropy:
      return common.union(["least_probability", "ignore_index", "label_smoothing", "validation"])
    case .poly1CrossEntropy: return common.union(["epsilon", "ignore_index", "validation"])
    case .softmaxFocalLoss: return common.union(["alpha", "gamma", "ignore_index"])
    case .nllLoss: return common.union(["class_weights", "ignore_index"])
    case .binaryCrossEntropy:
      return common.union(["positive_weight", "label_smoothing", "log_floor", "epsilon"])
    case .sigmoidFocalLoss: return common.union(["alpha", "gamma", "soft_targets"])
    case .klLoss: return common.union(["validation", "least_probability"])
    case .poissonNLL: return common.union(["predicts_logarithms", "full", "epsilon"])
    case .gaussianNLL: return common.union(["full", "least_variance"])
    default: return common
    }
  }
}

/// What a question may ask for beside the value; the raw value is the field's name, and
/// the answer's.
enum LossDerivative: String, CaseIterable {
  /// By the logits, or by what is given in their place.
  case gradient
  /// By the targets.
  case targetGradient = "target_gradient"
  /// By the variances.
  case varianceGradient = "variance_gradient"
  /// The second derivatives by the logits.
  case hessianDiagonal = "hessian_diagonal"
}
