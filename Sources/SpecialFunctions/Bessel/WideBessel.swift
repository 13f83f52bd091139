import InformationTheory

/// The modified Bessel functions I₀ and I₁ with about 90 bits, for x ≥ 0.
enum Bessel {
  /// Up to here the series, from here on the asymptotic expansion, whose error is e⁻²ˣ.
  static let seam = 32.0

  static let squareRootOfTwoPi = (DoubleDouble.pi * 2.0).squareRoot()

  /// Returns Iᵥ(x)/(x/2)ᵛ − 1 for the order 0 or 1 and x below the seam: all terms but the
  /// first of Σ (x²/4)ᵏ/(k!(k + ν)!), DLMF 10.25.2.
  static func seriesTail(_ order: Double, _ x: Double) -> DoubleDouble {
    let square = DoubleDouble.product(x / 2, x / 2)
    var (sum, term, k) = (DoubleDouble.zero, DoubleDouble.one, 0.0)
    repeat {
      k += 1
      term = term * square / DoubleDouble(k * (k + order))
      sum = sum + term
    } while term.high > 0x1p-108 * sum.high
    return sum
  }

  /// Returns √(2πx) e⁻ˣ Iᵥ(x) for the order 0 or 1 and x from the seam on: the expansion
  /// of DLMF 10.40.1, whose terms fall up to the 64th.
  static func expansion(_ order: Double, _ x: Double) -> DoubleDouble {
    let reciprocal = DoubleDouble.one / DoubleDouble(x) * 0.125
    var (sum, term) = (DoubleDouble.one, DoubleDouble.one)
    for k in stride(from: 1.0, through: 64, by: 1) {
      let odd = 2 * k - 1
      term = term * reciprocal * (odd * odd - 4 * order * order) / DoubleDouble(k)
      sum = sum + term
      if term.high.magnitude < 0x1p-108 { break }
    }
    return sum
  }

  /// Returns e⁻ˣ Iᵥ(x)/(x/2)ᵛ below the seam, and e⁻ˣ Iᵥ(x) from there on.
  static func scaled(_ order: Double, _ x: Double) -> DoubleDouble {
    if x < seam {
      return (seriesTail(order, x) + 1.0) * DoubleDouble.wideExp(DoubleDouble(-x))
    }
    return expansion(order, x) / (squareRootOfTwoPi * DoubleDouble(x).squareRoot())
  }

  /// Returns log Iᵥ(x) for the order 0 or 1 and x from the seam on.
  static func logExpansion(_ order: Double, _ x: Double) -> DoubleDouble {
    let wide = DoubleDouble(x)
    let main = wide - DoubleDouble.halfLogTwoPi - DoubleDouble.wideLog(wide) * 0.5
    return main + DoubleDouble.wideLog(expansion(order, x))
  }

  /// I₁ − 1 about its zero r = 1.518…, from Bessel's equation
  /// x²y″ + xy′ − (x² + 1)y = 0 for the coefficients of y.
  static let firstMinusOne: ZeroExpansion = {
    let (zero, rest) = (
      0x1.84b26547b128cp+0, DoubleDouble(high: -0x1.4131a94dd3a69p-54, low: -0x1.21df136a478b4p-109)
    )
    let root = DoubleDouble(zero) + rest
    let square = root * root
    // I₁′ = I₀ − I₁/x, and I₁(r) = 1.
    let i0 = seriesTailAtRoot(root) + 1.0
    var y = [DoubleDouble.zero, .zero, .one, i0 - DoubleDouble.one / root]
    for k in 0..<14 {
      // y[k + 2] is the coefficient of dᵏ.
      let n = Double(k)
      let first = root * y[k + 3] * ((n + 1) * (2 * n + 1))
      let second = (DoubleDouble(n * n - 1) - square) * y[k + 2]
      let others = root * y[k + 1] * -2.0 - y[k]
      y.append(-(first + second + others) / (square * ((n + 1) * (n + 2))))
    }
    return ZeroExpansion(
      zero: zero, rest: rest, radius: 0x1p-6, coefficients: Array(y.dropFirst(3)))
  }()

  /// I₀ − 1 at an argument in two doubles.
  private static func seriesTailAtRoot(_ x: DoubleDouble) -> DoubleDouble {
    let square = x * x * 0.25
    var (sum, term) = (DoubleDouble.zero, DoubleDouble.one)
    for k in 1...27 {
      term = term * square / DoubleDouble(Double(k * k))
      sum = sum + term
    }
    return sum
  }
}
