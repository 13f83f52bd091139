/// −Σ p log p, a sum of terms that are never negative.
struct ShannonEntropy: EntropyDefinition {
  func value<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble {
    // So that the total is in ¾ ..< 1½, and the scale of probabilities is 1.
    let exponent = (totals.total.high * (4.0 / 3)).binaryParts.exponent
    guard exponent.magnitude <= 1000 else { return definition(of: masses, totals) }
    if exponent == 0, let entropy = MassTally.entropy(ofFew: masses, tolerance: nil) {
      return entropy
    }
    let kernel = try? MassTally(
      masses, .entropy, scale: .powerOfTwo(-exponent), stopsEarly: false)
    return kernel?.entropy(tolerance: nil) ?? definition(of: masses, totals)
  }

  /// The quantity of a list of probabilities, in one pass where that can be.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>
  ) throws(InformationError) -> DoubleDouble {
    let tolerance = Double(p.count) * Double(Scalar.ulpOfOne)
    if let entropy = MassTally.entropy(ofFew: p, tolerance: tolerance) { return entropy }
    let kernel = try MassTally(p, .entropy, scale: 1, stopsEarly: true)
    if let entropy = kernel?.entropy(tolerance: tolerance) { return entropy }
    return definition(of: p, try MassTotals(normalized: p, argument: "p"))
  }

  /// The quantity by its definition, which the kernels agree with.
  func definition<Scalar: InformationScalar>(
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
