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
    guard try takesIndices() else {
      let targets = try probabilities(for: rows)
      let validation = try options.validation(question)
      return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
        try ClassificationLosses.softmaxCrossEntropy(
          logits: rows.values.span, classProbabilities: targets.span,
          classCount: rows.classCount, classStride: rows.classStride, classWeights: weights,
          sampleWeights: sampleWeights?.span, labelSmoothing: smoothing,
          zLossScale: zLossScale, logitSoftcap: softcap, validation: validation,
          convention: options.preset?.softTargets ?? .derivative,
          reduction: options.reduction(mean: \.classProbabilityReduction),
          empty: options.empty, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    let labels = try question.classIndices(for: rows, "logits")
    let ignored = try options.ignoreIndex(question)
    return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.softmaxCrossEntropy(
        logits: rows.values.span, classIndices: labels.span, classCount: rows.classCount,
        classStride: rows.classStride, classWeights: weights,
        sampleWeights: sampleWeights?.span, ignoreIndex: ignored, labelSmoothing: smoothing,
        zLossScale: zLossScale, logitSoftcap: softcap,
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
      return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
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
    return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
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
    return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
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
    return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.nllLoss(
        logProbabilities: rows.values.span, classIndices: labels.span,
        classCount: rows.classCount, classStride: rows.classStride, classWeights: weights,
        sampleWeights: sampleWeights?.span, ignoreIndex: ignored,
        reduction: options.reduction(mean: \.classIndexReduction), empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }
}

// MARK: - Divergences from targets

extension LossQuestion {
  func klLoss() throws -> LossAnswer {
    if try either("logits", "log_predictions") == "logits" {
      let rows = try rows("logits")
      let targets = try nested("targets", like: rows.input.shape, "logits")
      let validation = try options.validation(question)
      return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
        try ClassificationLosses.klLoss(
          logits: rows.values.span, targets: targets.span, classCount: rows.classCount,
          classStride: rows.classStride, sampleWeights: sampleWeights?.span,
          validation: validation, reduction: options.reduction(), empty: options.empty,
          gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    if question.has("validation") {
      throw AnswerError(
        "unexpected_field", argument: "validation",
        "validation goes with logits: beside log_predictions any targets are allowed")
    }
    let rows = try predictions()
    if try either("targets", "log_targets") == "targets" {
      let targets = try nested("targets", like: rows.input.shape, "log_predictions")
      return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
        try ClassificationLosses.klLoss(
          logPredictions: rows.values.span, targets: targets.span, classCount: rows.classCount,
          classStride: rows.classStride, sampleWeights: sampleWeights?.span,
          reduction: options.reduction(), empty: options.empty,
          gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    let targets = try nested("log_targets", like: rows.input.shape, "log_predictions")
    return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.klLoss(
        logPredictions: rows.values.span, logTargets: targets.span, classCount: rows.classCount,
        classStride: rows.classStride, sampleWeights: sampleWeights?.span,
        reduction: options.reduction(), empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  func generalizedKLLoss() throws -> LossAnswer {
    let rows = try rows("log_predictions")
    let targets = try nested("targets", like: rows.input.shape, "log_predictions")
    return try answer(rows) { gradient, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.generalizedKLLoss(
        logPredictions: rows.values.span, targets: targets.span, classCount: rows.classCount,
        classStride: rows.classStride, sampleWeights: sampleWeights?.span,
        reduction: options.reduction(), empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  /// Log-predictions: rows, or elements where a framework takes each for a row.
  private func predictions() throws -> ClassRows<Scalar> {
    let input: NestedNumbers<Scalar> = try question.nested("log_predictions")
    return options.isKLOfElements
      ? ClassRows(elements: input) : try ClassRows(input, "log_predictions")
  }
}

// MARK: - What they share

extension LossQuestion {
  private func takesIndices() throws -> Bool {
    try either("class_indices", "class_probabilities") == "class_indices"
  }

  private func probabilities(for rows: ClassRows<Scalar>) throws -> [Scalar] {
    if question.has("ignore_index") {
      throw AnswerError(
        "unexpected_field", argument: "ignore_index",
        "ignore_index goes with class_indices only; give a row the sample weight 0")
    }
    return try nested("class_probabilities", like: rows.input.shape, "logits")
  }

  /// Calls a loss of rows with room for its outputs.
  private func answer(
    _ rows: ClassRows<Scalar>,
    _ loss: (inout [Scalar], inout [Scalar], [Scalar]?) throws(InformationError) -> LossResult
  ) throws -> LossAnswer {
    let weights = try nestedIfAny("sample_weights", like: rows.rowShape, "a weight for each row")
    var (gradient, losses) = (rows.input.zeros, rows.oneEach)
    let result = try refusing(rows.input) { () throws(InformationError) in
      try loss(&gradient, &losses, weights)
    }
    return try LossAnswer(
      result, rowLosses: NestedNumbers(shape: rows.rowShape, values: losses),
      gradient: NestedNumbers(shape: rows.input.shape, values: gradient), options)
  }
}
