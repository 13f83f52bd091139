/// −Σ p log p, a sum of terms that are never negative.
struct ShannonEntropy: EntropyDefinition {
  func value<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble {
    totals.expectation(over: masses) { mass, surprisal in Term(surprisal * mass) }
  }
}

extension Categorical {
  /// Returns the Shannon entropy of the distribution.
  ///
  /// `H(p) = −Σᵢ pᵢ log pᵢ`, of the exactly normalised masses.
  ///
  /// - Returns: A value from 0, for a point mass, to log n, for the uniform
  ///   distribution on n outcomes. `0·log 0 = 0`. Exact in bits for dyadic masses.
  /// - Accuracy: within 1 ulp (`entropy.json`), also next to a point mass.
  /// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.1.
  public func entropy() -> Information {
    Information(ShannonEntropy().value(of: self))
  }
}

/// Returns the Shannon entropy of a list of probabilities.
///
/// `H(p) = −Σᵢ pᵢ log pᵢ`, with the contract of ``Categorical/entropy()``.
///
/// - Parameter p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
/// - Returns: A value in 0 … log n.
/// - Throws: ``InformationError`` for what is wrong with p.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func entropy<Scalar: InformationScalar>(
  of p: Span<Scalar>
) throws(InformationError) -> Information {
  Information(try ShannonEntropy().value(ofNormalized: p))
}
