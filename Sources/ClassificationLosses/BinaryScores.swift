public import InformationTheory

/// How good predictions of yes or no are: accuracy, Brier score, calibration.
///
/// The predictions are logits x, which foresee yes with the probability σ(x). Scores of
/// parts of the data merge into the scores of all of it, bit for bit. Every score is nil
/// while there are no predictions.
public struct BinaryScores: Sendable, Equatable, Codable {
  /// The number of predictions.
  public private(set) var count = 0
  /// The probability of yes against the target.
  public private(set) var calibration: CalibrationTable
  private var hitCount = 0
  private var targets = ExactSum()
  private var brier = ExactSum()

  /// Creates the scores of no predictions.
  ///
  /// - Parameter binCount: The number of bins for the calibration, at least 1.
  /// - Precondition: `binCount` is at least 1.
  public init(binCount: Int = 15) { calibration = CalibrationTable(binCount: binCount) }

  /// Adds predictions.
  ///
  /// - Parameters:
  ///   - logits: Any shape, flattened; infinities stand for their limits.
  ///   - targets: The probability of yes for each logit, in 0 … 1.
  /// - Throws: `InformationError` with the code `notFinite` or `badParameter` and the
  ///   index of the element; some predictions have then been added.
  /// - Precondition: The lengths agree.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add<Scalar: InformationScalar>(
    logits: Span<Scalar>, targets: Span<Scalar>
  ) throws(InformationError) {
    precondition(logits.count == targets.count, "targets must be as many as the logits")
    for i in logits.indices {
      let (x, t) = (Double(logits[i]), Double(targets[i]))
      if x.isNaN { throw .nanPrediction("logits", at: i) }
      try InformationError.demandProbability(t, "targets", at: i)
      let row = BinaryRow(x)
      let target = Wide(t)
      // p − t = (1 − t)·p − t·(1 − p), right next to 0 and to 1.
      let error = Wide(DoubleDouble.difference(1, t)) * row.positive - target * row.negative
      count += 1
      if (x > 0) == (t > 0.5) { hitCount += 1 }
      self.targets.add(t)
      brier.add((error * error).rounded)
      calibration.add(probability: row.positive.rounded, outcome: t)
    }
  }

  /// Adds the predictions of other scores.
  ///
  /// - Parameter other: The scores of other predictions, with as many bins.
  /// - Precondition: Both have the same number of bins.
  public mutating func merge(_ other: BinaryScores) {
    count += other.count
    hitCount += other.hitCount
    targets.merge(other.targets)
    brier.merge(other.brier)
    calibration.merge(other.calibration)
  }

  /// The share of predictions on the right side: yes where the logit is above 0 and the
  /// target above ½, no where neither is.
  public var accuracy: Double? { share(Double(hitCount)) }

  /// The mean target.
  public var meanTarget: Double? { share(targets.value) }

  /// The mean of (p − t)², in 0 … 1.
  ///
  /// - Source: Brier, "Verification of forecasts expressed in terms of probability" (1950).
  public var brierScore: Double? { share(brier.value) }

  private func share(_ sum: Double) -> Double? { count > 0 ? sum / Double(count) : nil }
}
