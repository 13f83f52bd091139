public import InformationTheory

/// How good softmax predictions of class labels are: cross-entropy with its standard
/// error, accuracy, Brier score, calibration, and all of it class by class.
///
/// ```swift
/// var scores = PredictionScores(classCount: 10)
/// for batch in batches {
///   try scores.add(logits: batch.logits.span, classIndices: batch.labels.span)
/// }
/// scores.accuracy
/// scores.calibration.expectedCalibrationError
/// ```
///
/// Scores of parts of the data merge into the scores of all of it, bit for bit. All rows
/// weigh the same. Every score is nil while there is no row that counts.
public struct PredictionScores: Sendable, Equatable, Codable {
  /// What became of the rows of one class.
  public struct ClassScores: Sendable, Equatable, Codable {
    /// How many rows have the class for a label.
    public fileprivate(set) var count = 0
    /// How many of them have it for the likeliest class.
    public fileprivate(set) var hitCount = 0
    /// The mean of −log p of the label, in nats.
    public fileprivate(set) var crossEntropy = SampleMean()
    fileprivate var probabilities = ExactSum()

    /// The share of rows whose likeliest class is the label; nil without rows.
    public var accuracy: Double? { count > 0 ? Double(hitCount) / Double(count) : nil }
    /// The mean probability of the label; nil without rows.
    public var meanProbability: Double? {
      count > 0 ? probabilities.value / Double(count) : nil
    }

    fileprivate mutating func add(surprisal: Double, probability: Double, isHit: Bool) {
      count += 1
      if isHit { hitCount += 1 }
      crossEntropy.add(surprisal)
      probabilities.add(probability)
    }

    fileprivate mutating func merge(_ other: ClassScores) {
      count += other.count
      hitCount += other.hitCount
      crossEntropy.merge(other.crossEntropy)
      probabilities.merge(other.probabilities)
    }
  }

  /// The number of classes.
  public let classCount: Int
  /// The number of rows.
  public private(set) var rowCount = 0
  /// The number of rows that were not ignored.
  public private(set) var validCount = 0
  /// The mean of −log p of the label, in nats: the cross-entropy without any option.
  public private(set) var crossEntropy = SampleMean()
  /// The probability of the likeliest class against whether it is the label.
  public private(set) var calibration: CalibrationTable
  private var hitCount = 0
  private var topFiveCount = 0
  private var brier = ExactSum()
  private var classes: [Int: ClassScores] = [:]

  /// Creates the scores of no rows.
  ///
  /// - Parameters:
  ///   - classCount: The number of classes, at least 1.
  ///   - binCount: The number of bins for the calibration, at least 1.
  /// - Precondition: Both are at least 1.
  public init(classCount: Int, binCount: Int = 15) {
    precondition(classCount >= 1, "PredictionScores: at least one class")
    self.classCount = classCount
    calibration = CalibrationTable(binCount: binCount)
  }

