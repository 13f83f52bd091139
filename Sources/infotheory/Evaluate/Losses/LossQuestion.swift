import ClassificationLosses
import InformationTheory

/// A question about a loss, in the arithmetic of one type: arrays are rounded to it.
struct LossQuestion<Scalar: InformationScalar> {
  let question: Question
  let measure: LossMeasure
  let options: LossOptions

  init(_ question: Question, _ measure: LossMeasure) throws {
    self.question = question
    self.measure = measure
    options = try LossOptions(question)
  }

  /// Calls the library.
  func answer() throws -> LossAnswer {
    switch measure {
    case .softmaxCrossEntropy: try softmaxCrossEntropy()
    case .categoricalCrossEntropy: try categoricalCrossEntropy()
    case .softmaxFocalLoss: try softmaxFocalLoss()
    case .poly1CrossEntropy: try poly1CrossEntropy()
    case .nllLoss: try nllLoss()
    case .klLoss: try klLoss()
    case .generalizedKLLoss: try generalizedKLLoss()
    case .binaryCrossEntropy: try binaryCrossEntropy()
    case .sigmoidFocalLoss: try sigmoidFocalLoss()
    case .poissonNLL: try poissonNLL()
    case .gaussianNLL: try gaussianNLL()
    case .logSumExp, .logSoftmax, .softmax: try ofLogits()
    case .sigmoid, .softplus: try ofNumbers()
    }
  }

  // MARK: - Functions of logits

  private func ofLogits() throws -> LossAnswer {
    let rows = try rows("logits")
    let (logits, count, stride) = (rows.values, rows.classCount, rows.classStride)
    var output = measure == .logSumExp ? rows.oneEach : logits
    try refusing(rows.input) { () throws(InformationError) in
      switch measure {
      case .logSumExp:
        try logSumExp(
          of: logits.span, classCount: count, classStride: stride, into: output.mutableSpan)
      case .logSoftmax:
        try logSoftmax(
          of: logits.span, classCount: count, classStride: stride, into: output.mutableSpan)
      default:
        try softmax(
          of: logits.span, classCount: count, classStride: stride, into: output.mutableSpan)
      }
    }
    let shape = measure == .logSumExp ? rows.rowShape : rows.input.shape
    return LossAnswer(value: .nested(output[...], shape: shape[...]))
  }

  private func ofNumbers() throws -> LossAnswer {
    let x: NestedNumbers<Scalar> = try question.nested("x")
    let values = try refusing(x) { () throws(InformationError) in
      var values = x.values
      for i in values.indices {
        values[i] = measure == .sigmoid ? try sigmoid(values[i]) : try softplus(values[i])
      }
      return values
    }
    return LossAnswer(value: .nested(values[...], shape: x.shape[...]))
  }
}

// MARK: - Decoding

extension LossQuestion {
  /// The rows of logits, or of their kind, that a field holds.
  func rows(_ name: String) throws -> ClassRows<Scalar> {
    try ClassRows(try question.nested(name), name)
  }

  /// Numbers in the shape of others.
  func nested(_ name: String, like other: [Int], _ otherName: String) throws -> [Scalar] {
    let numbers: NestedNumbers<Scalar> = try question.nested(name)
    guard numbers.shape == other else {
      throw AnswerError(
        "size_mismatch", argument: name,
        """
        \(name) is \(described(numbers.shape)), and \(otherName) wants \
        \(described(other)) beside it
        """)
    }
    return numbers.values
  }

  /// Numbers in the shape of others, nil where the question has none.
  func nestedIfAny(
    _ name: String, like other: [Int], _ otherName: String
  ) throws -> [Scalar]? {
    question.has(name) ? try nested(name, like: other, otherName) : nil
  }

  /// A number, or the library's default.
  func number(_ name: String, _ standard: Double) throws -> Double {
    question.has(name) ? try question.number(name) : standard
  }

  /// Refuses a derivative that is asked for where there is none.
  func refuse(_ derivative: LossDerivative, _ reason: String) throws {
    guard options.wanted.contains(derivative) else { return }
    throw AnswerError(
      "unexpected_field", argument: derivative.rawValue, "\(derivative.rawValue) \(reason)")
  }

  /// The only one of a few fields that the question has.
  func only(_ names: String...) throws -> String {
    let given = names.filter { question.has($0) }
    let list =
      names.dropLast().map(quoted).joined(separator: ", ") + " or " + quoted(names[names.count - 1])
    guard let name = given.first else {
      throw AnswerError(
        "missing_field", argument: names[0], "\(measure.rawValue) needs the field \(list)")
    }
    guard given.count == 1 else {
      throw AnswerError(
        "unexpected_field", argument: given[1],
        "\(measure.rawValue) takes \(list), not \(names.count == 2 ? "both" : "several")")
    }
    return name
  }
}
