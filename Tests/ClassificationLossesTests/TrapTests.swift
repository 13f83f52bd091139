import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// The ten traps in which implementations of losses are found, one test each.
@Suite("Ten traps")
struct TrapTests {
  private let logits = [1.0, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5]
  private let labels = [2, 0, 1]

  private func near(_ a: Double, _ b: Double, _ tolerance: Double = 4e-15) -> Bool {
    (a - b).magnitude <= tolerance * b.magnitude
  }

  /// The divisors by name: class weights, smoothing with weights, soft targets, BCE
  /// weights, focal loss, Kullback–Leibler, ignored rows.
  @Test func trap1Denominator() throws {
    func value(
      _ reduction: LossReduction, _ weights: [Double]?, smoothing: Double = 0,
      labels: [Int]? = nil
    ) throws -> Double {
      let y = labels ?? self.labels
      return try softmaxCrossEntropy(
        logits: logits.span, classIndices: y.span, classCount: 3, classWeights: weights,
        ignoreIndex: -100, labelSmoothing: smoothing, reduction: reduction
      ).value
    }
    let w = [1.0, 2, 5]
    #expect(near(try value(.weightedMean, w), 0.58035754550031265121))
    #expect(near(try value(.mean, w), 1.54762012133416706990))
    #expect(near(try value(.weightedMean, w, smoothing: 0.1), 0.65278259820217706277))
    #expect(near(try value(.mean, w, smoothing: 0.1), 1.74075359520580550072))
    #expect(near(try value(.sum, nil), 1.91382421755687030036))
    #expect(near(try value(.divided(by: 6), nil), 1.91382421755687030036 / 6))
    // Ignored rows are in the batch, not in the mean.
    let some = [2, -100, 1]
    #expect(near(try value(.mean, nil, labels: some), 0.75310912655624499794))
    #expect(near(try value(.batchMean, nil, labels: some), 0.75310912655624499794 * 2 / 3))
    // Class indices and one-hot probabilities have one divisor.
    let oneHot = [0.0, 0, 1, 1, 0, 0, 0, 1, 0]
    for reduction in [LossReduction.mean, .weightedMean, .sum, .batchMean] {
      let soft = try softmaxCrossEntropy(
        logits: logits.span, classProbabilities: oneHot.span, classCount: 3, classWeights: w,
        reduction: reduction)
      #expect(soft.value == (try value(reduction, w)))
    }
    // Weights of binary cross-entropy: over the elements, or over the weights.
    let (x, t, u) = ([0.4, -1.2, 2, 0.1], [1.0, 0, 0.3, 1], [2.0, 2, 0.25, 0.25])
    let binary = try binaryCrossEntropy(
      logits: x.span, targets: t.span, positiveWeights: [3, 0.5], weights: u.span)
    #expect(near(binary.value, 1.0214943090005406))
    #expect(near(binary.weightedMean, 1.0214943090005406 * 4 / 4.5))
    // The focal loss over rows, not over rows times classes.
    let focal = try softmaxFocalLoss(
      logits: logits.span, classIndices: labels.span, classCount: 3, gamma: 0)
    #expect(near(focal.value, 0.63794140585229010012))
    // Kullback–Leibler over rows.
    let targets = [0.2, 0.3, 0.5]
    let kl = try klLoss(logits: [1.0, 2, 3].span, targets: targets.span, classCount: 3)
    #expect(near(kl.value, 0.07795295037980677707))
  }

