/// log(Σ p^α)/(1 − α).
struct RenyiEntropy: PowerEntropy {
  let order: Double

  func value(ofPowerSum sum: DoubleDouble) -> DoubleDouble {
    DoubleDouble.log(sum) / .difference(1, order)
  }

  func definition<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble {
    if order == 0 { return .log(Double(masses.indices.count { masses[$0] > 0 })) }
    if order == 1 { return ShannonEntropy().value(of: masses, totals) }
    if order == .infinity { return totals.smallestSurprisal(of: masses) }

    // Σ p^α = 1 + (1−α)·S_α, where the Tsallis entropy S_α keeps its relative
    // accuracy however close to 1 the order is and however peaked the masses are.
    let slope = DoubleDouble.difference(1, order)
    let tsallis = TsallisEntropy(order: order).definition(of: masses, totals)
    let excess = slope * tsallis
    if excess.high > -0.5 { return tsallis * .log1pQuotient(excess) }
    return fromLikeliest(masses, totals, slope: slope)
  }

  /// For α > 1 and a small Σ p^α, where the excess is near −1: the likeliest
  /// outcome's share is taken out of the sum.
  private func fromLikeliest<Scalar: InformationScalar>(
    _ masses: Span<Scalar>, _ totals: MassTotals, slope: DoubleDouble
  ) -> DoubleDouble {
    let largest = DoubleDouble(Double(masses[totals.likeliest(of: masses)]))
    var sum = ExactSum()
    for i in masses.indices {
      let mass = DoubleDouble(Double(masses[i]))
      guard mass.high > 0 else { continue }
      let gap = DoubleDouble.logOfQuotient(mass, largest)
      // Below e⁻⁸⁰⁰ of the largest term nothing reaches the result.
      guard order * gap.high > -800 else { continue }
      sum.add(DoubleDouble.exp(gap * order))
    }
    let first = totals.smallestSurprisal(of: masses)
    let weight = DoubleDouble(order) / -slope
    return first * weight - DoubleDouble.log(sum.doubleDouble) / -slope
  }
}

extension Categorical {
  /// Returns the Rényi entropy of the distribution.
  ///
  /// `H_α(p) = log(Σᵢ pᵢ^α)/(1 − α)` over the outcomes with mass; at α = 0, 1 and ∞
  /// its limits: Hartley's, Shannon's and the min-entropy. There is no window
  /// around 1: orders next to 1 are as accurate as any.
  ///
  /// - Parameter order: The order α, in 0 … +∞.
  /// - Returns: A value in 0 … log n that does not grow with the order.
  /// - Throws: ``InformationError`` with the code `badParameter`.
  /// - Accuracy: within 1 ulp (`renyi-entropy.json`).
  /// - Source: Rényi (1961), *On measures of entropy and information*, eq. 1.21.
  public func renyiEntropy(order: Double) throws(InformationError) -> Information {
    try InformationError.demandOrder(order)
    return Information(RenyiEntropy(order: order).value(of: self))
  }
}

/// Returns the Rényi entropy of a list of probabilities.
///
/// The contract is that of ``Categorical/renyiEntropy(order:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - order: The order α, in 0 … +∞.
/// - Returns: A value in 0 … log n.
/// - Throws: ``InformationError`` for what is wrong with p or the order.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func renyiEntropy<Scalar: InformationScalar>(
  of p: Span<Scalar>, order: Double
) throws(InformationError) -> Information {
  try InformationError.demandOrder(order)
  return Information(try RenyiEntropy(order: order).value(ofNormalized: p))
}
