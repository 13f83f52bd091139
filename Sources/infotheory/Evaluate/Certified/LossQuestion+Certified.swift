import ClassificationLosses
import InformationTheory
import ReferenceOracle

// Losses for the oracle: of the numbers rounded to the question's type, in real arithmetic.
extension LossQuestion {
  func certifiedAnswer() throws -> CertifiedAnswer {
    for field in Self.uncertified where question.has(field) {
      throw AnswerError(notCertified: field, of: measure.rawValue)
    }
    // Checks the question in the arithmetic of its type.
    _ = try answer()
    switch measure {
    case .softmaxCrossEntropy, .poly1CrossEntropy: return try certifiedCrossEntropy()
    case .categoricalCrossEntropy: return try certifiedOfProbabilities()
    case .softmaxFocalLoss, .nllLoss: return try certifiedOfLabels()
    case .klLoss, .generalizedKLLoss: return try certifiedDivergence()
    case .binaryCrossEntropy, .sigmoidFocalLoss, .poissonNLL, .gaussianNLL:
      return try certifiedOfElements()
    case .logSumExp, .logSoftmax, .softmax: return try certifiedFunction()
    case .sigmoid, .softplus: return try certifiedSigmoid()
    }
  }

  /// The derivatives that the oracle does not have.
  static var uncertified: [String] {
    ["target_gradient", "variance_gradient", "hessian_diagonal"]
  }

  /// Refuses to bring numbers of a narrower type into a range of doubles.
  private func demandDouble(forFloor least: Double) throws {
    guard least > 0 && Scalar.self == Float.self else { return }
    throw AnswerError(
      "not_certified", argument: "dtype",
      """
      \(options.preset?.name ?? measure.rawValue) brings probabilities into a range whose ends \
      are rounded to their type, which is certified for float64 only
      """)
  }

  /// What is refused of probabilities: those rounded to `Float` do not sum to 1 as closely as
  /// doubles, and are checked already.
  private func certifiedValidation() throws -> TargetValidation {
    let validation = try options.validation(question)
    return Scalar.self == Float.self && validation == .probabilities ? .nonNegative : validation
  }

  private var wantsGradient: Bool { options.wanted.contains(.gradient) }

  // MARK: - Rows of classes

  private func certifiedCrossEntropy() throws -> CertifiedAnswer {
    let rows = try rows("logits")
    let weights = try question.perClass("class_weights", for: rows)
    let (smoothing, zLoss) = (try number("label_smoothing", 0), try number("z_loss_scale", 0))
    let softcap = question.has("logit_softcap") ? try question.number("logit_softcap") : nil
    let epsilon = try number("epsilon", 1)
    if try takesIndices() {
      let labels = try question.classIndices(for: rows, "logits")
      let ignored = try options.ignoreIndex(question)
      return try certified(rows, mean: \.classIndexReduction) {
        logits, sampleWeights, reduction throws(InformationError) in
        measure == .poly1CrossEntropy
          ? try Certified.poly1CrossEntropy(
            logits: logits, classIndices: labels, classCount: rows.classCount, epsilon: epsilon,
            sampleWeights: sampleWeights, ignoreIndex: ignored, reduction: reduction,
            empty: options.empty, gradient: wantsGradient)
          : try Certified.softmaxCrossEntropy(
            logits: logits, classIndices: labels, classCount: rows.classCount,
            classWeights: weights, sampleWeights: sampleWeights, ignoreIndex: ignored,
            labelSmoothing: smoothing, zLossScale: zLoss, logitSoftcap: softcap,
            reduction: reduction, empty: options.empty, gradient: wantsGradient)
      }
    }
    let targets = rows.gathered(try probabilities(for: rows))
    let validation = try certifiedValidation()
    return try certified(rows, mean: \.classProbabilityReduction) {
      logits, sampleWeights, reduction throws(InformationError) in
      measure == .poly1CrossEntropy
        ? try Certified.poly1CrossEntropy(
          logits: logits, classProbabilities: targets, classCount: rows.classCount,
          epsilon: epsilon, sampleWeights: sampleWeights, validation: validation,
          reduction: reduction, empty: options.empty, gradient: wantsGradient)
        : try Certified.softmaxCrossEntropy(
          logits: logits, classProbabilities: targets, classCount: rows.classCount,
          classWeights: weights, sampleWeights: sampleWeights, labelSmoothing: smoothing,
          zLossScale: zLoss, logitSoftcap: softcap, validation: validation,
          convention: options.preset?.softTargets ?? .derivative, reduction: reduction,
          empty: options.empty, gradient: wantsGradient)
    }
  }

