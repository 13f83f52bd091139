import ClassificationLosses
import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("Loss result")
struct LossResultTests {
  private let classCount = 4

  /// Logits over many orders of magnitude, labels with ignored ones, and weights.
  private func batch(_ rows: Int) -> (logits: [Double], labels: [Int], weights: [Double]) {
    var random = SplitMix64(state: 77)
    let logits = (0..<rows * classCount).map { _ in (random.unit() - 0.5) * 60 }
    let labels = (0..<rows).map { _ in random.integer(-1...3) }
    return (logits, labels, (0..<rows).map { _ in random.unit() })
  }

  private func loss(
    _ logits: [Double], _ labels: [Int], _ weights: [Double], _ reduction: LossReduction
  ) throws -> LossResult {
    try softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: classCount,
      sampleWeights: weights.span, ignoreIndex: -1, reduction: reduction, empty: .zero)
  }

  @Test(arguments: [LossReduction.sum, .mean, .weightedMean, .batchMean, .divided(by: 7)])
  func mergesToTheSameBits(_ reduction: LossReduction) throws {
    let (x, y, w) = batch(300)
    let whole = try loss(x, y, w, reduction)
    for size in [1, 7, 100, 299] {
      var merged = LossResult(reduction: reduction, empty: .zero)
      for start in stride(from: 0, to: 300, by: size) {
        let end = min(start + size, 300)
        let part = try loss(
          Array(x[(start * classCount)..<(end * classCount)]), Array(y[start..<end]),
          Array(w[start..<end]), reduction)
        merged.merge(part)
      }
      #expect(merged == whole && merged.value == whole.value, "parts of \(size)")
      #expect(merged.denominator == whole.denominator && merged.mean == whole.mean)
    }
  }

  @Test func orderOfRowsDoesNotMatter() throws {
    let (x, y, w) = batch(200)
    var random = SplitMix64(state: 3)
    let order = (0..<200).shuffled(using: &random)
    let moved = order.flatMap { x[($0 * classCount)..<(($0 + 1) * classCount)] }
    let a = try loss(x, y, w, .weightedMean)
    let b = try loss(moved, order.map { y[$0] }, order.map { w[$0] }, .weightedMean)
    #expect(a == b && a.value == b.value)
  }

  @Test func travelsAsJSON() throws {
    let (x, y, w) = batch(50)
    let result = try loss(x, y, w, .weightedMean)
    let data = try JSONEncoder().encode(result)
    let back = try JSONDecoder().decode(LossResult.self, from: data)
    #expect(back == result && back.value == result.value && back.empty == .zero)
  }

  @Test func countsAndQuotients() throws {
    let x = [0.0, 0, 0, 0, 0, 0]
    let result = try softmaxCrossEntropy(
      logits: x.span, classIndices: [0, 5, 1].span, classCount: 2,
      sampleWeights: [1, 9, 3].span, ignoreIndex: 5, reduction: .weightedMean)
    let ln2 = 0.693147180559945309
    #expect(result.rowCount == 3 && result.validCount == 2 && result.infiniteCount == 0)
    #expect(result.sum == 4 * ln2 && result.appliedWeight == 4 && result.denominator == 4)
    #expect(result.value == ln2 && result.weightedMean == ln2 && result.mean == 2 * ln2)
  }

  @Test func infiniteRowsAreCounted() throws {
    let x: [Double] = [0, -.infinity, 0, 0]
    let result = try softmaxCrossEntropy(
      logits: x.span, classIndices: [1, 0].span, classCount: 2)
    #expect(result.value == .infinity && result.sum == .infinity && result.infiniteCount == 1)
    var total = LossResult()
    #expect(total.value == 0 && total.sum == 0)
    total.merge(result)
    #expect(total.value == .infinity && total.validCount == 2)
  }

  /// Losses beyond the range of a double on either side, and the largest weights.
  @Test func extremesNeitherTrapNorBecomeNaN() throws {
    let largest = Double.greatestFiniteMagnitude
    let weight = 0x1p300
    let low = try klLoss(logPredictions: [largest].span, targets: [4.0].span, classCount: 1)
    #expect(low.value == -.infinity && low.infiniteCount == 0)
    let high = try klLoss(logPredictions: [-largest].span, targets: [4.0].span, classCount: 1)
    #expect(high.value == .infinity && high.infiniteCount == 1)
    var both = low
    both.merge(high)
    #expect(both.value == .infinity)
    var gradient = [0.0, 0]
    let heavy = try softmaxCrossEntropy(
      logits: [1.0, 1].span, classIndices: [0].span, classCount: 2,
      classWeights: [weight, weight], sampleWeights: [weight].span, reduction: .weightedMean,
      gradient: gradient.mutableSpan)
    #expect(heavy.value == 0.693147180559945309 && gradient == [-0.5, 0.5])
    #expect(
      errorCode {
        _ = try nllLoss(
          logProbabilities: [-1.0].span, classIndices: [0].span, classCount: 1,
          classWeights: [largest])
      } == .badParameter)
    // Differences of logits beyond the largest double.
    let apart = try softmaxCrossEntropy(
      logits: [largest, -largest].span, classIndices: [1].span, classCount: 2,
      gradient: gradient.mutableSpan)
    #expect(apart.value == .infinity && gradient == [1, -1])
    let least = Double.leastNonzeroMagnitude
    let tiny = try softmaxCrossEntropy(
      logits: [least, 0].span, classIndices: [0].span, classCount: 2,
      sampleWeights: [least].span, reduction: .weightedMean, gradient: gradient.mutableSpan)
    #expect(tiny.value.isFinite && gradient == [-0.5, 0.5])
  }

  /// A loss below every double stays so, whatever it is merged with.
  @Test func unboundedRowsMerge() throws {
    let low = try klLoss(
      logPredictions: [Double.greatestFiniteMagnitude].span, targets: [4.0].span, classCount: 1)
    var merged = try klLoss(logPredictions: [-1.0].span, targets: [1.0].span, classCount: 1)
    #expect(merged.value == 1)
    for _ in 0..<2 {
      merged.merge(low)
      #expect(merged.value == -.infinity && merged.sum == -.infinity && merged.infiniteCount == 0)
    }
  }

  /// A weight brings back what is below the range of a double, with all its digits.
  @Test func weightsLiftTails() throws {
    var (gradient, rows) = ([0.0, 0], [0.0])
    let result = try softmaxCrossEntropy(
      logits: [740.0, 0].span, classIndices: [0].span, classCount: 2, classWeights: [1e30, 1],
      reduction: .sum, gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan)
    let expected = 4.188739880048049022749e-292
    #expect((result.value - expected).magnitude <= expected.ulp && rows[0] == result.value)
    #expect(gradient == [-rows[0], rows[0]])
  }

  @Test func otherReductionsTrap() async {
    await #expect(processExitsWith: .failure) {
      var a = LossResult(reduction: .mean)
      a.merge(LossResult(reduction: .sum))
    }
    await #expect(processExitsWith: .failure) { _ = LossReduction.divided(by: 0) }
    await #expect(processExitsWith: .failure) { _ = LossReduction.divided(by: .infinity) }
  }
}
