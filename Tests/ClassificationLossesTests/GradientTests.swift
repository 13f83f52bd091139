import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Every derivative against differences of the losses, on a thousand seeded draws each.
///
/// The difference has an error of about h⁴ ≈ 10⁻¹¹; what is tested here is that
/// gradients belong to their losses. How exact they are, the tables test.
@Suite("Gradients by differences")
struct GradientTests {
  /// A thousand rows of three: what is varied, its partner, and what options take.
  private struct Draws {
    var x: [Double]
    let targets: [Double]
    let offsets: [Double]
    let labels: [Int]
    let weights: [Double]
    /// The class of each row that is varied.
    let coordinates: [Int]

    init(positive: Bool) {
      var random = SplitMix64(state: 0x4752_4144)
      x = (0..<3000).map { _ in
        positive ? 0.25 + 0.5 * random.unit() : 6 * random.unit() - 3
      }
      targets = (0..<1000).flatMap { _ in
        let masses = (0..<3).map { _ in random.unit() + 0.01 }
        let total = masses.reduce(0, +)
        return masses.map { $0 / total }
      }
      offsets = (0..<3000).map { _ in 2 * random.unit() - 1 }
      labels = (0..<1000).map { _ in random.integer(0...2) }
      weights = (0..<1000).map { _ in 2 * random.unit() }
      coordinates = (0..<1000).map { _ in random.integer(0...2) }
    }
  }

  /// What a loss writes: the losses of rows, or of elements, and the derivatives.
  private typealias Evaluation = (
    Draws, _ losses: inout [Double], _ gradient: inout [Double]
  ) throws -> Void

  /// Compares the derivatives that a loss writes with differences of it.
  private func check(
    _ name: String, positive: Bool = false, elements: Bool = false,
    at location: SourceLocation = #_sourceLocation, _ evaluate: Evaluation
  ) throws {
    let draws = Draws(positive: positive)
    let count = elements ? 3000 : 1000
    var gradient = draws.x
    func losses(_ step: Double) throws -> [Double] {
      var moved = draws
      for row in 0..<1000 {
        if elements {
          for c in 0..<3 { moved.x[3 * row + c] += step }
        } else {
          moved.x[3 * row + draws.coordinates[row]] += step
        }
      }
      var losses = [Double](repeating: .nan, count: count)
      try evaluate(moved, &losses, &gradient)
      return losses
    }
    // Logarithms of shares are steep: their fifth derivative asks for a smaller step.
    let h = positive ? 0x1p-11 : 0x1p-9
    let (up, down) = (try losses(h), try losses(-h))
    let (farUp, farDown) = (try losses(2 * h), try losses(-2 * h))
    _ = try losses(0)
    var failures = 0
    for i in 0..<count {
      let slope = elements ? gradient[i] : gradient[3 * i + draws.coordinates[i]]
      let difference = (8 * (up[i] - down[i]) - (farUp[i] - farDown[i])) / (12 * h)
      let isNear = (slope - difference).magnitude <= 1e-8 * max(1, difference.magnitude)
      if isNear { continue }
      failures += 1
      if failures == 1 {
        Issue.record("\(name): \(slope), not \(difference), at \(i)", sourceLocation: location)
      }
    }
    #expect(failures == 0, "\(name): \(failures) draws", sourceLocation: location)
  }

