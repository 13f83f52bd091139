extension Categorical {
  /// Returns the collision entropy of the distribution.
  ///
  /// `H_2(p) = −log Σ pᵢ²`: Rényi's entropy of order 2.
  ///
  /// - Returns: A value in 0 … log n; exp(−H₂) is the chance that two draws agree.
  /// - Accuracy: within 1 ulp (`collision-entropy.json`).
  public func collisionEntropy() -> Information {
    Information(RenyiEntropy(order: 2).value(of: self))
  }
}

/// Returns the collision entropy of a list of probabilities.
///
/// The contract is that of ``Categorical/collisionEntropy()``.
///
/// - Parameter p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
/// - Returns: A value in 0 … log n.
/// - Throws: ``InformationError`` for what is wrong with p.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func collisionEntropy<Scalar: InformationScalar>(
  of p: Span<Scalar>
) throws(InformationError) -> Information {
  Information(try RenyiEntropy(order: 2).value(ofNormalized: p))
}
