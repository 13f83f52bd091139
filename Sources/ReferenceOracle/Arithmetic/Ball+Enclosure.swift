import BigInt

extension Ball: Enclosure {
  struct Sum: EnclosureSum {
    /// The sum of the terms' mantissas and of their radii, over one exponent.
    private var mantissa = BigInt(0)
    private var radius = BigUInt(0)
    private var exponent = 0
    private var isUnbounded = false
    private let precision: Int

    /// Nothing that leaves has bits below this; what terms have there goes into the radius.
    private static let lowestExponent = -8192

    init(precision: Int) { self.precision = precision }

    mutating func add(_ term: Ball) {
      if term.isUnbounded { isUnbounded = true }
      if term.isZero || isUnbounded { return }
      if mantissa.isZero && radius.isZero { exponent = term.exponent }
      let term = term.cut(to: Self.lowestExponent)
      if term.exponent < exponent {
        let shift = exponent - term.exponent
        mantissa <<= shift
        radius <<= shift
        exponent = term.exponent
      }
      let shift = term.exponent - exponent
      mantissa += term.mantissa << shift
      radius += BigUInt(term.radius) << shift
    }

    var total: Ball {
      isUnbounded
        ? .unbounded(precision)
        : Ball(mantissa, radius: radius, exponent: exponent, precision: precision)
    }
  }

  /// The ball over an exponent that is not below another.
  ///
  /// Of the mantissa and of the radius less than one unit each is cut off.
  private func cut(to lowest: Int) -> Ball {
    let shift = lowest - exponent
    guard shift > 0 else { return self }
    var result = self
    result.exponent = lowest
    result.mantissa =
      shift > mantissa.magnitude.bitWidth
      ? 0 : BigInt(sign: mantissa.sign, magnitude: mantissa.magnitude >> shift)
    result.radius = (radius >> UInt64(min(shift, 63))) + 2
    return result
  }

  /// As it is written: at a higher precision nothing is lost by the cancellation.
  static func divergence(_ p: Ball, _ q: Ball) -> Ball { p * (p / q).log() - p + q }

  // More bits do the same for balls.
  static func divergence(_ p: Ball, _ q: Ball, difference: Ball) -> Ball { divergence(p, q) }

  var magnitude: Ball { mantissa.sign == .minus ? -self : self }

  /// Where neither is known to be the larger, both are within |x − y| of x.
  static func maximum(_ x: Ball, _ y: Ball) -> Ball {
    let difference = x - y
    if difference.isPositive || difference.isZero { return x }
    return (-difference).isPositive ? y : x.widened(by: difference)
  }

  var approximation: Double { nearestDouble }
  var ball: Ball { self }
}

/// Arithmetic in balls of one precision.
struct BallArithmetic: Arithmetic {
  let precision: Int

  var bits: Int { precision }
  func number(_ x: Double) -> Ball { Ball(x, precision: precision) }
  var pi: Ball { .pi(precision: precision) }
  var eulerGamma: Ball { -one.digamma() }
  func sum() -> Ball.Sum { Ball.Sum(precision: precision) }
}
