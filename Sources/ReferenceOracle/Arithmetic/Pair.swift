import BigInt
import InformationTheory

/// A real number within `radius` of a pair of doubles: the fast arithmetic.
///
/// The relative error of each operation on pairs is below 64 u², u = 2⁻⁵³, by the theorems of
/// Joldes, Muller and Popescu (2017): 3 u² for sums, 7 u² for products, 15 u² for quotients,
/// as long as nothing underflows; where something does, the error is below a few 2⁻¹⁰⁷⁴. An
/// operation adds both bounds to what the radii of its operands come to. Overflow and
/// division by what may be 0 leave an infinite radius.
struct Pair: Sendable {
  var value: DoubleDouble
  var radius: Double

  /// The relative error of an operation, 64 u².
  static let relative = 0x1p-100
  /// More than any operation loses to underflow.
  static let least = 0x1p-1060

  @inline(__always)
  init(_ value: DoubleDouble, radius: Double) {
    (self.value, self.radius) = (value, radius)
  }

  /// A value that an operation rounded, of operands whose radii come to another.
  ///
  /// A radius is a sum of a few products, none negative, each rounded by at most 2⁻⁵³.
  @inline(__always)
  init(rounded value: DoubleDouble, inherited: Double, relative: Double = Self.relative) {
    self.value = value
    radius = (inherited + value.high.magnitude * relative) * (1 + 0x1p-45) + Self.least
  }

  static let unbounded = Pair(.zero, radius: .infinity)

  @inline(__always)
  var size: Double { value.high.magnitude * (1 + 0x1p-50) }
}

extension Pair: Enclosure {
  /// Terms and radii, each summed exactly.
  struct Sum: EnclosureSum {
    private var values = ExactSum()
    private var radii = ExactSum()
    private var isUnbounded = false

    mutating func add(_ term: Pair) {
      guard !term.isUnbounded else {
        isUnbounded = true
        return
      }
      values.add(term.value.high)
      values.add(term.value.low)
      radii.add(term.radius)
    }

    /// The sums are rounded to 106 bits and to 53.
    var total: Pair {
      let value = values.doubleDouble
      guard !isUnbounded, value.high.isFinite else { return .unbounded }
      let radius = radii.value
      if value.high == 0 && radius == 0 { return Pair(.zero, radius: 0) }
      return Pair(rounded: value, inherited: radius)
    }
  }

  @inline(__always)
  var isUnbounded: Bool { !(radius < .infinity && value.high.isFinite && value.low.isFinite) }
  var isZero: Bool { value.high == 0 && radius == 0 }

  @inline(__always)
  static prefix func - (x: Pair) -> Pair { Pair(-x.value, radius: x.radius) }

  @inline(__always)
  static func + (x: Pair, y: Pair) -> Pair {
    Pair(rounded: x.value + y.value, inherited: x.radius + y.radius)
  }

  @inline(__always)
  static func - (x: Pair, y: Pair) -> Pair { x + (-y) }

  @inline(__always)
  static func * (x: Pair, y: Pair) -> Pair {
    // A known zero times what overflowed is zero.
    if x.isZero || y.isZero { return Pair(.zero, radius: 0) }
    return Pair(
      rounded: x.value * y.value,
      inherited: x.size * y.radius + x.radius * (y.size + y.radius))
  }

  /// |(a ± r)/(b ± s) − a/b| ≤ (r + |a/b|·s)/(|b| − s).
  ///
  /// Both are brought near 1, where nothing underflows.
  @inline(__always)
  static func / (x: Pair, y: Pair) -> Pair {
    guard y.radius < y.value.high.magnitude * 0.5 else { return .unbounded }
    let quotient: DoubleDouble
    if isModerate(x.value.high) && isModerate(y.value.high) {
      quotient = x.value / y.value
    } else {
      if x.value.high == 0 { return Pair(.zero, radius: x.radius / (y.size * 0.499)) }
      guard x.value.high.isFinite, y.value.high.isFinite else { return .unbounded }
      let i = x.value.high.magnitude.binaryParts.exponent
      let j = y.value.high.magnitude.binaryParts.exponent
      quotient =
        (x.value.scaled(byPowerOfTwo: -i) / y.value.scaled(byPowerOfTwo: -j))
        .scaled(byPowerOfTwo: i - j)
    }
    let room = y.value.high.magnitude * (1 - 0x1p-50) - y.radius
    return Pair(
      rounded: quotient,
      inherited: (x.radius + quotient.high.magnitude * (1 + 0x1p-50) * y.radius) / room)
  }

  /// Whether quotients of such numbers and their remainders are far from underflow.
  @inline(__always)
  static func isModerate(_ x: Double) -> Bool {
    x.magnitude > 0x1p-200 && x.magnitude < 0x1p200
  }

  /// |√(a ± r) − √a| ≤ r/√a; what is below 2⁻⁴⁰⁰ is left to balls.
  func squareRoot() -> Pair {
    if isZero { return self }
    guard value.high > 0x1p-400, radius < value.high * 0.5 else { return .unbounded }
    let root = value.squareRoot()
    return Pair(rounded: root, inherited: radius / (root.high * (1 - 0x1p-50)))
  }

  func scaled(byPowerOfTwo k: Int) -> Pair {
    if isZero { return self }
    let scaled = radius.scaled(byPowerOfTwo: k)
    return Pair(value.scaled(byPowerOfTwo: k), radius: scaled + Self.least)
  }

  // Left to balls, in which these are easy to prove.
  func logGamma() -> Pair { .unbounded }
  func digamma() -> Pair { .unbounded }
  func trigamma() -> Pair { .unbounded }
  func errorFunction() -> Pair { .unbounded }

  var approximation: Double { value.high }
  var magnitude: Pair { value.high < 0 ? -self : self }

  /// Where neither is known to be the larger, both are within |x − y| of x.
  static func maximum(_ x: Pair, _ y: Pair) -> Pair {
    let difference = x - y
    if difference.value.high > difference.radius { return x }
    if -difference.value.high > difference.radius { return y }
    return x.widened(by: difference)
  }

  func widened(by other: Pair) -> Pair {
    if isUnbounded || other.isUnbounded { return .unbounded }
    return Pair(value, radius: (radius + other.size + other.radius) * (1 + 0x1p-45))
  }

  var ball: Ball {
    guard !isUnbounded else { return .unbounded(256) }
    return Ball(value.high, precision: 4096)
      .adding(exactly: Ball(value.low, precision: 4096))
      .widened(by: Ball(radius, precision: 64))
  }
}

extension Ball {
  /// The exact sum of two doubles of a pair, with room for a radius.
  fileprivate func adding(exactly other: Ball) -> Ball { (self + other).with(precision: 4096) }
}

/// Arithmetic in pairs of doubles with bounds.
struct PairArithmetic: Arithmetic {
  func number(_ x: Double) -> Pair {
    Pair(DoubleDouble(x), radius: x.isFinite ? 0 : .infinity)
  }

  /// π rounded to 106 bits.
  var pi: Pair {
    Pair(
      rounded: DoubleDouble(high: 0x1.921fb54442d18p+1, low: 0x1.1a62633145c07p-53), inherited: 0)
  }

  /// Operations are off by 64 u².
  var bits: Int { 100 }

  /// Euler's constant rounded to 106 bits.
  var eulerGamma: Pair {
    Pair(
      rounded: DoubleDouble(high: 0x1.2788cfc6fb619p-1, low: -0x1.6cb90701fbfabp-58), inherited: 0)
  }

  func sum() -> Pair.Sum { Pair.Sum() }
}
