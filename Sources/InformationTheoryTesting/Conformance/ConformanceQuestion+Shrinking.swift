extension ConformanceQuestion {
  /// How much there is to read: numbers and options.
  var size: Int {
    switch self {
    case .classes(_, let question):
      question.logits.count * (question.classCount + 1)
        + (question.classProbabilities.map { $0.count * (question.classCount - 1) } ?? 0)
        + question.options.count
    case .elements(_, let question): 2 * question.logits.count + question.options.count
    case .distributions(_, let question): question.p.count + (question.q?.count ?? 0)
    }
  }

  /// The questions with one thing less, those that lose most first.
  var smaller: [ConformanceQuestion] {
    switch self {
    case .classes(let measure, let question):
      (question.withFewerRows + question.withFewerOptions + question.withFewerClasses
        + question.withSimplerNumbers).map { .classes(measure, $0) }
    case .elements(let measure, let question):
      (question.withFewerRows + question.withFewerOptions + question.withSimplerNumbers)
        .map { .elements(measure, $0) }
    case .distributions(let measure, let question):
      question.withFewerOutcomes.map { .distributions(measure, $0) }
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

/// A question about a loss: rows, and options that can be left out.
private protocol LossQuestion {
  var rowCount: Int { get }
  var reduction: LossReductionName { get set }
  mutating func remove(row: Int)
  /// What leaves out each option that there is.
  var options: [(inout Self) -> Void] { get }
}

extension LossQuestion {
  func changed(_ change: (inout Self) -> Void) -> Self {
    var question = self
    change(&question)
    return question
  }

  var withFewerRows: [Self] {
    guard rowCount > 1 else { return [] }
    return (0..<rowCount).map { row in changed { $0.remove(row: row) } }
  }

  var withFewerOptions: [Self] {
    (reduction == .sum ? [] : [changed { $0.reduction = .sum }]) + options.map { changed($0) }
  }
}

extension ClassLossQuestion: LossQuestion {
  fileprivate var rowCount: Int { logits.count }

  fileprivate mutating func remove(row: Int) {
    logits.remove(at: row)
    if classProbabilities == nil { classIndices.remove(at: row) }
    classProbabilities?.remove(at: row)
    sampleWeights?.remove(at: row)
  }

  fileprivate var options: [(inout Self) -> Void] {
    var options: [(inout Self) -> Void] = []
    if classWeights != nil { options.append { $0.classWeights = nil } }
    if sampleWeights != nil { options.append { $0.sampleWeights = nil } }
    if alpha != nil { options.append { $0.alpha = nil } }
    if labelSmoothing != 0 { options.append { $0.labelSmoothing = 0 } }
    if let ignoreIndex, !classIndices.contains(ignoreIndex) {
      options.append { $0.ignoreIndex = nil }
    }
    return options
  }

  /// Without a class that is nobody's label.
  fileprivate var withFewerClasses: [Self] {
    guard classCount > 2 else { return [] }
    let unused = (0..<classCount).filter { c in
      !classIndices.contains(c) && c != ignoreIndex
        && (classProbabilities ?? []).allSatisfy { $0[c] == 0 }
    }
    return unused.map { gone in
      changed {
        for row in $0.logits.indices {
          $0.logits[row].remove(at: gone)
          $0.classProbabilities?[row].remove(at: gone)
        }
        $0.classWeights?.remove(at: gone)
        $0.alpha?.remove(at: gone)
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

extension ElementLossQuestion: LossQuestion {
  fileprivate var rowCount: Int { logits.count }

  fileprivate mutating func remove(row: Int) {
    logits.remove(at: row)
    targets.remove(at: row)
    weights?.remove(at: row)
  }

  fileprivate var options: [(inout Self) -> Void] {
    var options: [(inout Self) -> Void] = []
    if positiveWeight != nil { options.append { $0.positiveWeight = nil } }
    if weights != nil { options.append { $0.weights = nil } }
    if alpha != nil { options.append { $0.alpha = nil } }
    return options
  }

  fileprivate var withSimplerNumbers: [Self] {
    simpler(logits).map { simple in changed { $0.logits = simple } }
      + simpler(targets).map { simple in changed { $0.targets = simple } }
  }
}

extension DistributionQuestion {
  /// With outcomes taken together, which leaves the sums as they are.
  fileprivate var withFewerOutcomes: [Self] {
    guard p.count > 2 else { return [] }
    if p.count > 64 { return [merged { $0 / 2 }] }
    return (1..<p.count).map { i in merged { $0 < i ? $0 : $0 - 1 } }
  }

  private func merged(_ place: (Int) -> Int) -> Self {
    func merged(_ masses: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: place(masses.count - 1) + 1)
      for i in masses.indices { result[place(i)] += masses[i] }
      return result
    }
    return Self(p: merged(p), q: q.map(merged))
  }
}
