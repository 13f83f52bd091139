/// A split of labelled values in two, at a threshold, with what it is worth.
///
/// ```swift
/// let lengths = [1.0, 2, 3, 10, 11]
/// let species = ["a", "a", "a", "b", "b"]
/// if let split = try bestThreshold(of: lengths, for: species) {
///   split.threshold               // 6.5
///   split.leftCounts              // [3, 0]
///   split.informationGain.bits    // 0.9709505944546687
/// }
/// ```
public struct ThresholdSplit: Hashable, Codable, Sendable {
  /// Values up to here, itself included, are on the left.
  public let threshold: Double
  /// How many values of each class are on the left; classes in the order in which
  /// they first appear among the labels.
  public let leftCounts: [Int]
  /// How many values of each class are on the right.
  public let rightCounts: [Int]

  /// The information that the side gives about the class.
  ///
  /// `I(class; side) = H(class) − Σ n_side/N · H(class | side)`, never negative.
  ///
  /// - Accuracy: within 1 ulp (`threshold-split.json`).
  /// - Source: Quinlan (1986), doi:10.1007/BF00116251.
  public var informationGain: Information { Information(value(by: .informationGain)) }

  /// The information gain over the entropy of the sides, which punishes lopsided splits.
  ///
  /// `I(class; side) / H(side)`, in 0 … 1.
  ///
  /// - Accuracy: within 1 ulp (`threshold-split.json`).
  /// - Source: Quinlan (1986), doi:10.1007/BF00116251.
  public var gainRatio: Double { value(by: .gainRatio).high }

  /// By how much the Gini impurity of the class falls, on average, within the sides.
  ///
  /// `G(class) − Σ n_side/N · G(class | side)`, never negative.
  ///
  /// - Accuracy: within 1 ulp (`threshold-split.json`).
  /// - Source: Breiman, Friedman, Olshen and Stone, *Classification and Regression
  ///   Trees* (1984), chapter 4.
  public var giniGain: Double { value(by: .giniGain).high }

  /// The value by a criterion, in nats where it is an amount, with twice the digits.
  func value(by criterion: SplitCriterion) -> DoubleDouble {
    let gain = ConditionalMutualInformation(x: [0], y: [1])
    switch criterion {
    case .informationGain: return gain.value(of: table)
    case .gainRatio:
      // Exactly 1 where every class is on one side only: of such splits none is better.
      let isDetermined = zip(leftCounts, rightCounts).allSatisfy { $0 == 0 || $1 == 0 }
      if isDetermined { return .one }
      let ofSides = ConditionalEntropy(variables: [0], given: [])
      return gain.value(of: table) / ofSides.value(of: table)
    case .giniGain: return GiniGain(x: [0], y: [1]).value(of: table)
    }
  }

  /// The counts as a table of sides and classes.
  private var table: CellTable<Int> {
    let cells = [leftCounts, rightCounts].enumerated().flatMap { side, counts in
      counts.enumerated().filter { $0.element > 0 }.map { (side, $0.offset, $0.element) }
    }
    return CellTable(
      columns: [
        CodeColumn(codes: cells.map { UInt32($0.0) }, size: 2),
        CodeColumn(codes: cells.map { UInt32($0.1) }, size: leftCounts.count),
      ], masses: cells.map(\.2))
  }
}
