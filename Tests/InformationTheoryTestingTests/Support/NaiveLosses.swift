import InformationTheoryTesting

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Losses and a divergence as a textbook writes them, all of them wrong somewhere.
enum NaiveLosses {
  static func softmax(_ row: [Double]) -> [Double] {
    let top = row.max() ?? 0
    let powers = row.map { exp($0 - top) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// Multiplies ignored rows by 0, divides every mean by the number of rows, and takes a
  /// label out of range for the last class.
  static func softmaxCrossEntropy(_ question: ClassLossQuestion) -> ConformanceAnswer {
    ofRows(question) { row, p in
      let target = targets(question, row)
      let weighted = target.indices.map { (question.classWeights?[$0] ?? 1) * target[$0] }
      let total = weighted.reduce(0, +)
      return (
        zip(weighted, p).map { -$0 * log($1) }.reduce(0, +),
        zip(weighted, p).map { total * $1 - $0 }
      )
    }
  }

  /// With the same faults, by 1 − p and the chain rule.
  static func softmaxFocalLoss(_ question: ClassLossQuestion) -> ConformanceAnswer {
    let gamma = question.gamma ?? 2
    return ofRows(question) { row, p in
      let y = targets(question, row).firstIndex(of: 1) ?? 0
      let alpha = question.alpha?[y] ?? 1
      let u = 1 - p[y]
      let slope = gamma * pow(u, gamma - 1) * log(p[y]) - pow(u, gamma) / p[y]
      return (
        -alpha * pow(u, gamma) * log(p[y]),
        p.indices.map { alpha * slope * p[y] * (($0 == y ? 1 : 0) - p[$0]) }
      )
    }
  }

  private static func targets(_ question: ClassLossQuestion, _ row: Int) -> [Double] {
    let classes = question.classCount
    if let probabilities = question.classProbabilities { return probabilities[row] }
    let label = question.classIndices[row]
    var target = [Double](repeating: question.labelSmoothing / Double(classes), count: classes)
    target[(0..<classes).contains(label) ? label : classes - 1] += 1 - question.labelSmoothing
    return target
  }

  private static func ofRows(
    _ question: ClassLossQuestion, _ loss: (Int, [Double]) -> (Double, [Double])
  ) -> ConformanceAnswer {
    var answer = ConformanceAnswer(value: 0, gradient: [])
    for row in question.logits.indices {
      let used = (question.isIgnored(row) ? 0 : 1) * (question.sampleWeights?[row] ?? 1)
      let (value, gradient) = loss(row, softmax(question.logits[row]))
      answer.value += used * value
      answer.gradient? += gradient.map { used * $0 }
    }
    return divided(answer, question.reduction, question.logits.count)
  }

  private static func divided(
    _ answer: ConformanceAnswer, _ reduction: LossReductionName, _ count: Int
  ) -> ConformanceAnswer {
    let divisor = reduction == .sum ? 1 : Double(count)
    return ConformanceAnswer(
      value: answer.value / divisor, gradient: answer.gradient?.map { $0 / divisor })
  }

  /// Through the sigmoid; no weights.
  static func binaryCrossEntropy(_ question: ElementLossQuestion) throws -> ConformanceAnswer {
    guard question.positiveWeight == nil && question.weights == nil else {
      throw UnsupportedQuestion()
    }
    let p = question.logits.map { 1 / (1 + exp(-$0)) }
    let losses = zip(p, question.targets).map { -$1 * log($0) - (1 - $1) * log(1 - $0) }
    return divided(
      ConformanceAnswer(
        value: losses.reduce(0, +), gradient: zip(p, question.targets).map { $0 - $1 }),
      question.reduction, p.count)
  }

  /// Through the sigmoid, with α_t and p_t as the paper has them; no gradient, no weights.
  static func sigmoidFocalLoss(_ question: ElementLossQuestion) throws -> ConformanceAnswer {
    guard question.weights == nil else { throw UnsupportedQuestion() }
    let losses = zip(question.logits, question.targets).map { x, t in
      let p = 1 / (1 + exp(-x))
      let entropy = -t * log(p) - (1 - t) * log(1 - p)
      let scale = question.alpha.map { $0 * t + (1 - $0) * (1 - t) } ?? 1
      return scale * pow(1 - (p * t + (1 - p) * (1 - t)), question.gamma ?? 2) * entropy
    }
    return divided(
      ConformanceAnswer(value: losses.reduce(0, +)), question.reduction, losses.count)
  }

  static func entropy(_ p: [Double]) -> Double { -p.map { $0 * log($0) }.reduce(0, +) }

  static func klDivergence(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).map { $0 * log($0 / $1) }.reduce(0, +)
  }
}
