/// The mass of a cell, or of a group of cells, in a form that sums and multiplies
/// without rounding.
///
/// Nearly independent variables differ from independent ones by what products of
/// marginals leave over, and that must not be lost.
protocol ExactMass: Equatable, Sendable {
  associatedtype Balance: ExactBalance where Balance.Mass == Self

  /// The sums of masses over groups of cells.
  static func sums(of masses: [Self], in groups: CellGroups) -> [Self]

  /// The mass rounded to 106 bits.
  var term: Term { get }

  /// Returns log(whole/part) of a positive part, with full relative accuracy
  /// however close to the whole it is.
  static func surprisal(of part: Self, in whole: Self) -> DoubleDouble

  /// Returns the mutual information times the total by a quick way, where there is
  /// one that is known to be right.
  ///
  /// - Parameters:
  ///   - joint: The masses of the cells.
  ///   - xs: The masses of the rows.
  ///   - ys: The masses of the columns.
  ///   - whole: The total.
  /// - Returns: The value, or nil.
  static func quickInformation(joint: [Self], xs: [Self], ys: [Self], whole: Self) -> DoubleDouble?

  /// The pair a = joint·whole, b = x·y with their exact difference rounded once.
  static func pair(joint: Self, whole: Self, x: Self, y: Self) -> ScaledPair
}

/// A sum of products of masses, exact and signed.
protocol ExactBalance {
  associatedtype Mass

  /// Creates the empty sum.
  init()

  /// Adds x·y.
  mutating func add(_ x: Mass, _ y: Mass)

  /// Subtracts x·y.
  mutating func subtract(_ x: Mass, _ y: Mass)

  /// The sum rounded to 106 bits.
  var term: Term { get }
}

/// A pair of masses over a power of two, which keeps it inside the range of a double.
struct ScaledPair {
  let pair: MassPair
  /// The true masses are those of the pair times 2 to this power.
  var exponent = 0
}

extension ExactMass {
  static func quickInformation(
    joint: [Self], xs: [Self], ys: [Self], whole: Self
  ) -> DoubleDouble? { nil }

  /// log(whole/part) from both as pairs of doubles, and their difference.
  @inline(__always)
  static func surprisal(
    of part: DoubleDouble, in whole: DoubleDouble, rest: DoubleDouble
  ) -> DoubleDouble {
    if rest.high < part.high { return .log1p(rest / part) }
    return .logOfQuotient(whole, part)
  }
}

// MARK: - Counts

/// Counts whose total is at most 2⁵³: products are exact as pairs of doubles.
extension Int: ExactMass {
  struct Balance: ExactBalance {
    private var value: Int128 = 0

    mutating func add(_ x: Int, _ y: Int) { value += Int128(x) * Int128(y) }

    mutating func subtract(_ x: Int, _ y: Int) { value -= Int128(x) * Int128(y) }

    var term: Term {
      let magnitude = DoubleDouble(integer: value.magnitude)
      return Term(value < 0 ? -magnitude : magnitude)
    }
  }

  static func sums(of masses: [Int], in groups: CellGroups) -> [Int] {
    var sums = [Int](repeating: 0, count: groups.count)
    for (cell, group) in groups.ids.enumerated() { sums[Int(group)] += masses[cell] }
    return sums
  }

  var term: Term { Term(DoubleDouble(Double(self))) }

  @inline(__always)
  static func surprisal(of part: Int, in whole: Int) -> DoubleDouble {
    surprisal(
      of: DoubleDouble(Double(part)), in: DoubleDouble(Double(whole)),
      rest: DoubleDouble(Double(whole - part)))
  }

  @inline(__always)
  static func pair(joint: Int, whole: Int, x: Int, y: Int) -> ScaledPair {
    let a = DoubleDouble.product(Double(joint), Double(whole))
    let b = DoubleDouble.product(Double(x), Double(y))
    return ScaledPair(pair: MassPair(a: a, b: b, d: a - b))
  }
}

extension DoubleDouble {
  /// An integer, rounded to 106 bits.
  init(integer value: UInt128) {
    self = Self.joined([UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value)])
  }

  /// An integer of 64-bit digits, highest first, rounded to 106 bits.
  fileprivate static func joined(_ digits: [UInt64]) -> DoubleDouble {
    var result = DoubleDouble.zero
    for digit in digits {
      // Halves of 32 bits are exact; so is every step until 106 bits are full.
      result = result * 0x1p32 + Double(digit >> 32)
      result = result * 0x1p32 + Double(digit & 0xFFFF_FFFF)
    }
    return result
  }
}

// MARK: - Fixed-point masses

/// Integers below 2¹²⁶: large counts, and probabilities in units of their lowest bit.
extension UInt128: ExactMass {
  /// An integer of 256 bits in two's complement.
  struct Balance: ExactBalance {
    private var high: UInt128 = 0
    private var low: UInt128 = 0

    init() {}

    mutating func add(_ x: UInt128, _ y: UInt128) {
      let product = x.multipliedFullWidth(by: y)
      let (sum, carry) = low.addingReportingOverflow(product.low)
      low = sum
      high = high &+ product.high &+ (carry ? 1 : 0)
    }

    mutating func subtract(_ x: UInt128, _ y: UInt128) {
      let product = x.multipliedFullWidth(by: y)
      let (difference, borrow) = low.subtractingReportingOverflow(product.low)
      low = difference
      high = high &- product.high &- (borrow ? 1 : 0)
    }

    var term: Term {
      guard high >> 127 == 1 else { return Term(Self.rounded(high, low)) }
      let negated = ~low &+ 1
      return Term(-Self.rounded(~high &+ (negated == 0 ? 1 : 0), negated))
    }

    private static func rounded(_ high: UInt128, _ low: UInt128) -> DoubleDouble {
      guard high > 0 else { return DoubleDouble(integer: low) }
      return .joined([
        UInt64(truncatingIfNeeded: high >> 64), UInt64(truncatingIfNeeded: high),
        UInt64(truncatingIfNeeded: low >> 64), UInt64(truncatingIfNeeded: low),
      ])
    }
  }

  static func sums(of masses: [UInt128], in groups: CellGroups) -> [UInt128] {
    var sums = [UInt128](repeating: 0, count: groups.count)
    for (cell, group) in groups.ids.enumerated() { sums[Int(group)] += masses[cell] }
    return sums
  }

  var term: Term { Term(DoubleDouble(integer: self)) }

  static func surprisal(of part: UInt128, in whole: UInt128) -> DoubleDouble {
    surprisal(
      of: DoubleDouble(integer: part), in: DoubleDouble(integer: whole),
      rest: DoubleDouble(integer: whole - part))
  }

  static func pair(joint: UInt128, whole: UInt128, x: UInt128, y: UInt128) -> ScaledPair {
    var balance = Balance()
    balance.add(joint, whole)
    let a = balance.term
    balance.subtract(x, y)
    let d = balance.term
    var other = Balance()
    other.add(x, y)
    return ScaledPair(pair: MassPair(a: a.value, b: other.term.value, d: d.value))
  }
}
