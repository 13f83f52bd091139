public import InformationTheory

// Entropies, certified: of the exactly normalised masses, with the names, the ranges and the
// errors of the methods of `Categorical`, which check the arguments.

extension Certified {
  /// Returns the Shannon entropy of a distribution, certified.
  ///
  /// `H(p) = −Σᵢ pᵢ log pᵢ`.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … log n.
  public static func entropy(of p: Categorical, unit: InformationUnit = .nats) -> Certified {
    certified(.shannon, p, unit)
  }

  /// Returns the Rényi entropy of an order, certified.
  ///
  /// `H_α(p) = log Σᵢ pᵢ^α/(1 − α)`; orders 0, 1 and ∞ are the limits.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - order: The order α, not negative.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … log n.
  /// - Throws: `InformationError` with the code `badParameter`.
  public static func renyiEntropy(
    of p: Categorical, order: Double, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try p.renyiEntropy(order: order)
    return certified(.renyi(order: order), p, unit)
  }

  /// Returns the Tsallis entropy of an order, certified.
  ///
  /// `S_α(p) = (1 − Σᵢ pᵢ^α)/(α − 1)`.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - order: The order α.
  /// - Returns: A number without a unit.
  /// - Throws: `InformationError` with the code `badParameter`.
  public static func tsallisEntropy(
    of p: Categorical, order: Double
  ) throws(InformationError) -> Certified {
    _ = try p.tsallisEntropy(order: order)
    return certified(order == 2 ? .gini : .tsallis(order: order), p, .nats)
  }

  /// Returns the Hill number of an order, the effective number of outcomes, certified.
  ///
  /// `N_α(p) = exp H_α(p)`.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - order: The order α, not negative; 1 is the perplexity.
  /// - Returns: A number in 1 … n.
  /// - Throws: `InformationError` with the code `badParameter`.
  public static func hillNumber(
    of p: Categorical, order: Double
  ) throws(InformationError) -> Certified {
    _ = try p.hillNumber(order: order)
    return certified(.hill(order: order), p, .nats)
  }

  /// Returns the perplexity of a distribution, certified.
  ///
  /// `exp H(p)`.
  ///
  /// - Parameter p: The distribution.
  /// - Returns: A number in 1 … n.
  public static func perplexity(of p: Categorical) -> Certified {
    certified(.perplexity, p, .nats)
  }

  /// Returns the extropy of a distribution, certified.
  ///
  /// `J(p) = −Σᵢ (1 − pᵢ) log(1 − pᵢ)`.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  public static func extropy(of p: Categorical, unit: InformationUnit = .nats) -> Certified {
    certified(.extropy, p, unit)
  }

  /// Returns the Gini impurity of a distribution, certified.
  ///
  /// `Σᵢ pᵢ(1 − pᵢ)`.
  ///
  /// - Parameter p: The distribution.
  /// - Returns: A number in 0 … 1.
  public static func giniImpurity(of p: Categorical) -> Certified { certified(.gini, p, .nats) }

  /// Returns the entropy of a distribution relative to the uniform one, certified.
  ///
  /// `H(p)/log n`.
  ///
  /// - Parameter p: The distribution.
  /// - Returns: A number in 0 … 1.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func normalizedEntropy(of p: Categorical) throws(InformationError) -> Certified {
    _ = try p.normalizedEntropy()
    return certified(.normalized, p, .nats)
  }

  /// Returns the surprisal of an outcome, certified.
  ///
  /// `−log pᵢ`.
  ///
  /// - Parameters:
  ///   - outcome: The outcome, from 0.
  ///   - p: The distribution.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Precondition: `outcome` is in `0 ..< p.count`.
  public static func selfInformation(
    ofOutcome outcome: Int, of p: Categorical, unit: InformationUnit = .nats
  ) -> Certified {
    precondition(p.masses.indices.contains(outcome), "Certified.selfInformation: no such outcome")
    return certified(.selfInformation(outcome: outcome), p, unit)
  }

  /// Returns the cumulative residual entropy of ordered outcomes, certified.
  ///
  /// `−Σᵢ (xᵢ₊₁ − xᵢ) Sᵢ log Sᵢ` with Sᵢ the probability of an outcome after the i-th.
  ///
  /// - Parameters:
  ///   - p: The distribution.
  ///   - positions: Where the outcomes lie, increasing; nil for 0, 1, 2, …
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func cumulativeResidualEntropy(
    of p: Categorical, positions: [Double]? = nil, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try p.cumulativeResidualEntropy(positions: positions)
    return certified(.cumulativeResidual(positions: positions), p, unit)
  }

  /// Returns the entropy of a yes-or-no outcome, certified.
  ///
  /// `h(p) = −p log p − (1 − p) log(1 − p)`.
  ///
  /// - Parameters:
  ///   - probability: A number in 0 … 1.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … log 2.
  /// - Throws: `InformationError` with the code `badParameter`.
  public static func binaryEntropy(
    _ probability: Double, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try InformationTheory.binaryEntropy(probability)
    return BinaryEntropyEvaluation(p: probability, unit: unit).certified
  }

  private static func certified(
    _ definition: EntropyDefinition, _ p: Categorical, _ unit: InformationUnit
  ) -> Certified {
    EntropyEvaluation(definition: definition, p: p.masses, unit: unit).certified
  }
}
