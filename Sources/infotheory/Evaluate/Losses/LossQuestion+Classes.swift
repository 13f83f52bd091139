import ClassificationLosses
import InformationTheory

// Losses of rows of logits with a class label or a distribution each.
extension LossQuestion {
  func softmaxCrossEntropy() throws -> LossAnswer {
    let rows = try rows("logits")
    let weights = try question.perClass("class_weights", for: rows)
    let smoothing = try number("label_smoothing", 0)
    let zLossScale = try number("z_loss_scale", 0)
    let softcap = question.has("logit_softcap") ? try question.number("logit_softcap") : nil
    let wantsHessian = options.wanted.contains(.hessianDiagonal)
    if wantsHessian && (zLossScale != 0 || softcap != nil) {
      throw AnswerError(
        "unexpected_field", argument: "hessian_diagonal",
        "hessian_diagonal goes neither with z_loss_scale nor with logit_softcap")
    }
    guard try takesIndices() else {
      let targets = try probabilities(for: rows)
      let validation = try options.validation(question)
      return try answer(rows) {
        gradient, targetGradient, hessian, losses, sampleWeights throws(InformationError) in
        try optionally(wantsHessian, &hessian) { hessian throws(InformationError) in
          try ClassificationLosses.softmaxCrossEntropy(
            logits: rows.values.span, classProbabilities: targets.span,
            classCount: rows.classCount, classStride: rows.classStride, classWeights: weights,
            sampleWeights: sampleWeights?.span, labelSmoothing: smoothing,
            zLossScale: zLossScale, logitSoftcap: softcap, validation: validation,
            convention: options.preset?.softTargets ?? .derivative,
            reduction: options.reduction(mean: \.classProbabilityReduction),
            empty: options.empty, gradient: gradient.mutableSpan,
            targetGradient: targetGradient.mutableSpan, hessianDiagonal: hessian,
            rowLosses: losses.mutableSpan)
        }
      }
    }
    try refuse(.targetGradient, "goes with class_probabilities; labels have no derivative")
    let labels = try question.classIndices(for: rows, "logits")
    let ignored = try options.ignoreIndex(question)
    return try answer(rows) {
      gradient, _, hessian, losses, sampleWeights throws(InformationError) in
      try optionally(wantsHessian, &hessian) { hessian throws(InformationError) in
        try ClassificationLosses.softmaxCrossEntropy(
          logits: rows.values.span, classIndices: labels.span, classCount: rows.classCount,
          classStride: rows.classStride, classWeights: weights,
          sampleWeights: sampleWeights?.span, ignoreIndex: ignored, labelSmoothing: smoothing,
          zLossScale: zLossScale, logitSoftcap: softcap,
          reduction: options.reduction(mean: \.classIndexReduction), empty: options.empty,
          gradient: gradient.mutableSpan, hessianDiagonal: hessian,
          rowLosses: losses.mutableSpan)
      }
    }
  }

