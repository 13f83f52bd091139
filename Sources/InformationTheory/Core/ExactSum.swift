/// An exact sum of doubles: the result depends on the terms alone, never on
/// their order, their partition or the machine.
///
/// ```swift
/// var sum = ExactSum()
/// sum.add(1e100)
/// sum.add(1)
/// sum.add(-1e100)
/// sum.value  // 1.0
/// ```
///
/// Terms go into a wide fixed-point number of 112 digits of 32 bits, from
/// 2⁻²³⁰⁴ to 2¹²⁸⁰, by integer additions that carry no rounding. Partial sums of
/// parts of the data, in threads or on machines, are put together by
/// ``merge(_:)``; `Codable` carries them there.
///
/// - Accuracy: ``value`` is the true sum rounded once, to nearest, ties to even.
/// - Complexity: a constant number of operations a term, 920 bytes of state.
/// - Source: R. M. Neal, "Fast exact summation using small and large
///   superaccumulators" (2015, arXiv:1505.05571).
public struct ExactSum: Sendable {
  static let digitCount = 112
  /// The weight of the lowest bit is 2 to the minus this.
  static let lowestBit = 2304

  private var digits = InlineArray<112, Int64>(repeating: 0)
  /// Additions since the carries were last propagated.
  ///
  /// A digit takes 2³⁰ of them before it could overflow.
  private var pending = 0
  /// All digits before the first and after the last of these are 0.
  private var first = Self.digitCount
  private var last = -1

  /// Creates an empty sum, whose value is 0.
  public init() {}

  /// Creates the sum of some terms.
  ///
  /// - Parameter terms: Finite numbers.
  /// - Precondition: Every term is finite.
  public init(_ terms: some Sequence<Double>) {
    for term in terms { add(term) }
  }

  /// Adds a term exactly.
  ///
  /// - Parameter term: A finite number.
  /// - Precondition: `term` is finite.
  public mutating func add(_ term: Double) {
    precondition(term.isFinite, "ExactSum.add: a term must be finite")
    add(term, timesPowerOfTwo: 0)
  }

  /// Adds everything that another sum holds.
  ///
  /// - Parameter other: A sum of other terms.
  public mutating func merge(_ other: ExactSum) {
    var other = other
    propagateCarries()
    other.propagateCarries()
    first = min(first, other.first)
    last = max(last, other.last)
    for i in first..<max(first, last + 1) { digits[i] += other.digits[i] }
    pending += 1
  }

  /// The sum, rounded once to the nearest double; ±∞ where it is out of range.
  public var value: Double { rounded() }
}

// MARK: - For the measures

extension ExactSum {
  /// Adds x·2ᵏ for a finite x, exactly; what lies wholly below 2⁻²³⁰⁴ is nothing
  /// to any result and is left out.
  @inline(__always)
  mutating func add(_ x: Double, timesPowerOfTwo k: Int) {
    let bits = x.bitPattern
    var exponent = Int((bits >> 52) & 0x7FF)
    var fraction = bits & 0x000F_FFFF_FFFF_FFFF
    if exponent == 0 {
      if fraction == 0 { return }
      exponent = 1
    } else {
      fraction |= 0x0010_0000_0000_0000
    }
    let position = exponent - 1075 + k + Self.lowestBit
    guard position >= 0 else { return }
    let offset = UInt64(position & 31)
    let index = position >> 5
    let low = fraction << offset
    let high = offset == 0 ? 0 : fraction >> (64 - offset)
    let parts = (
      Int64(low & 0xFFFF_FFFF), Int64(low >> 32), Int64(high)
    )
    if x.sign == .minus {
      digits[index] -= parts.0
      digits[index + 1] -= parts.1
      digits[index + 2] -= parts.2
    } else {
      digits[index] += parts.0
      digits[index + 1] += parts.1
      digits[index + 2] += parts.2
    }
    first = min(first, index)
    last = max(last, index + 2)
    pending += 1
    if pending >= 1 << 30 { propagateCarries() }
  }

  /// Adds both parts of x·2ᵏ.
  @inline(__always)
  mutating func add(_ x: DoubleDouble, timesPowerOfTwo k: Int = 0) {
    add(x.high, timesPowerOfTwo: k)
    add(x.low, timesPowerOfTwo: k)
  }

  /// The sum as a pair of doubles: right to 106 bits; infinite where it is out of range.
  package var doubleDouble: DoubleDouble {
    var rest = self
    let high = rest.takeHigh()
    return DoubleDouble(high: high, low: high.isFinite ? rest.takeHigh() : 0)
  }

  /// The sum as doubles that add up to it exactly, largest first; of an infinite
  /// sum the infinity alone.
  var expansion: [Double] {
    var rest = self
    var parts: [Double] = []
    while true {
      let part = rest.takeHigh()
      guard part != 0 else { return parts }
      parts.append(part)
      guard part.isFinite else { return parts }
    }
  }

  /// Adds x·y, exactly but for the product of x and what y has beyond 106 bits.
  mutating func addProduct(_ x: Double, _ y: DoubleDouble) {
    let lift = Term.lift(x.magnitude)
    let lifted = x.scaled(byPowerOfTwo: lift)
    add(DoubleDouble.product(lifted, y.high), timesPowerOfTwo: -lift)
    add(DoubleDouble.product(lifted, y.low), timesPowerOfTwo: -lift)
  }

  /// The sum as a term: lifted where a pair of doubles would lose digits.
  var term: Term {
    let value = doubleDouble
    guard value.high.magnitude < 0x1p-500 else { return Term(value) }
    return Term(lifted(byDigits: 16).doubleDouble, exponent: -512)
  }

