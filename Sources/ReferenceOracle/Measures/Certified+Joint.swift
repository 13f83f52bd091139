public import InformationTheory

// Measures of joint distributions, certified: with the names, the ranges and the errors of the
// methods of `JointDistribution`.

extension Certified {
  /// Returns the entropy of some variables, perhaps with others known, certified.
  ///
  /// `H(X|Z) = H(X, Z) − H(Z)`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables X.
  ///   - condition: The variables Z that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … H(X).
  /// - Throws: `InformationError` with the code `unknownVariable`.
  public static func entropy(
    in joint: JointDistribution, of variables: JointDistribution.Variables,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (x, z) = (
      try joint.group(variables, "variables"), try joint.group(condition, "condition")
    )
    return sum([(x.union(z), 1), (z, -1)], joint, unit)
  }

  /// Returns the mutual information of two groups of variables, certified.
  ///
  /// `I(X; Y|Z) = H(X, Z) + H(Y, Z) − H(X, Y, Z) − H(Z)`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - condition: The variables Z that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError` with the code `unknownVariable`.
  public static func mutualInformation(
    in joint: JointDistribution, between x: JointDistribution.Variables,
    and y: JointDistribution.Variables, given condition: JointDistribution.Variables = [],
    unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (a, b) = (try joint.group(x, "x"), try joint.group(y, "y"))
    return sum(shared(a, b, try joint.group(condition, "condition")), joint, unit)
  }

  /// Returns the variation of information of two groups of variables, certified.
  ///
  /// `H(X|Y) + H(Y|X)`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError` with the code `unknownVariable`.
  public static func variationOfInformation(
    in joint: JointDistribution, between x: JointDistribution.Variables,
    and y: JointDistribution.Variables, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (a, b) = (try joint.group(x, "x"), try joint.group(y, "y"))
    return sum([(a.union(b), 2), (a, -1), (b, -1)], joint, unit)
  }

  /// Returns the mutual information over a mean of the entropies, certified.
  ///
  /// `I(X; Y)/M(H(X), H(Y))`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - mean: The mean M.
  /// - Returns: A number in 0 … 1.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func normalizedMutualInformation(
    in joint: JointDistribution, between x: JointDistribution.Variables,
    and y: JointDistribution.Variables, mean: JointDistribution.EntropyMean
  ) throws(InformationError) -> Certified {
    _ = try joint.normalizedMutualInformation(between: x, and: y, mean: mean)
    let (a, b) = (try joint.group(x, "x"), try joint.group(y, "y"))
    return sum(shared(a, b, []), joint, .nats, over: .mean(mean, a, b))
  }

  /// Returns what share of the entropy of some variables others explain, certified.
  ///
  /// `I(X; Y)/H(X)`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - x: The variables to explain.
  ///   - y: The variables that are known.
  /// - Returns: A number in 0 … 1.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func uncertaintyCoefficient(
    in joint: JointDistribution, of x: JointDistribution.Variables,
    given y: JointDistribution.Variables
  ) throws(InformationError) -> Certified {
    _ = try joint.uncertaintyCoefficient(of: x, given: y)
    let (a, b) = (try joint.group(x, "x"), try joint.group(y, "y"))
    return sum(shared(a, b, []), joint, .nats, over: .entropy(a))
  }

  /// Returns the total correlation of some variables, certified.
  ///
  /// `Σ H(Xᵢ|Z) − H(X|Z)`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables, or nil for all.
  ///   - condition: The variables Z that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func totalCorrelation(
    in joint: JointDistribution, of variables: JointDistribution.Variables? = nil,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (x, z) = try groups(joint, variables, condition)
    return sum(total(x, z), joint, unit)
  }

  /// Returns the dual total correlation of some variables, certified.
  ///
  /// `H(X|Z) − Σ H(Xᵢ|the others, Z)`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables, or nil for all.
  ///   - condition: The variables Z that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func dualTotalCorrelation(
    in joint: JointDistribution, of variables: JointDistribution.Variables? = nil,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (x, z) = try groups(joint, variables, condition)
    return sum(dual(x, z), joint, unit)
  }

  /// Returns the O-information of some variables, certified.
  ///
  /// The total correlation less the dual one.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables, or nil for all.
  ///   - condition: The variables that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number of either sign.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func oInformation(
    in joint: JointDistribution, of variables: JointDistribution.Variables? = nil,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (x, z) = try groups(joint, variables, condition)
    return sum(total(x, z) + dual(x, z).map { ($0.group, -$0.factor) }, joint, unit)
  }

  /// Returns the S-information of some variables, certified.
  ///
  /// The total correlation and the dual one, added up.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables, or nil for all.
  ///   - condition: The variables that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func sInformation(
    in joint: JointDistribution, of variables: JointDistribution.Variables? = nil,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (x, z) = try groups(joint, variables, condition)
    return sum(total(x, z) + dual(x, z), joint, unit)
  }

  /// Returns the co-information of some variables, certified.
  ///
  /// `−Σ_T (−1)^|T| H(T|Z)` over all groups T of the variables.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables, or nil for all.
  ///   - condition: The variables Z that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number of either sign.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func coInformation(
    in joint: JointDistribution, of variables: JointDistribution.Variables? = nil,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try joint.coInformation(of: variables, given: condition)
    let (x, z) = try groups(joint, variables, condition)
    return sum(alternating(x, z, sign: 1), joint, unit)
  }

  /// Returns the interaction information of some variables, with McGill's sign, certified.
  ///
  /// `(−1)ⁿ` times the co-information.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - variables: The variables, or nil for all.
  ///   - condition: The variables that are known.
  ///   - unit: The unit of the amount.
  /// - Returns: A number of either sign.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func interactionInformation(
    in joint: JointDistribution, of variables: JointDistribution.Variables? = nil,
    given condition: JointDistribution.Variables = [], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    _ = try joint.interactionInformation(of: variables, given: condition)
    let (x, z) = try groups(joint, variables, condition)
    return sum(alternating(x, z, sign: x.count.isMultiple(of: 2) ? 1 : -1), joint, unit)
  }
}

