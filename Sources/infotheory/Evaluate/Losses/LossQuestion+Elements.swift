import ClassificationLosses
import InformationTheory

// Losses of predictions with a target each.
extension LossQuestion {
  func binaryCrossEntropy() throws -> LossAnswer {
    if try only("logits", "probabilities") == "logits" {
      return try binaryCrossEntropyOfLogits()
    }
    for name in ["positive_weight", "label_smoothing"] where question.has(name) {
      throw AnswerError(
        "unexpected_field", argument: name, "\(name) goes with logits, not with probabilities")
    }
    let logFloor = try logFloor()
    return try answer("probabilities") {
      input, gradient, targetGradient, hessian, losses throws(InformationError) in
      try ClassificationLosses.binaryCrossEntropy(
        probabilities: input.x.span, targets: input.targets.span, weights: input.weights?.span,
        logFloor: logFloor, reduction: options.reduction(), empty: options.empty,
        gradient: gradient.mutableSpan, targetGradient: targetGradient.mutableSpan,
        hessianDiagonal: hessian.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  private func binaryCrossEntropyOfLogits() throws -> LossAnswer {
    for name in ["log_floor", "epsilon"] where question.has(name) {
      throw AnswerError(
        "unexpected_field", argument: name, "\(name) goes with probabilities, not with logits")
    }
    let smoothing = try number("label_smoothing", 0)
    let positiveWeights = try positiveWeights()
    return try answer("logits") {
      input, gradient, targetGradient, hessian, losses throws(InformationError) in
      try ClassificationLosses.binaryCrossEntropy(
        logits: input.x.span, targets: input.targets.span, positiveWeights: positiveWeights,
        weights: input.weights?.span, labelSmoothing: smoothing, reduction: options.reduction(),
        empty: options.empty, gradient: gradient.mutableSpan,
        targetGradient: targetGradient.mutableSpan, hessianDiagonal: hessian.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
  }

  func sigmoidFocalLoss() throws -> LossAnswer {
    let alpha = try focalAlpha()
    let gamma = try number("gamma", 2)
    let convention: FocalTargetConvention =
      question.has("soft_targets")
      ? try question.choice("soft_targets", ["mixture": .mixture, "termwise": .termwise])
      : .mixture
    return try answer("logits") { input, gradient, _, _, losses throws(InformationError) in
      try ClassificationLosses.sigmoidFocalLoss(
        logits: input.x.span, targets: input.targets.span, alpha: alpha, gamma: gamma,
        softTargets: convention, weights: input.weights?.span, reduction: options.reduction(),
        empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func poissonNLL() throws -> LossAnswer {
    let takesLogarithms =
      question.has("predicts_logarithms") ? try question.flag("predicts_logarithms") : true
    let full = try question.flag("full")
    let epsilon = try poissonEpsilon()
    return try answer("predictions") {
      input, gradient, targetGradient, hessian, losses throws(InformationError) in
      try ClassificationLosses.poissonNLL(
        predictions: input.x.span, targets: input.targets.span,
        predictsLogarithms: takesLogarithms, full: full, epsilon: epsilon,
        weights: input.weights?.span, reduction: options.reduction(), empty: options.empty,
        gradient: gradient.mutableSpan, targetGradient: targetGradient.mutableSpan,
        hessianDiagonal: hessian.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func gaussianNLL() throws -> LossAnswer {
    let full = try question.flag("full")
    let least = try leastVariance()
    let shape = (try question.nested("predictions") as NestedNumbers<Scalar>).shape
    let variances = try nested("variances", like: shape, "predictions")
    return try answer("predictions", other: .varianceGradient) {
      input, gradient, varianceGradient, _, losses throws(InformationError) in
      try ClassificationLosses.gaussianNLL(
        predictions: input.x.span, targets: input.targets.span, variances: variances.span,
        leastVariance: least, full: full, weights: input.weights?.span,
        reduction: options.reduction(), empty: options.empty, gradient: gradient.mutableSpan,
        varianceGradient: varianceGradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }
}

// MARK: - What they share

extension LossQuestion {
  /// What is added to a Poisson rate.
  func poissonEpsilon() throws -> Double {
    try number("epsilon", options.preset?.poissonEpsilon ?? 0)
  }

  /// What smaller variances count as.
  func leastVariance() throws -> Double {
    try number("least_variance", options.preset?.leastVariance ?? 0)
  }

  /// The weight of positives: one, or one for each column.
  func positiveWeights() throws -> [Double]? {
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

  /// What becomes of probabilities near 0 and 1; null where it is to be nothing.
  func logFloor() throws -> LogFloor {
    guard question.has("epsilon") else {
      guard question.has("log_floor") else { return options.preset?.logFloor ?? .none }
      guard try question.value("log_floor") != .null else { return .none }
      let least = try question.number("log_floor")
      guard least < 0 && least > -.infinity else {
        throw AnswerError(
          "bad_parameter", argument: "log_floor",
          "log_floor is \(least): it must be negative and finite, or null for none")
      }
      return .logarithm(least)
    }
    guard !question.has("log_floor") else {
      throw AnswerError(
        "unexpected_field", argument: "epsilon",
        "binary_cross_entropy takes \"log_floor\" or \"epsilon\", not both")
    }
    let epsilon = try question.number("epsilon")
    guard epsilon >= 0 && epsilon < 0.5 else {
      throw AnswerError(
        "bad_parameter", argument: "epsilon",
        "epsilon is \(epsilon): it must be in 0 ..< 0.5")
    }
    return .epsilon(epsilon)
  }

  /// The weight of positives in the focal loss; null where there is to be none.
  func focalAlpha() throws -> Double? {
    guard question.has("alpha") else {
      guard let preset = options.preset else { return 0.25 }
      return preset.focalAlpha
    }
    return try question.value("alpha") == .null ? nil : try question.number("alpha")
  }

  /// Calls a loss of elements with room for its outputs.
  ///
  /// - Parameters:
  ///   - name: The field with the predictions.
  ///   - other: By what the second of the derivatives is.
  ///   - loss: The call.
  /// - Returns: The answer.
  /// - Throws: ``AnswerError`` where a field or the library complains.
  private func answer(
    _ name: String, other: LossDerivative = .targetGradient,
    _ loss: (
      _ input: ElementInput<Scalar>, _ gradient: inout [Scalar], _ other: inout [Scalar],
      _ hessian: inout [Scalar], _ losses: inout [Scalar]
    ) throws(InformationError) -> LossResult
  ) throws -> LossAnswer {
    let x: NestedNumbers<Scalar> = try question.nested(name)
    let input = ElementInput(
      x: x.values, targets: try nested("targets", like: x.shape, name),
      weights: try nestedIfAny("weights", like: x.shape, name))
    var (gradient, second, hessian, losses) = (x.zeros, x.zeros, x.zeros, x.zeros)
    let result = try refusing(x) { () throws(InformationError) in
      try loss(input, &gradient, &second, &hessian, &losses)
    }
    return try LossAnswer(
      result, rowLosses: NestedNumbers(shape: x.shape, values: losses),
      derivatives: [.gradient: gradient, other: second, .hessianDiagonal: hessian],
      shape: x.shape, options)
  }
}

/// What losses of elements take, flattened.
private struct ElementInput<Scalar> {
  let x: [Scalar]
  let targets: [Scalar]
  let weights: [Scalar]?
}
