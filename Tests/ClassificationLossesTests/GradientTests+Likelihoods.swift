import ClassificationLosses
import ComplexModule
import InformationTheory
import Testing

extension GradientTests {
  @Test func negativeLogLikelihood() throws {
    try expectDerivatives("labels") { row in
      let weight = [0.5, 2, 1][row.label] * row.weight
      return -(weight * row.x[row.label])
    } library: { draws, losses, slopes in
      _ = try nllLoss(
        logProbabilities: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        classWeights: [0.5, 2, 1], sampleWeights: draws.rowWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test(arguments: [false, true])
  func poisson(full: Bool) throws {
    func ofLogarithm(_ row: TextbookRow, _ c: Int, _ x: Textbook.Number, _ t: Textbook.Number)
      -> Textbook.Number
    {
      let rest = full ? Textbook.stirling(t) : 0
      return row.elementWeights[c] * (Textbook.Number.exp(x) - t * x + rest)
    }
    func ofRate(_ row: TextbookRow, _ c: Int, _ x: Textbook.Number, _ t: Textbook.Number)
      -> Textbook.Number
    {
      let rest = full ? Textbook.stirling(t) : 0
      return row.elementWeights[c] * (x - t * Textbook.Number.log(x + Textbook.Number(0.5)) + rest)
    }
    try expectDerivatives("by log-rates", elements: true) { row in
      row.sum { ofLogarithm(row, $0, row.x[$0], row.counts[$0]) }
    } library: { draws, losses, slopes in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.counts.span, full: full,
        weights: draws.elementWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("log-rates, by targets", probabilities: true, elements: true) { row in
      row.sum { ofLogarithm(row, $0, row.counts[$0], 4 * row.x[$0]) }
    } library: { draws, losses, slopes in
      let targets = draws.x.map { 4 * $0 }
      _ = try poissonNLL(
        predictions: draws.counts.span, targets: targets.span, full: full,
        weights: draws.elementWeights.span, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
      slopes = slopes.map { 4 * $0 }
    }
    try expectDerivatives("by rates", probabilities: true, elements: true) { row in
      row.sum { ofRate(row, $0, row.x[$0], row.counts[$0]) }
    } library: { draws, losses, slopes in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.counts.span, predictsLogarithms: false,
        full: full, epsilon: 0.5, weights: draws.elementWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("rates, by targets", probabilities: true, elements: true) { row in
      row.sum { ofRate(row, $0, row.counts[$0], 4 * row.x[$0]) }
    } library: { draws, losses, slopes in
      let targets = draws.x.map { 4 * $0 }
      _ = try poissonNLL(
        predictions: draws.counts.span, targets: targets.span, predictsLogarithms: false,
        full: full, epsilon: 0.5, weights: draws.elementWeights.span, reduction: .sum,
        targetGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
      slopes = slopes.map { 4 * $0 }
    }
  }

  @Test(arguments: [false, true])
  func normal(full: Bool) throws {
    try expectDerivatives("by means", elements: true) { row in
      row.sum {
        row.elementWeights[$0]
          * Textbook.normal(row.x[$0], row.counts[$0], row.targets[$0], full: full)
      }
    } library: { draws, losses, slopes in
      _ = try gaussianNLL(
        predictions: draws.x.span, targets: draws.counts.span, variances: draws.targets.span,
        full: full, weights: draws.elementWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try expectDerivatives("by variances", probabilities: true, elements: true) { row in
      row.sum {
        row.elementWeights[$0]
          * Textbook.normal(row.targets[$0], row.counts[$0], row.x[$0], full: full)
      }
    } library: { draws, losses, slopes in
      _ = try gaussianNLL(
        predictions: draws.targets.span, targets: draws.counts.span, variances: draws.x.span,
        leastVariance: 0.2, full: full, weights: draws.elementWeights.span, reduction: .sum,
        varianceGradient: slopes.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }
}
