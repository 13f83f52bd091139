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
  static func softmaxCrossEntropy(_ question: SoftmaxCrossEntropyQuestion) -> ConformanceAnswer {
    let classes = question.classCount
    var answer = ConformanceAnswer(value: 0, gradient: [])
    for (row, label) in question.classIndices.enumerated() {
      let p = softmax(question.logits[row])
      let used = (label == question.ignoreIndex ? 0 : 1) * (question.sampleWeights?[row] ?? 1)
      var target = [Double](repeating: question.labelSmoothing / Double(classes), count: classes)
      target[(0..<classes).contains(label) ? label : classes - 1] += 1 - question.labelSmoothing
      let weighted = target.indices.map { (question.classWeights?[$0] ?? 1) * target[$0] }
      answer.value += used * zip(weighted, p).map { -$0 * log($1) }.reduce(0, +)
      let total = weighted.reduce(0, +)
      answer.gradient? += zip(weighted, p).map { used * (total * $1 - $0) }
    }
    let divisor = question.reduction == .sum ? 1 : Double(question.logits.count)
    return ConformanceAnswer(
      value: answer.value / divisor, gradient: answer.gradient?.map { $0 / divisor })
  }

  /// Through the sigmoid; no weights.
  static func binaryCrossEntropy(
    _ question: BinaryCrossEntropyQuestion
  ) throws -> ConformanceAnswer {
    guard question.positiveWeight == nil && question.weights == nil else {
      throw UnsupportedQuestion()
    }
    let p = question.logits.map { 1 / (1 + exp(-$0)) }
    let losses = zip(p, question.targets).map { -$1 * log($0) - (1 - $1) * log(1 - $0) }
    let divisor = question.reduction == .sum ? 1 : Double(p.count)
    return ConformanceAnswer(
      value: losses.reduce(0, +) / divisor,
      gradient: zip(p, question.targets).map { ($0 - $1) / divisor })
  }

  static func klDivergence(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).map { $0 * log($0 / $1) }.reduce(0, +)
  }
}
