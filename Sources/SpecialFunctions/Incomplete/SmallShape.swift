import InformationTheory

/// A tail of a gamma or beta distribution whose shape a, the exponent of the variable's
/// power next to 0, is below 20.
///
/// Gamma's limits stand for beta's quantities: q for (a + b)·x, 0 for x, and +∞ for b.
struct SmallShape {
  let a: Double
  let b: Double
  /// The derivative of the log-density, negated: (a + b)·x − a, or x − a.
  let slope: DoubleDouble
  /// (a + b)·x, or x.
  let scale: DoubleDouble
  /// b·x, or x.
  let product: DoubleDouble
  /// x, or 0.
  let share: DoubleDouble
  /// (log of xᵃ/(a·B(a, b)), or of xᵃ/Γ(a + 1))/a.
  let logLeading: DoubleDouble
  /// b·log(1 − x), or −x.
  let logDecay: DoubleDouble

  /// The tail by the form that has it without cancellation.
  ///
  /// - Parameter integral: J for the upper tail, where the density falls.
  /// - Returns: The upper tail or the lower one, as it says itself.
  func tail(integral: () -> DoubleDouble) -> Tail {
    let canIntegrate = b >= DoubleDouble.stirlingStart && slope.high > 0 && scale.high >= 1
    if canIntegrate { return integrated(integral()) }
    // Next to the shape 0 nearly everything lies below x, and 1 − P would cancel.
    if a < 0x1p-10 && a < b { return complementary() }
    return series()
  }

  private var exponent: DoubleDouble { logLeading * a + logDecay }

  private func integrated(_ integral: DoubleDouble) -> Tail {
    let (power, significand) = a.binaryParts
    return Tail(
      isUpper: true, exponent: exponent, factor: integral * significand, shift: power,
      hazard: 1 / integral.high)
  }

  /// The lower tail, xᵃ(1 − x)ᵇ/(a·B(a, b)) · Σ (a + b)ₙ/(a + 1)ₙ xⁿ (DLMF 8.17), or
  /// xᵃe⁻ˣ/Γ(a + 1) · Σ xⁿ/(a + 1)ₙ (DLMF 8.7): all terms are positive.
  private func series() -> Tail {
    var (term, sum, n) = (DoubleDouble.one, DoubleDouble.one, 0.0)
    while term.high > sum.high * 0x1p-104 {
      n += 1
      term = term * (scale + share * (n - 1)) / DoubleDouble.sum(a, n)
      sum = sum + term
    }
    return Tail(
      isUpper: false, exponent: exponent, factor: sum * ratio.significand, shift: ratio.power,
      hazard: a / sum.high)
  }

  /// min(a, b)/a: the exponent is that of the smaller parameter's form.
  private var ratio: (significand: DoubleDouble, power: Int) {
    if a <= b { return (.one, 0) }
    let ((i, m), (j, n)) = (b.binaryParts, a.binaryParts)
    return (DoubleDouble.quotient(m, n), i - j)
  }

  /// The upper tail from 1 − eᵗ·(1 + a·Σ (1 − b)ₙ xⁿ/(n! (a + n))), t = a·logLeading,
  /// or with (−x)ⁿ in place of (1 − b)ₙ xⁿ, with a as a factor of all that is left.
  private func complementary() -> Tail {
    let t = logLeading * a
    let rise = t.high.magnitude < 0x1p-110 ? DoubleDouble.one : DoubleDouble.wideExpm1(t) / t
    let leading = DoubleDouble.wideExp(t)
    var (term, sum, n) = (DoubleDouble.one, DoubleDouble.zero, 0.0)
    repeat {
      n += 1
      term = term * (share * n - product) / DoubleDouble(n)
      sum = sum + term / DoubleDouble.sum(a, n)
      // Terms grow at first where b is not small, and then alternate no more.
    } while term.high.magnitude > 0x1p-104 * sum.high.magnitude
    let rest = -(logLeading * rise) - leading * sum
    let (power, significand) = a.binaryParts
    return Tail(
      isUpper: true, exponent: .zero, factor: rest * significand, shift: power,
      hazard: DoubleDouble.exp(t + logDecay).high / rest.high)
  }
}
