import InformationTheory

extension TripleDouble {
  /// Returns log B(a, b) for 0 < a ≤ b next to the curve B = 1; error about 2⁻¹⁴⁵.
  ///
  /// B(a, b) = (1/a + 1/b) Πⱼ₌₁ⁿ⁻¹ j(j + a + b)/((j + a)(j + b)) · e⁻ᵀ, where T is
  /// log Γ(n) + log Γ(y + a) − log Γ(n + a) − log Γ(y), y = n + b, by Stirling's series
  /// (DLMF 5.11.1), whose first term but for multiples of a is
  /// a log(y/n) + (y + a − ½) log(1 + a/y) − (n + a − ½) log(1 + a/n).
  static func logBetaNearOne(_ a: Double, _ b: Double) -> TripleDouble {
    let n = 36.0
    let (a3, y) = (TripleDouble(a), TripleDouble(n, plus: b))
    // (n − 1)! and the product of the j + a apart, for one division less at each step.
    var product = (TripleDouble(1) + a3 / TripleDouble(b)) / a3
    var (numerator, denominator) = (TripleDouble(1), TripleDouble(1))
    for j in stride(from: 1, to: n, by: 1) {
      let jb = TripleDouble(j, plus: b)
      product = product * ((jb + a3) / jb)
      numerator = numerator * j
      denominator = denominator * TripleDouble(j, plus: a)
    }
    product = product * (numerator / denominator)
    let end = TripleDouble(n, plus: a)
    let far = (y + a3 - TripleDouble(0.5)) * log1p(a3 / y)
    let near = (end - TripleDouble(0.5)) * log1p(a3 / TripleDouble(n))
    let main = a3 * log(y / TripleDouble(n)) + far - near
    let rest =
      stirlingRemainder(TripleDouble(n)) - stirlingRemainder(end)
      + (stirlingRemainder(y + a3) - stirlingRemainder(y))
    return log(product) - main - rest
  }

  /// Returns μ(x) = Σₖ B₂ₖ/(2k(2k − 1) x²ᵏ⁻¹) for x ≥ 36.
  private static func stirlingRemainder(_ x: TripleDouble) -> TripleDouble {
    let r = TripleDouble(1) / x
    if x.high > 0x1p160 { return r / TripleDouble(12) }
    let z = r * r
    var sum = TripleDouble(0)
    for coefficient in stirlingCoefficients.reversed() { sum = sum * z + coefficient }
    return sum * r
  }

  /// The first five need the third word; the next is 2⁻⁵⁸ of the first at 36.
  private static let stirlingCoefficients =
    [12.0, -360, 1260, -1680, 1188].map { TripleDouble(1) / TripleDouble($0) }
    + DoubleDouble.bernoulliNumbers.enumerated().dropFirst(5).map { i, b in
      TripleDouble(b) / TripleDouble(Double((2 * i + 2) * (2 * i + 1)))
    }
}
