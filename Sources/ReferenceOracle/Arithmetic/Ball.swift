import BigInt

/// A real number within `radius` units of `mantissa`, the unit being 2 to the `exponent`.
///
/// Exact while the mantissa has at most `precision` bits; what is cut off beyond them goes
/// into the radius. Each operation says in a comment why its radius suffices.
struct Ball: Sendable {
  var mantissa: BigInt
  var exponent: Int
  /// Below 2³⁴, or `unboundedRadius`.
  var radius: UInt64
  let precision: Int

  static let unboundedRadius = UInt64.max

  /// A number that is known exactly.
  init(exactly mantissa: BigInt, exponent: Int, precision: Int) {
    (self.mantissa, self.exponent, self.precision) = (mantissa, exponent, precision)
    radius = 0
  }

  /// A double.
  init(_ x: Double, precision: Int) {
    guard x.isFinite else {
      self = .unbounded(precision)
      return
    }
    guard x != 0 else {
      self.init(exactly: 0, exponent: 0, precision: precision)
      return
    }
    let isNormal = x.isNormal
    let significand = Int64(x.significandBitPattern) | (isNormal ? 1 << 52 : 0)
    self.init(
      exactly: BigInt(x < 0 ? -significand : significand),
      exponent: isNormal ? Int(x.exponent) - 52 : -1074, precision: precision)
  }

  /// A ball cut to its precision.
  ///
  /// Cutting s bits off a mantissa loses less than one new unit, and cutting them off the
  /// radius less than another.
  init(_ mantissa: BigInt, radius: BigUInt, exponent: Int, precision: Int) {
    let shift = max(mantissa.magnitude.bitWidth - precision, radius.bitWidth - 32, 0)
    guard shift > 0 else {
      (self.mantissa, self.exponent, self.precision) = (mantissa, exponent, precision)
      self.radius = UInt64(radius)
      return
    }
    let cut = mantissa.magnitude >> shift
    let isExact =
      radius.isZero && (mantissa.isZero || mantissa.magnitude.trailingZeroBitCount >= shift)
    self.mantissa = BigInt(sign: mantissa.sign, magnitude: cut)
    self.exponent = exponent + shift
    self.precision = precision
    self.radius = isExact ? 0 : UInt64(radius >> shift) + 2
  }

  /// A number of which nothing is known.
  static func unbounded(_ precision: Int) -> Ball {
    var ball = Ball(exactly: 0, exponent: 0, precision: precision)
    ball.radius = unboundedRadius
    return ball
  }

  /// A number between −2ᵏ and 2ᵏ.
  static func within(powerOfTwo k: Int, precision: Int) -> Ball {
    Ball(0, radius: 1, exponent: k, precision: precision)
  }
}

// MARK: - What is known

extension Ball {
  var isUnbounded: Bool { radius == Self.unboundedRadius }
  var isExact: Bool { radius == 0 }
  var isZero: Bool { radius == 0 && mantissa.isZero }
  var isPositive: Bool {
    !isUnbounded && mantissa.sign == .plus && mantissa.magnitude > BigUInt(radius)
  }

  /// Whether 0 is in the ball.
  var mayBeZero: Bool { isUnbounded || mantissa.magnitude <= BigUInt(radius) }

  /// Twice as far as any real in the ball is from 0, as a power of two; low for 0.
  var reach: Int {
    let bits = (mantissa.magnitude + BigUInt(radius)).bitWidth
    return bits == 0 ? Int.min / 4 : exponent + bits
  }

  /// The lower bound, in units of 2 to the exponent.
  var lower: BigInt { mantissa - BigInt(radius) }
  /// The upper bound, in units of 2 to the exponent.
  var upper: BigInt { mantissa + BigInt(radius) }

  /// The centre.
  var centre: Ball { Ball(exactly: mantissa, exponent: exponent, precision: precision) }
  /// The radius, as an exact number.
  var spread: Ball { Ball(exactly: BigInt(radius), exponent: exponent, precision: precision) }
  /// The least real of the ball.
  var least: Ball { Ball(exactly: lower, exponent: exponent, precision: precision) }

  /// The same reals, for operations of another precision.
  func with(precision: Int) -> Ball {
    if isUnbounded { return .unbounded(precision) }
    return Ball(mantissa, radius: BigUInt(radius), exponent: exponent, precision: precision)
  }

  /// The reals whose magnitude is not above the largest in the ball.
  ///
  /// Added to a number of few bits they cost it none, as growing its radius by a unit does.
  var aroundZero: Ball {
    if isUnbounded { return self }
    return Ball(
      0, radius: mantissa.magnitude + BigUInt(radius), exponent: exponent, precision: precision)
  }

