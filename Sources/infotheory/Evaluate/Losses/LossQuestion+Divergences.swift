import ClassificationLosses
import InformationTheory

// Divergences of predictions from targets.
extension LossQuestion {
  func klLoss() throws -> LossAnswer {
    let input = try only("logits", "log_predictions", "probabilities")
    if input == "logits" { return try klLossOfLogits() }
    guard !question.has("validation") else {
      throw AnswerError(
        "unexpected_field", argument: "validation",
        "validation goes with logits: beside \(input) any targets are allowed")
    }
    return input == "probabilities"
      ? try klLossOfProbabilities() : try klLossOfLogPredictions()
  }

  private func klLossOfLogits() throws -> LossAnswer {
    try refuse("least_probability", "log_targets")
    try refuse(.targetGradient, "goes with log_predictions")
    let rows = try rows("logits")
    let targets = try nested("targets", like: rows.input.shape, "logits")
    let validation = try options.validation(question)
    return try answer(rows) {
      gradient, _, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.klLoss(
        logits: rows.values.span, targets: targets.span, classCount: rows.classCount,
        classStride: rows.classStride, sampleWeights: sampleWeights?.span,
        validation: validation, reduction: reductionOfKLOfLogits(targets.count),
        empty: options.empty,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  /// Rows of logits cannot be taken apart, but the sum can be divided as if they were.
  func reductionOfKLOfLogits(_ elementCount: Int) -> LossReduction {
    options.isMeanOfKLElements && elementCount > 0
      ? .divided(by: Double(elementCount)) : options.reduction()
  }

  private func klLossOfProbabilities() throws -> LossAnswer {
    try refuse("log_targets")
    let rows = try predictions("probabilities")
    let targets = try nested("targets", like: rows.input.shape, "probabilities")
    let least = try options.leastProbability(question)
    return try answer(rows) {
      gradient, targetGradient, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.klLoss(
        probabilities: rows.values.span, targets: targets.span, classCount: rows.classCount,
        classStride: rows.classStride, leastProbability: least,
        sampleWeights: sampleWeights?.span, reduction: options.reduction(),
        empty: options.empty, gradient: gradient.mutableSpan,
        targetGradient: targetGradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  private func klLossOfLogPredictions() throws -> LossAnswer {
    try refuse("least_probability")
    let rows = try predictions("log_predictions")
    if try only("targets", "log_targets") == "targets" {
      let targets = try nested("targets", like: rows.input.shape, "log_predictions")
      return try answer(rows) {
        gradient, targetGradient, _, losses, sampleWeights throws(InformationError) in
        try ClassificationLosses.klLoss(
          logPredictions: rows.values.span, targets: targets.span, classCount: rows.classCount,
          classStride: rows.classStride, sampleWeights: sampleWeights?.span,
          reduction: options.reduction(), empty: options.empty,
          gradient: gradient.mutableSpan, targetGradient: targetGradient.mutableSpan,
          rowLosses: losses.mutableSpan)
      }
    }
    let targets = try nested("log_targets", like: rows.input.shape, "log_predictions")
    return try answer(rows) {
      gradient, targetGradient, _, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.klLoss(
        logPredictions: rows.values.span, logTargets: targets.span, classCount: rows.classCount,
        classStride: rows.classStride, sampleWeights: sampleWeights?.span,
        reduction: options.reduction(), empty: options.empty,
        gradient: gradient.mutableSpan, targetGradient: targetGradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
  }

  func generalizedKLLoss() throws -> LossAnswer {
    let rows = try rows("log_predictions")
    let targets = try nested("targets", like: rows.input.shape, "log_predictions")
    return try answer(rows) {
      gradient, targetGradient, hessian, losses, sampleWeights throws(InformationError) in
      try ClassificationLosses.generalizedKLLoss(
        logPredictions: rows.values.span, targets: targets.span, classCount: rows.classCount,
        classStride: rows.classStride, sampleWeights: sampleWeights?.span,
        reduction: options.reduction(), empty: options.empty,
        gradient: gradient.mutableSpan, targetGradient: targetGradient.mutableSpan,
        hessianDiagonal: hessian.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  /// Predictions: rows, or elements where a framework takes each for a row.
  func predictions(_ name: String) throws -> ClassRows<Scalar> {
    let input: NestedNumbers<Scalar> = try question.nested(name)
    return options.isKLOfElements ? ClassRows(elements: input) : try ClassRows(input, name)
  }

  /// Refuses fields that go with other predictions.
  private func refuse(_ names: String...) throws {
    for name in names where question.has(name) {
      throw AnswerError(
        "unexpected_field", argument: name,
        "\(name) goes with \(name == "log_targets" ? "log_predictions" : "probabilities")")
    }
  }
}