// MARK: - Sums of entropies

extension Certified {
  private typealias Terms = [(group: Set<Int>, factor: Int)]

  private static func sum(
    _ terms: Terms, _ joint: JointDistribution, _ unit: InformationUnit,
    over divisor: JointEvaluation.Divisor = .nothing
  ) -> Certified {
    // Equal groups are put together, so that what cancels by name does so exactly.
    let factors = Dictionary(terms.map { ($0.group, $0.factor) }, uniquingKeysWith: +)
    return JointEvaluation(
      cells: JointCells(joint),
      terms: factors.filter { $0.value != 0 && !$0.key.isEmpty }.map { ($0.key, $0.value) },
      divisor: divisor, unit: unit
    ).certified
  }

  private static func groups(
    _ joint: JointDistribution, _ variables: JointDistribution.Variables?,
    _ condition: JointDistribution.Variables
  ) throws(InformationError) -> (x: Set<Int>, z: Set<Int>) {
    (
      Set(try joint.sortedIndices(of: variables, argument: "variables")),
      try joint.group(condition, "condition")
    )
  }

  private static func shared(_ x: Set<Int>, _ y: Set<Int>, _ z: Set<Int>) -> Terms {
    [(x.union(z), 1), (y.union(z), 1), (x.union(y).union(z), -1), (z, -1)]
  }

  private static func total(_ x: Set<Int>, _ z: Set<Int>) -> Terms {
    let parts = x.flatMap { [(group: z.union([$0]), factor: 1), (group: z, factor: -1)] }
    return parts + [(x.union(z), -1), (z, 1)]
  }

  private static func dual(_ x: Set<Int>, _ z: Set<Int>) -> Terms {
    let all = x.union(z)
    let rests = x.flatMap {
      [(group: all, factor: -1), (group: x.subtracting([$0]).union(z), factor: 1)]
    }
    return rests + [(all, 1), (z, -1)]
  }

  private static func alternating(_ x: Set<Int>, _ z: Set<Int>, sign: Int) -> Terms {
    let indices = x.sorted()
    return (1..<max(1 << indices.count, 1)).flatMap { choice in
      let chosen = indices.indices.filter { choice >> $0 & 1 == 1 }.map { indices[$0] }
      let factor = chosen.count.isMultiple(of: 2) ? -sign : sign
      return [(group: z.union(chosen), factor: factor), (group: z, factor: -factor)]
    }
  }
}
