/// (1 − Σ p^α)/(α − 1), as the mean of (1 − p^(α−1))/(α − 1), which is never
/// negative and tends to −log p as α → 1.
struct TsallisEntropy: PowerEntropy {
  let order: Double

  func value(ofPowerSum sum: DoubleDouble) -> DoubleDouble {
    (DoubleDouble.one - sum) / .difference(order, 1)
  }

  func definition<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble {
    if order == 0 { return DoubleDouble(Double(masses.indices.count { masses[$0] > 0 } - 1)) }
    if order == 1 { return ShannonEntropy().value(of: masses, totals) }
    // 1 − α, exactly.
    let slope = DoubleDouble.difference(1, order)
    return totals.expectation(over: masses) { mass, surprisal in
      // p^(α−1) = exp((1−α)·surprisal).
      let y = slope * surprisal
      guard y.high > 100 || y.high < -100 else {
        return Term(.expm1Quotient(y) * surprisal * mass)
      }
      if y.high < 0 { return Term(DoubleDouble(-mass) / slope) }
      let (power, exponent) = DoubleDouble.scaledExp(y)
      return Term(power * mass / slope, exponent: exponent)
    }
  }
}

extension Categorical {
  /// Returns the Tsallis entropy of the distribution, a bare number.
  ///
  /// `S_α(p) = (1 − Σᵢ pᵢ^α)/(α − 1)` over the outcomes with mass; at α = 1 its
  /// limit, Shannon's entropy in nats. There is no window around 1: orders next to
  /// 1 are as accurate as any.
  ///
  /// - Parameter order: The order α ≥ 0, finite; Tsallis calls it q.
  /// - Returns: A value from 0, for a point mass, to (n^(1−α) − 1)/(1 − α).
  /// - Throws: ``InformationError`` with the code `badParameter`.
  /// - Accuracy: within 1 ulp (`tsallis-entropy.json`).
  /// - Source: Tsallis (1988), doi:10.1007/BF01016429.
  public func tsallisEntropy(order: Double) throws(InformationError) -> Double {
    try InformationError.demandOrder(order, finite: true)
    return TsallisEntropy(order: order).value(of: self).high
  }
}

/// Returns the Tsallis entropy of a list of probabilities, a bare number.
///
/// The contract is that of ``Categorical/tsallisEntropy(order:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - order: The order α ≥ 0, finite.
/// - Returns: A value ≥ 0.
/// - Throws: ``InformationError`` for what is wrong with p or the order.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func tsallisEntropy<Scalar: InformationScalar>(
  of p: Span<Scalar>, order: Double
) throws(InformationError) -> Double {
  try InformationError.demandOrder(order, finite: true)
  return try TsallisEntropy(order: order).value(ofNormalized: p).high
}
