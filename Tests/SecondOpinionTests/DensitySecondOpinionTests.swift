import SpecialFunctions
import Testing

/// Differential entropies and divergences of densities, in closed form by our special
/// functions, against integrals of the densities by GSL, normalised by GSL's lnΓ.
///
/// The tolerances: the quadrature is asked for 1e-11, and lnΓ is good to 4e-13, which
/// counts as often as it enters.
@Suite("GSL's opinion of densities")
struct DensitySecondOpinionTests {
  private let shapes = [1.5, 2, 3.7, 10, 30]
  private let halfLogTwoPi = 0.9189385332046727417803

  /// The integral of −f·log f, or of f·(log f − log g), from the logarithms.
  private func integral(
    from start: Double, to end: Double, _ logDensity: @escaping (Double) -> Double,
    _ other: ((Double) -> Double)? = nil
  ) throws -> Double {
    _ = try GSLLibrary.exp(0)
    return try GSLLibrary.integral(from: start, to: end) { x in
      let log = logDensity(x)
      guard log > -700, let density = try? GSLLibrary.exp(log) else { return 0 }
      return density * (other.map { log - $0(x) } ?? -log)
    }
  }

  @Test("the normal distribution")
  func normal() throws {
    func logDensity(_ x: Double, _ mean: Double, _ sigma: Double) -> Double {
      let z = (x - mean) / sigma
      return -z * z / 2 - log(sigma) - halfLogTwoPi
    }
    func log(_ x: Double) -> Double { (try? GSLLibrary.log(x)) ?? .nan }
    for sigma in [0.125, 1, 40] {
      // ½·log(2πe) + log σ.
      let entropy = try integral(from: -30 * sigma, to: 30 * sigma) { logDensity($0, 0, sigma) }
      expect(
        entropy, near: halfLogTwoPi + 0.5 + log(sigma), relative: 1e-10, absolute: 1e-12)
      for (mean, other) in [(0.0, 1.25), (0.5, 1), (-0.25, 0.75)] {
        // With s the ratio of the variances: ½·(s − 1 − log s + (Δμ)²/σ₁²).
        let u = (sigma / (sigma * other)) * (1 / other) - 1
        let shift = mean / other
        let closed = try -0.5 * log1pmx(u) + 0.5 * shift * shift
        let divergence = try integral(
          from: -30 * sigma, to: 30 * sigma, { logDensity($0, 0, sigma) },
          { logDensity($0, mean * sigma, other * sigma) })
        expect(divergence, near: closed, relative: 1e-9, absolute: 1e-12)
      }
    }
  }

  @Test("the exponential distribution")
  func exponential() throws {
    for rate in [0.01, 1, 300] {
      let log = try GSLLibrary.log(rate)
      let entropy = try integral(from: 0, to: 60 / rate) { log - rate * $0 }
      expect(entropy, near: 1 - log, relative: 1e-9, absolute: 1e-12)
      for ratio in [0.5, 0.99, 1.01, 3] {
        let otherLog = try GSLLibrary.log(rate * ratio)
        let divergence = try integral(
          from: 0, to: 60 / rate, { log - rate * $0 }, { otherLog - rate * ratio * $0 })
        // r − 1 − log r.
        expect(divergence, near: try -log1pmx(ratio - 1), relative: 1e-9, absolute: 1e-13)
      }
    }
  }

  @Test("the gamma distribution: digamma, logGamma and its remainder")
  func gamma() throws {
    for shape in shapes {
      let norm = try GSLLibrary.lngamma(shape)
      let logDensity = { (x: Double) in
        (shape - 1) * ((try? GSLLibrary.log(x)) ?? -.infinity) - x - norm
      }
      let end = 20 * shape + 60
      let entropy = try integral(from: 1e-300, to: end, logDensity)
      // a + lnΓ(a) + (1 − a)·ψ(a).
      let closed = try shape + logGamma(shape) + (1 - shape) * digamma(shape)
      expect(entropy, near: closed, relative: 1e-9)
      for other in shapes + [shape * 1.03125] where other != shape {
        let otherNorm = try GSLLibrary.lngamma(other)
        let divergence = try integral(from: 1e-300, to: end, logDensity) { x in
          (other - 1) * ((try? GSLLibrary.log(x)) ?? -.infinity) - x - otherNorm
        }
        // lnΓ(b) − lnΓ(a) − (b − a)·ψ(a).
        let remainder = try logGammaRemainder(at: shape, step: other - shape)
        expect(divergence, near: remainder, relative: 1e-9, absolute: 1e-11)
      }
    }
  }

  @Test("the beta distribution: digamma and logBeta")
  func beta() throws {
    for a in shapes {
      for b in shapes {
        let norm = try GSLLibrary.lngamma(a) + GSLLibrary.lngamma(b) - GSLLibrary.lngamma(a + b)
        let logDensity = { (x: Double) in
          guard let log = try? GSLLibrary.log(x), let other = try? GSLLibrary.log(1 - x) else {
            return -Double.infinity
          }
          return (a - 1) * log + (b - 1) * other - norm
        }
        let entropy = try integral(from: 0, to: 1, logDensity)
        let (atA, atB, atSum) = (try digamma(a), try digamma(b), try digamma(a + b))
        let closed = try logBeta(a, b) - (a - 1) * atA - (b - 1) * atB + (a + b - 2) * atSum
        expect(entropy, near: closed, relative: 1e-9, absolute: 1e-11, "\(a) \(b)")
        // From Beta(a, b) to Beta(a + 1, b + 0.5).
        let (c, d) = (a + 1, b + 0.5)
        let otherNorm =
          try GSLLibrary.lngamma(c) + GSLLibrary.lngamma(d) - GSLLibrary.lngamma(c + d)
        let divergence = try integral(from: 0, to: 1, logDensity) { x in
          guard let log = try? GSLLibrary.log(x), let other = try? GSLLibrary.log(1 - x) else {
            return -Double.infinity
          }
          return (c - 1) * log + (d - 1) * other - otherNorm
        }
        let bregman = try logBeta(c, d) - logBeta(a, b) - atA - 0.5 * atB + 1.5 * atSum
        expect(divergence, near: bregman, relative: 1e-9, absolute: 1e-11, "\(a) \(b)")
      }
    }
  }
}
