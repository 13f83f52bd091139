/// How much several variables share, as a sum of mutual informations.
struct SharedInformation: JointQuantity {
  enum Kind {
    /// Σ I(Xᵢ; X₁ … Xᵢ₋₁|Z).
    case total
    /// Σ I(Xᵢ; X₁ … Xᵢ₋₁|Xᵢ₊₁ … Xₙ, Z).
    case dual
  }
  let kind: Kind
  let variables: [Int]
  let given: Set<Int>

  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble {
    let cells = table.marginal(given.union(variables))
    var sum = DoubleDouble.zero
    for i in variables.indices.dropFirst() {
      var known = given
      if kind == .dual { known.formUnion(variables[(i + 1)...]) }
      sum =
        sum
        + ConditionalMutualInformation(
          x: [variables[i]], y: Set(variables[..<i]), given: known
        ).value(of: cells)
    }
    return sum
  }
}

extension JointDistribution {
  /// Returns the total correlation of some variables, also called multi-information.
  ///
  /// `TC(X) = Σ H(Xᵢ) − H(X) = Σ I(Xᵢ; X₁ … Xᵢ₋₁)`: the divergence of the joint
  /// distribution from the product of the marginals. It is summed in the second
  /// form, whose terms are never negative.
  ///
  /// - Parameters:
  ///   - variables: The variables, or nil for all.
  ///   - condition: Variables that are known, if any: `TC(X|Z)`.
  /// - Returns: A value ≥ 0; exactly 0 where the variables are independent, and the
  ///   mutual information for two.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`total-correlation.json`).
  /// - Source: Watanabe (1960), doi:10.1147/rd.41.0066.
  public func totalCorrelation(
    of variables: Variables? = nil, given condition: Variables = []
  ) throws(InformationError) -> Information {
    let quantity = SharedInformation(
      kind: .total, variables: try sortedIndices(of: variables, argument: "variables"),
      given: try indices(of: condition, argument: "condition"))
    return Information(value(of: quantity))
  }

  /// Returns the dual total correlation of some variables.
  ///
  /// `DTC(X) = H(X) − Σ H(Xᵢ|X₋ᵢ) = Σ I(Xᵢ; X₁ … Xᵢ₋₁|Xᵢ₊₁ … Xₙ)`, where X₋ᵢ are all
  /// variables but Xᵢ. It is summed in the second form, whose terms are never
  /// negative.
  ///
  /// - Parameters:
  ///   - variables: The variables, or nil for all.
  ///   - condition: Variables that are known, if any: `DTC(X|Z)`.
  /// - Returns: A value in 0 … H(X); exactly 0 where the variables are independent,
  ///   and the mutual information for two.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`dual-total-correlation.json`).
  /// - Source: Han (1978), doi:10.1016/S0019-9958(78)90275-9.
  public func dualTotalCorrelation(
    of variables: Variables? = nil, given condition: Variables = []
  ) throws(InformationError) -> Information {
    let quantity = SharedInformation(
      kind: .dual, variables: try sortedIndices(of: variables, argument: "variables"),
      given: try indices(of: condition, argument: "condition"))
    return Information(value(of: quantity))
  }

  /// Returns the O-information of some variables.
  ///
  /// `Ω(X) = TC(X) − DTC(X)`: positive where redundancy prevails, negative where
  /// synergy does. For three variables it is their co-information.
  ///
  /// - Parameters:
  ///   - variables: The variables, or nil for all.
  ///   - condition: Variables that are known, if any.
  /// - Returns: A value of either sign; exactly 0 for two variables or fewer.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp, or 2⁻⁵⁸ of the total correlation where redundancy and
  ///   synergy nearly cancel (`o-information.json`).
  /// - Source: Rosas, Mediano, Gastpar and Jensen (2019),
  ///   doi:10.1103/PhysRevE.100.032305.
  public func oInformation(
    of variables: Variables? = nil, given condition: Variables = []
  ) throws(InformationError) -> Information {
    try totalCorrelation(of: variables, given: condition)
      - dualTotalCorrelation(of: variables, given: condition)
  }

  /// Returns the S-information of some variables.
  ///
  /// `Σ(X) = TC(X) + DTC(X) = Σ I(Xᵢ; X₋ᵢ)`, where X₋ᵢ are all variables but Xᵢ: how
  /// strongly each depends on the others.
  ///
  /// - Parameters:
  ///   - variables: The variables, or nil for all.
  ///   - condition: Variables that are known, if any.
  /// - Returns: A value ≥ 0; exactly 0 where the variables are independent.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`s-information.json`).
  /// - Source: Rosas, Mediano, Gastpar and Jensen (2019),
  ///   doi:10.1103/PhysRevE.100.032305.
  public func sInformation(
    of variables: Variables? = nil, given condition: Variables = []
  ) throws(InformationError) -> Information {
    try totalCorrelation(of: variables, given: condition)
      + dualTotalCorrelation(of: variables, given: condition)
  }
}
