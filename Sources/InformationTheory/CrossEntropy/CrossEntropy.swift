/// −Σ p log q, a sum of terms that are never negative.
struct CrossEntropy: DivergenceDefinition {
  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    var sum = ExactSum()
    for i in p.indices {
      let (mass, other) = (Double(p[i]), Double(q[i]))
      guard mass > 0 else { continue }
      guard other > 0 else { return .infinity }
      let lift = Term.lift(mass)
      let surprisal = totals.q.surprisal(other, at: i)
      sum.add(surprisal * mass.scaled(byPowerOfTwo: lift), timesPowerOfTwo: -lift)
    }
    return sum.doubleDouble / totals.p.total
  }
}

extension Categorical {
  /// Returns the cross-entropy of this distribution relative to another.
  ///
  /// `H(p, q) = −Σᵢ pᵢ log qᵢ = H(p) + D(p‖q)`: the expected surprisal of someone
  /// who believes q while p is true. Of the exactly normalised masses.
  ///
  /// - Parameters:
  ///   - q: The believed distribution, of the same outcomes.
  ///   - support: What to do where p has mass and q has none.
  /// - Returns: A value from the entropy of p to +∞. `0·log 0 = 0`, and
  ///   `−p·log 0 = +∞`.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   or what the support policy throws.
  /// - Accuracy: within 1 ulp (`cross-entropy.json`).
  /// - Source: Murphy, *Probabilistic Machine Learning* (2022), eq. 6.4.
  public func crossEntropy(
    relativeTo q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try CrossEntropy().value(of: self, from: q, support: support))
  }
}

/// Returns the cross-entropy of one list of probabilities relative to another.
///
/// `H(p, q) = −Σᵢ pᵢ log qᵢ`, with the contract of
/// ``Categorical/crossEntropy(relativeTo:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Believed probabilities of the same outcomes.
///   - support: What to do where p has mass and q has none.
/// - Returns: A value in 0 … +∞.
/// - Throws: ``InformationError`` for what is wrong with p or q.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func crossEntropy<Scalar: InformationScalar>(
  of p: Span<Scalar>, relativeTo q: Span<Scalar>, support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try CrossEntropy().value(ofNormalized: p, from: q, support: support))
}
