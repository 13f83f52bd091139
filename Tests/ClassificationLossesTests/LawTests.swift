import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// What holds between losses, over seeded draws.
@Suite("Laws of losses")
struct LawTests {
  private func draws(_ count: Int, seed: UInt64, scale: Double) -> [Double] {
    var random = SplitMix64(state: seed)
    return (0..<count).map { _ in scale * (2 * random.unit() - 1) }
  }

  /// The two-class case: logits 0 and x, targets 1 − t and t, the same bits.
  @Test(arguments: [0.5, 10, 300, 800])
  func binaryIsSoftmaxOfTwoClasses(_ scale: Double) throws {
    let count = 2000
    let x = draws(count, seed: 11, scale: scale)
    // Targets whose complements are exact, and labels among them.
    var random = SplitMix64(state: 12)
    let t = (0..<count).map { i in
      i % 2 == 0 ? Double(random.integer(0...1)) : Double(random.integer(0...1024)) / 1024
    }
    let pairs: [Double] = x.flatMap { [0, $0] }
    let targets: [Double] = t.flatMap { [1 - $0, $0] }
    var (binary, slopes, bends) = (x, x, x)
    var (softmax, gradient, hessian) = (x, pairs, pairs)
    let a = try binaryCrossEntropy(
      logits: x.span, targets: t.span, gradient: slopes.mutableSpan,
      hessianDiagonal: bends.mutableSpan, rowLosses: binary.mutableSpan)
    let b = try softmaxCrossEntropy(
      logits: pairs.span, classProbabilities: targets.span, classCount: 2,
      gradient: gradient.mutableSpan, hessianDiagonal: hessian.mutableSpan,
      rowLosses: softmax.mutableSpan)
    #expect(binary == softmax && a.value == b.value)
    #expect(slopes == (0..<count).map { gradient[2 * $0 + 1] })
    #expect(bends == (0..<count).map { hessian[2 * $0 + 1] })
    for i in stride(from: 0, to: count, by: 2) {
      let index = try softmaxCrossEntropy(
        logits: [0, x[i]].span, classIndices: [Int(t[i])].span, classCount: 2)
      #expect(index.value == binary[i])
    }
  }

  @Test(arguments: [1.0, 30, 700])
  func focalWithoutFocusIsCrossEntropy(_ scale: Double) throws {
    let x = draws(3000, seed: 21, scale: scale)
    var random = SplitMix64(state: 22)
    let y = (0..<1000).map { _ in random.integer(0...2) }
    let t = x.map { _ in random.unit() < 0.5 ? Double(random.integer(0...1)) : random.unit() }
    var (a, b) = (x, x)
    let focal = try softmaxFocalLoss(
      logits: x.span, classIndices: y.span, classCount: 3, alpha: [1, 1, 1], gamma: 0,
      gradient: a.mutableSpan)
    let plain = try softmaxCrossEntropy(
      logits: x.span, classIndices: y.span, classCount: 3, gradient: b.mutableSpan)
    #expect(focal == plain && a == b)
    for convention in [FocalTargetConvention.mixture, .termwise] {
      var (lossesA, lossesB) = (x, x)
      _ = try sigmoidFocalLoss(
        logits: x.span, targets: t.span, alpha: nil, gamma: 0, softTargets: convention,
        gradient: a.mutableSpan, rowLosses: lossesA.mutableSpan)
      _ = try binaryCrossEntropy(
        logits: x.span, targets: t.span, gradient: b.mutableSpan,
        rowLosses: lossesB.mutableSpan)
      #expect(lossesA == lossesB && a == b)
    }
    // α = 1 is for positives what no α is.
    let ones = x.map { _ in 1.0 }
    let weighted = try sigmoidFocalLoss(
      logits: x.span, targets: ones.span, alpha: 1, gamma: 0)
    let unweighted = try binaryCrossEntropy(logits: x.span, targets: ones.span)
    #expect(weighted == unweighted)
  }

  /// As γ goes to 0 the focal loss goes to cross-entropy: another path, the same limit.
  @Test func focalNextToNoFocus() throws {
    let x = draws(300, seed: 23, scale: 5)
    let y = (0..<100).map { $0 % 3 }
    let limit = try softmaxCrossEntropy(logits: x.span, classIndices: y.span, classCount: 3)
    let near = try softmaxFocalLoss(
      logits: x.span, classIndices: y.span, classCount: 3, gamma: 1e-300)
    #expect((near.value - limit.value).magnitude <= limit.value.ulp)
  }

  /// A common shift of the logits changes nothing, so derivatives of a row sum to 0.
  @Test(arguments: [1.0, 20, 200])
  func derivativesOfARowSumToZero(_ scale: Double) throws {
    let x = draws(5000, seed: 31, scale: scale)
    let y = (0..<1000).map { $0 % 5 }
    var gradient = x
    for (smoothing, epsilon) in [(0.0, 0.0), (0.3, 0), (0, 2)] {
      if epsilon == 0 {
        _ = try softmaxCrossEntropy(
          logits: x.span, classIndices: y.span, classCount: 5, labelSmoothing: smoothing,
          reduction: .sum, gradient: gradient.mutableSpan)
      } else {
        _ = try poly1CrossEntropy(
          logits: x.span, classIndices: y.span, classCount: 5, epsilon: epsilon,
          reduction: .sum, gradient: gradient.mutableSpan)
      }
      for row in 0..<1000 {
        let slopes = gradient[(5 * row)..<(5 * row + 5)]
        let largest = slopes.map(\.magnitude).max() ?? 0
        #expect(ExactSum(slopes).value.magnitude <= 4 * largest.ulp)
      }
    }
  }

