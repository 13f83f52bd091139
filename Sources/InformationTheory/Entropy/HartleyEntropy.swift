extension Categorical {
  /// Returns the Hartley entropy of the distribution.
  ///
  /// `H_0(p) = log |{i : pᵢ > 0}|`: Rényi's entropy of order 0.
  ///
  /// - Returns: A value in 0 … log n: the logarithm of the size of the support.
  /// - Accuracy: within 1 ulp (`hartley-entropy.json`).
  public func hartleyEntropy() -> Information {
    Information(RenyiEntropy(order: 0).value(of: self))
  }
}

/// Returns the Hartley entropy of a list of probabilities.
///
/// The contract is that of ``Categorical/hartleyEntropy()``.
///
/// - Parameter p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
/// - Returns: A value in 0 … log n.
/// - Throws: ``InformationError`` for what is wrong with p.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func hartleyEntropy<Scalar: InformationScalar>(
  of p: Span<Scalar>
) throws(InformationError) -> Information {
  Information(try RenyiEntropy(order: 0).value(ofNormalized: p))
}
