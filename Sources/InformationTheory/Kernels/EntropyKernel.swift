/// The entropy from the sums of its kernel.
extension MassTally {
  /// −Σ p·log p of p = x/Σx.
  ///
  /// - Parameter tolerance: How far the total may be from 1; nil where it may be any.
  /// - Returns: nil where the definition has to look: at another total, or at a sum for
  ///   which the kernels' unit is too coarse.
  func entropy(tolerance: Double?) -> DoubleDouble? {
    let total = total
    guard Self.isNormalized(total, within: tolerance) else { return nil }
    let excess = (total + -1).high
    let entropy: DoubleDouble
    if others.isEmpty && excess.magnitude < 0x1p-36 {
      // With T = 1 + d and S = −Σ x·log x: S/T + log T = S + d·(1 − S) + d²·(S − ½) + …,
      // of which the rest is below 2⁻¹⁰⁸.
      let sum = terms.pair * -2
      let correction = excess * (1 - sum.high) + excess * excess * (sum.high - 0.5)
      entropy = sum + correction
    } else {
      let logTotal = DoubleDouble.log(total)
      let sum = othersTerms(total, logTotal) + terms.pair * -2 + masses.pair * logTotal
      entropy = sum / total
    }
    // Each term is off by less than 2⁻¹⁰²: together by less than 2⁻⁵⁸ of the sum.
    return entropy.high >= Double(count) * 0x1p-44 ? entropy : nil
  }

  /// −Σ x·log(x/Σx) of what the kernels left out.
  private func othersTerms(_ total: DoubleDouble, _ logTotal: DoubleDouble) -> DoubleDouble {
    var sum = ExactSum()
    for x in others {
      let lift = Term.lift(x)
      let term = surprisal(x, total, logTotal) * (x * Double.powerOfTwo(lift))
      sum.add(term, timesPowerOfTwo: -lift)
    }
    return sum.doubleDouble
  }

  /// −log(x/Σx), from the rest of the total where x is more than half of it.
  private func surprisal(
    _ x: Double, _ total: DoubleDouble, _ logTotal: DoubleDouble
  ) -> DoubleDouble {
    guard x > 0.5 * total.high else { return logTotal - .log(x) }
    var rest = exactTotal
    rest.add(-x)
    return .log1p(rest.doubleDouble / DoubleDouble(x))
  }
}
