import InformationTheory

/// How far predicted probabilities can be taken at their word: the reliability table,
/// and what is summed up from it.
///
/// The unit interval is parted into bins of equal width. A probability p falls into the
/// m-th of M bins where (m − 1)/M < p ≤ m/M, and 0 into the first. A bin's gap is the
/// difference between the share of predictions that came true and the mean probability.
///
/// ```swift
/// var calibration = CalibrationTable(binCount: 15)
/// calibration.add(probability: 0.8, outcome: 1)
/// calibration.expectedCalibrationError  // 0.2
/// ```
///
/// Tables of parts of the data merge into the table of all of it, bit for bit.
///
/// - Accuracy: sums are exact; each quotient is rounded once more.
/// - Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks"
///   (2017), arXiv:1706.04599.
public struct CalibrationTable: Sendable, Equatable, Codable {
  /// Predictions whose probabilities lie between the same two edges.
  public struct Bin: Sendable, Equatable, Codable {
    /// The lower edge, which does not belong to the bin unless it is 0.
    public let lower: Double
    /// The upper edge, which belongs to the bin.
    public let upper: Double
    /// How many predictions there are.
    public fileprivate(set) var count = 0
    fileprivate var outcomes = ExactSum()
    fileprivate var probabilities = ExactSum()
    /// Outcomes less probabilities.
    fileprivate var surplus = ExactSum()

    /// The share of predictions that came true; nil in an empty bin.
    public var accuracy: Double? { count > 0 ? outcomes.value / Double(count) : nil }

    /// The mean probability; nil in an empty bin.
    public var meanProbability: Double? {
      count > 0 ? probabilities.value / Double(count) : nil
    }

    /// ``accuracy`` less ``meanProbability``, without cancellation; nil in an empty bin.
    public var gap: Double? { count > 0 ? surplus.value / Double(count) + 0 : nil }
  }

  /// The bins, from 0 to 1.
  public private(set) var bins: [Bin]

  /// Creates a table without predictions.
  ///
  /// - Parameter binCount: The number of bins of equal width, at least 1.
  /// - Precondition: `binCount` is at least 1.
  public init(binCount: Int = 15) {
    precondition(binCount >= 1, "CalibrationTable: at least one bin")
    let edges = (0...binCount).map { Double($0) / Double(binCount) }
    bins = (0..<binCount).map { Bin(lower: edges[$0], upper: edges[$0 + 1]) }
  }

  /// Adds a prediction.
  ///
  /// - Parameters:
  ///   - probability: The probability foreseen, in 0 … 1.
  ///   - outcome: 1 if it came true and 0 if not, or a share of it.
  /// - Precondition: Both are in 0 … 1.
  public mutating func add(probability: Double, outcome: Double) {
    precondition(
      probability >= 0 && probability <= 1 && outcome >= 0 && outcome <= 1,
      "CalibrationTable.add: probability and outcome in 0 ... 1")
    var index = min(bins.count - 1, Int(probability * Double(bins.count)))
    // The product is rounded, and an edge belongs to the bin below.
    while probability > bins[index].upper { index += 1 }
    while index > 0 && probability <= bins[index].lower { index -= 1 }
    bins[index].count += 1
    bins[index].outcomes.add(outcome)
    bins[index].probabilities.add(probability)
    bins[index].surplus.add(outcome)
    bins[index].surplus.add(-probability)
  }

  /// Adds the predictions of another table.
  ///
  /// - Parameter other: A table of other predictions with as many bins.
  /// - Precondition: Both have the same number of bins.
  public mutating func merge(_ other: CalibrationTable) {
    precondition(bins.count == other.bins.count, "CalibrationTable.merge: the bins differ")
    for i in bins.indices {
      bins[i].count += other.bins[i].count
      bins[i].outcomes.merge(other.bins[i].outcomes)
      bins[i].probabilities.merge(other.bins[i].probabilities)
      bins[i].surplus.merge(other.bins[i].surplus)
    }
  }
}

// MARK: - What it amounts to

extension CalibrationTable {
  /// How many predictions there are.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// The expected calibration error Σ (n_b/n)·|gap_b|, in 0 … 1; nil without predictions.
  public var expectedCalibrationError: Double? {
    guard count > 0 else { return nil }
    return ExactSum(bins.map { $0.surplus.value.magnitude }).value / Double(count)
  }

  /// The maximum calibration error, the largest |gap_b| of a bin that is not empty; nil
  /// without predictions.
  public var maximumCalibrationError: Double? { bins.compactMap { $0.gap?.magnitude }.max() }
}
