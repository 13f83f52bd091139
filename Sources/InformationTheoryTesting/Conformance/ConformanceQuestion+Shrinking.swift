extension ConformanceQuestion {
  /// How much there is to read: numbers and options.
  var size: Int {
    switch self {
    case .softmaxCrossEntropy(let question):
      question.logits.count * (question.classCount + 1)
        + [
          question.classWeights != nil, question.sampleWeights != nil,
          question.ignoreIndex != nil, question.labelSmoothing != 0,
        ].filter { $0 }.count
    case .binaryCrossEntropy(let question):
      2 * question.logits.count
        + [question.positiveWeight != nil, question.weights != nil].filter { $0 }.count
    case .divergence(_, let question): 2 * question.p.count
    }
  }

  /// The questions with one thing less, those that lose most first.
  var smaller: [ConformanceQuestion] {
    switch self {
    case .softmaxCrossEntropy(let question):
      (question.withFewerRows + question.withFewerOptions + question.withFewerClasses
        + question.withSimplerNumbers).map { .softmaxCrossEntropy($0) }
    case .binaryCrossEntropy(let question):
      (question.withFewerElements + question.withFewerOptions + question.withSimplerNumbers)
        .map { .binaryCrossEntropy($0) }
    case .divergence(let measure, let question):
      question.withFewerOutcomes.map { .divergence(measure, $0) }
    }
  }
}

/// The lists that differ from a list by one number, which is 0 or has no fraction.
private func simpler(_ numbers: [Double]) -> [[Double]] {
  var lists: [[Double]] = []
  for i in numbers.indices where numbers[i] != 0 {
    // NaN differs from itself, so it is replaced by 0 only.
    for simple in [0, numbers[i].rounded()] where simple.isFinite && simple != numbers[i] {
      var list = numbers
      list[i] = simple
      lists.append(list)
    }
  }
  return lists
}

extension SoftmaxCrossEntropyQuestion {
  fileprivate func changed(_ change: (inout Self) -> Void) -> Self {
    var question = self
    change(&question)
    return question
  }

  fileprivate var withFewerRows: [Self] {
    guard logits.count > 1 else { return [] }
    return logits.indices.map { row in
      changed {
        $0.logits.remove(at: row)
        $0.classIndices.remove(at: row)
        $0.sampleWeights?.remove(at: row)
      }
    }
  }

  fileprivate var withFewerOptions: [Self] {
    var questions: [Self] = []
    if reduction != .sum { questions.append(changed { $0.reduction = .sum }) }
    if classWeights != nil { questions.append(changed { $0.classWeights = nil }) }
    if sampleWeights != nil { questions.append(changed { $0.sampleWeights = nil }) }
    if labelSmoothing != 0 { questions.append(changed { $0.labelSmoothing = 0 }) }
    if let ignoreIndex, !classIndices.contains(ignoreIndex) {
      questions.append(changed { $0.ignoreIndex = nil })
    }
    return questions
  }

  /// Without a class that is nobody's label.
  fileprivate var withFewerClasses: [Self] {
    guard classCount > 2 else { return [] }
    return (0..<classCount).filter { !classIndices.contains($0) && $0 != ignoreIndex }.map {
      gone in
      changed {
        for row in $0.logits.indices { $0.logits[row].remove(at: gone) }
        $0.classWeights?.remove(at: gone)
        $0.classIndices = $0.classIndices.map { $0 > gone ? $0 - 1 : $0 }
        $0.ignoreIndex = $0.ignoreIndex.map { $0 > gone ? $0 - 1 : $0 }
      }
    }
  }

  fileprivate var withSimplerNumbers: [Self] {
    logits.indices.flatMap { row in
      simpler(logits[row]).map { simple in changed { $0.logits[row] = simple } }
    }
  }
}

extension BinaryCrossEntropyQuestion {
  fileprivate func changed(_ change: (inout Self) -> Void) -> Self {
    var question = self
    change(&question)
    return question
  }

  fileprivate var withFewerElements: [Self] {
    guard logits.count > 1 else { return [] }
    return logits.indices.map { i in
      changed {
        $0.logits.remove(at: i)
        $0.targets.remove(at: i)
        $0.weights?.remove(at: i)
      }
    }
  }

  fileprivate var withFewerOptions: [Self] {
    var questions: [Self] = []
    if reduction != .sum { questions.append(changed { $0.reduction = .sum }) }
    if positiveWeight != nil { questions.append(changed { $0.positiveWeight = nil }) }
    if weights != nil { questions.append(changed { $0.weights = nil }) }
    return questions
  }

  fileprivate var withSimplerNumbers: [Self] {
    simpler(logits).map { simple in changed { $0.logits = simple } }
      + simpler(targets).map { simple in changed { $0.targets = simple } }
  }
}

extension DivergenceQuestion {
  /// With outcomes taken together, which leaves both sums as they are.
  fileprivate var withFewerOutcomes: [Self] {
    guard p.count > 2 else { return [] }
    if p.count > 64 { return [merged { $0 / 2 }] }
    return (1..<p.count).map { i in merged { $0 < i ? $0 : $0 - 1 } }
  }

  private func merged(_ place: (Int) -> Int) -> Self {
    let count = place(p.count - 1) + 1
    var question = Self(
      p: [Double](repeating: 0, count: count), q: [Double](repeating: 0, count: count))
    for i in p.indices {
      question.p[place(i)] += p[i]
      question.q[place(i)] += q[i]
    }
    return question
  }
}
