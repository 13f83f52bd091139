public import InformationTheory

// Divergences with a parameter, certified.

extension Certified {
  /// Returns the Rényi divergence of an order, certified.
  ///
  /// `log Σᵢ pᵢ^α qᵢ^(1−α)/(α − 1)`, and its limits.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - order: The order α, not negative.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func renyiDivergence(
    of p: Categorical, from q: Categorical, order: Double, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try p.renyiDivergence(from: q, order: order)
    return try PowerDivergence(kind: .renyi, base: 0, offset: order)
      .certified(p, q, support, unit)
  }

  /// Returns the Tsallis divergence of an order, certified.
  ///
  /// `(Σᵢ pᵢ^α qᵢ^(1−α) − 1)/(α − 1)`, and its limits.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - order: The order α, not negative.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func tsallisDivergence(
    of p: Categorical, from q: Categorical, order: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    _ = try p.tsallisDivergence(from: q, order: order)
    return try PowerDivergence(kind: .tsallis, base: 0, offset: order)
      .certified(p, q, support, .nats)
  }

  /// Returns the α-divergence of an order, certified.
  ///
  /// `(Σᵢ pᵢ^α qᵢ^(1−α) − 1)/(α(α − 1))`, and its limits.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - order: The order α.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func alphaDivergence(
    of p: Categorical, from q: Categorical, order: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    _ = try p.alphaDivergence(from: q, order: order)
    return try PowerDivergence(kind: .alpha, base: 0, offset: order)
      .certified(p, q, support, .nats)
  }

  /// Returns the Cressie–Read divergence, certified.
  ///
  /// `(Σᵢ pᵢ(pᵢ/qᵢ)^λ − 1)/(λ(λ + 1))`, and its limits.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - lambda: The power λ.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func cressieReadDivergence(
    of p: Categorical, from q: Categorical, lambda: Double, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    _ = try p.cressieReadDivergence(from: q, lambda: lambda)
    return try PowerDivergence(kind: .alpha, base: 1, offset: lambda)
      .certified(p, q, support, .nats)
  }

  /// Returns the skew divergence of one distribution from another, certified.
  ///
  /// `D(p ‖ (1 − λ)p + λq)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - weight: The weight λ of q, in 0 … 1.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func skewDivergence(
    of p: Categorical, from q: Categorical, weight: Double = 0.5,
    support: SupportPolicy = .infinite, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try p.skewDivergence(from: q, weight: weight)
    return try SkewDivergence(weight: weight).certified(p, q, support, unit)
  }

  /// Returns the Jensen–Shannon distance of two distributions, certified.
  ///
  /// The root of the divergence in the unit.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the divergence.
  /// - Returns: A number in 0 … √log 2.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func jensenShannonDistance(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try JensenShannonDistance(unit: unit).certified(p, q, support, .nats)
  }
}