  @Test func crossEntropyOfLabels() throws {
    try check("plain") { draws, losses, gradient in
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("every option") { draws, losses, gradient in
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        classWeights: [0.5, 2, 1], sampleWeights: draws.weights.span,
        labelSmoothing: 0.3, zLossScale: 0.1, logitSoftcap: 2.5, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test func crossEntropyOfProbabilities() throws {
    try check("by logits") { draws, losses, gradient in
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classProbabilities: draws.targets.span, classCount: 3,
        classWeights: [0.5, 2, 1], sampleWeights: draws.weights.span,
        labelSmoothing: 0.3, zLossScale: 0.1, logitSoftcap: 2.5, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    // The targets are what varies.
    try check("by targets", positive: true) { draws, losses, gradient in
      _ = try softmaxCrossEntropy(
        logits: draws.targets.span, classProbabilities: draws.x.span, classCount: 3,
        classWeights: [0.5, 2, 1], sampleWeights: draws.weights.span,
        labelSmoothing: 0.3, validation: .nonNegative, reduction: .sum,
        targetGradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  /// The derivative of the derivative.
  @Test func secondDerivatives() throws {
    try check("cross-entropy") { draws, slopes, bends in
      var gradient = draws.x
      _ = try softmaxCrossEntropy(
        logits: draws.x.span, classProbabilities: draws.targets.span, classCount: 3,
        classWeights: [0.5, 2, 1], labelSmoothing: 0.3, reduction: .sum,
        gradient: gradient.mutableSpan, hessianDiagonal: bends.mutableSpan)
      for row in 0..<1000 { slopes[row] = gradient[3 * row + draws.coordinates[row]] }
    }
    try check("binary cross-entropy", elements: true) { draws, slopes, bends in
      _ = try binaryCrossEntropy(
        logits: draws.x.span, targets: draws.targets.span, positiveWeights: [3, 0.5, 1],
        reduction: .sum, gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
    try check("of probabilities", positive: true, elements: true) { draws, slopes, bends in
      _ = try binaryCrossEntropy(
        probabilities: draws.x.span, targets: draws.targets.span, reduction: .sum,
        gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
    try check("generalised Kullback–Leibler", elements: true) { draws, slopes, bends in
      _ = try generalizedKLLoss(
        logPredictions: draws.x.span, targets: draws.targets.span, classCount: 1,
        reduction: .sum, gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
    try check("Poisson", elements: true) { draws, slopes, bends in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.targets.span, reduction: .sum,
        gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
    try check("Poisson of rates", positive: true, elements: true) { draws, slopes, bends in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.targets.span, predictsLogarithms: false,
        reduction: .sum, gradient: slopes.mutableSpan, hessianDiagonal: bends.mutableSpan)
    }
  }

  @Test func binary() throws {
    try check("by logits", elements: true) { draws, losses, gradient in
      _ = try binaryCrossEntropy(
        logits: draws.x.span, targets: draws.targets.span, positiveWeights: [3, 0.5, 1],
        labelSmoothing: 0.3, reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try check("by targets", positive: true, elements: true) { draws, losses, gradient in
      _ = try binaryCrossEntropy(
        logits: draws.targets.span, targets: draws.x.span, positiveWeights: [3, 0.5, 1],
        labelSmoothing: 0.3, reduction: .sum, targetGradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try check("of probabilities", positive: true, elements: true) { draws, losses, gradient in
      _ = try binaryCrossEntropy(
        probabilities: draws.x.span, targets: draws.targets.span, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("of probabilities by targets", positive: true, elements: true) {
      draws, losses, gradient in
      _ = try binaryCrossEntropy(
        probabilities: draws.targets.span, targets: draws.x.span, reduction: .sum,
        targetGradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test func focal() throws {
    for (alpha, convention) in [(0.25, FocalTargetConvention.mixture), (nil, .termwise)] {
      for gamma in [0.5, 2, 3.3] {
        try check("sigmoid, γ = \(gamma)", elements: true) { draws, losses, gradient in
          _ = try sigmoidFocalLoss(
            logits: draws.x.span, targets: draws.targets.span, alpha: alpha, gamma: gamma,
            softTargets: convention, reduction: .sum, gradient: gradient.mutableSpan,
            rowLosses: losses.mutableSpan)
        }
      }
    }
    for gamma in [0.5, 2, 3.3] {
      try check("softmax, γ = \(gamma)") { draws, losses, gradient in
        _ = try softmaxFocalLoss(
          logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
          alpha: [0.5, 2, 1], gamma: gamma, sampleWeights: draws.weights.span,
          reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      }
    }
  }

  @Test func kullbackLeibler() throws {
    try check("logits") { draws, losses, gradient in
      _ = try klLoss(
        logits: draws.x.span, targets: draws.targets.span, classCount: 3, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("log-predictions") { draws, losses, gradient in
      _ = try klLoss(
        logPredictions: draws.x.span, targets: draws.targets.span, classCount: 3,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("targets", positive: true) { draws, losses, gradient in
      _ = try klLoss(
        logPredictions: draws.targets.span, targets: draws.x.span, classCount: 3,
        reduction: .sum, targetGradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("log-predictions with log-targets") { draws, losses, gradient in
      _ = try klLoss(
        logPredictions: draws.x.span, logTargets: draws.targets.span, classCount: 3,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("log-targets") { draws, losses, gradient in
      _ = try klLoss(
        logPredictions: draws.targets.span, logTargets: draws.x.span, classCount: 3,
        reduction: .sum, targetGradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("generalised") { draws, losses, gradient in
      _ = try generalizedKLLoss(
        logPredictions: draws.x.span, targets: draws.targets.span, classCount: 3,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("generalised by targets", positive: true) { draws, losses, gradient in
      _ = try generalizedKLLoss(
        logPredictions: draws.targets.span, targets: draws.x.span, classCount: 3,
        reduction: .sum, targetGradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }

  @Test func likelihoods() throws {
    try check("NLL") { draws, losses, gradient in
      _ = try nllLoss(
        logProbabilities: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        classWeights: [0.5, 2, 1], reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    try check("poly-1 of labels") { draws, losses, gradient in
      _ = try poly1CrossEntropy(
        logits: draws.x.span, classIndices: draws.labels.span, classCount: 3,
        epsilon: 1.5, reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan
      )
    }
    try check("poly-1 of probabilities") { draws, losses, gradient in
      _ = try poly1CrossEntropy(
        logits: draws.x.span, classProbabilities: draws.targets.span, classCount: 3,
        epsilon: 1.5, reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan
      )
    }
    try check("Poisson of log-rates", elements: true) { draws, losses, gradient in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.targets.span, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("Poisson of rates", positive: true, elements: true) { draws, losses, gradient in
      _ = try poissonNLL(
        predictions: draws.x.span, targets: draws.targets.span, predictsLogarithms: false,
        epsilon: 0.5, reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan
      )
    }
    try check("normal, by means", elements: true) { draws, losses, gradient in
      _ = try gaussianNLL(
        predictions: draws.x.span, targets: draws.targets.span, variances: draws.targets.span,
        full: true, reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    try check("normal, by variances", positive: true, elements: true) { draws, losses, gradient in
      let variances = draws.x.map { $0 + 1 }
      _ = try gaussianNLL(
        predictions: draws.targets.span, targets: draws.offsets.span, variances: variances.span,
        reduction: .sum, varianceGradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
  }
}
