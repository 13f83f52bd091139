import ClassificationLosses
import ComplexModule
import InformationTheory
import Testing

extension GradientTests {
  @Test func kullbackLeibler() throws {
    try expectDerivatives("logits") { row in
      let total = Textbook.logSumExp(row.x)
      return row.weight * Textbook.kullbackLeibler(row.x.map { $0 - total }, row.targets)
    } library: { draws, losses, slopes in
      _ = try klLoss(
        logits: draws.x.span, targets: draws.targets.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("log-predictions") { row in
      row.weight * Textbook.kullbackLeibler(row.x, row.targets)
    } library: { draws, losses, slopes in
      _ = try klLoss(
        logPredictions: draws.x.span, targets: draws.targets.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("targets", probabilities: true) { row in
      row.weight * Textbook.kullbackLeibler(row.counts, row.x)
    } library: { draws, losses, slopes in
      _ = try klLoss(
        logPredictions: draws.counts.span, targets: draws.x.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test func kullbackLeiblerOfLogarithms() throws {
    try expectDerivatives("log-predictions") { row in
      row.weight * Textbook.kullbackLeibler(row.x, row.counts.map { .exp($0) })
    } library: { draws, losses, slopes in
      _ = try klLoss(
        logPredictions: draws.x.span, logTargets: draws.counts.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("log-targets") { row in
      row.weight * Textbook.kullbackLeibler(row.counts, row.x.map { .exp($0) })
    } library: { draws, losses, slopes in
      _ = try klLoss(
        logPredictions: draws.counts.span, logTargets: draws.x.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test(arguments: [0, 0.4])
  func kullbackLeiblerOfProbabilities(_ least: Double) throws {
    func loss(_ row: TextbookRow, _ p: [Textbook.Number], _ t: [Textbook.Number])
      -> Textbook.Number
    {
      let logarithms = p.map { Textbook.Number.log(Textbook.clipped($0, least, 1)) }
      return row.weight
        * Textbook.kullbackLeibler(logarithms, t.map { Textbook.clipped($0, least, 1) })
    }
    try expectDerivatives("by predictions", probabilities: true) { row in
      loss(row, row.x, row.targets)
    } library: { draws, losses, slopes in
      _ = try klLoss(
        probabilities: draws.x.span, targets: draws.targets.span, classCount: 3,
        leastProbability: least, sampleWeights: draws.rowWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("by targets", probabilities: true) { row in
      loss(row, row.targets, row.x)
    } library: { draws, losses, slopes in
      _ = try klLoss(
        probabilities: draws.targets.span, targets: draws.x.span, classCount: 3,
        leastProbability: least, sampleWeights: draws.rowWeights.span, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test func generalizedKullbackLeibler() throws {
    func loss(_ row: TextbookRow, _ i: [Textbook.Number], _ t: [Textbook.Number])
      -> Textbook.Number
    {
      row.weight
        * (Textbook.kullbackLeibler(i, t) + Textbook.sum(i.map { .exp($0) }) - Textbook.sum(t))
    }
    try expectDerivatives("by predictions") { row in
      loss(row, row.x, row.counts)
    } library: { draws, losses, slopes in
      _ = try generalizedKLLoss(
        logPredictions: draws.x.span, targets: draws.counts.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("by targets", probabilities: true) { row in
      loss(row, row.counts, row.x)
    } library: { draws, losses, slopes in
      _ = try generalizedKLLoss(
        logPredictions: draws.counts.span, targets: draws.x.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  /// Cross-entropy of probabilities, as they are and as some frameworks take them.
  @Test(arguments: [false, true], [0, 0.3])
  func categoricalCrossEntropyOfProbabilities(_ normalizing: Bool, _ least: Double) throws {
    func loss(_ row: TextbookRow, _ targets: [Textbook.Number]) -> Textbook.Number {
      let total = normalizing ? Textbook.sum(row.x) : 1
      let surprisals = row.x.map { x in
        -Textbook.Number.log(Textbook.clipped(x / total, least, 1 - least))
      }
      return row.weight * row.sum { c in targets[c] * surprisals[c] }
    }
    try expectDerivatives("labels", probabilities: true) { row in
      loss(row, Textbook.oneHot(row.label))
    } library: { draws, losses, slopes in
      _ = try categoricalCrossEntropy(
        probabilities: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        normalizing: normalizing, leastProbability: least,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("probabilities", probabilities: true) { row in
      loss(row, Textbook.shares(row.targets, smoothing: 0.2))
    } library: { draws, losses, slopes in
      _ = try categoricalCrossEntropy(
        probabilities: draws.x.span, classProbabilities: draws.targets.span, classCount: 3,
        normalizing: normalizing, leastProbability: least, labelSmoothing: 0.2,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
  }
}
