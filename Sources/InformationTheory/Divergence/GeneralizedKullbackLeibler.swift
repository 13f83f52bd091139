/// Returns the generalised Kullback–Leibler divergence of two lists of masses.
///
/// `Σᵢ pᵢ log(pᵢ/qᵢ) − pᵢ + qᵢ`, also called I-divergence: for masses that need not
/// sum to 1 or to each other, such as intensities. Nothing is normalised.
///
/// - Parameters:
///   - p: Masses, length n ≥ 1: finite, not negative.
///   - q: Reference masses of the same outcomes.
/// - Returns: A value in 0 … +∞; exactly 0 where p = q. A mass that only q has adds
///   itself; one that only p has makes it +∞.
/// - Throws: ``InformationError`` with the code `empty`, `sizeMismatch`,
///   `negativeMass` or `notFinite`.
/// - Accuracy: within 1 ulp (`generalized-kl-divergence.json`).
/// - Source: Csiszár (1991), doi:10.1214/aos/1176348385.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func generalizedKLDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>
) throws(InformationError) -> Information {
  Information(
    try UnnormalizedMasses.sum(p, q, degree: 1) { KullbackLeibler.term($0) })
}
