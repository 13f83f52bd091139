import CInformationKernels

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
    if others.isEmpty && Self.excess(total).magnitude < 0x1p-16 {
      return Self.entropy(terms, total, count)
    }
    let logTotal = DoubleDouble.log(total)
    let sum = othersTerms(total, logTotal) + terms.pair * -2 + masses.pair * logTotal
    let entropy = sum / total
    return Self.isFine(entropy, count) ? entropy : nil
  }

  /// The same of few probabilities, of which the kernel takes each; nil elsewhere.
  ///
  /// The kernel of several rows makes the same bits, and leaves the same rows. What a tally does
  /// for other masses would take as long as the sum of so few.
  @inline(__always)
  static func entropy<Scalar: InformationScalar>(
    ofFew list: Span<Scalar>, tolerance: Double?
  ) -> DoubleDouble? {
    guard list.count <= measure_kernel_few_outcomes else { return nil }
    let sums = sums(list, Run(.entropy, 1, takes: EasyMasses.ofProbabilities))
    let total = IntegerSum(sums.masses, exponent: -102).pair
    let isEasy = sums.hard == 0 && excess(total).magnitude < 0x1p-16
    guard isEasy && isNormalized(total, within: tolerance) else { return nil }
    let entropy = entropy(IntegerSum(sums.terms, exponent: -102), total, list.count)
    return entropy ?? (isPointMass(list) ? .zero : nil)
  }

  /// Whether one mass is 1, and the others are 0.
  private static func isPointMass<Scalar: InformationScalar>(_ list: Span<Scalar>) -> Bool {
    var ones = 0
    for i in list.indices where list[i] != 0 {
      guard list[i] == 1 && ones == 0 else { return false }
      ones = 1
    }
    return ones == 1
  }

  /// The entropy of masses that sum to nearly 1, of the kernel's sum and their total; nil where
  /// the sum is too small for its unit, or for the digits of the total's distance from 1.
  ///
  /// With T = 1 + d and S = −Σ x·log x,
  /// S/T + log T = S + d·(1 − S) + d²·(S − ½) + d³·(⅓ − S) + d⁴·(S − ¼) + …
  @inline(__always)
  private static func entropy(
    _ terms: IntegerSum, _ total: DoubleDouble, _ count: Int
  ) -> DoubleDouble? {
    let (half, d) = (terms.pair, excess(total))
    let sum = DoubleDouble(high: half.high * -2, low: half.low * -2)
    let square = d * d
    let first = (1 - sum.high) + d * (sum.high - 0.5)
    let second = (1.0 / 3 - sum.high) + d * (sum.high - 0.25)
    let entropy = sum + (d * first + (d * square) * second)
    return isFine(entropy, count) && entropy.high >= d.magnitude * 0x1p8 ? entropy : nil
  }

  /// How much a total is above 1.
  @inline(__always)
  private static func excess(_ total: DoubleDouble) -> Double { (total + -1).high }

  /// Whether the terms and masses, of which each is off by less than 2⁻¹⁰², are together by less
  /// than 2⁻⁵⁸ of the sum.
  @inline(__always)
  private static func isFine(_ entropy: DoubleDouble, _ count: Int) -> Bool {
    entropy.high >= Double(count) * 0x1p-43
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