  /// What became of the rows of a class.
  ///
  /// - Parameter index: The class, in 0 ..< ``classCount``.
  /// - Returns: Its scores, of no rows where none has it for a label.
  /// - Precondition: `index` is in range.
  public func scores(ofClass index: Int) -> ClassScores {
    precondition(index >= 0 && index < classCount, "PredictionScores: no such class")
    return classes[index] ?? ClassScores()
  }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - logits: Rows × classes. −∞ is allowed, NaN not.
  ///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
  ///   - ignoreIndex: The label of rows to skip.
  ///   - logitSoftcap: The bound c of `x′ = c·tanh(x/c)`, applied to the logits first.
  /// - Throws: `InformationError` as `softmaxCrossEntropy` does; some rows have then
  ///   been added.
  /// - Precondition: There is a label for each row.
  /// - Accuracy: what is added of each row is within 1 ulp, to the Brier score within 4.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add<Scalar: InformationScalar>(
    logits: Span<Scalar>, classIndices: Span<Int>, ignoreIndex: Int? = nil,
    logitSoftcap: Double? = nil
  ) throws(InformationError) {
    let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: 1)
    layout.demandRows(classIndices.count, "classIndices")
    var options = CrossEntropyOptions()
    options.logitSoftcap = logitSoftcap
    try options.validate(layout)
    var softmax = SoftmaxRow(classCount: classCount, softcap: logitSoftcap)
    for row in 0..<layout.rowCount {
      let label = classIndices[row]
      if label == ignoreIndex {
        rowCount += 1
        continue
      }
      guard label >= 0 && label < classCount else {
        throw .labelOutOfRange(row: row, label, classCount: classCount)
      }
      try softmax.load(logits, row: row, layout)
      rowCount += 1
      add(softmax, label: label, rank: layout.rank(of: label, in: logits, row: row))
    }
  }

  private mutating func add(_ row: borrowing SoftmaxRow, label: Int, rank: Int) {
    validCount += 1
    let isHit = row.top == label
    if isHit { hitCount += 1 }
    if rank < 5 { topFiveCount += 1 }
    let surprisal = row.surprisal(label).rounded
    crossEntropy.add(surprisal)
    brier.add(row.squaredError(label: label))
    calibration.add(probability: row.probability(row.top).rounded, outcome: isHit ? 1 : 0)
    // Only classes that occur take room, for a vocabulary has many that do not.
    classes[label, default: ClassScores()].add(
      surprisal: surprisal, probability: row.probability(label).rounded, isHit: isHit)
  }

  /// Adds the rows of other scores.
  ///
  /// - Parameter other: The scores of other rows, of as many classes and bins.
  /// - Precondition: Both have the same number of classes and bins.
  public mutating func merge(_ other: PredictionScores) {
    precondition(classCount == other.classCount, "PredictionScores.merge: the classes differ")
    rowCount += other.rowCount
    validCount += other.validCount
    hitCount += other.hitCount
    topFiveCount += other.topFiveCount
    crossEntropy.merge(other.crossEntropy)
    brier.merge(other.brier)
    calibration.merge(other.calibration)
    for (label, scores) in other.classes {
      classes[label, default: ClassScores()].merge(scores)
    }
  }
}

// MARK: - What it amounts to

extension PredictionScores {
  /// The share of rows whose likeliest class, the first of several, is the label.
  public var accuracy: Double? { share(Double(hitCount)) }

  /// The share of rows whose label is among the five likeliest classes.
  public var topFiveAccuracy: Double? { share(Double(topFiveCount)) }

  /// The mean of Σ_c (p_c − [c is the label])², in 0 … 2.
  ///
  /// - Source: Brier, "Verification of forecasts expressed in terms of probability" (1950).
  public var brierScore: Double? { share(brier.value) }

  /// e to the cross-entropy: as many equally likely classes would leave the same doubt.
  public var perplexity: Double? { crossEntropy.perplexity }

  private func share(_ sum: Double) -> Double? {
    validCount > 0 ? sum / Double(validCount) : nil
  }
}

extension SampleMean {
  /// e to the mean, for the mean of a cross-entropy in nats; nil where there is none.
  public var perplexity: Double? {
    mean.map { $0 < .infinity ? DoubleDouble.exp(DoubleDouble($0)).high : .infinity }
  }
}

extension ClassLayout {
  /// How many classes are likelier than a class; of equal ones the first is.
  @inline(__always)
  func rank<Scalar: InformationScalar>(
    of label: Int, in logits: Span<Scalar>, row: Int
  ) -> Int {
    let start = offset(row)
    let own = logits[start + label * stride]
    var rank = 0
    for c in 0..<classCount {
      let x = logits[start + c * stride]
      if x > own || (x == own && c < label) { rank += 1 }
    }
    return rank
  }
}

extension SoftmaxRow {
  /// Σ_c (p_c − [c is the label])²: a sum of squares, none of them of a difference.
  fileprivate func squaredError(label: Int) -> Double {
    var sum = DoubleDouble.zero
    for c in 0..<classCount {
      let part = c == label ? rest(c).high : powers[c].high
      sum = sum + part * part
    }
    return sum.high / total.high / total.high
  }
}
