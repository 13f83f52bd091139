import InformationTheory

// The logarithm of the gamma function with about 100 bits, by Stirling's series
// (DLMF 5.11.1), for what other functions build on it.

extension DoubleDouble {
  /// From here on the series gives 2⁻¹⁰⁶ with the coefficients there are.
  static let stirlingStart = 20.0

  /// Returns μ(x) = log Γ(x) − ((x − ½) log x − x + ½ log 2π) for x ≥ `stirlingStart`.
  static func stirlingRemainder(_ x: DoubleDouble) -> DoubleDouble {
    let r = one / x
    // Beyond 2⁵³⁰ the square would underflow, and only the first term counts.
    if x.high > 0x1p100 { return r * stirlingCoefficients[0] }
    return r * polynomial(stirlingCoefficients, r * r)
  }

  /// Returns log Γ(x) for x > 0; relative error below 2⁻⁹⁵ of the larger of the
  /// result and 1, so not next to its zeros 1 and 2.
  static func wideLogGamma(_ x: DoubleDouble) -> DoubleDouble {
    var (base, product) = (x, one)
    // Γ(x) = Γ(x + n)/(x(x + 1)…(x + n − 1)); the product stays below 20²⁰.
    while base.high < stirlingStart {
      product = product * base
      base = base + 1.0
    }
    let logarithm = wideLog(base)
    let main = (base + -0.5) * logarithm - base + halfLogTwoPi
    let value = main + stirlingRemainder(base)
    return product == one ? value : value - wideLog(product)
  }

  /// B₂ₖ/(2k(2k − 1)) for k = 1 … 22.
  static let stirlingCoefficients = bernoulliNumbers.enumerated().map { i, b in
    b / DoubleDouble(Double((2 * i + 2) * (2 * i + 1)))
  }

  /// The Bernoulli numbers B₂, B₄, … B₄₄.
  static let bernoulliNumbers: [DoubleDouble] = bernoulliFractions.map { numerator, denominator in
    DoubleDouble.sum(numerator.0, numerator.1) / DoubleDouble(denominator)
  }

  /// Numerators, as exact or to 106 bits in two doubles, and denominators.
  private static let bernoulliFractions: [((Double, Double), Double)] = [
    ((1.0, 0.0), 6),
    ((-1.0, 0.0), 30),
    ((1.0, 0.0), 42),
    ((-1.0, 0.0), 30),
    ((5.0, 0.0), 66),
    ((-691.0, 0.0), 2730),
    ((7.0, 0.0), 6),
    ((-3617.0, 0.0), 510),
    ((43867.0, 0.0), 798),
    ((-174611.0, 0.0), 330),
    ((854513.0, 0.0), 138),
    ((-236364091.0, 0.0), 2730),
    ((8553103.0, 0.0), 6),
    ((-23749461029.0, 0.0), 870),
    ((8615841276005.0, 0.0), 14322),
    ((-7709321041217.0, 0.0), 510),
    ((2577687858367.0, 0.0), 6),
    ((-2.631527155305348e+19, 1539.0), 1919190),
    ((2929993913841559.0, 0.0), 6),
    ((-2.6108271849644913e+20, 12541.0), 13530),
    ((1.520097643918071e+21, -104189.0), 1806),
    ((-2.7833269579301022e+22, -1900047.0), 690),
  ]
}