  private func certifiedOfProbabilities() throws -> CertifiedAnswer {
    let rows = try rows("probabilities")
    let (normalizing, least) = (try normalizesProbabilities(), try leastProbability())
    if try takesIndices() {
      let labels = try question.classIndices(for: rows, "probabilities")
      let ignored = try options.ignoreIndex(question)
      return try certified(rows, mean: \.classIndexReduction) {
        numbers, sampleWeights, reduction throws(InformationError) in
        try Certified.categoricalCrossEntropy(
          probabilities: numbers, classIndices: labels, classCount: rows.classCount,
          normalizing: normalizing, leastProbability: least, sampleWeights: sampleWeights,
          ignoreIndex: ignored, reduction: reduction, empty: options.empty,
          gradient: wantsGradient)
      }
    }
    let targets = rows.gathered(try probabilities(for: rows, "probabilities"))
    let smoothing = try number("label_smoothing", 0)
    let validation = try certifiedValidation()
    return try certified(rows, mean: \.classProbabilityReduction) {
      numbers, sampleWeights, reduction throws(InformationError) in
      try Certified.categoricalCrossEntropy(
        probabilities: numbers, classProbabilities: targets, classCount: rows.classCount,
        normalizing: normalizing, leastProbability: least, labelSmoothing: smoothing,
        sampleWeights: sampleWeights, validation: validation, reduction: reduction,
        empty: options.empty, gradient: wantsGradient)
    }
  }

  private func leastProbability() throws -> Double {
    let least = try options.leastProbability(question)
    try demandDouble(forFloor: least)
    return least
  }

  private func certifiedOfLabels() throws -> CertifiedAnswer {
    let isFocal = measure == .softmaxFocalLoss
    let name = isFocal ? "logits" : "log_probabilities"
    let rows = try rows(name)
    let labels = try question.classIndices(for: rows, name)
    let weights = try question.perClass(isFocal ? "alpha" : "class_weights", for: rows)
    let gamma = try number("gamma", 2)
    let ignored = try options.ignoreIndex(question)
    return try certified(rows, mean: \.classIndexReduction) {
      numbers, sampleWeights, reduction throws(InformationError) in
      isFocal
        ? try Certified.softmaxFocalLoss(
          logits: numbers, classIndices: labels, classCount: rows.classCount, alpha: weights,
          gamma: gamma, sampleWeights: sampleWeights, ignoreIndex: ignored,
          reduction: reduction, empty: options.empty, gradient: wantsGradient)
        : try Certified.nllLoss(
          logProbabilities: numbers, classIndices: labels, classCount: rows.classCount,
          classWeights: weights, sampleWeights: sampleWeights, ignoreIndex: ignored,
          reduction: reduction, empty: options.empty, gradient: wantsGradient)
    }
  }

