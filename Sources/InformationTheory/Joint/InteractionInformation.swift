/// Σ (−1)^|T| I(X₁; X₂|T, Z) over all groups T of the variables after the second.
struct CoInformation: JointQuantity {
  let variables: [Int]
  let given: Set<Int>

  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble {
    guard let first = variables.first else { return .zero }
    let cells = table.marginal(given.union(variables))
    guard variables.count > 1 else {
      return ConditionalEntropy(variables: [first], given: given).value(of: cells)
    }
    let others = variables.dropFirst(2)
    var sum = DoubleDouble.zero
    for choice in 0..<(1 << others.count) {
      let chosen = others.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
      let part = ConditionalMutualInformation(
        x: [first], y: [variables[1]], given: given.union(chosen)
      ).value(of: cells)
      sum = chosen.count.isMultiple(of: 2) ? sum + part : sum - part
    }
    return sum
  }
}

extension JointDistribution {
  /// Returns the co-information of some variables.
  ///
  /// `I(X₁; …; Xₙ) = −Σ_T (−1)^|T| H(T)` over all groups T of the variables: what they
  /// all share. For two variables it is the mutual information, for three
  /// `I(X; Y) − I(X; Y|Z)`, which is negative for synergy and positive for redundancy.
  /// For one it is the entropy.
  ///
  /// - Parameters:
  ///   - variables: The variables, or nil for all; at most 24.
  ///   - condition: Variables that are known, if any.
  /// - Returns: A value of either sign; 0 for no variables.
  /// - Throws: ``InformationError`` with the code `unknownVariable`, or `badParameter`
  ///   for more than 24 variables.
  /// - Complexity: 2ⁿ⁻² mutual informations.
  /// - Accuracy: within 1 ulp, or 2⁻⁵⁸ of the largest of these where they nearly cancel
  ///   (`co-information.json`).
  /// - Source: Bell, "The co-information lattice" (2003).
  public func coInformation(
    of variables: Variables? = nil, given condition: Variables = []
  ) throws(InformationError) -> Information {
    let sorted = try sortedIndices(of: variables, argument: "variables")
    guard sorted.count <= 24 else {
      throw InformationError(
        .badParameter, argument: "variables",
        "the co-information of \(sorted.count) variables has 2^\(sorted.count) terms: name at most 24"
      )
    }
    let quantity = CoInformation(
      variables: sorted, given: try indices(of: condition, argument: "condition"))
    return Information(value(of: quantity))
  }

  /// Returns the interaction information of some variables, with McGill's sign.
  ///
  /// `(−1)ⁿ` times the co-information of n variables: for two the mutual
  /// information, for three `I(X; Y|Z) − I(X; Y)`, which is positive for synergy and
  /// negative for redundancy. Some authors give it the other sign, which is that of
  /// ``coInformation(of:given:)``.
  ///
  /// - Parameters:
  ///   - variables: The variables, or nil for all; at most 24.
  ///   - condition: Variables that are known, if any.
  /// - Returns: A value of either sign.
  /// - Throws: ``InformationError``, as ``coInformation(of:given:)``.
  /// - Accuracy: that of the co-information.
  /// - Source: McGill (1954), doi:10.1007/BF02289159.
  public func interactionInformation(
    of variables: Variables? = nil, given condition: Variables = []
  ) throws(InformationError) -> Information {
    let count = try sortedIndices(of: variables, argument: "variables").count
    let shared = try coInformation(of: variables, given: condition)
    return count.isMultiple(of: 2) ? shared : -shared
  }
}
