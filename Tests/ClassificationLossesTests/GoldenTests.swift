import ClassificationLosses
import InformationTheory
import Testing

/// The 167 cases of the specification of losses (`losses-golden.json`).
///
/// They were written before this package had losses, with 25 digits from arithmetic of
/// 60 decimal digits (mpmath) that shares nothing with it.
@Suite("Golden losses")
struct GoldenTests {
  /// Expects numbers within 4 ulp or 10⁻¹⁵ of the golden ones.
  private func expect(_ found: [Double], _ golden: GoldenValue, _ name: String) {
    let truth = golden.numbers
    #expect(found.count == truth.count, "\(name)")
    for (value, reference) in zip(found, truth) {
      let error = (value - reference).magnitude
      let isNear = error <= max(4 * reference.ulp, 1e-15 * reference.magnitude)
      #expect(isNear, "\(name): \(value), not \(reference)")
    }
  }

  /// The reduction that a name asks for after its stroke.
  private func reduction(_ name: String) -> LossReduction? {
    if name.contains("/sum") { return .sum }
    if name.contains("/weightedMean") { return .weightedMean }
    if name.contains("/mean(/N") { return .batchMean }
    return name.contains("/mean") ? .mean : nil
  }

  private func check(
    _ result: LossResult, _ rows: [Double], _ gradient: [Double], _ c: GoldenCase
  ) {
    let isReduced = c.loss.numbers.count == 1
    expect(isReduced ? [result.value] : rows, c.loss, c.name)
    expect(gradient, c.grad, c.name + " gradient")
  }

  private func crossEntropy(_ c: GoldenCase) throws {
    let logits = try #require(c.logits)
    let x = logits.numbers
    let rowCount = x.count / logits.width
    var gradient = x.map { _ in Double.nan }
    var rows = [Double](repeating: .nan, count: rowCount)
    let isCapped = c.name == "ce.zloss1e-4.softcap30"
    let smoothing = c.labelSmoothing?.numbers.first ?? 0
    let reduction = reduction(c.name) ?? .sum
    let targets = c.targets.numbers
    let labels = targets.map { Int($0) }
    let result: LossResult
    if c.targets.isNested {
      result = try softmaxCrossEntropy(
        logits: x.span, classProbabilities: targets.span, classCount: logits.width,
        classWeights: c.weight?.numbers, labelSmoothing: smoothing, validation: .nonNegative,
        reduction: reduction, gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan)
    } else {
      result = try softmaxCrossEntropy(
        logits: x.span, classIndices: labels.span,
        classCount: logits.width, classWeights: c.weight?.numbers, ignoreIndex: c.ignoreIndex,
        labelSmoothing: smoothing, zLossScale: isCapped ? 1e-4 : 0,
        logitSoftcap: isCapped ? 30 : nil, reduction: reduction, gradient: gradient.mutableSpan,
        rowLosses: rows.mutableSpan)
    }
    check(result, rows, gradient, c)
  }

  private func binary(_ c: GoldenCase) throws {
    let logits = try #require(c.logits)
    let x = logits.numbers
    let targets = c.targets.numbers
    // A weight a row stands for one a column.
    let weights: [Double] = c.weight?.numbers.flatMap { [$0, $0] } ?? x.map { _ in 1 }
    var gradient = x.map { _ in Double.nan }
    var rows = gradient
    let result = try binaryCrossEntropy(
      logits: x.span, targets: targets.span, positiveWeights: c.posWeight?.numbers,
      weights: weights.span, reduction: reduction(c.name) ?? .sum,
      gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan)
    check(result, rows, gradient, c)
  }

  private func focal(_ c: GoldenCase) throws {
    let logits = try #require(c.logits)
    let (x, targets) = (logits.numbers, c.targets.numbers)
    let labels = targets.map { Int($0) }
    let gamma = try #require(c.field("g").flatMap { Double($0) })
    let alpha = (c.field("a") ?? "None").filter { !"[]' ".contains($0) }
      .split(separator: ",").compactMap { Double($0) }
    var gradient = x.map { _ in Double.nan }
    if c.name.hasPrefix("focalBinary") {
      var rows = gradient
      let result = try sigmoidFocalLoss(
        logits: x.span, targets: targets.span, alpha: alpha.first, gamma: gamma,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan)
      check(result, rows, gradient, c)
    } else {
      var rows = targets.map { _ in Double.nan }
      let result = try softmaxFocalLoss(
        logits: x.span, classIndices: labels.span, classCount: logits.width,
        alpha: alpha.isEmpty ? nil : alpha, gamma: gamma, reduction: .sum,
        gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan)
      check(result, rows, gradient, c)
    }
  }

  private func kl(_ c: GoldenCase) throws {
    let x = try #require(c.inputLogits).numbers
    let targets = c.targets.numbers
    var gradient = x.map { _ in Double.nan }
    if c.name.hasSuffix("rowsum_and_dlogits") {
      var rows = [Double.nan]
      let result = try klLoss(
        logits: x.span, targets: targets.span, classCount: 3, gradient: gradient.mutableSpan,
        rowLosses: rows.mutableSpan)
      check(result, rows, gradient, c)
    } else {
      var logPredictions = gradient
      var rows = gradient
      try logSoftmax(of: x.span, classCount: 3, into: logPredictions.mutableSpan)
      let result = try klLoss(
        logPredictions: logPredictions.span, targets: targets.span, classCount: 1,
        reduction: .sum, gradient: gradient.mutableSpan, rowLosses: rows.mutableSpan)
      check(result, rows, gradient, c)
    }
  }

  @Test func every167() throws {
    let cases = try GoldenCase.all()
    #expect(cases.count == 167)
    for c in cases {
      switch String(c.name.prefix(while: { $0 != "." })) {
      case "ce": try crossEntropy(c)
      case "bceLogits": try binary(c)
      case "focalBinary", "focalMulticlass": try focal(c)
      case "kl": try kl(c)
      default: Issue.record("unknown case \(c.name)")
      }
    }
  }
}
