import ClassificationLosses
import ComplexModule
import InformationTheory
import Testing

/// Second derivatives against the complex step of the textbook's gradient.
@Suite("Second derivatives by complex steps")
struct SecondDerivativeTests {
  @Test func secondDerivatives() throws {
    try expectSlopes("cross-entropy of labels") { row in
      let shares = Textbook.shares(
        Textbook.oneHot(row.label), classWeights: [0.5, 2, 1], smoothing: 0.3)
      return Textbook.crossEntropySlopes(row.x, shares).map { row.weight * $0 }
    } library: { draws, slopes, bends in
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        classWeights: [0.5, 2, 1], sampleWeights: draws.rowWeights.span, labelSmoothing: 0.3,
        reduction: .sum, gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
    try expectSlopes("cross-entropy of probabilities") { row in
      let shares = Textbook.shares(row.counts, classWeights: [0.5, 2, 1], smoothing: 0.3)
      return Textbook.crossEntropySlopes(row.x, shares).map { row.weight * $0 }
    } library: { draws, slopes, bends in
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classProbabilities: draws.counts.span, classCount: 3,
        classWeights: [0.5, 2, 1], sampleWeights: draws.rowWeights.span, labelSmoothing: 0.3,
        validation: .nonNegative, reduction: .sum, gradient: slopes.mutableSpan,
        hessianDiagonal: bends.mutableSpan)
    }
    try expectSlopes("binary cross-entropy") { row in
      (0..<3).map {
        let (p, t) = (Textbook.sigmoid(row.x[$0]), row.targets[$0])
        return row.elementWeights[$0] * ((1 - t) * p - [3, 0.5, 1][$0] * t * (1 - p))
      }
    } library: { draws, slopes, bends in
      _ = try binaryCrossEntropy(
        logits: draws.x.span, targets: draws.targets.span, positiveWeights: [3, 0.5, 1],
        weights: draws.elementWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        hessianDiagonal: bends.mutableSpan)
    }
    try expectSlopes("of probabilities", probabilities: true) { row in
      (0..<3).map {
        let (p, t) = (row.x[$0], row.targets[$0])
        return row.elementWeights[$0] * ((p - t) / (p * (1 - p)))
      }
    } library: { draws, slopes, bends in
      _ = try binaryCrossEntropy(
        probabilities: draws.x.span, targets: draws.targets.span,
        weights: draws.elementWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        hessianDiagonal: bends.mutableSpan)
    }
  }

  @Test func secondDerivativesOfLikelihoods() throws {
    try expectSlopes("generalised Kullback–Leibler") { row in
      (0..<3).map { c in
        let rate = Textbook.Number.exp(row.x[c])
        return row.weight * (rate - row.counts[c])
      }
    } library: { draws, slopes, bends in
      _ = try generalizedKLLoss(
        logPredictions: draws.x.span, targets: draws.counts.span, classCount: 3,
        sampleWeights: draws.rowWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        hessianDiagonal: bends.mutableSpan)
    }
    try expectSlopes("Poisson of log-rates") { row in
      (0..<3).map { c in
        let rate = Textbook.Number.exp(row.x[c])
        return row.elementWeights[c] * (rate - row.counts[c])
      }
    } library: { draws, slopes, bends in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.counts.span,
        weights: draws.elementWeights.span, reduction: .sum, gradient: slopes.mutableSpan,
        hessianDiagonal: bends.mutableSpan)
    }
    try expectSlopes("Poisson of rates", probabilities: true) { row in
      (0..<3).map { c in
        let share: Textbook.Number = row.counts[c] / (row.x[c] + Textbook.Number(0.5))
        return row.elementWeights[c] * (1 - share)
      }
    } library: { draws, slopes, bends in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.counts.span, predictsLogarithms: false,
        epsilon: 0.5, weights: draws.elementWeights.span, reduction: .sum,
        gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
  }
}
