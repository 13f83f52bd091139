/// Returns the Itakura–Saito divergence of two lists of masses, a bare number.
///
/// `Σᵢ pᵢ/qᵢ − log(pᵢ/qᵢ) − 1`, of spectra or other positive masses, which need not
/// sum to 1: only the ratios count, and nothing is normalised.
///
/// - Parameters:
///   - p: Masses, length n ≥ 1: finite, not negative.
///   - q: Reference masses of the same outcomes.
/// - Returns: A number in 0 … +∞; exactly 0 where p = q. A mass that only one side
///   has makes it +∞; an outcome without mass on either side adds nothing.
/// - Throws: ``InformationError`` with the code `empty`, `sizeMismatch`,
///   `negativeMass` or `notFinite`.
/// - Accuracy: within 1 ulp (`itakura-saito-divergence.json`).
/// - Source: Itakura and Saito (1968); Févotte, Bertin and Durrieu (2009),
///   doi:10.1162/neco.2008.04-08-771.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func itakuraSaitoDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>
) throws(InformationError) -> Double {
  try UnnormalizedMasses.sum(p, q, degree: 0) { pair in
    guard pair.a.high > 0 && pair.b.high > 0 else { return .infinity }
    // x − log x − 1 of x = a/b is t(b, a)/b.
    return KullbackLeibler.term(pair.reversed) / pair.b
  }.high
}
