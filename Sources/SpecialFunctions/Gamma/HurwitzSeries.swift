import InformationTheory

/// The exponent s of a zeta function, with the two ways to raise to it.
enum ZetaExponent {
  case integer(Int)
  case real(DoubleDouble)

  /// The exponent of a double: an integer up to 1001 is raised to by squaring.
  init(_ s: Double) {
    if s.rounded() == s && s >= 2 && s <= 1001 {
      self = .integer(Int(s))
    } else {
      self = .real(DoubleDouble(s))
    }
  }

  var value: DoubleDouble {
    switch self {
    case .integer(let n): DoubleDouble(Double(n))
    case .real(let s): s
    }
  }

  /// Returns a⁻ˢ times aᵐ for a > 0.
  func inversePower(of a: DoubleDouble, less m: Int = 0) -> ScaledWide {
    switch self {
    case .integer(let n): return ScaledWide(a).power(m - n)
    case .real(let s): return DoubleDouble.anyExp(s + Double(-m), times: -DoubleDouble.wideLog(a))
    }
  }

  /// Returns (a/(a + k))ˢ for a > 0 and k > 0.
  fileprivate func ratioPower(_ a: DoubleDouble, _ k: Double) -> DoubleDouble {
    switch self {
    case .integer(let n): return (a / (a + k)).power(n)
    case .real(let s):
      let logarithm = ZetaExponent.logarithmOfRatio(a, k)
      // Before the product can overflow.
      return s.high * logarithm.high < -800 ? .zero : .wideExp(s * logarithm)
    }
  }

  /// Returns log(a/(a + k)), a large negative number in place of a larger one.
  private static func logarithmOfRatio(_ a: DoubleDouble, _ k: Double) -> DoubleDouble {
    // Here s > 1, for else a is 1 or 2, and the power is nothing beside 1.
    if a.high < 0x1p-500 { return DoubleDouble(-1e3) }
    if (a == .one || a == .one + 1.0) && k < 40 {
      return logarithms[Int(a.high)] - logarithms[Int(a.high + k)]
    }
    return -DoubleDouble.wideLog1p(DoubleDouble(k) / a)
  }

  /// log k for k = 1 … 41, behind one that is not used.
  private static let logarithms = (0...41).map {
    DoubleDouble.wideLog(DoubleDouble(Double(max($0, 1))))
  }
}

extension DoubleDouble {
  /// Returns ζ(s, a) = Σₖ (a + k)⁻ˢ for a > 0 and s > 1, and its continuation to
  /// −1 < s < 1.
  ///
  /// Euler and Maclaurin's formula (DLMF 2.10.1), behind a⁻ˢ or a¹⁻ˢ, which may
  /// leave the range. The first k run until a + k ≥ max(20, s), from where the
  /// Bernoulli numbers there are give 2⁻¹⁰⁶.
  static func hurwitzZeta(_ exponent: ZetaExponent, _ a: DoubleDouble) -> ScaledWide {
    let s = exponent.value
    let start = max(20, s.high)
    if a.high >= start {
      return exponent.inversePower(of: a, less: 1) * ScaledWide(eulerMaclaurinTail(s, a))
    }
    var (sum, k) = (one, 1.0)
    while true {
      let power = exponent.ratioPower(a, k)
      let y = a + k
      if y.high >= start {
        sum = sum + power * y * eulerMaclaurinTail(s, y)
        break
      }
      sum = sum + power
      // Past here even the whole tail, below 20 such terms, is nothing to the first 1.
      if s.high > 2 && power.high < 0x1p-118 { break }
      k += 1
    }
    return exponent.inversePower(of: a) * ScaledWide(sum)
  }

  /// Returns yˢ⁻¹ ζ(s, y) for y ≥ max(20, s).
  private static func eulerMaclaurinTail(_ s: DoubleDouble, _ y: DoubleDouble) -> DoubleDouble {
    let r = one / y
    var sum = one / (s + -1.0) + r.scaled(byPowerOfTwo: -1)
    var power = s * r * r
    for (j, coefficient) in bernoulliQuotients.enumerated() {
      let term = power * coefficient
      sum = sum + term
      if term.high.magnitude < 0x1p-112 * sum.high.magnitude { break }
      let odd = Double(2 * j + 1)
      power = power * ((s + odd) * r) * ((s + (odd + 1)) * r)
    }
    return sum
  }

  /// B₂ₖ/(2k)! for k = 1 … 22.
  private static let bernoulliQuotients = {
    var factorial = one
    return bernoulliNumbers.enumerated().map { i, b in
      factorial = factorial * Double((2 * i + 1) * (2 * i + 2))
      return b / factorial
    }
  }()
}