  /// The loss is convex in the logits: never above the chord.
  @Test func convexity() throws {
    let (a, b) = (draws(4000, seed: 41, scale: 20), draws(4000, seed: 42, scale: 20))
    let middle = zip(a, b).map { ($0 + $1) / 2 }
    let y = (0..<1000).map { $0 % 4 }
    func rows(_ x: [Double]) throws -> [Double] {
      var losses = y.map { _ in 0.0 }
      _ = try softmaxCrossEntropy(
        logits: x.span, classIndices: y.span, classCount: 4, labelSmoothing: 0.1,
        rowLosses: losses.mutableSpan)
      return losses
    }
    let (atA, atB, atMiddle) = (try rows(a), try rows(b), try rows(middle))
    for i in 0..<1000 {
      #expect(atMiddle[i] <= (atA[i] + atB[i]) / 2 * (1 + 0x1p-51))
      #expect(atMiddle[i] > 0)
    }
  }

  /// Maximum likelihood: the mean loss is −(1/m)·log of the labels' joint likelihood.
  @Test func meanLossIsTheLogarithmOfTheLikelihood() throws {
    let x = draws(60, seed: 51, scale: 3)
    let y = (0..<20).map { $0 % 3 }
    var p = x
    try softmax(of: x.span, classCount: 3, into: p.mutableSpan)
    let likelihood = (0..<20).reduce(1.0) { $0 * p[3 * $1 + y[$1]] }
    let loss = try softmaxCrossEntropy(logits: x.span, classIndices: y.span, classCount: 3)
    // The likelihood is positive and far from 1: its logarithm, as a self-information.
    let bernoulli = try Categorical([likelihood, 1 - likelihood])
    let surprisal = bernoulli.selfInformation(ofOutcome: 0).nats
    #expect((loss.mean - surprisal / 20).magnitude <= 1e-14 * loss.mean)

    // Bernoulli: Π p^t (1 − p)^(1 − t).
    let t = (0..<60).map { Double($0 % 2) }
    let product = try (0..<60).reduce(1.0) {
      let q = try sigmoid(x[$1])
      return $0 * (t[$1] == 1 ? q : 1 - q)
    }
    let mean = try binaryCrossEntropy(logits: x.span, targets: t.span).mean
    let joint = try Categorical([product, 1 - product])
    #expect((mean - joint.selfInformation(ofOutcome: 0).nats / 60).magnitude <= 1e-14 * mean)
  }

  /// Labels of one input: the mean cross-entropy is H(p) + D(p‖q), of their frequencies p.
  @Test func crossEntropyIsEntropyPlusDivergence() throws {
    let row = draws(4, seed: 61, scale: 2)
    let y = [0, 0, 0, 1, 1, 2, 3, 3, 3, 3]
    let x = y.flatMap { _ in row }
    let loss = try softmaxCrossEntropy(logits: x.span, classIndices: y.span, classCount: 4)
    var q = row
    try softmax(of: row.span, classCount: 4, into: q.mutableSpan)
    let frequencies = try Categorical(counts: [3, 2, 1, 4])
    let predicted = try Categorical(normalizing: q)
    let sum = frequencies.entropy().nats + (try frequencies.klDivergence(from: predicted).nats)
    #expect((loss.value - sum).magnitude <= 4e-15 * sum)
    // The divergence alone, from the logits.
    let p = [0.3, 0.2, 0.1, 0.4]
    let kl = try klLoss(logits: row.span, targets: p.span, classCount: 4).value
    let divergence = try Categorical(p).klDivergence(from: predicted).nats
    #expect((kl - divergence).magnitude <= 4e-15)
  }

  /// log Σ eˣ of log-probabilities is 0, and softmax undoes the logarithm.
  @Test func softmaxAndItsLogarithm() throws {
    let x = draws(3000, seed: 71, scale: 30)
    var (p, logs, again, sums) = (x, x, x, [Double](repeating: 0, count: 1000))
    try softmax(of: x.span, classCount: 3, into: p.mutableSpan)
    try logSoftmax(of: x.span, classCount: 3, into: logs.mutableSpan)
    try softmax(of: logs.span, classCount: 3, into: again.mutableSpan)
    try logSumExp(of: logs.span, classCount: 3, into: sums.mutableSpan)
    #expect(sums.allSatisfy { $0.magnitude <= 0x1p-52 })
    for i in x.indices {
      #expect((p[i] - again[i]).magnitude <= 0x1p-46 * p[i])
      #expect(logs[i] <= 0 && (logs[i] < 0 || logs[i].sign == .plus))
    }
    for row in 0..<1000 {
      #expect((ExactSum(p[(3 * row)..<(3 * row + 3)]).value - 1).magnitude <= 0x1p-52)
    }
  }
}
