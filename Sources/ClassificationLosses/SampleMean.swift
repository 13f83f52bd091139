import InformationTheory

/// The mean of numbers, one a row, with its standard error.
///
/// Means of parts of the data merge into the mean of all of it, bit for bit: the sums
/// inside are exact, so neither order nor partition can matter.
///
/// ```swift
/// var loss = SampleMean()
/// for row in rowLosses { loss.add(row) }
/// loss.mean           // Σx/n
/// loss.standardError  // √(Σ(x − x̄)²/(n(n − 1)))
/// ```
///
/// - Accuracy: both are within 1 ulp, however small the spread is beside the mean.
///   Squares below 10⁻³⁰⁰ count as 0 in the standard error.
public struct SampleMean: Sendable, Equatable, Codable {
  /// Beyond it squares would leave the range of a double.
  private static let largestSquared = 0x1p440

  /// How many numbers there are.
  public private(set) var count = 0
  /// How many of them are infinite.
  public private(set) var infiniteCount = 0
  private var hasNoSpread = false
  private var sum = ExactSum()
  private var squares = ExactSum()

  /// Creates the mean of no numbers.
  public init() {}

  /// Adds a number.
  ///
  /// - Parameter value: A number above −∞, or +∞.
  /// - Precondition: `value` is neither NaN nor −∞.
  public mutating func add(_ value: Double) {
    precondition(value > -.infinity, "SampleMean.add: a number above -inf")
    count += 1
    guard value < .infinity else {
      infiniteCount += 1
      return
    }
    sum.add(value)
    guard value.magnitude < Self.largestSquared else {
      hasNoSpread = true
      return
    }
    let square = DoubleDouble.product(value, value)
    squares.add(square.high)
    squares.add(square.low)
  }

  /// Adds the numbers of another mean.
  ///
  /// - Parameter other: The mean of other numbers.
  public mutating func merge(_ other: SampleMean) {
    count += other.count
    infiniteCount += other.infiniteCount
    hasNoSpread = hasNoSpread || other.hasNoSpread
    sum.merge(other.sum)
    squares.merge(other.squares)
  }

  /// The mean; +∞ where a number is, nil where there are none.
  public var mean: Double? {
    guard count > 0 else { return nil }
    guard infiniteCount == 0 else { return .infinity }
    let total = sum.doubleDouble
    guard total.high.isFinite else { return total.high }
    return (total / DoubleDouble(Double(count))).high + 0
  }

  /// The standard error of the mean; nil for fewer than two numbers, and where one is
  /// infinite or its square would be.
  public var standardError: Double? {
    guard count > 1, infiniteCount == 0, !hasNoSpread else { return nil }
    // n·Σx² − (Σx)², exactly, so that a small spread about a large mean is right.
    var spread = ExactSum()
    let parts = Self.expansion(of: sum)
    for square in Self.expansion(of: squares) {
      spread.add(DoubleDouble.product(square, Double(count)))
    }
    for a in parts {
      for b in parts { spread.add(-DoubleDouble.product(a, b)) }
    }
    let n = Double(count)
    let variance = spread.doubleDouble / DoubleDouble(n) / DoubleDouble(n) / DoubleDouble(n - 1)
    return variance.high > 0 ? variance.squareRoot().high : 0
  }

  /// Doubles that add up to a sum exactly.
  private static func expansion(of sum: ExactSum) -> [Double] {
    var rest = sum
    var parts: [Double] = []
    while true {
      let part = rest.value
      guard part != 0 else { return parts }
      parts.append(part)
      rest.add(-part)
    }
  }
}

extension ExactSum {
  /// Adds both parts of a pair.
  fileprivate mutating func add(_ pair: DoubleDouble) {
    add(pair.high)
    add(pair.low)
  }
}
