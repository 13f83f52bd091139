import ClassificationLosses
import InformationTheory

/// Scores of predictions of yes or no, which parts of the data merge into.
protocol BinaryScoring {
  init(binCount: Int)
  var accuracy: Double? { get }
  var meanTarget: Double? { get }
  var brierScore: Double? { get }
  var calibration: CalibrationTable { get }

  /// Adds predictions with their targets.
  mutating func add(
    _ predictions: Span<Double>, _ targets: Span<Double>
  ) throws(InformationError)

  mutating func merge(_ other: Self)
}

extension BinaryScores: BinaryScoring {
  mutating func add(
    _ predictions: Span<Double>, _ targets: Span<Double>
  ) throws(InformationError) {
    try add(logits: predictions, targets: targets)
  }
}

/// Scores of probabilities, as ``BinaryScores`` are of logits.
struct ProbabilityScores: BinaryScoring {
  private(set) var calibration: CalibrationTable
  private var hits = SampleMean()
  private var targets = SampleMean()
  private var squares = SampleMean()

  init(binCount: Int) { calibration = CalibrationTable(binCount: binCount) }

  var accuracy: Double? { hits.mean }
  var meanTarget: Double? { targets.mean }
  var brierScore: Double? { squares.mean }

  /// Adds probabilities that a loss has found to be such.
  mutating func add(
    _ predictions: Span<Double>, _ targets: Span<Double>
  ) throws(InformationError) {
    for i in predictions.indices {
      let (p, t) = (predictions[i], targets[i])
      hits.add((p > 0.5) == (t > 0.5) ? 1 : 0)
      self.targets.add(t)
      squares.add((p - t) * (p - t))
      calibration.add(probability: p, outcome: t)
    }
  }

  mutating func merge(_ other: ProbabilityScores) {
    hits.merge(other.hits)
    targets.merge(other.targets)
    squares.merge(other.squares)
    calibration.merge(other.calibration)
  }
}

/// Gathers scores of predictions of yes or no, column by column where there are several.
struct BinaryTally<Scores: BinaryScoring> {
  /// With more columns each would cost memory that nobody looks at.
  private static var mostColumns: Int { 1000 }

  private let columnCount: Int
  /// Of each column; of all together where the columns are not kept apart.
  private var parts: [(scores: Scores, losses: SampleMean)]

  init(binCount: Int, columnCount: Int) {
    self.columnCount = columnCount <= Self.mostColumns ? columnCount : 1
    parts = Array(repeating: (Scores(binCount: binCount), SampleMean()), count: self.columnCount)
  }

  /// Adds rows with what their elements lose.
  mutating func add(
    _ predictions: Span<Double>, _ targets: Span<Double>, losses: [Double]
  ) throws(InformationError) {
    for loss in losses.indices { parts[loss % columnCount].losses.add(losses[loss]) }
    guard columnCount > 1 else { return try parts[0].scores.add(predictions, targets) }
    let rowCount = predictions.count / columnCount
    var (x, t) = (
      [Double](repeating: 0, count: rowCount), [Double](repeating: 0, count: rowCount)
    )
    for column in 0..<columnCount {
      for row in 0..<rowCount {
        x[row] = predictions[row * columnCount + column]
        t[row] = targets[row * columnCount + column]
      }
      try parts[column].scores.add(x.span, t.span)
    }
  }

  /// What it amounts to.
  var panel: BinaryPanel {
    var all = parts[0].scores
    for part in parts.dropFirst() { all.merge(part.scores) }
    return BinaryPanel(
      accuracy: all.accuracy, meanTarget: all.meanTarget, brierScore: all.brierScore,
      calibration: all.calibration,
      columns: columnCount < 2
        ? []
        : parts.map { part in
          BinaryPanel.Column(
            loss: part.losses.mean, accuracy: part.scores.accuracy,
            meanTarget: part.scores.meanTarget,
            meanProbability: part.scores.calibration.meanProbability)
        })
  }
}

extension CalibrationTable {
  /// The mean of all probabilities.
  fileprivate var meanProbability: Double? {
    guard count > 0 else { return nil }
    return ExactSum(bins.map { ($0.meanProbability ?? 0) * Double($0.count) }).value
      / Double(count)
  }
}
