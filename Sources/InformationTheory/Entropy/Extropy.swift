/// −Σ (1−p) log(1−p).
struct Extropy: EntropyDefinition {
  func value<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble {
    var sum = ExactSum()
    for i in masses.indices {
      let mass = Double(masses[i])
      guard mass > 0 else { continue }
      if i == totals.dominant {
        // 1 − p from the other masses, exactly.
        guard totals.rest.high > 0 else { continue }
        sum.add(totals.rest * .logOfQuotient(totals.total, totals.rest))
      } else {
        let complement = totals.total + -mass
        let lift = Term.lift(mass)
        let p = DoubleDouble(mass.scaled(byPowerOfTwo: lift)) / totals.total
        // A lifted p is so small that log1p(−p) = −p to all digits.
        let log = lift == 0 ? -DoubleDouble.log1p(-p) : p
        sum.add(complement * log, timesPowerOfTwo: -lift)
      }
    }
    return sum.doubleDouble / totals.total
  }
}

extension Categorical {
  /// Returns the extropy of the distribution, the complementary dual of entropy.
  ///
  /// `J(p) = −Σᵢ (1 − pᵢ) log(1 − pᵢ)`; for two outcomes it is the entropy.
  ///
  /// - Returns: A value from 0, for a point mass, to (n − 1)·log(n/(n − 1)).
  /// - Accuracy: within 1 ulp (`extropy.json`).
  /// - Source: Lad, Sanfilippo and Agrò (2015), doi:10.1214/14-STS430.
  public func extropy() -> Information {
    Information(Extropy().value(of: self))
  }
}

/// Returns the extropy of a list of probabilities.
///
/// The contract is that of ``Categorical/extropy()``.
///
/// - Parameter p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
/// - Returns: A value ≥ 0.
/// - Throws: ``InformationError`` for what is wrong with p.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func extropy<Scalar: InformationScalar>(
  of p: Span<Scalar>
) throws(InformationError) -> Information {
  Information(try Extropy().value(ofNormalized: p))
}
