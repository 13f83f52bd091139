public import InformationTheory

// Divergences, certified: of the exactly normalised masses, with the names, the ranges and
// the errors of the methods of `Categorical`.

extension Certified {
  /// Returns the cross-entropy of one distribution relative to another, certified.
  ///
  /// `H(p, q) = −Σᵢ pᵢ log qᵢ`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func crossEntropy(
    of p: Categorical, relativeTo q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try CrossEntropy().certified(p, q, support, unit)
  }

  /// Returns the Kullback–Leibler divergence of one distribution from another, certified.
  ///
  /// `D(p‖q) = Σᵢ pᵢ log(pᵢ/qᵢ)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func klDivergence(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try KullbackLeibler().certified(p, q, support, unit)
  }

  /// Returns the Kullback–Leibler divergence of the second distribution from the first, certified.
  ///
  /// `D(q‖p) = Σᵢ qᵢ log(qᵢ/pᵢ)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func reverseKLDivergence(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try ReverseKullbackLeibler().certified(p, q, support, unit)
  }

  /// Returns the Jeffreys divergence of two distributions, which is the population stability index, certified.
  ///
  /// `D(p‖q) + D(q‖p)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func jeffreysDivergence(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try Jeffreys().certified(p, q, support, unit)
  }

  /// Returns the Jensen–Shannon divergence of two distributions, certified.
  ///
  /// `(D(p‖m) + D(q‖m))/2, m = (p + q)/2`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … log 2.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func jensenShannonDivergence(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try JensenShannon().certified(p, q, support, unit)
  }

  /// Returns the Chernoff information of two distributions, certified.
  ///
  /// `−min_{0≤α≤1} log Σᵢ pᵢ^α qᵢ^(1−α)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func chernoffInformation(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try Chernoff().certified(p, q, support, unit)
  }

  /// Returns the Bhattacharyya distance of two distributions, certified.
  ///
  /// `−log Σᵢ √(pᵢqᵢ)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func bhattacharyyaDistance(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite,
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    try Bhattacharyya(isDistance: true).certified(p, q, support, unit)
  }

  /// Returns the Bhattacharyya coefficient of two distributions, certified.
  ///
  /// `Σᵢ √(pᵢqᵢ)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … 1.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func bhattacharyyaCoefficient(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    try Bhattacharyya(isDistance: false).certified(p, q, support, .nats)
  }

  /// Returns the Hellinger distance of two distributions, certified.
  ///
  /// `√(1 − Σᵢ √(pᵢqᵢ))`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … 1.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func hellingerDistance(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    try SimpleDistance.hellinger.certified(p, q, support, .nats)
  }

  /// Returns the total variation distance of two distributions, certified.
  ///
  /// `½ Σᵢ |pᵢ − qᵢ|`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … 1.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func totalVariation(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    try SimpleDistance.totalVariation.certified(p, q, support, .nats)
  }

  /// Returns the Pearson χ² divergence of one distribution from another, certified.
  ///
  /// `Σᵢ (pᵢ − qᵢ)²/qᵢ`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func pearsonChiSquared(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    try SimpleDistance.pearson.certified(p, q, support, .nats)
  }

  /// Returns the Neyman χ² divergence of one distribution from another, certified.
  ///
  /// `Σᵢ (pᵢ − qᵢ)²/pᵢ`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … +∞.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func neymanChiSquared(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    try SimpleDistance.neyman.certified(p, q, support, .nats)
  }

  /// Returns the triangular discrimination of two distributions, certified.
  ///
  /// `Σᵢ (pᵢ − qᵢ)²/(pᵢ + qᵢ)`.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - support: What to do where one has mass and the other has none.
  /// - Returns: A number in 0 … 2.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func triangularDiscrimination(
    of p: Categorical, from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Certified {
    try SimpleDistance.triangular.certified(p, q, support, .nats)
  }
}