  private func certifiedDivergence() throws -> CertifiedAnswer {
    let name =
      measure == .generalizedKLLoss
      ? "log_predictions" : try only("logits", "log_predictions", "probabilities")
    let rows =
      measure == .klLoss && name != "logits" ? try predictions(name) : try rows(name)
    let field =
      measure == .generalizedKLLoss || name != "log_predictions"
      ? "targets" : try only("targets", "log_targets")
    let targets = rows.gathered(try nested(field, like: rows.input.shape, name))
    let validation = try certifiedValidation()
    let least = name == "probabilities" ? try leastProbability() : 0
    return try certified(rows) { numbers, sampleWeights, reduction throws(InformationError) in
      if measure == .generalizedKLLoss {
        return try Certified.generalizedKLLoss(
          logPredictions: numbers, targets: targets, classCount: rows.classCount,
          sampleWeights: sampleWeights, reduction: reduction, empty: options.empty,
          gradient: wantsGradient)
      }
      if name == "logits" {
        return try Certified.klLoss(
          logits: numbers, targets: targets, classCount: rows.classCount,
          sampleWeights: sampleWeights, validation: validation,
          reduction: reductionOfKLOfLogits(targets.count), empty: options.empty,
          gradient: wantsGradient)
      }
      if name == "probabilities" {
        return try Certified.klLoss(
          probabilities: numbers, targets: targets, classCount: rows.classCount,
          leastProbability: least, sampleWeights: sampleWeights, reduction: reduction,
          empty: options.empty, gradient: wantsGradient)
      }
      return field == "targets"
        ? try Certified.klLoss(
          logPredictions: numbers, targets: targets, classCount: rows.classCount,
          sampleWeights: sampleWeights, reduction: reduction, empty: options.empty,
          gradient: wantsGradient)
        : try Certified.klLoss(
          logPredictions: numbers, logTargets: targets, classCount: rows.classCount,
          sampleWeights: sampleWeights, reduction: reduction, empty: options.empty,
          gradient: wantsGradient)
    }
  }

  /// Calls the oracle with the rows one after the other.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - mean: What a framework divides by where it says "mean".
  ///   - loss: The call.
  /// - Returns: The answer.
  /// - Throws: ``AnswerError`` where a field or the library complains.
  private func certified(
    _ rows: ClassRows<Scalar>, mean: KeyPath<LossPreset, LossReduction>? = nil,
    _ loss: (
      _ numbers: [Double], _ weights: [Double]?, _ reduction: LossReduction
    ) throws(InformationError) -> CertifiedLoss
  ) throws -> CertifiedAnswer {
    let weights = try nestedIfAny("sample_weights", like: rows.rowShape, "a weight for each row")
    let numbers = rows.gathered(rows.values)
    let result = try refusing(rows.input) { () throws(InformationError) in
      try loss(numbers, weights?.map { Double($0) }, options.reduction(mean: mean))
    }
    return answer(
      result, rowShape: rows.rowShape, gradient: rows.scattered(result.gradient),
      shape: rows.input.shape)
  }

  private func answer(
    _ loss: CertifiedLoss, rowShape: [Int], gradient: [Certified], shape: [Int]
  ) -> CertifiedAnswer {
    let gradient =
      wantsGradient ? CertifiedAnswer.nested(gradient[...], shape: shape[...]) : nil
    return options.isUnreduced
      ? CertifiedAnswer(
        values: CertifiedAnswer.nested(loss.rowLosses[...], shape: rowShape[...]),
        gradient: gradient)
      : CertifiedAnswer(loss.value, gradient: gradient)
  }

  // MARK: - Elements