  func categoricalCrossEntropy() throws -> LossAnswer {
    let rows = try rows("probabilities")
    let normalizing = try normalizesProbabilities()
    let least = try options.leastProbability(question)
    guard try takesIndices() else {
      let targets = try probabilities(for: rows, "probabilities")
      let smoothing = try number("label_smoothing", 0)
      let validation = try options.validation(question)
      return try answer(rows) {
        gradient, _, _, losses, sampleWeights throws(InformationError) in
        try ClassificationLosses.categoricalCrossEntropy(
          probabilities: rows.values.span, classProbabilities: targets.span,
          classCount: rows.classCount, classStride: rows.classStride, normalizing: normalizing,
          leastProbability: least, labelSmoothing: smoothing,
          sampleWeights: sampleWeights?.span, validation: validation,
          reduction: options.reduction(mean: \.classProbabilityReduction),
          empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    guard !question.has("label_smoothing") else {
      throw AnswerError(
        "unexpected_field", argument: "label_smoothing",
        "label_smoothing goes with class_probabilities here")
    }
    let labels = try question.classIndices(for: rows, "probabilities")
    let ignored = try options.ignoreIndex(question)
    return try answer(rows) {
      gradient, _, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.categoricalCrossEntropy(
        probabilities: rows.values.span, classIndices: labels.span,
        classCount: rows.classCount, classStride: rows.classStride, normalizing: normalizing,
        leastProbability: least, sampleWeights: sampleWeights?.span, ignoreIndex: ignored,
        reduction: options.reduction(mean: \.classIndexReduction), empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func poly1CrossEntropy() throws -> LossAnswer {
    let rows = try rows("logits")
    let epsilon = try number("epsilon", 1)
    guard try takesIndices() else {
      let targets = try probabilities(for: rows)
      let validation = try options.validation(question)
      return try answer(rows) {
        gradient, _, _, losses, sampleWeights throws(InformationError) in
        try ClassificationLosses.poly1CrossEntropy(
          logits: rows.values.span, classProbabilities: targets.span,
          classCount: rows.classCount, classStride: rows.classStride, epsilon: epsilon,
          sampleWeights: sampleWeights?.span, validation: validation,
          reduction: options.reduction(mean: \.classProbabilityReduction),
          empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    let labels = try question.classIndices(for: rows, "logits")
    let ignored = try options.ignoreIndex(question)
    return try answer(rows) {
      gradient, _, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.poly1CrossEntropy(
        logits: rows.values.span, classIndices: labels.span, classCount: rows.classCount,
        classStride: rows.classStride, epsilon: epsilon, sampleWeights: sampleWeights?.span,
        ignoreIndex: ignored, reduction: options.reduction(mean: \.classIndexReduction),
        empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func softmaxFocalLoss() throws -> LossAnswer {
    let rows = try rows("logits")
    let labels = try question.classIndices(for: rows, "logits")
    let alpha = try question.perClass("alpha", for: rows)
    let gamma = try number("gamma", 2)
    let ignored = try options.ignoreIndex(question)
    return try answer(rows) {
      gradient, _, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.softmaxFocalLoss(
        logits: rows.values.span, classIndices: labels.span, classCount: rows.classCount,
        classStride: rows.classStride, alpha: alpha, gamma: gamma,
        sampleWeights: sampleWeights?.span, ignoreIndex: ignored,
        reduction: options.reduction(mean: \.classIndexReduction), empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func nllLoss() throws -> LossAnswer {
    let rows = try rows("log_probabilities")
    let labels = try question.classIndices(for: rows, "log_probabilities")
    let weights = try question.perClass("class_weights", for: rows)
    let ignored = try options.ignoreIndex(question)
    return try answer(rows) {
      gradient, _, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.nllLoss(
        logProbabilities: rows.values.span, classIndices: labels.span,
        classCount: rows.classCount, classStride: rows.classStride, classWeights: weights,
        sampleWeights: sampleWeights?.span, ignoreIndex: ignored,
        reduction: options.reduction(mean: \.classIndexReduction), empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }
}

// MARK: - What they share

extension LossQuestion {
  /// Whether rows of predicted probabilities are divided by their sums.
  func normalizesProbabilities() throws -> Bool {
    question.has("normalize")
      ? try question.flag("normalize") : options.preset?.normalizesProbabilities ?? false
  }

  func takesIndices() throws -> Bool {
    try only("class_indices", "class_probabilities") == "class_indices"
  }

  func probabilities(
    for rows: ClassRows<Scalar>, _ name: String = "logits"
  ) throws -> [Scalar] {
    if question.has("ignore_index") {
      throw AnswerError(
        "unexpected_field", argument: "ignore_index",
        "ignore_index goes with class_indices only; give a row the sample weight 0")
    }
    return try nested("class_probabilities", like: rows.input.shape, name)
  }

  /// Calls a loss of rows with room for its outputs.
  func answer(
    _ rows: ClassRows<Scalar>,
    _ loss: (
      _ gradient: inout [Scalar], _ targetGradient: inout [Scalar], _ hessian: inout [Scalar],
      _ losses: inout [Scalar], _ sampleWeights: [Scalar]?
    ) throws(InformationError) -> LossResult
  ) throws -> LossAnswer {
    let weights = try nestedIfAny("sample_weights", like: rows.rowShape, "a weight for each row")
    var (gradient, targetGradient) = (rows.input.zeros, rows.input.zeros)
    var (hessian, losses) = (rows.input.zeros, rows.oneEach)
    let result = try refusing(rows.input) { () throws(InformationError) in
      try loss(&gradient, &targetGradient, &hessian, &losses, weights)
    }
    return try LossAnswer(
      result, rowLosses: NestedNumbers(shape: rows.rowShape, values: losses),
      derivatives: [
        .gradient: gradient, .targetGradient: targetGradient, .hessianDiagonal: hessian,
      ], shape: rows.input.shape, options)
  }

  /// Calls a loss with an output that it cannot have in every case.
  private func optionally(
    _ isWanted: Bool, _ output: inout [Scalar],
    _ loss: (consuming MutableSpan<Scalar>?) throws(InformationError) -> LossResult
  ) throws(InformationError) -> LossResult {
    if isWanted { return try loss(output.mutableSpan) }
    return try loss(nil)
  }
}
