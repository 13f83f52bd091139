/// A distribution of a parametric family, by its parameters.
///
/// ```swift
/// try Certified.entropy(of: .normal(mean: 0, standardDeviation: 1))
/// try Certified.klDivergence(
///   of: .gamma(shape: 3, scale: 1), from: .gamma(shape: 3.0000001, scale: 1))
/// ```
///
/// Parameters stand for the exact doubles that they are. They are checked where the
/// distribution is used, or by ``validate()``. Entropies of continuous families are
/// differential: relative to lengths, and negative where the density is above 1.
///
/// Source of the densities: Johnson, Kotz and Balakrishnan, "Continuous Univariate
/// Distributions", volumes 1 and 2 (1994, 1995); Johnson, Kemp and Kotz, "Univariate Discrete
/// Distributions" (2005).
public enum ParametricDistribution: Hashable, Sendable {
  /// Density `exp(−(x − μ)²/2σ²)/(σ√2π)`.
  case normal(mean: Double, standardDeviation: Double)
  /// The exponential of a normal number, whose mean and standard deviation are given.
  case logNormal(logMean: Double, logStandardDeviation: Double)
  /// Density `exp(−|x − μ|/b)/2b`.
  case laplace(location: Double, scale: Double)
  /// Density `e⁻ᶻ/(s(1 + e⁻ᶻ)²)`, z = (x − μ)/s.
  case logistic(location: Double, scale: Double)
  /// Density `1/(πγ(1 + z²))`, z = (x − x₀)/γ.
  case cauchy(location: Double, scale: Double)
  /// The Gumbel distribution of maxima, with density `exp(−z − e⁻ᶻ)/β`, z = (x − μ)/β.
  case gumbel(location: Double, scale: Double)
  /// Density proportional to `(1 + z²/ν)^(−(ν + 1)/2)`, z = (x − μ)/s.
  case studentT(degreesOfFreedom: Double, location: Double = 0, scale: Double = 1)
  /// Density `1/(high − low)` from low to high.
  case uniform(low: Double, high: Double)
  /// Density `λe^(−λx)` of x > 0.
  case exponential(rate: Double)
  /// Density `xᵏ⁻¹e^(−x/θ)/(Γ(k)θᵏ)` of x > 0, with the shape k and the scale θ.
  case gamma(shape: Double, scale: Double)
  /// The reciprocal of a gamma number: density `βᵅx^(−α − 1)e^(−β/x)/Γ(α)` of x > 0.
  case inverseGamma(shape: Double, scale: Double)
  /// Density `(k/λ)(x/λ)ᵏ⁻¹exp(−(x/λ)ᵏ)` of x > 0, with the shape k and the scale λ.
  case weibull(shape: Double, scale: Double)
  /// Density `(x/σ²)exp(−x²/2σ²)` of x > 0.
  case rayleigh(scale: Double)
  /// The magnitude of a normal number of mean 0 and standard deviation σ.
  case halfNormal(scale: Double)
  /// The sum of ν squares of standard normal numbers; ν need not be whole.
  case chiSquared(degreesOfFreedom: Double)
  /// Density `αmᵅ/xᵅ⁺¹` of x > m, with the shape α and the scale m.
  case pareto(shape: Double, scale: Double)
  /// Density `xᵅ⁻¹(1 − x)ᵝ⁻¹/B(α, β)` of 0 < x < 1.
  case beta(alpha: Double, beta: Double)
  /// 1 with a probability, else 0.
  case bernoulli(probability: Double)
  /// The number of successes in so many trials.
  case binomial(trials: Int, probability: Double)
  /// The number of failures before the first success, from 0.
  case geometric(probability: Double)
  /// The number of failures before the r-th success, from 0; r need not be whole.
  case negativeBinomial(successes: Double, probability: Double)
  /// Masses `λᵏe^(−λ)/k!`.
  case poisson(rate: Double)
  /// Density proportional to `∏ xᵢ^(αᵢ − 1)` of shares x₁, …, x_K that sum to 1.
  ///
  /// Its entropy is relative to the volume of all shares but the last.
  case dirichlet(concentration: [Double])
  /// Independent normal numbers, one for each mean and standard deviation.
  case diagonalNormal(means: [Double], standardDeviations: [Double])
}