  @Test func trap2NothingToTakeTheMeanOf() throws {
    let none = [-1, -1, -1]
    let zeros = [0.0, 0, 0]
    for (empty, isZero) in [(EmptyPolicy.zero, true), (.nan, false)] {
      var gradient = logits
      let ignored = try softmaxCrossEntropy(
        logits: logits.span, classIndices: none.span, classCount: 3, ignoreIndex: -1,
        empty: empty, gradient: gradient.mutableSpan)
      #expect(ignored.validCount == 0 && ignored.rowCount == 3)
      #expect(isZero ? ignored.value == 0 : ignored.value.isNaN)
      #expect(gradient.allSatisfy { $0 == 0 && $0.sign == .plus })
      gradient = logits
      let weightless = try softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: 3,
        sampleWeights: zeros.span, reduction: .weightedMean, empty: empty,
        gradient: gradient.mutableSpan)
      #expect(weightless.validCount == 3 && weightless.sum == 0)
      #expect(isZero ? weightless.value == 0 : weightless.value.isNaN)
      #expect(gradient.allSatisfy { $0 == 0 && $0.sign == .plus })
      let nothing = try softmaxCrossEntropy(
        logits: [Double]().span, classIndices: [Int]().span, classCount: 3, empty: empty)
      #expect(isZero ? nothing.value == 0 : nothing.value.isNaN)
    }
    #expect(errorCode { try meanOfNothing(rows: 0) } == .empty)
    #expect(errorCode { try meanOfNothing(rows: 2) } == .empty)
    // A sum of nothing is 0 under every policy.
    let sum = try softmaxCrossEntropy(
      logits: logits.span, classIndices: none.span, classCount: 3, ignoreIndex: -1,
      reduction: .sum)
    #expect(sum.value == 0)
  }

  private func meanOfNothing(rows: Int) throws(InformationError) {
    let x = [Double](repeating: 1, count: 2 * rows)
    let y = [Int](repeating: 9, count: rows)
    _ = try softmaxCrossEntropy(
      logits: x.span, classIndices: y.span, classCount: 2, ignoreIndex: 9)
  }

  @Test func trap3ZeroTimesInfinity() throws {
    let low = -Double.infinity
    // Index and one-hot targets agree where another class cannot be.
    let x = [2.0, low, 1]
    let oneHot = [1.0, 0, 0]
    var (a, b) = ([0.0, 0, 0], [0.0, 0, 0])
    let index = try softmaxCrossEntropy(
      logits: x.span, classIndices: [0].span, classCount: 3, gradient: a.mutableSpan)
    let soft = try softmaxCrossEntropy(
      logits: x.span, classProbabilities: oneHot.span, classCount: 3, gradient: b.mutableSpan)
    #expect(index.value == soft.value && near(index.value, 0.31326168751822283405))
    #expect(a == b && a[1] == 0)
    // A class without weight that cannot be.
    let weightless = try softmaxCrossEntropy(
      logits: x.span, classIndices: [1].span, classCount: 3, classWeights: [1, 0, 1],
      labelSmoothing: 0.5)
    #expect(weightless.value.isFinite)
    // A row without weight that is infinitely wrong.
    let row = try softmaxCrossEntropy(
      logits: x.span, classIndices: [1].span, classCount: 3, sampleWeights: [0.0].span)
    #expect(row.value == 0)
    // t = 0 in the Kullback–Leibler loss, and τ = −∞.
    let logs = [-0.5, low]
    var gradient = [1.0, 1]
    let kl = try klLoss(
      logPredictions: logs.span, targets: [1.0, 0].span, classCount: 2,
      gradient: gradient.mutableSpan)
    #expect(kl.value == 0.5 && gradient == [-1, 0] && gradient[1].sign == .plus)
    let ofLogs = try klLoss(
      logPredictions: logs.span, logTargets: [0, low].span, classCount: 2,
      gradient: gradient.mutableSpan)
    #expect(ofLogs.value == 0.5 && gradient == [-1, 0])
    // Probabilities at their ends.
    let binary = try binaryCrossEntropy(probabilities: [0.0, 1].span, targets: [0.0, 1].span)
    #expect(binary.value == 0)
    let nll = try nllLoss(
      logProbabilities: logs.span, classIndices: [1].span, classCount: 2, classWeights: [1, 0])
    #expect(nll.value == 0)
  }

  @Test func trap4InfiniteLogits() throws {
    let (low, high) = (-Double.infinity, Double.infinity)
    func binary(_ x: Double, _ t: Double) throws -> [Double] {
      var gradient = [Double.nan]
      let loss = try binaryCrossEntropy(
        logits: [x].span, targets: [t].span, gradient: gradient.mutableSpan)
      return [loss.value, gradient[0]]
    }
    #expect(try binary(low, 0) == [0, 0])
    #expect(try binary(low, 1) == [high, -1])
    #expect(try binary(low, 0.25) == [high, -0.25])
    #expect(try binary(high, 1) == [0, 0])
    #expect(try binary(high, 0) == [high, 1])
    #expect(try binary(high, 0.25) == [high, 0.75])
    func softmaxRow(_ x: [Double], _ y: Int) throws -> [Double] {
      var gradient = x
      let loss = try softmaxCrossEntropy(
        logits: x.span, classIndices: [y].span, classCount: x.count,
        gradient: gradient.mutableSpan)
      return [loss.value] + gradient
    }
    #expect(try softmaxRow([high, 0, low], 0) == [0, 0, 0, 0])
    #expect(try softmaxRow([high, 0, low], 1) == [high, 1, -1, 0])
    #expect(try softmaxRow([0, low], 1) == [high, 1, -1])
    #expect(errorCode { try fails([low, low]) } == .undefined)
    #expect(errorCode { try fails([high, high]) } == .undefined)
    #expect(errorCode { try fails([0, .nan]) } == .notFinite)
  }

  private func fails(_ x: [Double]) throws(InformationError) {
    _ = try softmaxCrossEntropy(logits: x.span, classIndices: [0].span, classCount: 2)
  }

  /// Where torch, Optax and MLX return a loss of 0 with a gradient of 0.
  @Test func trap5ConfidentAndRight() throws {
    let x: [Float] = [20, 0]
    var gradient: [Float] = [0, 0]
    let loss = try softmaxCrossEntropy(
      logits: x.span, classIndices: [0].span, classCount: 2, gradient: gradient.mutableSpan)
    #expect(near(loss.value, 2.061153620314380703e-9))
    #expect(gradient == [-2.061153618190203581e-9, 2.061153618190203581e-9])
    for (x, t) in [(Float(20), Float(1)), (-20, 0)] {
      var slope: [Float] = [0]
      let binary = try binaryCrossEntropy(
        logits: [x].span, targets: [t].span, gradient: slope.mutableSpan)
      #expect(near(binary.value, 2.061153620314380703e-9))
      #expect(slope[0].magnitude == 2.061153618190203581e-9)
      let focal = try sigmoidFocalLoss(
        logits: [x].span, targets: [t].span, alpha: nil, gradient: slope.mutableSpan)
      #expect(near(focal.value, 8.756510717575235803556645e-27))
    }
    // To the end of the range of a double.
    let far = try softmaxCrossEntropy(
      logits: [690.0, 0].span, classIndices: [0].span, classCount: 2)
    #expect(near(far.value, 2.171738281389827008482124e-300))
  }

  @Test func trap6CommonOffset() throws {
    var random = SplitMix64(state: 6)
    for offset in [1e8, -1e8, 0x1p40, -0x1p45] {
      // Multiples of 2⁻⁷, whose sums with the offsets are exact.
      let x = (0..<30).map { _ in Double(random.integer(-3000...3000)) * 0x1p-7 }
      let moved = x.map { $0 + offset }
      let y = [1, 4, 0, 9, 2, 2].map { $0 % 5 }
      for smoothing in [0.0, 0.1] {
        var (a, b) = (x, x)
        let here = try softmaxCrossEntropy(
          logits: x.span, classIndices: y.span, classCount: 5, labelSmoothing: smoothing,
          gradient: a.mutableSpan)
        let there = try softmaxCrossEntropy(
          logits: moved.span, classIndices: y.span, classCount: 5, labelSmoothing: smoothing,
          gradient: b.mutableSpan)
        #expect(here.value == there.value && a == b)
      }
    }
    // In single precision 10⁶ + 2 and 10⁶ − 1.
    let million = try softmaxCrossEntropy(
      logits: [Float(1_000_002), 999_999].span, classIndices: [0].span, classCount: 2)
    #expect(near(million.value, 0.04858735157374205875892592))
  }

  @Test func trap7IgnoredRowsAreSkipped() throws {
    let nan = Double.nan
    let x = [1.0, 2, 3, nan, nan, .infinity, 0.5, 0.5, 0.5]
    var (gradient, rows, sums) = (x, [nan, nan, nan], [nan, nan, nan])
    let result = try softmaxCrossEntropy(
      logits: x.span, classIndices: [2, -100, 1].span, classCount: 3, ignoreIndex: -100,
      gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan,
      rowLogSumExps: sums.mutableSpan)
    #expect(near(result.value, 0.75310912655624499794))
    #expect(gradient[3..<6].allSatisfy { $0 == 0 } && gradient.allSatisfy(\.isFinite))
    #expect(rows[1] == 0 && sums[1] == 0)
    // In place and in the other losses of rows.
    var inPlace = x
    _ = try softmaxCrossEntropy(
      overwritingLogits: inPlace.mutableSpan, classIndices: [2, -100, 1].span, classCount: 3,
      ignoreIndex: -100)
    #expect(inPlace == gradient)
    _ = try softmaxFocalLoss(
      logits: x.span, classIndices: [2, 7, 1].span, classCount: 3, ignoreIndex: 7,
      gradient: gradient.mutableSpan)
    #expect(gradient[3..<6].allSatisfy { $0 == 0 } && gradient.allSatisfy(\.isFinite))
    // An index to ignore that is a class: the row goes, the class stays.
    let inRange = try softmaxCrossEntropy(
      logits: [1.0, 2, 3, 1, 0, -1].span, classIndices: [2, 0].span, classCount: 3,
      ignoreIndex: 0)
    #expect(near(inRange.value, 0.40760596444438030448))
    for label in [3, -1, -100, Int.max, Int.min] {
      #expect(errorCode { try fails(label: label) } == .labelOutOfRange)
    }
  }

  private func fails(label: Int) throws(InformationError) {
    _ = try softmaxCrossEntropy(
      logits: [1.0, 2, 3].span, classIndices: [label].span, classCount: 3)
  }

  @Test func trap8TargetsThatAreNoDistribution() throws {
    let targets = [2.0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5]
    var (rows, gradient) = ([0.0, 0, 0], logits)
    _ = try softmaxCrossEntropy(
      logits: logits.span, classProbabilities: targets.span, classCount: 3,
      validation: .nonNegative, reduction: .sum, gradient: gradient.mutableSpan,
      rowLosses: rows.mutableSpan)
    #expect(near(rows[0], 4.81521192888876060896584) && rows[1] == 0)
    #expect(near(rows[2], 1.647918433002164537092868))
    // Q·p − q, which is 0 for the row without targets.
    #expect(gradient[3..<6].allSatisfy { $0 == 0 })
    #expect(near(gradient[1], 2 * 0.2447284710547976524729596))
    #expect(errorCode { try fails(targets: [0.5, 0.4]) } == .notNormalized)
    #expect(errorCode { try fails(targets: [1.5, -0.5]) } == .negativeMass)
    #expect(errorCode { try fails(targets: [.nan, 1]) } == .notFinite)
    #expect(errorCode { try fails(targets: [.infinity, 1]) } == .badParameter)
    #expect(errorCode { try fails(targets: [0.5, 0.5 + 1e-9]) } == nil)
  }

  private func fails(targets: [Double]) throws(InformationError) {
    _ = try softmaxCrossEntropy(
      logits: [1.0, 2].span, classProbabilities: targets.span, classCount: 2)
  }

  /// Sums that single precision cannot hold, and counts that half precision cannot.
  @Test func trap9ManyRows() throws {
    let count = 70_000
    let x = [Float](repeating: 0, count: 2 * count)
    let y = [Int](repeating: 0, count: count)
    let result = try softmaxCrossEntropy(logits: x.span, classIndices: y.span, classCount: 2)
    #expect(result.value == 0.693147180559945309)
    #expect(result.validCount == count)
    #expect(near(result.sum, 70_000 * 0.693147180559945309))
  }

  @Test func trap10FocalAmbiguities() throws {
    func binary(
      _ x: Double, _ t: Double, alpha: Double?, gamma: Double,
      _ convention: FocalTargetConvention = .mixture
    ) throws -> [Double] {
      var gradient = [Double.nan]
      let loss = try sigmoidFocalLoss(
        logits: [x].span, targets: [t].span, alpha: alpha, gamma: gamma,
        softTargets: convention, gradient: gradient.mutableSpan)
      return [loss.value, gradient[0]]
    }
    // The default is ¼ and 2.
    let standard = try sigmoidFocalLoss(logits: [0.5].span, targets: [1.0].span).value
    #expect(near(standard, 0.01689337262937590889367606))
    #expect(try binary(0.5, 1, alpha: 0.25, gamma: 2)[0] == standard)
    // Without α nothing is weighed; α = ½ halves.
    let plain = try binary(0.5, 1, alpha: nil, gamma: 2)[0]
    #expect(near(plain, 0.06757349051750363557470426))
    #expect(try binary(0.5, 1, alpha: 0.5, gamma: 2)[0] == plain / 2)
    // γ < 1 has finite derivatives where nothing is left to learn.
    let saturated = try binary(100, 1, alpha: nil, gamma: 0.5)
    #expect(near(saturated[0], 7.175095973164410419832693e-66))
    #expect(near(saturated[1], -1.076264395974661563117136e-65))
    #expect(try binary(.infinity, 1, alpha: nil, gamma: 0.5) == [0, 0])
    // Two meanings of a soft target.
    let mixture = try binary(1, 0.3, alpha: nil, gamma: 2)[0]
    let termwise = try binary(1, 0.3, alpha: nil, gamma: 2, .termwise)[0]
    let ends = [
      try binary(1, 1, alpha: nil, gamma: 2)[0], try binary(1, 0, alpha: nil, gamma: 2)[0],
    ]
    #expect(near(mixture, 0.3556199172175674597956292))
    #expect(near(termwise, 0.3 * ends[0] + 0.7 * ends[1]))
    // α of classes is a list, and ignored rows are not in the mean.
    var rows = [0.0, 0, 0]
    let classes = try softmaxFocalLoss(
      logits: logits.span, classIndices: [2, -1, 1].span, classCount: 3, alpha: [0.1, 0.2, 0.7],
      gamma: 2, ignoreIndex: -1, rowLosses: rows.mutableSpan)
    #expect(near(rows[0], 0.03197445927751942213414452) && rows[1] == 0)
    #expect(near(classes.value, (0.03197445927751942213414452 + 0.0976544256593875281240218) / 2))
    #expect(errorCode { try fails(alpha: -1, gamma: 2) } == .badParameter)
    #expect(errorCode { try fails(alpha: nil, gamma: -1) } == .badParameter)
  }

  private func fails(alpha: Double?, gamma: Double) throws(InformationError) {
    _ = try sigmoidFocalLoss(
      logits: [1.0].span, targets: [1.0].span, alpha: alpha, gamma: gamma)
  }
}
