/// The exact quartiles of numbers that are read again and again, in bounded memory.
///
/// Doubles are ordered as their bit patterns are. A pass counts the patterns in a
/// million equal intervals; the interval that holds a wanted rank is all that the
/// next pass looks at. Four passes settle 64 bits, usually fewer.
struct Quartiles {
  private static let intervalCount: UInt64 = 1 << 20

  /// A rank whose number is sought among the patterns from `low` to `high`.
  private struct Search {
    let rank: Int
    var low: UInt64
    var high: UInt64
    /// How many numbers lie below `low`.
    var below = 0
  }

  private var searches: [Search]
  private let weights: (Double, Double)

  /// Prepares the search for the quartiles of numbers like these.
  init(of summary: NumericSummary) {
    // R's type 7: at (n − 1)/4 and 3(n − 1)/4, counted from 0, between neighbours.
    let last = summary.count - 1
    let low = Self.pattern(of: summary.minimum)
    let high = Self.pattern(of: summary.maximum)
    let ranks = [last / 4, min(last, last / 4 + 1), 3 * last / 4, min(last, 3 * last / 4 + 1)]
    searches = ranks.map { Search(rank: $0, low: low, high: high) }
    weights = (Double(last % 4) / 4, Double(3 * last % 4) / 4)
  }

  /// Whether all ranks are found.
  var isSettled: Bool { searches.allSatisfy { $0.low == $0.high } }

  /// The first and third quartile, once they are settled.
  var values: (Double, Double) {
    let found = searches.map { Self.number(of: $0.low) }
    func between(_ a: Double, _ b: Double, _ weight: Double) -> Double {
      a * (1 - weight) + b * weight
    }
    return (between(found[0], found[1], weights.0), between(found[2], found[3], weights.1))
  }

  /// The first and third quartile of numbers.
  ///
  /// - Parameters:
  ///   - summary: What the numbers are like.
  ///   - forEach: Calls its argument with each number, as often as asked.
  /// - Returns: Both quartiles, interpolated as R's type 7.
  static func of(
    _ summary: NumericSummary, _ forEach: ((Double) -> Void) throws -> Void
  ) rethrows -> (Double, Double) {
    var quartiles = Quartiles(of: summary)
    while !quartiles.isSettled { try quartiles.narrow(forEach) }
    return quartiles.values
  }

  /// Narrows the search by one pass over all numbers.
  ///
  /// - Parameter forEach: Calls its argument with each number.
  mutating func narrow(_ forEach: ((Double) -> Void) throws -> Void) rethrows {
    // Ranks side by side mostly share their interval, and then its counts.
    var intervals: [(low: UInt64, high: UInt64, width: UInt64, counts: [Int])] = []
    for search in searches where search.low < search.high {
      if intervals.contains(where: { $0.low == search.low }) { continue }
      let width = (search.high - search.low) / Self.intervalCount + 1
      let size = Int((search.high - search.low) / width) + 1
      intervals.append((search.low, search.high, width, [Int](repeating: 0, count: size)))
    }
    try forEach { value in
      let pattern = Self.pattern(of: value)
      for i in intervals.indices where pattern >= intervals[i].low && pattern <= intervals[i].high {
        intervals[i].counts[Int((pattern - intervals[i].low) / intervals[i].width)] += 1
      }
    }
    for i in searches.indices {
      guard searches[i].low < searches[i].high,
        let interval = intervals.first(where: { $0.low == searches[i].low })
      else { continue }
      var bucket = 0
      while searches[i].below + interval.counts[bucket] <= searches[i].rank {
        searches[i].below += interval.counts[bucket]
        bucket += 1
      }
      searches[i].low = interval.low + UInt64(bucket) * interval.width
      searches[i].high = min(interval.high, searches[i].low + (interval.width - 1))
    }
  }

  /// A whole number that is ordered as the doubles are.
  static func pattern(of value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern  // −0 becomes 0
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// The double that a pattern stands for.
  static func number(of pattern: UInt64) -> Double {
    Double(bitPattern: pattern >> 63 == 1 ? pattern & ~(1 << 63) : ~pattern)
  }
}
