import InformationTheory

/// By what a sum of losses is divided.
///
/// The names say the divisor, because frameworks mean different ones by "mean". The
/// losses one by one are not a reduction: they are the output `rowLosses`.
public struct LossReduction: Hashable, Sendable, Codable {
  package enum Divisor: Hashable, Sendable, Codable {
    case one, validRows, appliedWeight, allRows
    case number(Double)
  }

  package let divisor: Divisor

  /// The sum, divided by nothing.
  public static let sum = Self(divisor: .one)
  /// The sum over the number of rows that are not ignored, whatever they weigh.
  public static let mean = Self(divisor: .validRows)
  /// The sum over the total weight applied to the rows that are not ignored.
  public static let weightedMean = Self(divisor: .appliedWeight)
  /// The sum over the number of rows, ignored ones included.
  public static let batchMean = Self(divisor: .allRows)

  /// The sum over a number of one's own, such as the tokens of all micro-batches.
  ///
  /// - Parameter divisor: What to divide by, positive and finite.
  /// - Returns: The reduction.
  /// - Precondition: `divisor` is positive and finite.
  public static func divided(by divisor: Double) -> Self {
    precondition(
      divisor > 0 && divisor.isFinite, "LossReduction.divided: by a positive finite number")
    return Self(divisor: .number(divisor))
  }
}

/// What a mean over nothing is.
///
/// Nothing are no rows, ignored rows only, or, for a weighted mean, rows that weigh 0.
/// The gradient is 0 in every case.
public struct EmptyPolicy: Hashable, Sendable, Codable {
  enum Kind: Hashable, Sendable, Codable { case throwing, zero, zeroUnlessNoRows, nan }

  let kind: Kind

  /// Throws an error that says which of the three it is.
  public static let throwing = Self(kind: .throwing)
  /// Zero, as for one micro-batch of many.
  public static let zero = Self(kind: .zero)
  /// Zero where there are rows, though ignored or weighing 0; no rows at all throw, as for
  /// a framework that has no number to return for them.
  public static let zeroUnlessNoRows = Self(kind: .zeroUnlessNoRows)
  /// Not a number, as some frameworks return.
  public static let nan = Self(kind: .nan)

  /// Whether so many rows, with nothing to divide by, are an error.
  func refuses(rowCount: Int) -> Bool {
    kind == .throwing || (kind == .zeroUnlessNoRows && rowCount == 0)
  }
}
