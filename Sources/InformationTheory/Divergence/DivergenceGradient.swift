/// A divergence that has a gradient.
public struct DifferentiableDivergence: Sendable {
  let definition: any SmoothDivergence

  /// The Kullback–Leibler divergence D(p‖q).
  public static let kullbackLeibler = Self(definition: KullbackLeibler())
  /// The reverse Kullback–Leibler divergence D(q‖p).
  public static let reverseKullbackLeibler = Self(definition: ReverseKullbackLeibler())
  /// Jeffreys's divergence.
  public static let jeffreys = Self(definition: Jeffreys())
  /// The Jensen–Shannon divergence.
  public static let jensenShannon = Self(definition: JensenShannon())
  /// The Hellinger distance, which has no gradient at p = q.
  public static let hellinger = Self(definition: Hellinger())
  /// The Bhattacharyya coefficient.
  public static let bhattacharyyaCoefficient = Self(definition: BhattacharyyaCoefficient())
  /// The Bhattacharyya distance.
  public static let bhattacharyya = Self(definition: BhattacharyyaDistance())
  /// Pearson's χ² divergence.
  public static let pearsonChiSquared = Self(definition: PearsonChiSquared())
  /// Neyman's χ² divergence.
  public static let neymanChiSquared = Self(definition: NeymanChiSquared())
  /// The triangular discrimination.
  public static let triangular = Self(definition: TriangularDiscrimination())

  /// The skew divergence.
  ///
  /// - Parameter weight: The share of q in the mixture, in 0 … 1.
  /// - Returns: The divergence.
  /// - Precondition: `weight` is in 0 … 1.
  public static func skew(weight: Double) -> Self {
    precondition(weight >= 0 && weight <= 1, "skew: the weight must be in 0 ... 1")
    return Self(definition: SkewDivergence(weight: weight))
  }

  /// The Rényi divergence.
  ///
  /// - Parameter order: The order α, positive and finite.
  /// - Returns: The divergence.
  /// - Precondition: `order` is positive and finite.
  public static func renyi(order: Double) -> Self {
    precondition(order > 0 && order.isFinite, "renyi: the order must be positive and finite")
    return order == 1 ? kullbackLeibler : Self(definition: LogPowerDivergence(order: order))
  }

  /// The Tsallis divergence.
  ///
  /// - Parameter order: The order α, positive and finite.
  /// - Returns: The divergence.
  /// - Precondition: `order` is positive and finite.
  public static func tsallis(order: Double) -> Self {
    precondition(order > 0 && order.isFinite, "tsallis: the order must be positive and finite")
    return Self(definition: ScaledPowerDivergence(order: order))
  }

  /// The α-divergence.
  ///
  /// - Parameter order: The order α, any finite number.
  /// - Returns: The divergence.
  /// - Precondition: `order` is finite.
  public static func alpha(order: Double) -> Self {
    precondition(order.isFinite, "alpha: the order must be finite")
    return Self(definition: PowerDivergence(order: order))
  }

  /// The Cressie–Read divergence.
  ///
  /// - Parameter lambda: The order λ, any finite number.
  /// - Returns: The divergence.
  /// - Precondition: `lambda` is finite.
  public static func cressieRead(lambda: Double) -> Self {
    precondition(lambda.isFinite, "cressieRead: lambda must be finite")
    return Self(definition: PowerDivergence(lambda: lambda))
  }
}

/// The partial derivatives of a divergence with respect to the masses of p and q.
public struct DivergenceGradient: Hashable, Codable, Sendable {
  /// The derivative with respect to each mass of p.
  public var p: [Double]
  /// The derivative with respect to each mass of q.
  public var q: [Double]
}

extension Categorical {
  /// Returns the gradient of a divergence with respect to the masses of both.
  ///
  /// Measures are of the normalised masses, so this is the gradient of the
  /// normalised quantity: for D(p‖q) it is `(log(pᵢ/qᵢ) − D)/P` and
  /// `(1 − pᵢ/qᵢ)/Q`. It differs from the partial derivatives of the textbook
  /// formula by a number that is the same for all outcomes, and that no step which
  /// keeps the sum can see; along it, Σ pᵢ gᵢ = 0.
  ///
  /// - Parameters:
  ///   - divergence: What to differentiate.
  ///   - q: The other distribution: as many outcomes, in the same order.
  /// - Returns: The derivatives, in nats for divergences that have a unit; ±∞ where one is
  ///   beyond all doubles.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `badLabels` where
  ///   the labels differ, or `undefined` where an outcome lacks mass.
  /// - Accuracy: within 2 ulp of the largest of gᵢ and its mean (`gradients.json`), for
  ///   orders up to 10⁵. Of greater ones the outcomes of the largest p/q have all of the
  ///   derivative, and two that tie may be told apart by rounding.
  public func gradient(
    of divergence: DifferentiableDivergence, from q: Categorical
  ) throws(InformationError) -> DivergenceGradient {
    guard labels == q.labels else {
      throw InformationError(
        .badLabels, argument: "q",
        "p and q have different labels: a gradient needs the same outcomes in the same order")
    }
    try InformationError.demandSameCount(count, q.count)
    var (ofP, ofQ) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    var spanOfP = ofP.mutableSpan
    var spanOfQ = ofQ.mutableSpan
    try divergence.definition.writeGradient(
      of: masses.span, from: q.masses.span, PairTotals(totals, q.totals),
      p: &spanOfP, q: &spanOfQ)
    return DivergenceGradient(p: ofP, q: ofQ)
  }
}

/// Writes the gradient of a divergence of two lists of probabilities.
///
/// The contract is that of ``Categorical/gradient(of:from:)``.
///
/// - Parameters:
///   - divergence: What to differentiate.
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - gradientOfP: Receives the n derivatives with respect to p.
///   - gradientOfQ: Receives the n derivatives with respect to q.
/// - Throws: ``InformationError`` for what is wrong with the arguments.
/// - Precondition: Both outputs have length n.
public func writeGradient(
  of divergence: DifferentiableDivergence, at p: Span<Double>, from q: Span<Double>,
  p gradientOfP: consuming MutableSpan<Double>, q gradientOfQ: consuming MutableSpan<Double>
) throws(InformationError) {
  let totals = try PairTotals(normalized: p, q)
  precondition(
    gradientOfP.count == p.count && gradientOfQ.count == q.count,
    "writeGradient: both outputs must be as long as p and q")
  try divergence.definition.writeGradient(
    of: p, from: q, totals, p: &gradientOfP, q: &gradientOfQ)
}
