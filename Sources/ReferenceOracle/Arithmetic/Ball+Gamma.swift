import BigInt
import Synchronization

// Log-gamma and digamma by Stirling's series, after the recurrence has moved the argument to
// where the series has the digits.

extension Ball {
  /// log Γ at the centre, within r times the larger slope at the ends: the slope increases.
  ///
  /// Few bits of the slope are enough.
  func logGamma() -> Ball {
    guard isPositive else { return .unbounded(precision) }
    let value = Self.logGamma(ofCentre: centre)
    if isExact { return value }
    let most = Ball(exactly: upper, exponent: exponent, precision: precision)
    return value.widened(by: spread * least.with(precision: 64).digamma())
      .widened(by: spread * most.with(precision: 64).digamma())
  }

  /// ψ at the centre, within r times 1/x + 1/x², which is more than the slope, at the least x.
  func digamma() -> Ball {
    guard isPositive else { return .unbounded(precision) }
    let value = Self.digamma(ofCentre: centre)
    if isExact { return value }
    let inverse = Ball(exactly: 1, exponent: 0, precision: precision) / least
    return value.widened(by: spread * (inverse + inverse * inverse))
  }

  /// ψ′ at the centre, within r times 1/x² + 2/x³, which is more than |ψ″|, at the least x.
  func trigamma() -> Ball {
    guard isPositive else { return .unbounded(precision) }
    let value = Self.trigamma(ofCentre: centre)
    if isExact { return value }
    let one = Ball(exactly: 1, exponent: 0, precision: precision)
    let inverse = one / least
    return value.widened(by: spread * inverse * inverse * (one + inverse + inverse))
  }

  /// Stirling's series at z = x + n, less the logarithm of x(x + 1)…(x + n − 1).
  ///
  /// `log Γ(z) = (z − ½)·log z − z + ½·log 2π + Σ B₂ₖ/(2k(2k − 1)z²ᵏ⁻¹)`. The rest of the series is below its first term left
  /// out. Source: DLMF 5.11.1 and 5.11(ii).
  private static func logGamma(ofCentre x: Ball) -> Ball {
    let precision = x.precision
    let one = Ball(exactly: 1, exponent: 0, precision: precision)
    if (x - one).isZero || (x - one - one).isZero {
      return Ball(exactly: 0, exponent: 0, precision: precision)
    }
    let shift = steps(to: x)
    var (z, product) = (x.with(precision: precision + 32), one.with(precision: precision + 32))
    for _ in 0..<shift {
      product = product * z
      z = z + one.with(precision: precision + 32)
    }
    let half = one.scaled(byPowerOfTwo: -1)
    let twoPi = Ball.pi(precision: precision).scaled(byPowerOfTwo: 1)
    let main = (z - half) * z.log() - z + twoPi.log() * half
    let series = stirling(z) { k, power in
      power / Ball(exactly: BigInt(2 * k * (2 * k - 1)), exponent: 0, precision: precision) * z
    }
    return main + series - product.log()
  }

  /// The same for ψ, less 1/x + … + 1/(x + n − 1).
  ///
  /// `ψ(z) = log z − 1/2z − Σ B₂ₖ/(2k z²ᵏ)`.
  /// Source: DLMF 5.11.2.
  private static func digamma(ofCentre x: Ball) -> Ball {
    let precision = x.precision
    let one = Ball(exactly: 1, exponent: 0, precision: precision)
    var (z, sum) = (x, Ball(exactly: 0, exponent: 0, precision: precision))
    for _ in 0..<steps(to: x) {
      sum = sum + one / z
      z = z + one
    }
    let series = stirling(z) { k, power in
      power / Ball(exactly: BigInt(2 * k), exponent: 0, precision: precision)
    }
    return z.log() - one / (z + z) - series - sum
  }

