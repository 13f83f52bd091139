import ClassificationLosses
import InformationTheory
import TestSupport

/// A call of a loss of rows with class labels, of which the kernels give floats and the
/// definition doubles.
struct LabelBatch {
  /// What is asked for beside cross-entropy.
  struct Extras: Sendable {
    var smoothing = 0.0
    /// The exponent of the focal loss, where that is asked for.
    var gamma: Double?
    var zLossScale = 0.0
    var softcap: Double?
    /// Whether classes have weights.
    var weighs = false

    static let none = Self()
  }

  var logits: [Float] = []
  var labels: [Int] = []
  let classCount: Int
  var classWeights: [Double]?
  var sampleWeights: [Float]?
  var ignoreIndex: Int?
  var extras = Extras.none {
    didSet {
      if extras.weighs { classWeights = (0..<classCount).map { [1, 0, 0.3, 7, 2][$0 % 5] } }
    }
  }
  var reduction = LossReduction.mean

  var rowCount: Int { labels.count }

  /// Rows of many kinds: flat and steep, far from zero from the start or only in the end,
  /// tied, confident, with −∞.
  init(rows: Int, classes: Int, seed: UInt64) {
    classCount = classes
    var random = SplitMix64(state: seed)
    for row in 0..<rows {
      let scale = [0.01, 1, 8, 30, 100][Int(random.next() % 5)]
      let offset = [0, 0, 100, 300, -250, 1e8, -1e8][Int(random.next() % 7)]
      var logits = (0..<classes).map { _ in Float(offset + scale * (random.unit() * 2 - 1)) }
      let label = random.integer(0...classes - 1)
      switch row % 8 {
      case 1: logits[label] += 20
      case 2: logits[label] += Float(40 + 60 * random.unit())
      case 3: for c in stride(from: 0, to: classes, by: 3) { logits[c] = logits[0] }
      case 4:
        for c in stride(from: 1, to: classes, by: 5) where c != label { logits[c] = -.infinity }
      case 5: logits = logits.map { $0 == logits.max() ? $0 + 30 : $0 }
      case 6: for c in classes * 2 / 3..<classes { logits[c] += 400 }
      default: break
      }
      self.logits += logits
      labels.append(label)
    }
  }

  /// The kernels' outcome for some rows, with the gradient beside the logits.
  func outcome(_ rows: Range<Int>? = nil, inPlace: Bool = false) throws -> LossOutcome {
    let rows = rows ?? 0..<rowCount
    let places = rows.lowerBound * classCount..<rows.upperBound * classCount
    var logits = Array(logits[places])
    let labels = Array(labels[rows])
    let weights = sampleWeights.map { Array($0[rows]) }
    var losses = [Float](repeating: .nan, count: rows.count)
    if inPlace {
      let result = try overwrite(&logits, labels, weights, &losses)
      return LossOutcome(result: result, losses: losses, gradient: logits)
    }
    var gradient = [Float](repeating: .nan, count: places.count)
    let result = try evaluate(logits, labels, weights, &gradient, &losses)
    return LossOutcome(result: result, losses: losses, gradient: gradient)
  }

  /// The outcomes of chunks of so many rows, put together.
  func merged(by chunk: Int, inPlace: Bool = false) throws -> LossOutcome {
    var merged = LossOutcome(
      result: LossResult(reduction: reduction, empty: .zero), losses: [], gradient: [])
    for start in stride(from: 0, to: rowCount, by: chunk) {
      let part = try outcome(start..<min(start + chunk, rowCount), inPlace: inPlace)
      merged.result.merge(part.result)
      merged.losses += part.losses
      merged.gradient += part.gradient
    }
    return merged
  }

  /// The result for some rows, without the losses of rows.
  func value(
    _ rows: Range<Int>? = nil, gradient: consuming MutableSpan<Float>? = nil
  ) throws -> LossResult {
    let rows = rows ?? 0..<rowCount
    let logits = Array(logits[rows.lowerBound * classCount..<rows.upperBound * classCount])
    let (labels, weights) = (Array(labels[rows]), sampleWeights.map { Array($0[rows]) })
    if let gamma = extras.gamma {
      return try softmaxFocalLoss(
        logits: logits.span, classIndices: labels.span, classCount: classCount,
        alpha: classWeights, gamma: gamma, sampleWeights: weights?.span,
        ignoreIndex: ignoreIndex, reduction: reduction, empty: .zero, gradient: gradient)
    }
    return try softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: classCount,
      classWeights: classWeights, sampleWeights: weights?.span, ignoreIndex: ignoreIndex,
      labelSmoothing: extras.smoothing, zLossScale: extras.zLossScale,
      logitSoftcap: extras.softcap, reduction: reduction, empty: .zero, gradient: gradient)
  }

  /// The definition's losses and derivatives.
  func definition() throws -> LossTruth {
    var losses = [Double](repeating: .nan, count: rowCount)
    var gradient = [Double](repeating: .nan, count: logits.count)
    let result = try evaluate(
      logits.map(Double.init), labels, sampleWeights?.map(Double.init), &gradient, &losses)
    return LossTruth(result: result, losses: losses, gradient: gradient)
  }

  private func evaluate<Scalar: InformationScalar>(
    _ logits: [Scalar], _ labels: [Int], _ weights: [Scalar]?, _ gradient: inout [Scalar],
    _ losses: inout [Scalar]
  ) throws -> LossResult {
    if let gamma = extras.gamma {
      return try softmaxFocalLoss(
        logits: logits.span, classIndices: labels.span, classCount: classCount,
        alpha: classWeights, gamma: gamma, sampleWeights: weights?.span,
        ignoreIndex: ignoreIndex, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    }
    return try softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: classCount,
      classWeights: classWeights, sampleWeights: weights?.span, ignoreIndex: ignoreIndex,
      labelSmoothing: extras.smoothing, zLossScale: extras.zLossScale,
      logitSoftcap: extras.softcap, reduction: reduction, empty: .zero,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
  }

  private func overwrite(
    _ logits: inout [Float], _ labels: [Int], _ weights: [Float]?, _ losses: inout [Float]
  ) throws -> LossResult {
    if let gamma = extras.gamma {
      return try softmaxFocalLoss(
        overwritingLogits: logits.mutableSpan, classIndices: labels.span,
        classCount: classCount, alpha: classWeights, gamma: gamma, sampleWeights: weights?.span,
        ignoreIndex: ignoreIndex, reduction: reduction, empty: .zero,
        rowLosses: losses.mutableSpan)
    }
    return try softmaxCrossEntropy(
      overwritingLogits: logits.mutableSpan, classIndices: labels.span, classCount: classCount,
      classWeights: classWeights, sampleWeights: weights?.span, ignoreIndex: ignoreIndex,
      labelSmoothing: extras.smoothing, zLossScale: extras.zLossScale,
      logitSoftcap: extras.softcap, reduction: reduction, empty: .zero,
      rowLosses: losses.mutableSpan)
  }
}
