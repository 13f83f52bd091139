import ClassificationLosses
import InformationTheory
import ReferenceOracle
import TestSupport
import Testing

/// Floors and conventions, which the tables of reference values do not have.
@Suite struct ProbabilityLossTests {
  /// Whether a number of the library is the certified one, or a neighbour of it.
  private func agrees(_ fast: Double, _ truth: Certified) -> Bool {
    fast == truth.value || (fast - truth.value).magnitude <= truth.value.ulp
  }

  @Test(arguments: [LogFloor.none, .logarithm(-100), .logarithm(-2), .epsilon(1e-7), .epsilon(0.3)])
  func floorsOfBinaryCrossEntropy(floor: LogFloor) throws {
    var random = SplitMix64(state: 81)
    for _ in 0..<40 {
      let p = [0, 1, 0x1p-1070, 0.1, 1 - 0x1p-53, random.unit(), random.magnitude(-300 ... -1)]
      let t = p.map { _ in Double(random.integer(0...4)) / 4 }
      var (gradient, losses) = (p, p)
      _ = try binaryCrossEntropy(
        probabilities: p.span, targets: t.span, logFloor: floor, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      let truth = try Certified.binaryCrossEntropy(
        probabilities: p, targets: t, logFloor: floor, reduction: .sum)
      for i in p.indices {
        #expect(agrees(losses[i], truth.rowLosses[i]), "\(p[i]) \(t[i]) \(losses[i])")
        #expect(agrees(gradient[i], truth.gradient[i]), "\(p[i]) \(t[i]) \(gradient[i])")
      }
    }
  }

  @Test func whatLiesOutsideTheRangeHasNoDerivative() throws {
    let loss = try Certified.categoricalCrossEntropy(
      probabilities: [0, 0.05, 0.95, 0.5, 0.25, 0.25], classIndices: [0, 1], classCount: 3,
      leastProbability: 0.125, reduction: .sum)
    // −log ⅛ and −log ¼.
    #expect(loss.rowLosses[0].decimal == "2.079441541679835928251696")
    #expect(loss.rowLosses[1].decimal == "1.386294361119890618834464")
    #expect(loss.gradient.map(\.value) == [0, 0, 0, 0, -4, 0])
    #expect(loss.gradient.allSatisfy { $0.isExact })
  }

  /// 1/3 is below the double nearest to it or above, and the quotient is compared exactly.
  @Test func quotientsAreBroughtIntoTheRangeExactly() throws {
    let third = 1.0 / 3
    let inside = try Certified.categoricalCrossEntropy(
      probabilities: [1, 2], classIndices: [0], classCount: 2, normalizing: true,
      leastProbability: third)
    #expect(inside.gradient[0].value < 0)
    let outside = try Certified.categoricalCrossEntropy(
      probabilities: [1, 2], classIndices: [0], classCount: 2, normalizing: true,
      leastProbability: third.nextUp)
    #expect(outside.gradient[0].value == 0)
  }

  @Test(arguments: [SoftTargetConvention.derivative, .unitTotal, .unitTotalGradient])
  func conventionsOfSoftTargets(convention: SoftTargetConvention) throws {
    var random = SplitMix64(state: 82)
    for _ in 0..<60 {
      let count = random.integer(2...5)
      let logits = (0..<count).map { _ in (random.unit() - 0.5) * 20 }
      let targets = (0..<count).map { _ in Double(random.integer(0...3)) }
      let smoothing = random.integer(0...1) == 0 ? 0 : 0.125
      let weights = classWeights(count, using: &random)
      var (gradient, losses) = (logits, [0.0])
      _ = try softmaxCrossEntropy(
        logits: logits.span, classProbabilities: targets.span, classCount: count,
        classWeights: weights, labelSmoothing: smoothing, validation: .nonNegative,
        convention: convention, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      let truth = try Certified.softmaxCrossEntropy(
        logits: logits, classProbabilities: targets, classCount: count,
        classWeights: weights, labelSmoothing: smoothing, validation: .nonNegative,
        convention: convention)
      let room = 0x1p-50 * (1 + (weights?.max() ?? 0) + truth.value.value.magnitude)
      #expect((losses[0] - truth.rowLosses[0].value).magnitude <= room)
      for j in logits.indices {
        #expect((gradient[j] - truth.gradient[j].value).magnitude <= room)
      }
    }
  }

  /// None, or weights that are far from 1, all alike or not.
  private func classWeights(_ count: Int, using random: inout SplitMix64) -> [Double]? {
    switch random.integer(0...3) {
    case 0: nil
    case 1: Array(repeating: 0x1p-1060, count: count)
    case 2: (0..<count).map { _ in 3 * random.unit() }
    default: (0..<count).map { _ in random.unit() * 0x1p20 }
    }
  }

  @Test func bothSidesOfAKLLossAreBroughtIntoARange() throws {
    let loss = try Certified.klLoss(
      probabilities: [0, 0.5, 2], targets: [0.5, 0, 1], classCount: 3, leastProbability: 0.125)
    // ½·log 4 + ⅛·log ¼ + 1·log 1.
    #expect(loss.value.decimal == "0.5198603854199589820629241")
    #expect(loss.gradient.map(\.value) == [0, -0.25, 0])
  }
}
