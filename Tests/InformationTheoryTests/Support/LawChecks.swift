import InformationTheory
import TestSupport
import Testing

/// Runs a check on seeded draws; the body gets a generator and the seed to name in
/// a failure, which `SplitMix64(state: seed)` replays.
func forEachDraw(
  _ count: Int = 1000, from first: UInt64,
  _ body: (_ random: inout SplitMix64, _ seed: String) throws -> Void
) rethrows {
  for draw in 0..<UInt64(count) {
    let seed = first &+ draw &* 0xA076_1D64_78BD_642F
    var random = SplitMix64(state: seed)
    try body(&random, "seed \(seed):")
  }
}

/// Expects a ≤ b, with some ulps of room.
///
/// The room is for the rounding of the sides: none where both are one result each,
/// since rounding keeps order; a few where a side is computed from results, or where
/// the sides are equal but for rounding.
func expect(
  _ a: Double, atMost b: Double, ulps room: Double = 0, _ comment: @autoclosure () -> String,
  at location: SourceLocation = #_sourceLocation
) {
  guard a <= b || (b.isFinite && a <= b + room * b.ulp) else {
    Issue.record(
      "\(comment()) \(a) is \((a - b) / b.ulp) ulp above \(b)", sourceLocation: location)
    return
  }
}

extension SplitMix64 {
  /// Two distributions of as many outcomes: unrelated, without zeros, or close.
  mutating func pair(_ counts: ClosedRange<Int> = 1...12) throws -> (Categorical, Categorical) {
    let n = integer(counts)
    switch next() % 4 {
    case 0: return (try categorical(n), try categorical(n))
    case 1: return (try positive(n), try positive(n))
    default:
      let p = try positive(n)
      let separation = Double(sign: .plus, exponent: -integer(1...50), significand: 1)
      return (p, try neighbour(of: p, separation: separation))
    }
  }

  /// A distribution in which every outcome has mass.
  mutating func positive(_ count: Int) throws -> Categorical {
    try Categorical(normalizing: (0..<count).map { _ in 1e-6 + unit() })
  }

  /// Probabilities that are multiples of 2⁻⁴⁰ and sum to 1 exactly, so that sums of
  /// some of them, and means of two such lists, are exact.
  mutating func dyadic(_ count: Int, zeros: Double = 0.1) -> [Double] {
    let whole = 1 << 40
    let cuts = (0..<(count - 1)).map { _ in integer(0...whole) }.sorted()
    var parts = zip([0] + cuts, cuts + [whole]).map { $1 - $0 }
    for i in parts.indices.dropLast() where unit() < zeros {
      // Move the mass to the neighbour.
      parts[i + 1] += parts[i]
      parts[i] = 0
    }
    return parts.map { Double($0) * 0x1p-40 }
  }

  /// A permutation of 0 ..< count.
  mutating func permutation(_ count: Int) -> [Int] { (0..<count).shuffled(using: &self) }
}
