import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Layouts, places to write to, and what else is written beside the loss.
@Suite("Layouts and outputs")
struct OutputTests {
  private let classCount = 5
  /// Two images of 2 × 3 pixels.
  private let batch = 2
  private let inner = 6

  private func draws(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(state: seed)
    return (0..<count).map { _ in 8 * random.unit() - 4 }
  }

  /// From rows × classes to (N, C, d₁, d₂).
  private func strided(_ rows: [Double]) -> [Double] {
    var result = rows
    for n in 0..<batch {
      for c in 0..<classCount {
        for d in 0..<inner {
          result[(n * classCount + c) * inner + d] = rows[(n * inner + d) * classCount + c]
        }
      }
    }
    return result
  }

  private var labels: [Int] { (0..<(batch * inner)).map { $0 % 7 == 6 ? -1 : $0 % 5 } }

  /// The example of the design, as a stranger would write it.
  @Test func example() throws {
    let z = draws(20 * 10, seed: 1)
    let y = (0..<20).map { $0 % 10 }
    var dz = z
    let loss = try softmaxCrossEntropy(
      logits: z.span, classIndices: y.span, classCount: 10, labelSmoothing: 0.1,
      gradient: dz.mutableSpan)
    #expect(loss.mean == loss.value && loss.mean > 0)
    #expect(dz != z)
  }

  @Test func stridedClassAxis() throws {
    let rows = draws(batch * inner * classCount, seed: 2)
    let planes = strided(rows)
    let weights = draws(batch * inner, seed: 3).map { $0 + 4 }
    func run(_ x: [Double], _ stride: Int) throws -> (LossResult, [[Double]]) {
      var (gradient, hessian) = (x, x)
      var (losses, sums) = (weights, weights)
      let result = try softmaxCrossEntropy(
        logits: x.span, classIndices: labels.span, classCount: classCount, classStride: stride,
        sampleWeights: weights.span, ignoreIndex: -1, labelSmoothing: 0.2,
        reduction: .weightedMean, gradient: gradient.mutableSpan,
        hessianDiagonal: hessian.mutableSpan, rowLosses: losses.mutableSpan,
        rowLogSumExps: sums.mutableSpan)
      return (result, [gradient, hessian, losses, sums])
    }
    let (a, outputs) = try run(rows, 1)
    let (b, planar) = try run(planes, inner)
    #expect(a == b && outputs[2] == planar[2] && outputs[3] == planar[3])
    #expect(strided(outputs[0]) == planar[0] && strided(outputs[1]) == planar[1])
    var (p, q, logs) = (rows, planes, planes)
    try softmax(of: rows.span, classCount: classCount, into: p.mutableSpan)
    try softmax(of: planes.span, classCount: classCount, classStride: inner, into: q.mutableSpan)
    try logSoftmax(
      of: planes.span, classCount: classCount, classStride: inner, into: logs.mutableSpan)
    #expect(strided(p) == q)
    let soft = try softmaxCrossEntropy(
      logits: rows.span, classProbabilities: p.span, classCount: classCount)
    let planarSoft = try softmaxCrossEntropy(
      logits: planes.span, classProbabilities: q.span, classCount: classCount,
      classStride: inner)
    #expect(soft == planarSoft)
    let kl = try klLoss(
      logPredictions: logs.span, targets: q.span, classCount: classCount, classStride: inner)
    #expect(kl.rowCount == batch * inner && kl.value.magnitude < 1e-15)
    let focal = try softmaxFocalLoss(
      logits: rows.span, classIndices: labels.span, classCount: classCount, ignoreIndex: -1)
    let planarFocal = try softmaxFocalLoss(
      logits: planes.span, classIndices: labels.span, classCount: classCount,
      classStride: inner, ignoreIndex: -1)
    #expect(focal == planarFocal)
    let nll = try nllLoss(
      logProbabilities: logs.span, classIndices: labels.span, classCount: classCount,
      classStride: inner, ignoreIndex: -1)
    let plain = try softmaxCrossEntropy(
      logits: rows.span, classIndices: labels.span, classCount: classCount, ignoreIndex: -1)
    #expect((nll.value - plain.value).magnitude <= 2 * plain.value.ulp)
  }