  /// The same for ψ′, with 1/x² + … + 1/(x + n − 1)².
  ///
  /// `ψ′(z) = 1/z + 1/2z² + Σ B₂ₖ/z²ᵏ⁺¹`, whose rest is below its first term left out too.
  /// Source: DLMF 5.15.8; H. Alzer, "On some inequalities for the gamma and psi functions"
  /// (1997), doi:10.1090/S0025-5718-97-00807-7, theorem 8.
  private static func trigamma(ofCentre x: Ball) -> Ball {
    let one = Ball(exactly: 1, exponent: 0, precision: x.precision)
    var (z, sum) = (x, Ball(exactly: 0, exponent: 0, precision: x.precision))
    for _ in 0..<steps(to: x) {
      sum = sum + one / (z * z)
      z = z + one
    }
    // The series times z is ½/z + Σ B₂ₖ/z²ᵏ, so that it ends where its terms are nothing to 1.
    let series = stirling(z) { _, power in power }
    return (one + (one / z).scaled(byPowerOfTwo: -1) + series) / z + sum
  }

  /// How often 1 must be added to x for the series to have all bits.
  private static func steps(to x: Ball) -> Int {
    let wanted = x.precision / 4 + 8
    guard x.reach <= 30 else { return 0 }
    return max(wanted - Int(max(x.lowerDouble, 0)), 0)
  }

  /// Σ f(k, B₂ₖ/z²ᵏ), until a term is nothing to 1; it bounds what is left out.
  private static func stirling(_ z: Ball, _ f: (Int, Ball) -> Ball) -> Ball {
    let square = z * z
    var power = Ball(exactly: 1, exponent: 0, precision: z.precision)
    var sum = Ball(exactly: 0, exponent: 0, precision: z.precision)
    for k in 1... {
      power = power / square
      let (top, bottom) = bernoulli(k)
      let number =
        Ball(exactly: top, exponent: 0, precision: z.precision)
        / Ball(exactly: bottom, exponent: 0, precision: z.precision)
      let term = f(k, number * power)
      if term.reach < -z.precision || k > z.precision { return sum + term.aroundZero }
      sum = sum + term
    }
    return sum
  }

  /// B₂ₖ as a fraction.
  private static func bernoulli(_ k: Int) -> (top: BigInt, bottom: BigInt) {
    storedBernoulli.withLock { numbers in
      if numbers.count < k { numbers = bernoulliNumbers(max(2 * numbers.count, k, 32)) }
      return numbers[k - 1]
    }
  }

  private static let storedBernoulli = Mutex<[(top: BigInt, bottom: BigInt)]>([])

  /// B₂, B₄, … from the tangent numbers: `B₂ₖ = (−1)ᵏ⁻¹·2k·Tₖ/(4ᵏ(4ᵏ − 1))`.
  ///
  /// Source: Brent and Harvey, "Fast computation of Bernoulli, tangent and secant numbers"
  /// (2011, arXiv:1108.0286), section 6.
  private static func bernoulliNumbers(_ count: Int) -> [(top: BigInt, bottom: BigInt)] {
    var tangents = [BigInt](repeating: 1, count: count + 1)
    for k in stride(from: 2, through: count, by: 1) {
      tangents[k] = BigInt(k - 1) * tangents[k - 1]
    }
    for k in stride(from: 2, through: count, by: 1) {
      for j in k...count {
        tangents[j] = BigInt(j - k) * tangents[j - 1] + BigInt(j - k + 2) * tangents[j]
      }
    }
    return (1...count).map { k in
      let power = BigInt(1) << (2 * k)
      return (BigInt(k % 2 == 1 ? 2 * k : -2 * k) * tangents[k], power * (power - 1))
    }
  }

  /// π, by Machin's formula 16·atan(1/5) − 4·atan(1/239).
  ///
  /// Of n at least 5 there are w/4 terms, each off by 2 units of 2⁻ʷ and times at most 16.
  static func pi(precision: Int) -> Ball {
    let w = precision + 32
    let sum = BigInt(16) * atanOfInverse(5, w) - BigInt(4) * atanOfInverse(239, w)
    return Ball(sum, radius: BigUInt(16 * w), exponent: -w, precision: precision)
  }

  /// atan(1/n) in units of 2⁻ʷ.
  private static func atanOfInverse(_ n: Int, _ w: Int) -> BigInt {
    var power = (BigInt(1) << w) / BigInt(n)
    var (sum, i) = (power, 1)
    while !power.isZero {
      power /= BigInt(-n * n)
      i += 2
      sum += power / BigInt(i)
    }
    return sum
  }
}
