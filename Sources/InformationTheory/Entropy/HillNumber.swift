extension Categorical {
  /// Returns the Hill number of an order: the effective number of outcomes.
  ///
  /// `N_α(p) = exp H_α(p) = (Σᵢ pᵢ^α)^(1/(1−α))`, a bare number.
  ///
  /// - Parameter order: The order α, in 0 … +∞; ecologists call it q.
  /// - Returns: A value from 1, for a point mass, to n, for the uniform distribution.
  /// - Throws: ``InformationError`` with the code `badParameter`.
  /// - Accuracy: within 1 ulp (`hill-number.json`).
  /// - Source: Hill (1973), doi:10.2307/1934352.
  public func hillNumber(order: Double) throws(InformationError) -> Double {
    try InformationError.demandOrder(order)
    return DoubleDouble.exp(RenyiEntropy(order: order).value(of: self)).high
  }

  /// Returns the perplexity: the effective number of outcomes by Shannon's entropy.
  ///
  /// `exp H(p)`, the Hill number of order 1, whatever the entropy's unit.
  ///
  /// - Returns: A value from 1, for a point mass, to n, for the uniform distribution.
  /// - Accuracy: within 1 ulp (`perplexity.json`).
  public func perplexity() -> Double {
    DoubleDouble.exp(ShannonEntropy().value(of: self)).high
  }
}

/// Returns the Hill number of a list of probabilities.
///
/// The contract is that of ``Categorical/hillNumber(order:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - order: The order α, in 0 … +∞.
/// - Returns: A value in 1 … n.
/// - Throws: ``InformationError`` for what is wrong with p or the order.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func hillNumber<Scalar: InformationScalar>(
  of p: Span<Scalar>, order: Double
) throws(InformationError) -> Double {
  try InformationError.demandOrder(order)
  return DoubleDouble.exp(try RenyiEntropy(order: order).value(ofNormalized: p)).high
}

/// Returns the perplexity of a list of probabilities.
///
/// The contract is that of ``Categorical/perplexity()``.
///
/// - Parameter p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
/// - Returns: A value in 1 … n.
/// - Throws: ``InformationError`` for what is wrong with p.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func perplexity<Scalar: InformationScalar>(
  of p: Span<Scalar>
) throws(InformationError) -> Double {
  DoubleDouble.exp(try ShannonEntropy().value(ofNormalized: p)).high
}