  /// In place the same bits come out, and the logits are gone.
  @Test func inPlace() throws {
    let x = draws(30, seed: 4)
    let y = [0, 4, -1, 2, 1, 3]
    var random = SplitMix64(state: 5)
    let t = x.map { _ in random.unit() }
    var (gradient, place) = (x, x)
    var (losses, inPlaceLosses) = ([Double](repeating: 0, count: 6), [Double](y.map(Double.init)))
    let a = try softmaxCrossEntropy(
      logits: x.span, classIndices: y.span, classCount: 5, ignoreIndex: -1, zLossScale: 0.1,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    let b = try softmaxCrossEntropy(
      overwritingLogits: place.mutableSpan, classIndices: y.span, classCount: 5,
      ignoreIndex: -1, zLossScale: 0.1, rowLosses: inPlaceLosses.mutableSpan)
    #expect(a == b && gradient == place && losses == inPlaceLosses)
    place = x
    let soft = try softmaxCrossEntropy(
      logits: x.span, classProbabilities: t.span, classCount: 5, validation: .nonNegative,
      gradient: gradient.mutableSpan)
    let softInPlace = try softmaxCrossEntropy(
      overwritingLogits: place.mutableSpan, classProbabilities: t.span, classCount: 5,
      validation: .nonNegative)
    #expect(soft == softInPlace && gradient == place)
    place = x
    let binary = try binaryCrossEntropy(
      logits: x.span, targets: t.span, gradient: gradient.mutableSpan)
    let binaryInPlace = try binaryCrossEntropy(
      overwritingLogits: place.mutableSpan, targets: t.span)
    #expect(binary == binaryInPlace && gradient == place)
    place = x
    let focal = try sigmoidFocalLoss(
      logits: x.span, targets: t.span, gradient: gradient.mutableSpan)
    let focalInPlace = try sigmoidFocalLoss(
      overwritingLogits: place.mutableSpan, targets: t.span)
    #expect(focal == focalInPlace && gradient == place)
    for gamma in [0, 2.5] {
      place = x
      let ofClasses = try softmaxFocalLoss(
        logits: x.span, classIndices: y.span, classCount: 5, gamma: gamma, ignoreIndex: -1,
        gradient: gradient.mutableSpan)
      let classesInPlace = try softmaxFocalLoss(
        overwritingLogits: place.mutableSpan, classIndices: y.span, classCount: 5,
        gamma: gamma, ignoreIndex: -1)
      #expect(ofClasses == classesInPlace && gradient == place)
    }
  }

  /// p(1 − p) keeps its digits where p is next to 1.
  @Test func inPlaceOfPolynomialsAndDivergences() throws {
    let x = draws(30, seed: 6).map { -$0.magnitude }
    let y = [0, 4, -1, 2, 1, 3]
    var random = SplitMix64(state: 7)
    let (t, u) = (x.map { _ in random.unit() }, y.map { _ in random.unit() })
    var (gradient, place) = (x, x)
    var (losses, inPlaceLosses) = ([Double](repeating: 0, count: 6), [Double](y.map(Double.init)))

    func expectSame(
      _ name: String, _ loss: (inout [Double], inout [Double]) throws -> LossResult,
      inPlace: (inout [Double], inout [Double]) throws -> LossResult
    ) throws {
      place = x
      let a = try loss(&gradient, &losses)
      let b = try inPlace(&place, &inPlaceLosses)
      #expect(a == b && gradient == place && losses == inPlaceLosses, "\(name)")
      #expect(gradient != x, "\(name)")
    }

    try expectSame("poly-1 of labels") { gradient, losses in
      try poly1CrossEntropy(
        logits: x.span, classIndices: y.span, classCount: 5, epsilon: 2, sampleWeights: u.span,
        ignoreIndex: -1, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    } inPlace: { place, losses in
      try poly1CrossEntropy(
        overwritingLogits: place.mutableSpan, classIndices: y.span, classCount: 5, epsilon: 2,
        sampleWeights: u.span, ignoreIndex: -1, rowLosses: losses.mutableSpan)
    }
    try expectSame("poly-1 of probabilities") { gradient, losses in
      try poly1CrossEntropy(
        logits: x.span, classProbabilities: t.span, classCount: 5, epsilon: 2,
        sampleWeights: u.span, validation: .nonNegative, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    } inPlace: { place, losses in
      try poly1CrossEntropy(
        overwritingLogits: place.mutableSpan, classProbabilities: t.span, classCount: 5,
        epsilon: 2, sampleWeights: u.span, validation: .nonNegative,
        rowLosses: losses.mutableSpan)
    }
    try expectSame("divergence from logits") { gradient, losses in
      try klLoss(
        logits: x.span, targets: t.span, classCount: 5, sampleWeights: u.span,
        validation: .nonNegative, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    } inPlace: { place, losses in
      try klLoss(
        overwritingLogits: place.mutableSpan, targets: t.span, classCount: 5,
        sampleWeights: u.span, validation: .nonNegative, rowLosses: losses.mutableSpan)
    }
    try expectSame("divergence from log-predictions") { gradient, losses in
      try klLoss(
        logPredictions: x.span, targets: t.span, classCount: 5, sampleWeights: u.span,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    } inPlace: { place, losses in
      try klLoss(
        overwritingLogPredictions: place.mutableSpan, targets: t.span, classCount: 5,
        sampleWeights: u.span, rowLosses: losses.mutableSpan)
    }
    try expectSame("divergence of log-targets") { gradient, losses in
      try klLoss(
        logPredictions: x.span, logTargets: t.span, classCount: 5, sampleWeights: u.span,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    } inPlace: { place, losses in
      try klLoss(
        overwritingLogPredictions: place.mutableSpan, logTargets: t.span, classCount: 5,
        sampleWeights: u.span, rowLosses: losses.mutableSpan)
    }
  }

  @Test func secondDerivativesOfConfidentRows() throws {
    var hessian = [0.0, 0]
    _ = try softmaxCrossEntropy(
      logits: [40.0, 0].span, classIndices: [0].span, classCount: 2,
      hessianDiagonal: hessian.mutableSpan)
    // e⁻⁴⁰/(1 + e⁻⁴⁰)².
    let expected = 4.248354255291588977279e-18
    #expect(hessian.allSatisfy { ($0 - expected).magnitude <= expected.ulp })
    var bend = [0.0]
    _ = try binaryCrossEntropy(
      logits: [-40.0].span, targets: [1.0].span, hessianDiagonal: bend.mutableSpan)
    #expect(bend[0] == hessian[0])
  }

  @Test func derivativesByTargets() throws {
    let low = -Double.infinity
    var gradient = [0.0, 0, 0]
    _ = try softmaxCrossEntropy(
      logits: [1.0, low, 1].span, classProbabilities: [0.5, 0, 0.5].span, classCount: 3,
      targetGradient: gradient.mutableSpan)
    #expect(gradient == [0.693147180559945309, .infinity, 0.693147180559945309])
    var slopes = [0.0, 0]
    _ = try klLoss(
      logPredictions: [-1.0, low].span, targets: [0.0, 0].span, classCount: 1,
      reduction: .sum, targetGradient: slopes.mutableSpan)
    #expect(slopes == [low, .infinity])
    _ = try binaryCrossEntropy(
      probabilities: [0.0, 1].span, targets: [0.0, 1].span, reduction: .sum,
      targetGradient: slopes.mutableSpan)
    #expect(slopes == [.infinity, low])
  }

  @Test func logSumExpOfInfinities() throws {
    let (low, high) = (-Double.infinity, Double.infinity)
    var sums = [0.0, 0, 0]
    try logSumExp(of: [low, low, high, high, low, 3].span, classCount: 2, into: sums.mutableSpan)
    #expect(sums == [low, high, 3])
    #expect(try logSumExp(of: [low].span) == low)
    #expect(try logSumExp(of: [high, low].span) == high)
    #expect(try logSumExp(of: [Float(1e30), 1e30].span) == 1e30)
    #expect(errorCode { _ = try logSumExp(of: [Double]().span) } == .empty)
    #expect(errorCode { _ = try logSumExp(of: [Double.nan].span) } == .notFinite)
    #expect(errorCode { _ = try sigmoid(Double.nan) } == .notFinite)
    #expect(errorCode { _ = try softplus(Float.nan) } == .notFinite)
    #expect(try sigmoid(low) == 0 && sigmoid(high) == 1 && sigmoid(0.0) == 0.5)
    #expect(try softplus(low) == 0 && softplus(high) == high)
  }

  /// A gradient is the row's derivative over the denominator.
  @Test func gradientsAreReducedAsTheLossIs() throws {
    let x = draws(15, seed: 6)
    let y = [1, -1, 4]
    let u = [2.0, 1, 0.25]
    func gradient(_ reduction: LossReduction) throws -> [Double] {
      var gradient = x
      _ = try softmaxCrossEntropy(
        logits: x.span, classIndices: y.span, classCount: 5, sampleWeights: u.span,
        ignoreIndex: -1, reduction: reduction, gradient: gradient.mutableSpan)
      return gradient
    }
    let whole = try gradient(.sum)
    let divisors: [(LossReduction, Double)] = [
      (.mean, 2), (.weightedMean, 2.25), (.batchMean, 3), (.divided(by: 7), 7),
    ]
    for (reduction, divisor) in divisors {
      for (part, sum) in zip(try gradient(reduction), whole) {
        #expect((part - sum / divisor).magnitude <= part.ulp, "\(divisor)")
      }
    }
  }
}
