public import InformationTheory

// Distances of ordered outcomes, and divergences of masses that nothing normalises, certified.

extension Certified {
  /// Returns the Wasserstein-1 distance of distributions on a line, certified.
  ///
  /// `Σᵢ (xᵢ₊₁ − xᵢ)·|Fᵢ − Gᵢ|`, F and G the cumulative probabilities.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - positions: Where the outcomes lie, increasing; nil for 0, 1, 2, …
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func wasserstein1Distance(
    of p: Categorical, from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Certified {
    _ = try p.wasserstein1Distance(from: q, positions: positions)
    return try ordered(.wasserstein1, p, q, positions)
  }

  /// Returns the energy distance of distributions on a line, certified.
  ///
  /// `√(2 Σᵢ (xᵢ₊₁ − xᵢ)(Fᵢ − Gᵢ)²)`, F and G the cumulative probabilities.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - positions: Where the outcomes lie, increasing; nil for 0, 1, 2, …
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func energyDistance(
    of p: Categorical, from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Certified {
    _ = try p.energyDistance(from: q, positions: positions)
    return try ordered(.energy, p, q, positions)
  }

  /// Returns the Cramér distance of distributions on a line, certified.
  ///
  /// `√(Σᵢ (xᵢ₊₁ − xᵢ)(Fᵢ − Gᵢ)²)`, F and G the cumulative probabilities.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - positions: Where the outcomes lie, increasing; nil for 0, 1, 2, …
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func cramerDistance(
    of p: Categorical, from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Certified {
    _ = try p.cramerDistance(from: q, positions: positions)
    return try ordered(.cramer, p, q, positions)
  }

  /// Returns the Kolmogorov–Smirnov distance of distributions on a line, certified.
  ///
  /// `maxᵢ |Fᵢ − Gᵢ|`, F and G the cumulative probabilities.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func kolmogorovSmirnovDistance(
    of p: Categorical, from q: Categorical
  ) throws(InformationError) -> Certified {
    _ = try p.kolmogorovSmirnovDistance(from: q)
    return try ordered(.kolmogorovSmirnov, p, q, nil)
  }

  private static func ordered(
    _ distance: OrderedDistance, _ p: Categorical, _ q: Categorical, _ positions: [Double]?
  ) throws(InformationError) -> Certified {
    let (p, q) = try Categorical.prepared(p, q, support: .infinite)
    return OrderedDistanceEvaluation(
      distance: distance, p: p.masses, q: q.masses, positions: positions
    ).certified
  }

  /// Returns the generalised Kullback–Leibler divergence of masses, certified.
  ///
  /// `Σᵢ pᵢ log(pᵢ/qᵢ) − pᵢ + qᵢ`, of the masses as they stand.
  ///
  /// - Parameters:
  ///   - p: Masses that are not negative.
  ///   - q: The reference masses.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the function of that name.
  public static func generalizedKLDivergence(
    of p: [Double], from q: [Double], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try InformationTheory.generalizedKLDivergence(of: p.span, from: q.span)
    return UnnormalizedEvaluation(divergence: .generalizedKL, p: p, q: q, unit: unit).certified
  }

  /// Returns the Itakura–Saito divergence of masses, certified.
  ///
  /// `Σᵢ pᵢ/qᵢ − log(pᵢ/qᵢ) − 1`, of the masses as they stand.
  ///
  /// - Parameters:
  ///   - p: Masses that are not negative.
  ///   - q: The reference masses.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the function of that name.
  public static func itakuraSaitoDivergence(
    of p: [Double], from q: [Double]
  ) throws(InformationError) -> Certified {
    _ = try InformationTheory.itakuraSaitoDivergence(of: p.span, from: q.span)
    return UnnormalizedEvaluation(divergence: .itakuraSaito, p: p, q: q, unit: .nats).certified
  }
}
