import BigInt

extension JointCells {
  /// Whether `Σ factor·H(group)` is 0, decided in whole numbers.
  ///
  /// It is the logarithm of a product of powers of whole numbers over another, `Σ c·m·log m`
  /// of the groups' masses m. Numbers without common divisors have logarithms that no whole
  /// numbers combine to 0, because prime factors are unique; so the masses are taken apart
  /// into such numbers, and the sum is 0 just if each of these has the exponent 0. False too
  /// where that is more work than ``work``.
  ///
  /// Source: E. Bach, J. Driscoll and J. Shallit, "Factor refinement", Journal of Algorithms
  /// 15 (1993), 199–222.
  func vanishes(_ terms: [(group: Set<Int>, factor: Int)]) -> Bool {
    var powers = PowerProduct()
    let whole = total(in: BallArithmetic.exact)
    for (group, factor) in terms {
      for mass in masses(of: group, in: BallArithmetic.exact).values {
        // factor·m·(log P − log m).
        powers.multiply(by: whole, times: mass, factor)
        powers.multiply(by: mass, times: mass, -factor)
      }
    }
    return powers.isOne(work: Self.work)
  }

  /// What a decision may cost: for each greatest common divisor the product of the numbers'
  /// lengths in words.
  private static var work: Int { 20_000 }
}

/// A product of powers of positive numbers, whose exponents are multiples of 2⁻⁸¹⁹².
private struct PowerProduct {
  /// Odd numbers with their exponents.
  private var odd: [BigUInt: BigInt] = [:]
  private var exponentOf2 = BigInt(0)
  private static let unit = 8192

  /// Multiplies by `number` to the power of `exponent`·factor.
  mutating func multiply(by number: Ball, times exponent: Ball, _ factor: Int) {
    let power = (exponent.mantissa << (exponent.exponent + Self.unit)) * BigInt(factor)
    let magnitude = number.mantissa.magnitude
    let zeros = magnitude.trailingZeroBitCount
    exponentOf2 += power * BigInt(number.exponent + zeros)
    odd[magnitude >> zeros, default: 0] += power
  }

  private static func words(_ number: BigUInt) -> Int { number.bitWidth / 64 + 1 }

  /// Whether the product is 1, as far as so much work tells.
  func isOne(work: Int) -> Bool {
    guard exponentOf2.isZero else { return false }
    var (open, closed, work) = (odd, [(number: BigUInt, power: BigInt)](), work)
    // The largest first, so that the work does not depend on the order of outcomes.
    while let number = open.keys.max(), let power = open.removeValue(forKey: number) {
      if number == 1 || power.isZero { continue }
      var rest = number
      // What is closed has no divisors in common with what else is closed.
      var kept: [(number: BigUInt, power: BigInt)] = []
      for other in closed {
        work -= Self.words(rest) * Self.words(other.number)
        if work < 0 { return false }
        let divisor = rest.greatestCommonDivisor(with: other.number)
        if divisor == 1 {
          kept.append(other)
          continue
        }
        open[other.number / divisor, default: 0] += other.power
        open[divisor, default: 0] += other.power + power
        rest /= divisor
      }
      if rest == number {
        kept.append((number, power))
      } else {
        open[rest, default: 0] += power
      }
      closed = kept
    }
    return closed.isEmpty
  }
}
