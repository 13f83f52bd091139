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

  /// Returns the entropy as a share of the largest possible.
  ///
  /// `H(p)/log n`, where n counts all outcomes, those without mass included.
  ///
  /// - Returns: A number from 0, for a point mass, to 1, for the uniform distribution.
  /// - Throws: ``InformationError`` with the code `undefined` where there is one
  ///   outcome only, for which both the entropy and its maximum are 0.
  /// - Accuracy: within 1 ulp (`normalized-entropy.json`).
  public func normalizedEntropy() throws(InformationError) -> Double {
    guard count > 1 else {
      throw InformationError(
        .undefined,
        "the normalized entropy of a single outcome is 0/0: give at least two outcomes")
    }
    return (ShannonEntropy().value(of: self) / .log(Double(count))).high
  }

  /// Returns the largest entropy that a distribution on n outcomes can have.
  ///
  /// `log n`, for Shannon's and every Rényi entropy: that of the uniform distribution.
  ///
  /// - Parameter outcomes: The number n of outcomes.
  /// - Returns: The value log n.
  /// - Precondition: `outcomes` is at least 1.
  public static func maximumEntropy(outcomes: Int) -> Information {
    precondition(outcomes >= 1, "maximumEntropy: there must be at least one outcome")
    return Information(.log(Double(outcomes)))
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
