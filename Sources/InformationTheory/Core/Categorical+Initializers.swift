extension Categorical {
  /// Creates a distribution from probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of each outcome: finite, not negative,
  ///     summing to 1 within n·ε, where n is their number and ε is the distance
  ///     from 1 to the next number of their type. Nothing is normalised: a sum
  ///     further off is an error.
  ///   - labels: The outcomes' names, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `negativeMass`,
  ///   `notFinite`, `notNormalized`, `zeroTotal`, `overflow` or `badLabels`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    _ probabilities: [Scalar], labels: [String]? = nil
  ) throws(InformationError) {
    let totals = try MassTotals(normalized: probabilities.span, argument: "masses")
    try Self.check(labels, count: probabilities.count)
    self.init(masses: probabilities.map { Double($0) }, labels: labels, totals: totals)
  }

  /// Creates a distribution from weights of any positive sum.
  ///
  /// - Parameters:
  ///   - masses: The weight of each outcome: finite, not negative, not all 0.
  ///   - labels: The outcomes' names, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `negativeMass`,
  ///   `notFinite`, `zeroTotal`, `overflow` or `badLabels`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    normalizing masses: [Scalar], labels: [String]? = nil
  ) throws(InformationError) {
    try self.init(weights: masses.map { Double($0) }, labels: labels, argument: "masses")
  }

  /// Creates the distribution of observed counts: each over their exact total.
  ///
  /// - Parameters:
  ///   - counts: How often each outcome was seen: not negative, not all 0.
  ///   - labels: The outcomes' names, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `negativeMass`,
  ///   `inexactCount` (a count above 2⁵³ that no double holds), `zeroTotal` or
  ///   `badLabels`.
  public init(counts: [Int], labels: [String]? = nil) throws(InformationError) {
    var masses: [Double] = []
    masses.reserveCapacity(counts.count)
    for (i, count) in counts.enumerated() {
      guard let mass = Double(exactly: count) else {
        throw InformationError(
          .inexactCount, argument: "counts", index: i,
          "counts[\(i)] is \(count): counts above 2^53 must be even enough to fit a double")
      }
      masses.append(mass)
    }
    try self.init(weights: masses, labels: labels, argument: "counts")
  }

  /// Creates the softmax of logits: probabilities in proportion to exp(logit).
  ///
  /// Masses are exp(zᵢ − max z), each rounded once. A logit of −∞ has no mass; so
  /// has one more than 745 below the largest, whose probability is below the
  /// smallest double.
  ///
  /// - Parameters:
  ///   - logits: Finite numbers or −∞, not all −∞, in nats.
  ///   - labels: The outcomes' names, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `notFinite` (NaN or
  ///   +∞), `zeroTotal` or `badLabels`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    logits: [Scalar], labels: [String]? = nil
  ) throws(InformationError) {
    let logits = try Self.checkedLogarithms(logits, argument: "logits")
    let largest = logits.max() ?? 0
    let masses = logits.map { logit in
      logit == -.infinity ? 0 : DoubleDouble.exp(.difference(logit, largest)).high
    }
    try self.init(weights: masses, labels: labels, argument: "logits")
  }

  /// Creates a distribution from the natural logarithms of its probabilities.
  ///
  /// - Parameters:
  ///   - logProbabilities: Finite numbers, or −∞ for an outcome without mass.
  ///     Their exponentials must sum to 1 within (n + Σ p·|log p|)·ε, which is
  ///     what rounding the logarithms can do to the sum.
  ///   - labels: The outcomes' names, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `notFinite` (NaN or
  ///   +∞), `notNormalized`, `zeroTotal`, `overflow` or `badLabels`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    logProbabilities: [Scalar], labels: [String]? = nil
  ) throws(InformationError) {
    let logs = try Self.checkedLogarithms(logProbabilities, argument: "logProbabilities")
    var masses: [Double] = []
    var slack = 0.0
    for (i, log) in logs.enumerated() {
      let mass = log == -.infinity ? 0 : DoubleDouble.exp(DoubleDouble(log)).high
      guard mass < .infinity else {
        throw InformationError(
          .overflow, argument: "logProbabilities", index: i,
          "logProbabilities[\(i)] is \(log): a probability's logarithm is at most 0")
      }
      masses.append(mass)
      if mass > 0 { slack += mass * log.magnitude }
    }
    let totals = try MassTotals(masses.span, argument: "logProbabilities")
    let tolerance = (Double(masses.count) + slack) * Double(Scalar.ulpOfOne)
    guard (totals.total + -1.0).high.magnitude <= tolerance else {
      throw InformationError(
        .notNormalized, argument: "logProbabilities",
        """
        the exponentials of logProbabilities sum to \(totals.total.high), not 1 \
        (tolerance \(tolerance)): use Categorical(logits:) to normalise them
        """)
    }
    try Self.check(labels, count: masses.count)
    self.init(masses: masses, labels: labels, totals: totals)
  }
}

// MARK: - Checks

extension Categorical {
  /// Creates a distribution from weights, brought near 1 by a power of two where
  /// their total is so large or small that measures could leave the range, and
  /// where that loses no bit of any weight.
  init(weights: [Double], labels: [String]?, argument: String) throws(InformationError) {
    try Self.check(labels, count: weights.count)
    let totals = try MassTotals(weights.span, argument: argument)
    let exponent = totals.total.high.binaryParts.exponent
    guard exponent.magnitude > 64 else {
      self.init(masses: weights, labels: labels, totals: totals)
      return
    }
    let scaled = weights.map { $0.scaled(byPowerOfTwo: -exponent) }
    let isExact = weights.indices.allSatisfy {
      scaled[$0].scaled(byPowerOfTwo: exponent) == weights[$0]
    }
    guard isExact else {
      self.init(masses: weights, labels: labels, totals: totals)
      return
    }
    self.init(
      masses: scaled, labels: labels, totals: try MassTotals(scaled.span, argument: argument))
  }

  private static func check(_ labels: [String]?, count: Int) throws(InformationError) {
    guard let labels else { return }
    guard labels.count == count else {
      throw InformationError(
        .badLabels, argument: "labels",
        "there are \(labels.count) labels for \(count) outcomes: give one for each")
    }
    var seen: [String: Int] = [:]
    for (i, label) in labels.enumerated() {
      if let first = seen.updateValue(i, forKey: label) {
        throw InformationError(
          .badLabels, argument: "labels", index: i,
          "labels[\(i)] is \"\(label)\", which outcome \(first) has too: labels must differ")
      }
    }
  }

  private static func checkedLogarithms<Scalar: InformationScalar>(
    _ values: [Scalar], argument: String
  ) throws(InformationError) -> [Double] {
    guard !values.isEmpty else {
      throw InformationError(
        .empty, argument: argument, "\(argument) is empty: give at least one outcome")
    }
    for (i, value) in values.enumerated() where value.isNaN || value == .infinity {
      throw InformationError(
        .notFinite, argument: argument, index: i,
        "\(argument)[\(i)] is \(value): it must be finite, or -inf for no mass")
    }
    guard values.contains(where: { $0 > -.infinity }) else {
      throw InformationError(
        .zeroTotal, argument: argument,
        "all \(values.count) \(argument) are -inf: at least one must be finite")
    }
    return values.map { Double($0) }
  }
}
