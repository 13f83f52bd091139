import ClassificationLosses
import ComplexModule
import InformationTheory
import Testing

/// Every derivative against the complex step of the loss as a textbook writes it.
///
/// On a thousand seeded rows each, gradients belong to their losses, and losses to their
/// formulas. How exact both are in the tails, the tables test.
@Suite("Gradients by complex steps")
struct GradientTests {
  private typealias Number = Textbook.Number
  private let classWeights = [0.5, 2, 1]

  // MARK: - Softmax

  @Test func crossEntropyOfLabels() throws {
    try expectDerivatives("plain") { row in
      Textbook.crossEntropy(row.x, Textbook.oneHot(row.label))
    } library: { draws, losses, slopes in
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    for (smoothing, zLoss, cap) in options {
      try expectDerivatives("\(smoothing), \(zLoss), \(cap ?? 0)") { row in
        crossEntropy(row, Textbook.oneHot(row.label), smoothing, zLoss, cap)
      } library: { draws, losses, slopes in
        _ = try softmaxCrossEntropy(
          logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
          classWeights: classWeights, sampleWeights: draws.rowWeights.span,
          labelSmoothing: smoothing, zLossScale: zLoss, logitSoftcap: cap, reduction: .sum,
          gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
  }

  @Test func crossEntropyOfProbabilities() throws {
    for (smoothing, zLoss, cap) in options {
      try expectDerivatives("by logits: \(smoothing), \(zLoss), \(cap ?? 0)") { row in
        crossEntropy(row, row.targets, smoothing, zLoss, cap)
      } library: { draws, losses, slopes in
        _ = try softmaxCrossEntropy(
          logits: draws.x.span, classProbabilities: draws.targets.span, classCount: 3,
          classWeights: classWeights, sampleWeights: draws.rowWeights.span,
          labelSmoothing: smoothing, zLossScale: zLoss, logitSoftcap: cap, reduction: .sum,
          gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
    // The targets are what varies, and any number will do.
    try expectDerivatives("by targets") { row in
      let shares = Textbook.shares(row.x, classWeights: classWeights, smoothing: 0.3)
      return row.weight * Textbook.crossEntropy(row.counts, shares)
    } library: { draws, losses, slopes in
      _ = try softmaxCrossEntropy(
        logits: draws.counts.span, classProbabilities: draws.x.span, classCount: 3,
        classWeights: classWeights, sampleWeights: draws.rowWeights.span,
        labelSmoothing: 0.3, validation: .finite, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  private let options: [(smoothing: Double, zLoss: Double, cap: Double?)] = [
    (0, 0, nil), (0.3, 0, nil), (0, 0.1, nil), (0, 0, 2.5), (0.3, 0.1, 2.5),
  ]

  /// Cross-entropy with class weights, a sample weight and every option.
  private func crossEntropy(
    _ row: TextbookRow, _ targets: [Number], _ smoothing: Double, _ zLoss: Double,
    _ cap: Double?
  ) -> Number {
    let x = cap.map { Textbook.capped(row.x, $0) } ?? row.x
    let shares = Textbook.shares(targets, classWeights: classWeights, smoothing: smoothing)
    let total = Textbook.logSumExp(x)
    return row.weight * (Textbook.crossEntropy(x, shares) + zLoss * (total * total))
  }

  @Test(arguments: [-0.5, 1.5])
  func poly1(_ epsilon: Double) throws {
    try expectDerivatives("of labels") { row in
      row.weight * Textbook.poly1(row.x, Textbook.oneHot(row.label), epsilon)
    } library: { draws, losses, slopes in
      _ = try poly1CrossEntropy(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        epsilon: epsilon, sampleWeights: draws.rowWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("of probabilities") { row in
      row.weight * Textbook.poly1(row.x, row.targets, epsilon)
    } library: { draws, losses, slopes in
      _ = try poly1CrossEntropy(
        logits: draws.x.span, classProbabilities: draws.targets.span, classCount: 3,
        epsilon: epsilon, sampleWeights: draws.rowWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test(arguments: [0, 0.5, 2, 3.3])
  func softmaxFocal(_ gamma: Double) throws {
    try expectDerivatives("γ = \(gamma)") { row in
      (classWeights[row.label] * row.weight) * Textbook.softmaxFocal(row.x, row.label, gamma)
    } library: { draws, losses, slopes in
      _ = try softmaxFocalLoss(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        alpha: classWeights, gamma: gamma, sampleWeights: draws.rowWeights.span,
        reduction: .sum, gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  // MARK: - Two classes

  @Test(arguments: [0, 0.3])
  func binary(_ smoothing: Double) throws {
    let positiveWeights = [3, 0.5, 1]
    func loss(_ row: TextbookRow, _ c: Int, _ x: Number, _ t: Number) -> Number {
      let target = (1 - smoothing) * t + Number(smoothing / 2)
      return row.elementWeights[c]
        * Textbook.binary(Textbook.sigmoid(x), target, positiveWeights[c])
    }
    try expectDerivatives("by logits", elements: true) { row in
      row.sum { loss(row, $0, row.x[$0], row.targets[$0]) }
    } library: { draws, losses, slopes in
      _ = try binaryCrossEntropy(
        logits: draws.x.span, targets: draws.targets.span, positiveWeights: positiveWeights,
        weights: draws.elementWeights.span, labelSmoothing: smoothing, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("by targets", probabilities: true, elements: true) { row in
      row.sum { loss(row, $0, row.counts[$0], row.x[$0]) }
    } library: { draws, losses, slopes in
      _ = try binaryCrossEntropy(
        logits: draws.counts.span, targets: draws.x.span, positiveWeights: positiveWeights,
        weights: draws.elementWeights.span, labelSmoothing: smoothing, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test(arguments: [LogFloor.none, .logarithm(-100), .epsilon(0.4)])
  func binaryOfProbabilities(_ floor: LogFloor) throws {
    let least = floor == .epsilon(0.4) ? 0.4 : 0
    func loss(_ row: TextbookRow, _ c: Int, _ p: Number, _ t: Number) -> Number {
      row.elementWeights[c] * Textbook.binary(Textbook.clipped(p, least, 1 - least), t)
    }
    try expectDerivatives("by probabilities", probabilities: true, elements: true) { row in
      row.sum { loss(row, $0, row.x[$0], row.targets[$0]) }
    } library: { draws, losses, slopes in
      _ = try binaryCrossEntropy(
        probabilities: draws.x.span, targets: draws.targets.span,
        weights: draws.elementWeights.span, logFloor: floor, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("by targets", probabilities: true, elements: true) { row in
      row.sum { loss(row, $0, row.targets[$0], row.x[$0]) }
    } library: { draws, losses, slopes in
      _ = try binaryCrossEntropy(
        probabilities: draws.targets.span, targets: draws.x.span,
        weights: draws.elementWeights.span, logFloor: floor, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test(arguments: [0, 0.5, 2, 3.3], [0.25, nil])
  func sigmoidFocal(_ gamma: Double, _ alpha: Double?) throws {
    let conventions: [(FocalTargetConvention, (Number, Number, Double?, Double) -> Number)] = [
      (.mixture, Textbook.focalMixture), (.termwise, Textbook.focalTermwise),
    ]
    for (convention, loss) in conventions {
      try expectDerivatives("termwise: \(convention == .termwise)", elements: true) { row in
        row.sum { row.elementWeights[$0] * loss(row.x[$0], row.targets[$0], alpha, gamma) }
      } library: { draws, losses, slopes in
        _ = try sigmoidFocalLoss(
          logits: draws.x.span, targets: draws.targets.span, alpha: alpha, gamma: gamma,
          softTargets: convention, weights: draws.elementWeights.span, reduction: .sum,
          gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
  }
}
