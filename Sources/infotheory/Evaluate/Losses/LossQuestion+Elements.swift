import ClassificationLosses
import InformationTheory

// Losses of predictions with a target each.
extension LossQuestion {
  func binaryCrossEntropy() throws -> LossAnswer {
    let smoothing = try number("label_smoothing", 0)
    if try either("logits", "probabilities") == "logits" {
      let positiveWeights = try positiveWeights()
      return try answer("logits") {
        x, targets, weights, gradient, losses throws(InformationError) in
        try ClassificationLosses.binaryCrossEntropy(
          logits: x.span, targets: targets.span, positiveWeights: positiveWeights,
          weights: weights?.span, labelSmoothing: smoothing, reduction: options.reduction(),
          empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    for name in ["positive_weight", "label_smoothing"] where question.has(name) {
      throw AnswerError(
        "unexpected_field", argument: name, "\(name) goes with logits, not with probabilities")
    }
    return try answer(
      "probabilities"
    ) { x, targets, weights, gradient, losses throws(InformationError) in
      try ClassificationLosses.binaryCrossEntropy(
        probabilities: x.span, targets: targets.span, weights: weights?.span,
        logFloor: options.preset?.logFloor ?? .none, reduction: options.reduction(),
        empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func sigmoidFocalLoss() throws -> LossAnswer {
    let alpha = try focalAlpha()
    let gamma = try number("gamma", 2)
    let convention: FocalTargetConvention =
      question.has("soft_targets")
      ? try question.choice("soft_targets", ["mixture": .mixture, "termwise": .termwise])
      : .mixture
    return try answer("logits") { x, targets, weights, gradient, losses throws(InformationError) in
      try ClassificationLosses.sigmoidFocalLoss(
        logits: x.span, targets: targets.span, alpha: alpha, gamma: gamma,
        softTargets: convention, weights: weights?.span, reduction: options.reduction(),
        empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func poissonNLL() throws -> LossAnswer {
    let takesLogarithms =
      question.has("predicts_logarithms") ? try question.flag("predicts_logarithms") : true
    let full = try question.flag("full")
    let epsilon = try number("epsilon", options.preset?.poissonEpsilon ?? 0)
    return try answer(
      "predictions"
    ) { x, targets, weights, gradient, losses throws(InformationError) in
      try ClassificationLosses.poissonNLL(
        predictions: x.span, targets: targets.span, predictsLogarithms: takesLogarithms,
        full: full, epsilon: epsilon, weights: weights?.span, reduction: options.reduction(),
        empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func gaussianNLL() throws -> LossAnswer {
    let full = try question.flag("full")
    let least = try number("least_variance", options.preset?.leastVariance ?? 0)
    let shape = (try question.nested("predictions") as NestedNumbers<Scalar>).shape
    let variances = try nested("variances", like: shape, "predictions")
    return try answer(
      "predictions"
    ) { x, targets, weights, gradient, losses throws(InformationError) in
      try ClassificationLosses.gaussianNLL(
        predictions: x.span, targets: targets.span, variances: variances.span,
        leastVariance: least, full: full, weights: weights?.span,
        reduction: options.reduction(), empty: options.empty, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
  }
}

// MARK: - What they share

extension LossQuestion {
  /// The weight of positives: one, or one for each column.
  private func positiveWeights() throws -> [Double]? {
    guard question.has("positive_weight") else { return nil }
    let weights: NestedNumbers<Scalar> = try question.nested("positive_weight")
    let shape = (try question.nested("logits") as NestedNumbers<Scalar>).shape
    guard
      weights.values.count == 1 || (weights.shape.count == 1 && weights.shape.last == shape.last)
    else {
      throw AnswerError(
        "size_mismatch", argument: "positive_weight",
        """
        positive_weight is \(described(weights.shape)), and logits is \(described(shape)); \
        give one weight, or one for each column
        """)
    }
    return weights.values.isEmpty ? nil : weights.values.map { Double($0) }
  }

  /// The weight of positives in the focal loss; null where there is to be none.
  private func focalAlpha() throws -> Double? {
    guard question.has("alpha") else {
      guard let preset = options.preset else { return 0.25 }
      return preset.focalAlpha
    }
    return try question.value("alpha") == .null ? nil : try question.number("alpha")
  }

  /// Calls a loss of elements with room for its outputs.
  private func answer(
    _ name: String,
    _ loss: (
      [Scalar], [Scalar], [Scalar]?, inout [Scalar], inout [Scalar]
    ) throws(InformationError) -> LossResult
  ) throws -> LossAnswer {
    let x: NestedNumbers<Scalar> = try question.nested(name)
    let targets = try nested("targets", like: x.shape, name)
    let weights = try nestedIfAny("weights", like: x.shape, name)
    var (gradient, losses) = (x.zeros, x.zeros)
    let result = try refusing(x) { () throws(InformationError) in
      try loss(x.values, targets, weights, &gradient, &losses)
    }
    return try LossAnswer(
      result, rowLosses: NestedNumbers(shape: x.shape, values: losses),
      gradient: NestedNumbers(shape: x.shape, values: gradient), options)
  }
}
