import InformationTheory

/// A loss over many rows: its sum, what the sum is divided by, and how many rows
/// there were.
///
/// Results of parts of the data merge into the result of all of it, bit for bit:
/// the sums inside are exact, so neither order nor partition can matter. `Codable`
/// carries a result to another machine.
///
/// ```swift
/// var total = LossResult(reduction: .mean)
/// for batch in batches { total.merge(try loss(batch)) }
/// total.value  // of all rows, not the mean of means
/// ```
public struct LossResult: Sendable, Equatable, Codable {
  /// By what ``value`` divides.
  public let reduction: LossReduction
  /// What ``value`` is where there is nothing to divide by.
  public let empty: EmptyPolicy
  /// The number of rows that were not ignored.
  public internal(set) var validCount = 0
  /// The number of rows.
  public internal(set) var rowCount = 0
  /// The number of rows whose loss is +∞.
  public internal(set) var infiniteCount = 0
  /// The number of rows whose loss is below every double, as a likelihood's can be.
  var unboundedCount = 0
  var total = LossSum()
  var weight = LossSum()

  /// Creates the result of no rows, into which others merge.
  ///
  /// - Parameters:
  ///   - reduction: By what the value divides.
  ///   - empty: What the value of nothing is; 0 under the policy that throws.
  public init(reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing) {
    self.reduction = reduction
    self.empty = empty
  }

  /// The sum of the rows' losses in nats, rounded once; +∞ where one is infinite.
  public var sum: Double { infinity ?? total.value }

  /// The total weight applied to the rows that were not ignored.
  public var appliedWeight: Double { weight.value }

  /// What ``value`` divides the sum by.
  public var denominator: Double { divisor.high }

  /// The loss as its reduction has it, in nats.
  public var value: Double { quotient(by: divisor) }

  /// The sum over the number of rows that were not ignored, whatever the reduction.
  public var mean: Double { quotient(by: DoubleDouble(Double(validCount))) }

  /// The sum over the applied weight, whatever the reduction.
  public var weightedMean: Double { quotient(by: weight.doubleDouble) }

  /// Adds the rows of another result.
  ///
  /// - Parameter other: The result of other rows, under the same reduction.
  /// - Precondition: Both have one reduction.
  public mutating func merge(_ other: LossResult) {
    precondition(reduction == other.reduction, "LossResult.merge: the reductions differ")
    validCount += other.validCount
    rowCount += other.rowCount
    infiniteCount += other.infiniteCount
    unboundedCount += other.unboundedCount
    total.merge(other.total)
    weight.merge(other.weight)
  }

  /// What the sum is where a row is infinite.
  private var infinity: Double? {
    if infiniteCount > 0 { return .infinity }
    return unboundedCount > 0 ? -.infinity : nil
  }

  private var divisor: DoubleDouble {
    switch reduction.divisor {
    case .one: .one
    case .validRows: DoubleDouble(Double(validCount))
    case .appliedWeight: weight.doubleDouble
    case .allRows: DoubleDouble(Double(rowCount))
    case .number(let divisor): DoubleDouble(divisor)
    }
  }

  /// Both numbers with 106 bits, so that the quotient is rounded once, as that of doubles is.
  private func quotient(by divisor: DoubleDouble) -> Double {
    guard divisor.high > 0 else { return empty == .nan ? .nan : 0 }
    if let infinity { return infinity }
    let sum = total.doubleDouble
    let areDoubles = sum.low == 0 && divisor.low == 0
    if areDoubles && Self.isOrdinary(sum.high) && Self.isOrdinary(divisor.high) {
      return sum.high / divisor.high
    }
    return (Wide(sum).normalized / Wide(divisor).normalized).rounded
  }
}

extension LossResult {
  /// Whether quotients of such numbers are far from the ends of the range of doubles.
  fileprivate static func isOrdinary(_ number: Double) -> Bool {
    number >= 0x1p-60 && number <= 0x1p60
  }
}

// MARK: - Gathering

extension LossResult {
  /// Counts a row that takes part, and what it weighs.
  @inline(__always)
  mutating func count(weight applied: Wide) {
    validCount += 1
    weight.add(applied)
  }

  /// Adds a row's loss.
  @inline(__always)
  mutating func add(_ loss: Wide) {
    let value = loss.doubleDouble
    guard value.high.isFinite else {
      if value.high < 0 { unboundedCount += 1 } else { infiniteCount += 1 }
      return
    }
    total.add(value.high)
    total.add(value.low)
  }

  /// What every gradient is multiplied by, where that is the rounded inverse of a double.
  var factor: Double? {
    let divisor = divisor
    return divisor.low == 0 && Self.isOrdinary(divisor.high) ? 1 / divisor.high : nil
  }

  /// What every gradient is multiplied by, the inverse of the denominator; 0 where
  /// there is nothing to divide by.
  ///
  /// - Throws: `InformationError` where that is so and the policy throws.
  func upstream() throws(InformationError) -> Wide {
    let divisor = divisor
    if divisor.low == 0 && Self.isOrdinary(divisor.high) {
      let (exponent, significand) = divisor.high.binaryParts
      return Wide(.quotient(1, significand), exponent: -exponent)
    }
    if divisor.high > 0 { return Wide.one / Wide(divisor).normalized }
    guard empty.refuses(rowCount: rowCount) else { return .zero }
    if rowCount == 0 {
      throw InformationError(
        .empty, "there are no rows: a mean of nothing is undefined; ask for empty: .zero or .sum")
    }
    if validCount == 0 {
      throw InformationError(
        .empty,
        """
        all \(rowCount) rows are ignored: a mean of nothing is undefined; \
        ask for empty: .zero or .sum
        """)
    }
    throw InformationError(
      .zeroTotal, argument: "sampleWeights",
      """
      the \(validCount) rows weigh 0 in total: a weighted mean is undefined; \
      ask for empty: .zero or .mean
      """)
  }
}
