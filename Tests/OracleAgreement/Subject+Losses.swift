import ClassificationLosses
import InformationTheory
import InformationTheoryTesting
import ReferenceOracle

/// A loss of a batch and its gradient, as the library and as the oracle have it.
private struct LossComparison {
  var value = 0.0
  var gradient: [Double]
  /// What the documentation allows each derivative beside one ulp, and the value.
  var gradientAllowance: [Double]
  var valueAllowance = 0.0

  init(count: Int) {
    gradient = [Double](repeating: .nan, count: count)
    gradientAllowance = [Double](repeating: 0, count: count)
  }

  func numbers(_ truth: CertifiedLoss) -> [Comparison] {
    [Comparison(fast: value, truth: truth.value, allowance: valueAllowance)]
      + gradient.indices.map {
        Comparison(
          fast: gradient[$0], truth: truth.gradient[$0], allowance: gradientAllowance[$0])
      }
  }
}

/// Rows of difficult logits with labels, and distributions as their targets.
private struct Batch {
  let logits: [Double]
  let labels: [Int]
  let targets: [Double]
  let classCount: Int
  let weights: [Double]?

  init(_ generator: inout SeededGenerator) {
    let source = AdversarialLogits(generator.pick(AdversarialLogits.Family.allCases))
    let classCount = Int.random(in: 2...5, using: &generator)
    let rows = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
      source.row(classCount: classCount, using: &generator)
    }
    self.classCount = classCount
    logits = rows.flatMap(\.logits)
    labels = rows.map(\.label)
    let isShared = Bool.random(using: &generator)
    targets = rows.flatMap { row in
      // Multiples of 1/64, so that they sum to 1.
      var units = [Int](repeating: 0, count: classCount)
      units[row.label] = 64
      if isShared {
        for c in 0..<classCount where row.logits[c].isFinite && c != row.label {
          units[c] = Int.random(in: 0...64 / classCount, using: &generator)
          units[row.label] -= units[c]
        }
      }
      return units.map { Double($0) / 64 }
    }
    weights =
      Bool.random(using: &generator)
      ? rows.map { _ in Double.random(in: 0.125...8, using: &generator) } : nil
  }

  var rowCount: Int { labels.count }
  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// What the two parts Q·p and b of each derivative of a sum come to.
  func parts(_ targets: [Double]) throws -> [Double] {
    var p = logits
    try softmax(of: logits.span, classCount: classCount, into: p.mutableSpan)
    return p.indices.map { weight($0 / classCount) * (p[$0] + targets[$0]) }
  }

  var labelsAsTargets: [Double] {
    labels.flatMap { label in (0..<classCount).map { $0 == label ? 1.0 : 0 } }
  }

  var description: String {
    "logits \(logits), labels \(labels), targets \(targets), weights \(weights ?? [])"
  }
}

extension Subject {
  private static func ofRows(
    _ name: String,
    _ compare: @escaping @Sendable (Batch, Double) throws -> [Comparison]
  ) -> Subject {
    Subject(name: name) { generator in
      let (batch, option) = (Batch(&generator), generator.pick([0, 0.125, 0.5, 1, 2, 5]))
      return ("\(batch.description), option \(option)", try compare(batch, option))
    }
  }

