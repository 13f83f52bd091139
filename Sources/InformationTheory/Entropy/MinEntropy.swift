extension Categorical {
  /// Returns the min-entropy of the distribution.
  ///
  /// `H_∞(p) = −log max pᵢ`: Rényi's entropy of order ∞.
  ///
  /// - Returns: A value in 0 … log n, the lowest of all Rényi entropies.
  /// - Accuracy: within 1 ulp (`min-entropy.json`).
  public func minEntropy() -> Information {
    Information(RenyiEntropy(order: .infinity).value(of: self))
  }
}

/// Returns the min-entropy of a list of probabilities.
///
/// The contract is that of ``Categorical/minEntropy()``.
///
/// - Parameter p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
/// - Returns: A value in 0 … log n.
/// - Throws: ``InformationError`` for what is wrong with p.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func minEntropy<Scalar: InformationScalar>(
  of p: Span<Scalar>
) throws(InformationError) -> Information {
  Information(try RenyiEntropy(order: .infinity).value(ofNormalized: p))
}