  /// The ball with its radius grown by the largest magnitude in another one.
  func widened(by other: Ball) -> Ball {
    if isUnbounded || other.isUnbounded { return .unbounded(precision) }
    let bound = other.mantissa.magnitude + BigUInt(other.radius)
    if bound.isZero { return self }
    if isZero { return Ball(0, radius: bound, exponent: other.exponent, precision: precision) }
    let shift = other.exponent - exponent
    if shift > 1 << 20 { return .unbounded(precision) }
    let grown =
      shift >= 0
      ? bound << shift : (-shift > bound.bitWidth ? 1 : (bound >> -shift) + 1)
    return Ball(
      mantissa, radius: BigUInt(radius) + grown, exponent: exponent, precision: precision)
  }
}

// MARK: - Arithmetic

extension Ball {
  static prefix func - (x: Ball) -> Ball {
    var result = x
    result.mantissa.negate()
    return result
  }

  static func - (x: Ball, y: Ball) -> Ball { x + (-y) }

  /// The mantissas over a common exponent; what is far below the other's last bit is
  /// nothing but one unit of the radius.
  static func + (x: Ball, y: Ball) -> Ball {
    let precision = min(x.precision, y.precision)
    if x.isUnbounded || y.isUnbounded { return .unbounded(precision) }
    if x.isZero { return y.with(precision: precision) }
    if y.isZero { return x.with(precision: precision) }
    let (large, small) = x.reach >= y.reach ? (x, y) : (y, x)
    let last = large.reach - precision - 34
    if small.reach < last {
      // |small| < 2^last, at most one unit of the exponent chosen here.
      let shift = max(large.exponent - last, 0)
      return Ball(
        large.mantissa << shift, radius: (BigUInt(large.radius) << shift) + 1,
        exponent: large.exponent - shift, precision: precision)
    }
    let exponent = min(x.exponent, y.exponent)
    let (i, j) = (x.exponent - exponent, y.exponent - exponent)
    return Ball(
      (x.mantissa << i) + (y.mantissa << j),
      radius: (BigUInt(x.radius) << i) + (BigUInt(y.radius) << j),
      exponent: exponent, precision: precision)
  }

  /// (a ± r)(b ± s) is within |a|s + |b|r + rs of ab.
  static func * (x: Ball, y: Ball) -> Ball {
    let precision = min(x.precision, y.precision)
    if x.isUnbounded || y.isUnbounded {
      return x.isZero || y.isZero
        ? Ball(exactly: 0, exponent: 0, precision: precision) : .unbounded(precision)
    }
    let (r, s) = (BigUInt(x.radius), BigUInt(y.radius))
    return Ball(
      x.mantissa * y.mantissa,
      radius: x.mantissa.magnitude * s + y.mantissa.magnitude * r + r * s,
      exponent: x.exponent + y.exponent, precision: precision)
  }

  /// |(a ± r)/(b ± s) − a/b| ≤ (|a|s + |b|r)/(|b|(|b| − s)); the quotient of integers adds
  /// less than one unit, and the bound's own is rounded up.
  static func / (x: Ball, y: Ball) -> Ball {
    let precision = min(x.precision, y.precision)
    let (a, b) = (x.mantissa.magnitude, y.mantissa.magnitude)
    let (r, s) = (BigUInt(x.radius), BigUInt(y.radius))
    guard !x.isUnbounded, !y.isUnbounded, b > s else { return .unbounded(precision) }
    if x.isZero { return Ball(exactly: 0, exponent: 0, precision: precision) }
    let shift = max(precision + 2 + b.bitWidth - a.bitWidth, 0)
    let (quotient, remainder) = (a << shift).quotientAndRemainder(dividingBy: b)
    var radius: BigUInt = remainder.isZero ? 0 : 1
    if r != 0 || s != 0 { radius += ((a * s + b * r) << shift) / (b * (b - s)) + 1 }
    return Ball(
      BigInt(sign: x.mantissa.sign == y.mantissa.sign ? .plus : .minus, magnitude: quotient),
      radius: radius, exponent: x.exponent - y.exponent - shift, precision: precision)
  }

  func scaled(byPowerOfTwo k: Int) -> Ball {
    var result = self
    if !isUnbounded { result.exponent += k }
    return result
  }

  /// The integer root is within one unit; |√(a ± r) − √a| ≤ r/√a.
  ///
  /// Of reals around 0 the root is between 0 and that of the largest.
  func squareRoot() -> Ball {
    if isUnbounded { return self }
    if isZero { return self }
    guard isPositive else {
      guard upper > 0 else { return .unbounded(precision) }
      let top = Ball(exactly: upper, exponent: exponent, precision: precision).squareRoot()
      let half = top.scaled(byPowerOfTwo: -1)
      return half.widened(by: half)
    }
    let magnitude = mantissa.magnitude
    var shift = max(2 * precision + 4 - magnitude.bitWidth, 0)
    if (exponent - shift) & 1 != 0 { shift += 1 }
    let square = magnitude << shift
    let root = square.squareRoot()
    var bound: BigUInt = root * root == square ? 0 : 1
    if radius > 0 { bound += (BigUInt(radius) << shift) / root + 1 }
    return Ball(
      BigInt(root), radius: bound, exponent: (exponent - shift) / 2, precision: precision)
  }
}