  static let losses: [Subject] =
    [
      ofRows("softmax_cross_entropy of labels") { batch, option in
        var fast = LossComparison(count: batch.logits.count)
        let smoothing = option < 1 ? option : 0
        fast.value = try softmaxCrossEntropy(
          logits: batch.logits.span, classIndices: batch.labels.span, classCount: batch.classCount,
          sampleWeights: batch.weights?.span, labelSmoothing: smoothing, reduction: .sum,
          gradient: fast.gradient.mutableSpan
        ).value
        let share = smoothing / Double(batch.classCount)
        fast.gradientAllowance = try batch.parts(
          batch.labelsAsTargets.map { (1 - smoothing) * $0 + share }
        ).map { 0x1p-63 * $0 }
        return fast.numbers(
          try Certified.softmaxCrossEntropy(
            logits: batch.logits, classIndices: batch.labels, classCount: batch.classCount,
            sampleWeights: batch.weights, labelSmoothing: smoothing, reduction: .sum))
      },
      ofRows("softmax_cross_entropy of probabilities") { batch, _ in
        var fast = LossComparison(count: batch.logits.count)
        fast.value = try softmaxCrossEntropy(
          logits: batch.logits.span, classProbabilities: batch.targets.span,
          classCount: batch.classCount, sampleWeights: batch.weights?.span, reduction: .sum,
          gradient: fast.gradient.mutableSpan
        ).value
        fast.gradientAllowance = try batch.parts(batch.targets).map { 0x1p-63 * $0 }
        return fast.numbers(
          try Certified.softmaxCrossEntropy(
            logits: batch.logits, classProbabilities: batch.targets, classCount: batch.classCount,
            sampleWeights: batch.weights, reduction: .sum))
      },
      ofRows("softmax_focal_loss") { batch, gamma in
        var fast = LossComparison(count: batch.logits.count)
        fast.value = try softmaxFocalLoss(
          logits: batch.logits.span, classIndices: batch.labels.span, classCount: batch.classCount,
          gamma: gamma, sampleWeights: batch.weights?.span, reduction: .sum,
          gradient: fast.gradient.mutableSpan
        ).value
        return fast.numbers(
          try Certified.softmaxFocalLoss(
            logits: batch.logits, classIndices: batch.labels, classCount: batch.classCount,
            gamma: gamma, sampleWeights: batch.weights, reduction: .sum))
      },
      ofRows("poly1_cross_entropy") { batch, epsilon in
        var fast = LossComparison(count: batch.logits.count)
        fast.value = try poly1CrossEntropy(
          logits: batch.logits.span, classIndices: batch.labels.span, classCount: batch.classCount,
          epsilon: epsilon, sampleWeights: batch.weights?.span, reduction: .sum,
          gradient: fast.gradient.mutableSpan
        ).value
        return fast.numbers(
          try Certified.poly1CrossEntropy(
            logits: batch.logits, classIndices: batch.labels, classCount: batch.classCount,
            epsilon: epsilon, sampleWeights: batch.weights, reduction: .sum))
      },
      ofRows("nll_loss") { batch, _ in
        // One row, because the rows' losses have either sign here.
        let row = Array(batch.logits.prefix(batch.classCount))
        guard row.allSatisfy({ $0 < .infinity }) else { return [] }
        var fast = LossComparison(count: row.count)
        fast.value = try nllLoss(
          logProbabilities: row.span, classIndices: batch.labels.span.extracting(first: 1),
          classCount: batch.classCount, gradient: fast.gradient.mutableSpan
        ).value
        return fast.numbers(
          try Certified.nllLoss(
            logProbabilities: row, classIndices: Array(batch.labels.prefix(1)),
            classCount: batch.classCount))
      },
      ofRows("categorical_cross_entropy") { batch, _ in
        let isRight = batch.logits.allSatisfy { $0.isFinite && $0.magnitude < 1000 }
        guard isRight else { return [] }
        let masses = batch.logits.map(\.magnitude)
        guard
          (0..<batch.rowCount).allSatisfy({ row in
            masses[row * batch.classCount..<(row + 1) * batch.classCount].contains { $0 > 0 }
          })
        else { return [] }
        var fast = LossComparison(count: masses.count)
        fast.value = try categoricalCrossEntropy(
          probabilities: masses.span, classIndices: batch.labels.span,
          classCount: batch.classCount, normalizing: true, reduction: .sum,
          gradient: fast.gradient.mutableSpan
        ).value
        return fast.numbers(
          try Certified.categoricalCrossEntropy(
            probabilities: masses, classIndices: batch.labels, classCount: batch.classCount,
            normalizing: true, reduction: .sum))
      },
      ofRows("kl_loss of logits") { batch, _ in
        var fast = LossComparison(count: batch.logits.count)
        fast.value = try klLoss(
          logits: batch.logits.span, targets: batch.targets.span, classCount: batch.classCount,
          reduction: .sum, gradient: fast.gradient.mutableSpan
        ).value
        var surprisals = batch.logits
        try logSoftmax(
          of: batch.logits.span, classCount: batch.classCount, into: surprisals.mutableSpan)
        let terms = zip(batch.targets, surprisals).map { $0 == 0 ? 0 : $0 * (8 - $1) }
        fast.valueAllowance = 0x1p-62 * (terms.max() ?? 0)
        fast.gradientAllowance = try batch.parts(batch.targets).map {
          0x1p-63 * $0 / (batch.weights?.min() ?? 1)
        }
        return fast.numbers(
          try Certified.klLoss(
            logits: batch.logits, targets: batch.targets, classCount: batch.classCount,
            reduction: .sum))
      },
      ofRows("kl_loss of probabilities") { batch, _ in
        let p = zip(batch.targets, batch.targets.reversed()).map { (3 * $0 + $1 + 0.01) / 4.05 }
        var fast = LossComparison(count: p.count)
        fast.value = try klLoss(
          probabilities: p.span, targets: batch.targets.span, classCount: batch.classCount,
          reduction: .sum, gradient: fast.gradient.mutableSpan
        ).value
        // No logarithm here is above 8.
        fast.valueAllowance = 0x1p-62 * 8 * (batch.targets.max() ?? 0)
        return fast.numbers(
          try Certified.klLoss(
            probabilities: p, targets: batch.targets, classCount: batch.classCount,
            reduction: .sum))
      },
    ] + elementLosses
}

// MARK: - Losses of elements

