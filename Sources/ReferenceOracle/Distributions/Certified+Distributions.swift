public import InformationTheory

// Entropies and divergences of parametric distributions, certified: of the exact doubles that
// the parameters are.

extension Certified {
  /// Returns the entropy of a parametric distribution, certified.
  ///
  /// `−E log f(X)`, with f the density or the probability. Densities give a differential
  /// entropy, which may be negative. Of binomial, negative binomial and Poisson distributions
  /// it is a sum of up to 100,000 terms, whose rest is bounded.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - unit: The unit of the amount.
  /// - Returns: A number; for distributions of whole numbers, not negative.
  /// - Throws: `InformationError` with the code `badParameter`, `empty` or `sizeMismatch` for
  ///   parameters, see ``ParametricDistribution/validate()``; `noClosedForm` where the sum
  ///   would have too many terms.
  public static func entropy(
    of p: ParametricDistribution, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try p.validate()
    try p.demandFewTerms()
    return try ParametricQuantity.entropy(p.simplest).certified(p, p, "entropy", unit)
  }

  /// Returns the Kullback–Leibler divergence of one parametric distribution from another,
  /// certified.
  ///
  /// `D(p‖q) = E log(f(X)/g(X))` of an X from p, with f and g their densities or probabilities.
  ///
  /// It is +∞ exactly where q's support does not contain p's, or p's tails are too heavy for
  /// q; it is 0 exactly where they are equal. Families that have a closed form from each
  /// other: <doc:Distributions>.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError` with the code `badParameter`, `empty` or `sizeMismatch` for
  ///   parameters, see ``ParametricDistribution/validate()``; `sizeMismatch` where outcomes
  ///   have different numbers of components; `noClosedForm`.
  public static func klDivergence(
    of p: ParametricDistribution, from q: ParametricDistribution, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try ParametricQuantity.divergence(p.simplest, q.simplest).certified(p, q, "divergence", unit)
  }

  /// Returns the cross-entropy of one parametric distribution relative to another, certified.
  ///
  /// `H(p, q) = −E log g(X)` of an X from p, with g the density or probability of q: the entropy
  /// of p and its divergence from q together.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other.
  ///   - unit: The unit of the amount.
  /// - Returns: A number or +∞.
  /// - Throws: `InformationError`, as ``klDivergence(of:from:unit:)`` and, for distributions
  ///   whose entropy is a sum, as the entropy.
  public static func crossEntropy(
    of p: ParametricDistribution, relativeTo q: ParametricDistribution,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try p.validate()
    if p.support.isWithin(q.support) { try p.demandFewTerms() }
    return try ParametricQuantity.crossEntropy(p.simplest, q.simplest)
      .certified(p, q, "cross-entropy", unit)
  }

  /// Returns the Jeffreys divergence of two parametric distributions, certified.
  ///
  /// `D(p‖q) + D(q‖p)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as ``klDivergence(of:from:unit:)``.
  public static func jeffreysDivergence(
    of p: ParametricDistribution, from q: ParametricDistribution, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try ParametricQuantity.jeffreys(p.simplest, q.simplest).certified(p, q, "divergence", unit)
  }
}

extension ParametricQuantity {
  /// The quantity, certified, if the parameters are good and it has a form.
  fileprivate func certified(
    _ p: ParametricDistribution, _ q: ParametricDistribution, _ name: String,
    _ unit: InformationUnit
  ) throws(InformationError) -> Certified {
    try p.validate()
    try q.validate()
    guard p.support.dimension == q.support.dimension else {
      throw InformationError(
        .sizeMismatch, argument: "q",
        """
        outcomes of \(p) have \(p.support.dimension) components, those of \(q) \
        \(q.support.dimension)
        """)
    }
    guard outcome(in: PairArithmetic()) != nil else {
      throw InformationError(
        .noClosedForm, argument: "q",
        """
        the \(name) of \(p) from \(q) has no closed form here: integrate, or compare \
        histograms of the two as Categorical
        """)
    }
    return ParametricEvaluation(quantity: self, unit: unit).certified
  }
}

extension ParametricDistribution {
  /// Refuses an entropy that is a sum of too many terms.
  fileprivate func demandFewTerms() throws(InformationError) {
    guard termCount <= Self.mostTerms else {
      throw InformationError(
        .noClosedForm, argument: "p",
        """
        the entropy of \(self) is a sum of about \(termCount.rounded()) terms; \
        \(Int(Self.mostTerms)) are the most
        """)
    }
  }
}
