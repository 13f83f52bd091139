import Foundation

/// How many bins of equal width are right for some numbers.
enum BinRule: String, CaseIterable {
  /// Width 3.49 σ n^(−1/3).
  case scott
  /// Width 2 IQR n^(−1/3), with the quartiles interpolated as R's type 7.
  case freedmanDiaconis = "freedman-diaconis"
  /// ⌈log₂ n⌉ + 1 bins.
  case sturges
  /// ⌈2 n^(1/3)⌉ bins.
  case rice
  /// ⌈√n⌉ bins.
  case squareRoot = "square-root"

  /// The most bins that a rule gets.
  static let mostBins = 100_000

  /// The number of bins for numbers.
  ///
  /// - Parameters:
  ///   - summary: What the numbers are like.
  ///   - quartiles: Their first and third quartile; only Freedman and Diaconis ask.
  /// - Returns: The number of bins, or nil where the rule has no answer because
  ///   the width that it gives is 0 or infinite.
  func binCount(
    for summary: NumericSummary, quartiles: () throws -> (Double, Double)
  ) rethrows -> Int? {
    let n = summary.count
    guard n > 0, summary.minimum < summary.maximum else { return 1 }
    switch self {
    case .scott:
      return summary.standardDeviation.flatMap { Self.bins(width: 3.49 * $0, summary) }
    case .freedmanDiaconis:
      let (first, third) = try quartiles()
      return Self.bins(width: 2 * (third - first), summary)
    case .sturges:
      return 1 + (Int.bitWidth - (n - 1).leadingZeroBitCount)
    case .rice:
      return min(Self.mostBins, Self.first(from: 2 * cbrt(Double(n))) { $0 * $0 * $0 >= 8 * n })
    case .squareRoot:
      return min(Self.mostBins, Self.first(from: Double(n).squareRoot()) { $0 * $0 >= n })
    }
  }

  /// The number of bins of a width, before its factor n^(−1/3), that cover the range.
  private static func bins(width: Double, _ summary: NumericSummary) -> Int? {
    let width = width / cbrt(Double(summary.count))
    let bins = (summary.maximum / width - summary.minimum / width).rounded(.up)
    guard width > 0, bins.isFinite else { return nil }
    return max(1, Int(min(bins, Double(mostBins))))
  }

  /// The first whole number near a guess from which on a condition holds.
  private static func first(from guess: Double, where holds: (Int) -> Bool) -> Int {
    var result = max(1, Int(min(guess, 2e6)) - 1)
    while !holds(result) && result < 2_000_000 { result += 1 }
    return result
  }
}