extension Subject {
  /// One element: its logit, a target that is mostly 0 or 1, and a number for an option.
  private static func ofElement(
    _ name: String,
    _ compare:
      @escaping @Sendable (_ x: Double, _ t: Double, _ option: Double) throws ->
      [Comparison]
  ) -> Subject {
    Subject(name: name) { generator in
      let x =
        generator.pick([-1, 1])
        * generator.pick([
          .infinity, 0, 37, 709, Double.random(in: 0...4, using: &generator),
          Double.random(in: 0...745, using: &generator),
        ])
      let t = generator.pick([0, 1, 0.5, Double.random(in: 0...1, using: &generator)])
      let option = generator.pick([0, 0.5, 1, 2, 5])
      return ("x \(x), t \(t), option \(option)", try compare(x, t, option))
    }
  }

  private static let elementLosses: [Subject] = [
    ofElement("binary_cross_entropy of logits") { x, t, weight in
      var fast = LossComparison(count: 1)
      fast.value = try binaryCrossEntropy(
        logits: [x].span, targets: [t].span, positiveWeights: [weight],
        gradient: fast.gradient.mutableSpan
      ).value
      fast.gradientAllowance = [0x1p-62 * max(1 - t, weight * t)]
      return fast.numbers(
        try Certified.binaryCrossEntropy(logits: [x], targets: [t], positiveWeights: [weight]))
    },
    ofElement("binary_cross_entropy of probabilities") { x, t, option in
      let p = x.isFinite ? try sigmoid(x) : (x > 0 ? 1 : 0)
      let floor: LogFloor = option == 1 ? .logarithm(-100) : option == 2 ? .epsilon(1e-7) : .none
      var fast = LossComparison(count: 1)
      fast.value = try binaryCrossEntropy(
        probabilities: [p].span, targets: [t].span, logFloor: floor,
        gradient: fast.gradient.mutableSpan
      ).value
      return fast.numbers(
        try Certified.binaryCrossEntropy(probabilities: [p], targets: [t], logFloor: floor))
    },
    ofElement("sigmoid_focal_loss") { x, t, gamma in
      var fast = LossComparison(count: 1)
      fast.value = try sigmoidFocalLoss(
        logits: [x].span, targets: [t].span, gamma: gamma, gradient: fast.gradient.mutableSpan
      ).value
      let numbers = fast.numbers(
        try Certified.sigmoidFocalLoss(logits: [x], targets: [t], gamma: gamma))
      // Derivatives at mixed targets are promised unless their parts cancel.
      return t == 0 || t == 1 ? numbers : [numbers[0]]
    },
    ofElement("poisson_nll") { x, t, option in
      guard x < 700 && x > -.infinity else { return [] }
      var fast = LossComparison(count: 1)
      let isFull = option == 0
      let target = (t * 16).rounded()
      fast.value = try poissonNLL(
        predictions: [x].span, targets: [target].span, full: isFull,
        gradient: fast.gradient.mutableSpan
      ).value
      let truth = try Certified.poissonNLL(predictions: [x], targets: [target], full: isFull)
      // t·log t is below 45 here.
      let power = truth.gradient[0].value + target
      fast.valueAllowance = 0x1p-62 * max(power, target * x.magnitude, isFull ? 45 : 0)
      fast.gradientAllowance = [0x1p-62 * max(power, target)]
      return fast.numbers(truth)
    },
    ofElement("gaussian_nll") { x, t, option in
      guard x.isFinite else { return [] }
      let variance = option + 0.125
      var fast = LossComparison(count: 1)
      fast.value = try gaussianNLL(
        predictions: [x].span, targets: [t].span, variances: [variance].span, full: option == 1,
        gradient: fast.gradient.mutableSpan
      ).value
      // log v and log 2π are below 3 here.
      fast.valueAllowance = 0x1p-62 * max(3, (x - t) * (x - t) / variance)
      fast.gradientAllowance = [0x1p-62 * max(x.magnitude, t) / variance]
      return fast.numbers(
        try Certified.gaussianNLL(
          predictions: [x], targets: [t], variances: [variance], full: option == 1))
    },
  ]

  static let functions: [Subject] = [
    ofRows("log_sum_exp") { batch, _ in
      var fast = [Double](repeating: 0, count: batch.rowCount)
      try logSumExp(of: batch.logits.span, classCount: batch.classCount, into: fast.mutableSpan)
      return zip(fast, try Certified.logSumExp(of: batch.logits, classCount: batch.classCount))
        .map { Comparison(fast: $0, truth: $1, allowance: $0.magnitude < 0x1p-11 ? 0x1p-64 : 0) }
    },
    ofRows("log_softmax") { batch, _ in
      var fast = batch.logits
      try logSoftmax(of: batch.logits.span, classCount: batch.classCount, into: fast.mutableSpan)
      return zip(fast, try Certified.logSoftmax(of: batch.logits, classCount: batch.classCount))
        .map { Comparison(fast: $0, truth: $1) }
    },
    ofRows("softmax") { batch, _ in
      var fast = batch.logits
      try softmax(of: batch.logits.span, classCount: batch.classCount, into: fast.mutableSpan)
      return zip(fast, try Certified.softmax(of: batch.logits, classCount: batch.classCount))
        .map { Comparison(fast: $0, truth: $1) }
    },
  ]
}