  private func certifiedOfElements() throws -> CertifiedAnswer {
    let name =
      measure == .binaryCrossEntropy
      ? try only("logits", "probabilities")
      : measure == .sigmoidFocalLoss ? "logits" : "predictions"
    let x: NestedNumbers<Scalar> = try question.nested(name)
    let numbers = x.values.map { Double($0) }
    func beside(_ field: String) throws -> [Double] {
      try nested(field, like: x.shape, name).map { Double($0) }
    }
    let targets = try beside("targets")
    let weights = question.has("weights") ? try beside("weights") : nil
    let loss: (LossReduction) throws -> CertifiedLoss
    switch measure {
    case .binaryCrossEntropy:
      let positive = name == "logits" ? try positiveWeights() : nil
      let smoothing = try number("label_smoothing", 0)
      let floor = name == "logits" ? .none : try logFloor()
      if case .probability(let least) = floor.kind { try demandDouble(forFloor: least) }
      loss = { reduction in
        name == "logits"
          ? try Certified.binaryCrossEntropy(
            logits: numbers, targets: targets, positiveWeights: positive, weights: weights,
            labelSmoothing: smoothing, reduction: reduction, empty: options.empty,
            gradient: wantsGradient)
          : try Certified.binaryCrossEntropy(
            probabilities: numbers, targets: targets, weights: weights, logFloor: floor,
            reduction: reduction, empty: options.empty, gradient: wantsGradient)
      }
    case .sigmoidFocalLoss:
      let (alpha, gamma) = (try focalAlpha(), try number("gamma", 2))
      let convention: FocalTargetConvention =
        question.has("soft_targets")
        ? try question.choice("soft_targets", ["mixture": .mixture, "termwise": .termwise])
        : .mixture
      loss = { reduction in
        try Certified.sigmoidFocalLoss(
          logits: numbers, targets: targets, alpha: alpha, gamma: gamma, softTargets: convention,
          weights: weights, reduction: reduction, empty: options.empty, gradient: wantsGradient)
      }
    case .poissonNLL:
      let takesLogarithms =
        question.has("predicts_logarithms") ? try question.flag("predicts_logarithms") : true
      let (full, epsilon) = (try question.flag("full"), try poissonEpsilon())
      loss = { reduction in
        try Certified.poissonNLL(
          predictions: numbers, targets: targets, predictsLogarithms: takesLogarithms, full: full,
          epsilon: epsilon, weights: weights, reduction: reduction, empty: options.empty,
          gradient: wantsGradient)
      }
    default:
      let (full, least) = (try question.flag("full"), try leastVariance())
      let variances = try beside("variances")
      loss = { reduction in
        try Certified.gaussianNLL(
          predictions: numbers, targets: targets, variances: variances, leastVariance: least,
          full: full, weights: weights, reduction: reduction, empty: options.empty,
          gradient: wantsGradient)
      }
    }
    let result = try loss(options.reduction())
    return answer(result, rowShape: x.shape, gradient: result.gradient, shape: x.shape)
  }

  // MARK: - Functions

  private func certifiedFunction() throws -> CertifiedAnswer {
    let rows = try rows("logits")
    let logits = rows.gathered(rows.values)
    let values = try refusing(rows.input) { () throws(InformationError) in
      switch measure {
      case .logSumExp: try Certified.logSumExp(of: logits, classCount: rows.classCount)
      case .logSoftmax: try Certified.logSoftmax(of: logits, classCount: rows.classCount)
      default: try Certified.softmax(of: logits, classCount: rows.classCount)
      }
    }
    let isRow = measure == .logSumExp
    return CertifiedAnswer(
      values: CertifiedAnswer.nested(
        isRow ? values[...] : rows.scattered(values)[...],
        shape: isRow ? rows.rowShape[...] : rows.input.shape[...]), gradient: nil)
  }

  /// σ(x) is the softmax of x and 0, and log(1 + eˣ) the log-sum-exp.
  private func certifiedSigmoid() throws -> CertifiedAnswer {
    let x: NestedNumbers<Scalar> = try question.nested("x")
    let values = try refusing(x) { () throws(InformationError) in
      var values: [Certified] = []
      for number in x.values {
        let pair = [Double(number), 0]
        values.append(
          measure == .sigmoid
            ? try Certified.softmax(of: pair, classCount: 2)[0]
            : try Certified.logSumExp(of: pair, classCount: 2)[0])
      }
      return values
    }
    return CertifiedAnswer(
      values: CertifiedAnswer.nested(values[...], shape: x.shape[...]), gradient: nil)
  }
}

extension ClassRows {
  /// Where a class of a row is in the input.
  private func index(_ row: Int, _ c: Int) -> Int {
    (row / classStride * classCount + c) * classStride + row % classStride
  }

  /// The numbers of an input with the classes of each row together.
  func gathered(_ numbers: [Scalar]) -> [Double] {
    (0..<numbers.count / classCount).flatMap { row in
      (0..<classCount).map { Double(numbers[index(row, $0)]) }
    }
  }

  /// The numbers of rows in the order of the input.
  func scattered(_ numbers: [Certified]) -> [Certified] {
    var result = numbers
    for place in numbers.indices {
      result[index(place / classCount, place % classCount)] = numbers[place]
    }
    return result
  }
}
