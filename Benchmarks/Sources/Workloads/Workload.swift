import ClassificationLosses
import InformationTheory

/// A piece of work on data of its own, which can be done again and again.
public struct Workload {
  /// What is done, and how much.
  public let name: String
  /// How many elements are read.
  public let elementCount: Int
  /// Does it once, and returns what comes out.
  public let run: () throws -> Double

  private init(_ name: String, elements: Int, run: @escaping () throws -> Double) {
    self.name = name
    elementCount = elements
    self.run = run
  }

  /// The entropy of a distribution.
  public static func entropy(outcomes count: Int) -> Self {
    var numbers = Numbers()
    let p = numbers.masses(count)
    return Self("entropy, \(count) outcomes", elements: count) {
      try InformationTheory.entropy(of: p.span).nats
    }
  }

  /// The Kullback–Leibler divergence of two distributions.
  public static func klDivergence(outcomes count: Int) -> Self {
    var numbers = Numbers()
    let (p, q) = (numbers.masses(count), numbers.masses(count))
    return Self("KL divergence, \(count) outcomes", elements: count) {
      try InformationTheory.klDivergence(of: p.span, from: q.span).nats
    }
  }

  /// The softmax cross-entropy of rows of logits and its gradient, in a buffer that is kept.
  public static func softmaxCrossEntropy(rows: Int, classes: Int) -> Self {
    var numbers = Numbers()
    let logits = numbers.logits(rows * classes)
    let labels = (0..<rows).map { $0 * 7 % classes }
    var gradient = logits
    return Self("softmax cross-entropy, \(rows) × \(classes)", elements: logits.count) {
      try ClassificationLosses.softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: classes,
        gradient: gradient.mutableSpan
      ).value
    }
  }

  /// The binary cross-entropy of logits and its gradient, in a buffer that is kept.
  public static func binaryCrossEntropy(count: Int) -> Self {
    var numbers = Numbers()
    let (logits, targets) = (numbers.logits(count), numbers.targets(count))
    var gradient = logits
    return Self("binary cross-entropy, \(count) logits", elements: count) {
      try ClassificationLosses.binaryCrossEntropy(
        logits: logits.span, targets: targets.span, gradient: gradient.mutableSpan
      ).value
    }
  }

  /// The sigmoid focal loss of logits and its gradient, in a buffer that is kept.
  public static func sigmoidFocalLoss(count: Int) -> Self {
    var numbers = Numbers()
    let (logits, targets) = (numbers.logits(count), numbers.targets(count))
    var gradient = logits
    return Self("sigmoid focal loss, \(count) logits", elements: count) {
      try ClassificationLosses.sigmoidFocalLoss(
        logits: logits.span, targets: targets.span, gradient: gradient.mutableSpan
      ).value
    }
  }
}
