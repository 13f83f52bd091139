import ClassificationLosses
import InformationTheory
import Testing

@Suite("Categorical cross-entropy")
struct CategoricalCrossEntropyTests {
  private func evaluate<Scalar: InformationScalar>(
    _ row: LossRow, _ gradient: inout [Scalar]
  ) throws -> Scalar {
    let p = row.logits.map { Scalar($0) }
    let normalizing = row.form == "normalized"
    var losses: [Scalar] = [.nan]
    if let targets = row.targets {
      let q = targets.map { Scalar($0) }
      _ = try categoricalCrossEntropy(
        probabilities: p.span, classProbabilities: q.span, classCount: p.count,
        normalizing: normalizing, labelSmoothing: row.smoothing?.value ?? 0,
        validation: .nonNegative, reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    } else {
      let labels = [try #require(row.label)]
      _ = try categoricalCrossEntropy(
        probabilities: p.span, classIndices: labels.span, classCount: p.count,
        normalizing: normalizing, reduction: .sum, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
    }
    return losses[0]
  }

  @Test func everyOracleValue() throws {
    try checkLossTable(
      "categorical-cross-entropy", rows: 220, double: { try evaluate($0, &$1) },
      float: { try evaluate($0, &$1) })
  }

  /// Of labels it is the likelihood loss of the logarithms.
  @Test func isTheLikelihoodLoss() throws {
    let p = [0.5, 0.25, 0.25, 0.125, 0.5, 0.375]
    var (logarithms, likelihoods, losses) = (p, [0.0, 0], [0.0, 0])
    try logSoftmax(of: p.span, classCount: 3, into: logarithms.mutableSpan)
    var normalized = p
    try softmax(of: logarithms.span, classCount: 3, into: normalized.mutableSpan)
    let labels = [2, 0]
    _ = try nllLoss(
      logProbabilities: logarithms.span, classIndices: labels.span, classCount: 3,
      rowLosses: likelihoods.mutableSpan)
    _ = try categoricalCrossEntropy(
      probabilities: normalized.span, classIndices: labels.span, classCount: 3,
      rowLosses: losses.mutableSpan)
    #expect(zip(losses, likelihoods).allSatisfy { ($0 - $1).magnitude <= 4 * $1.ulp })
  }

  @Test func ignoredRowsAndStrides() throws {
    // Two rows of three classes, the class axis outermost.
    let p = [0.5, .nan, 0.25, .nan, 0.25, .nan]
    let (labels, weights) = ([1, -1], [2.0, 5])
    var (gradient, losses) = (p, [9.0, 9])
    let result = try categoricalCrossEntropy(
      probabilities: p.span, classIndices: labels.span, classCount: 3, classStride: 2,
      sampleWeights: weights.span, ignoreIndex: -1, gradient: gradient.mutableSpan,
      rowLosses: losses.mutableSpan)
    #expect(result.validCount == 1 && result.rowCount == 2)
    #expect((losses[0] - 4 * 0.69314718055994531).magnitude <= 4e-15 && losses[1] == 0)
    #expect(gradient == [0, 0, -8, 0, 0, 0])
  }

  @Test func badRows() throws {
    func fails(
      _ p: [Double], normalizing: Bool = false, least: Double = 0, targets: [Double] = [1, 0],
      validation: TargetValidation = .probabilities
    ) throws {
      _ = try categoricalCrossEntropy(
        probabilities: p.span, classProbabilities: targets.span, classCount: 2,
        normalizing: normalizing, leastProbability: least, validation: validation)
    }
    #expect(errorCode { try fails([1.5, 0]) } == .badParameter)
    #expect(errorCode { try fails([-0.5, 0.5]) } == .badParameter)
    #expect(errorCode { try fails([.nan, 0.5]) } == .notFinite)
    #expect(errorCode { try fails([1.5, 0], normalizing: true) } == nil)
    #expect(errorCode { try fails([-0.5, 0.5], normalizing: true) } == .negativeMass)
    #expect(errorCode { try fails([.infinity, 1], normalizing: true) } == .notFinite)
    #expect(errorCode { try fails([0, 0], normalizing: true) } == .zeroTotal)
    #expect(errorCode { try fails([0.5, 0.5], least: 0.5) } == .badParameter)
    #expect(errorCode { try fails([0.5, 0.5], least: -0.1) } == .badParameter)
    #expect(errorCode { try fails([0.5, 0.5], targets: [1, 1]) } == .notNormalized)
    // A reward of +∞ against a loss of +∞.
    #expect(
      errorCode { try fails([0, 0], targets: [1, -1], validation: .finite) } == .undefined)
    let labels = [2]
    #expect(
      errorCode {
        _ = try categoricalCrossEntropy(
          probabilities: [0.5, 0.5].span, classIndices: labels.span, classCount: 2)
      } == .labelOutOfRange)
    #expect(
      errorCode {
        _ = try klLoss(
          probabilities: [0.5].span, targets: [0.5].span, classCount: 1, leastProbability: .nan)
      } == .notFinite)
  }

  @Test func wrongLengthsTrap() async {
    await #expect(processExitsWith: .failure) {
      var gradient = [0.0]
      _ = try categoricalCrossEntropy(
        probabilities: [0.5, 0.5].span, classIndices: [0].span, classCount: 2,
        gradient: gradient.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      _ = try categoricalCrossEntropy(
        probabilities: [0.5, 0.5].span, classProbabilities: [1.0].span, classCount: 2)
    }
  }
}
