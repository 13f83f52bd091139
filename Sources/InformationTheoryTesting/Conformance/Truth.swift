import ReferenceOracle

/// What a question has to be answered with.
enum Truth {
  /// These numbers.
  case answer(value: Expected, gradient: [Expected])
  /// A refusal.
  case refusal
  /// A mean over nothing, for which conventions differ; its gradient has so many entries,
  /// all of them 0.
  case meanOverNothing(entryCount: Int)

  /// The truth for people, where an answer is missing or should be.
  var demand: String {
    switch self {
    case .answer(let value, _): value.decimal
    case .refusal: "an error"
    case .meanOverNothing: "NaN, 0 or an error, and a gradient of 0"
    }
  }

  /// Whether refusing the question is right.
  var allowsRefusal: Bool { if case .answer = self { false } else { true } }

  init(_ loss: CertifiedLoss) {
    self = .answer(value: Expected(loss.value), gradient: loss.gradient.map { Expected($0) })
  }
}

extension ConformanceQuestion {
  /// The truth, or nil where there is none: the question is undefined.
  var truth: Truth? {
    switch self {
    case .classes(let measure, let question): question.truth(measure)
    case .elements(let measure, let question): question.truth(measure)
    case .distributions(let measure, let question):
      (try? question.certified(measure)).map { .answer(value: Expected($0), gradient: []) }
    }
  }
}

extension ClassLossQuestion {
  fileprivate func truth(_ measure: ConformanceMeasure) -> Truth? {
    let used = classIndices.indices.filter { !isIgnored($0) }
    guard used.allSatisfy({ (0..<classCount).contains(classIndices[$0]) }) else { return .refusal }
    if classProbabilities == nil && used.isEmpty && reduction != .sum {
      return .meanOverNothing(entryCount: logits.count * classCount)
    }
    return (try? certified(measure)).map { Truth($0) }
  }
}

extension ElementLossQuestion {
  fileprivate func truth(_ measure: ConformanceMeasure) -> Truth? {
    guard targets.allSatisfy({ (0...1).contains($0) }) else { return .refusal }
    return (try? certified(measure)).map { Truth($0) }
  }
}
