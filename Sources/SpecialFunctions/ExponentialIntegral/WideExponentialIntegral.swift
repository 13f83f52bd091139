import InformationTheory

/// The exponential integrals with about 90 bits.
enum ExponentialIntegral {
  /// Up to here Eₙ comes from its series, beyond from its continued fraction.
  private static let seam = 4.0

  /// Returns Eₙ(x) for n ≥ 1 and x > 0; below 2⁻¹⁰⁷⁴ it is 0.
  static func e(order n: Int, _ x: Double) -> Double {
    if x > 800 { return 0 }
    // From order 100 on the fraction is as good for small arguments.
    if x <= seam && n < 100 { return series(n, x).high }
    let power = DoubleDouble.wideScaledExp(DoubleDouble(-x))
    let value = power.value / fraction(n, x)
    return value.rounded(timesPowerOfTwo: power.exponent)
  }

  /// Eₙ(x) = t₍ₙ₋₁₎·(ψ(n) − log x) + Σ tₘ/(n − 1 − m) over m ≠ n − 1, with tₘ = (−x)ᵐ/m!.
  ///
  /// The sum loses at most 12 bits up to the seam.
  ///
  /// Source: DLMF 8.19.8.
  private static func series(_ n: Int, _ x: Double) -> DoubleDouble {
    var (sum, term) = (DoubleDouble.zero, DoubleDouble.one)
    for m in 0..<55 {
      if m > 0 { term = term * -x / DoubleDouble(Double(m)) }
      if m == n - 1 {
        let harmonic = (1..<n).reduce(-DoubleDouble.eulerGamma) {
          $0 + DoubleDouble.one / DoubleDouble(Double($1))
        }
        sum = sum + term * (harmonic - DoubleDouble.wideLog(DoubleDouble(x)))
      } else {
        sum = sum + term / DoubleDouble(Double(n - 1 - m))
      }
    }
    return sum
  }

  /// e⁻ˣ/Eₙ(x) = x + n − 1·n/(x + n + 2 − 2(n + 1)/(x + n + 4 − …)), from the inside.
  ///
  /// Source: DLMF 8.19.17, contracted to its even part.
  private static func fraction(_ n: Int, _ x: Double) -> DoubleDouble {
    let order = DoubleDouble(exactly: n)
    let base = order + x
    // The error falls like e^(−4√(kx)); orders from 100 on converge faster than x = 4.
    let count = 20 + Int(400 / max(x, seam))
    var value = base + Double(2 * count)
    for k in stride(from: count, through: 1, by: -1) {
      value = base + Double(2 * k - 2) - (order + Double(k - 1)) * Double(k) / value
    }
    return value
  }

  /// From here on Ei comes from its asymptotic expansion, whose error is e⁻ˣ.
  private static let asymptoticStart = 50.0

  /// Returns Ei(x) for x > 0, as a value and a power of two.
  static func ei(_ x: Double) -> (value: DoubleDouble, exponent: Int) {
    if let value = nextToZero.value(x) { return (value, 0) }
    let wide = DoubleDouble(x)
    guard x < asymptoticStart else {
      // eˣ/x·Σ k!/xᵏ, up to the smallest term.
      var (sum, term) = (DoubleDouble.one, DoubleDouble.one)
      for k in 1...50 {
        term = term * Double(k) / wide
        sum = sum + term
        if term.high < 0x1p-106 { break }
      }
      let power = DoubleDouble.wideScaledExp(wide)
      return (power.value * sum / wide, power.exponent)
    }
    // γ + log x + Σ xᵏ/(k·k!), DLMF 6.6.1.
    var (sum, term, k) = (DoubleDouble.zero, DoubleDouble.one, 0.0)
    repeat {
      k += 1
      term = term * x / DoubleDouble(k)
      sum = sum + term / DoubleDouble(k)
    } while term.high > 0x1p-106 * sum.high
    return (DoubleDouble.eulerGamma + DoubleDouble.wideLog(wide) + sum, 0)
  }

  /// The series about the zero r = 0.3725…: x·Ei′ = eˣ, whose coefficients about r give
  /// those of the derivative one by one.
  private static let nextToZero: ZeroExpansion = {
    let (zero, rest) = (
      0x1.7d72952b4b5fcp-2, DoubleDouble(high: 0x1.e4c986021c6f2p-57, low: 0x1.ae2d0d6529db7p-111)
    )
    let root = DoubleDouble(zero) + rest
    let power = DoubleDouble.wideExp(root)
    var (derivative, coefficients) = (DoubleDouble.zero, [DoubleDouble]())
    for k in 0..<16 {
      derivative = (power * DoubleDouble.reciprocalFactorials[k] - derivative) / root
      coefficients.append(derivative / DoubleDouble(Double(k + 1)))
    }
    return ZeroExpansion(zero: zero, rest: rest, radius: 0x1p-8, coefficients: coefficients)
  }()
}

extension DoubleDouble {
  /// An integer, which a double alone does not hold from 2⁵³ on.
  fileprivate init(exactly n: Int) {
    self = .sum(Double(n >> 32) * 0x1p32, Double(n & 0xFFFF_FFFF))
  }
}