  /// The sum times 2^(32·count), for one that is small enough.
  func lifted(byDigits count: Int) -> ExactSum {
    var canonical = self
    canonical.propagateCarries()
    var result = ExactSum()
    for i in count..<Self.digitCount { result.digits[i] = canonical.digits[i - count] }
    // The sign is in the top digit.
    result.digits[Self.digitCount - 1] += canonical.digits[Self.digitCount - 1] << 32
    result.pending = 1
    (result.first, result.last) = (0, Self.digitCount - 1)
    return result
  }

  /// Brings every digit but the top one into 0 ..< 2³²; the top one has the sign.
  private mutating func propagateCarries() {
    guard pending > 0 else { return }
    var carry: Int64 = 0
    var i = first
    while i < Self.digitCount - 1 && (i <= last || carry != 0) {
      let digit = digits[i] + carry
      carry = digit >> 32
      digits[i] = digit & 0xFFFF_FFFF
      i += 1
    }
    digits[Self.digitCount - 1] += carry
    last = carry == 0 ? max(last, i - 1) : Self.digitCount - 1
    pending = 0
  }

  private mutating func negate() {
    for i in first...last { digits[i] = -digits[i] }
    pending += 1
  }

  private func rounded() -> Double {
    var canonical = self
    return canonical.roundedInPlace()
  }

  /// Rounds the sum, and leaves what the rounding took off it; of a sum out of range it
  /// leaves anything.
  private mutating func takeHigh() -> Double {
    let high = roundedInPlace()
    if high.isFinite { add(-high, timesPowerOfTwo: 0) }
    return high
  }

  /// Rounds the sum, which is the same afterwards in its canonical form.
  ///
  /// A sum is large to copy, so that whoever needs it once gives his own.
  private mutating func roundedInPlace() -> Double {
    propagateCarries()
    guard digits[Self.digitCount - 1] < 0 else { return roundedMagnitude() }
    negate()
    propagateCarries()
    let magnitude = roundedMagnitude()
    negate()
    propagateCarries()
    return -magnitude
  }

  // These change nothing. They are mutating because then nobody copies the digits to call
  // them, which takes longer than all that they do.

  /// Rounds a canonical sum that is not negative.
  private mutating func roundedMagnitude() -> Double {
    var top = last
    while top >= 0 && digits[top] == 0 { top -= 1 }
    guard top >= 0 else { return 0 }

    // The highest bit, and from it the weight of the result's last bit.
    let highest = 32 * top + 63 - digits[top].leadingZeroBitCount
    let exponent = highest - Self.lowestBit
    if exponent > 1023 { return .infinity }
    let last = max(exponent - 52, -1074) + Self.lowestBit
    if highest < last - 1 { return 0 }

    var significand = bits(from: last)
    if bit(last - 1) && (significand & 1 == 1 || anyBit(below: last - 1)) { significand += 1 }
    // Both factors are exact; a carry to 2⁵³, or past the range, comes out right.
    let weight = last - Self.lowestBit
    return weight < -1022
      ? Double(significand) * 0x1p-1022 * Double.powerOfTwo(weight + 1022)
      : Double(significand) * Double.powerOfTwo(weight)
  }

  private mutating func bit(_ position: Int) -> Bool {
    (digits[position >> 5] >> Int64(position & 31)) & 1 == 1
  }

  /// The bits from a position upwards, of which at most 53 are set.
  private mutating func bits(from position: Int) -> UInt64 {
    let (index, offset) = (position >> 5, UInt64(position & 31))
    var result = UInt64(digits[index]) >> offset
    if index + 1 < Self.digitCount { result |= UInt64(digits[index + 1]) << (32 - offset) }
    if index + 2 < Self.digitCount && offset > 0 {
      result |= UInt64(digits[index + 2]) << (64 - offset)
    }
    return result
  }

  private mutating func anyBit(below position: Int) -> Bool {
    let index = position >> 5
    if digits[index] & ((1 << Int64(position & 31)) - 1) != 0 { return true }
    for i in first..<max(first, index) where digits[i] != 0 { return true }
    return false
  }
}

// MARK: - Equality and coding

extension ExactSum: Equatable {
  /// Whether two sums are the same number, exactly.
  public static func == (a: ExactSum, b: ExactSum) -> Bool {
    let (x, y) = (a.canonicalDigits, b.canonicalDigits)
    return x == y
  }

  private var canonicalDigits: [Int64] {
    var canonical = self
    canonical.propagateCarries()
    return (0..<Self.digitCount).map { canonical.digits[$0] }
  }
}

extension ExactSum: Codable {
  private enum CodingKeys: String, CodingKey {
    case firstDigit
    case digits
  }

  /// Writes the digits that are not zero, lowest first, and where they start.
  public func encode(to encoder: any Encoder) throws {
    let all = canonicalDigits
    let first = all.firstIndex { $0 != 0 } ?? 0
    let end = (all.lastIndex { $0 != 0 } ?? -1) + 1
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(first, forKey: .firstDigit)
    try container.encode(Array(all[first..<max(first, end)]), forKey: .digits)
  }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let start = try container.decode(Int.self, forKey: .firstDigit)
    let stored = try container.decode([Int64].self, forKey: .digits)
    let isInRange = stored.enumerated().allSatisfy { offset, digit in
      start &+ offset == Self.digitCount - 1
        ? digit.magnitude < 1 << 40 : (0..<1 << 32).contains(digit)
    }
    guard start >= 0, start <= Self.digitCount, stored.count <= Self.digitCount - start, isInRange
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .digits, in: container,
        debugDescription: "these are not the digits of an ExactSum")
    }
    for (offset, digit) in stored.enumerated() { digits[start + offset] = digit }
    (first, last) = (start, start + stored.count - 1)
  }
}
