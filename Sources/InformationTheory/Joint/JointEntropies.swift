/// H(X|Z) as −Σ p(x, z) log p(x|z), a sum of terms that are never negative.
struct ConditionalEntropy: JointQuantity {
  let variables: Set<Int>
  let given: Set<Int>

  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble {
    let cells = table.marginal(variables.union(given))
    let wholes = cells.grouped(by: given)
    var sum = ExactSum()
    for (cell, mass) in cells.masses.enumerated() {
      let part = mass.term
      let surprisal = Mass.surprisal(of: mass, in: wholes[cell])
      sum.add(surprisal * part.value, timesPowerOfTwo: part.exponent)
    }
    let total = cells.total.term
    return sum.doubleDouble / total.value.scaled(byPowerOfTwo: total.exponent)
  }
}

/// H(X|Y) + H(Y|X).
struct VariationOfInformation: JointQuantity {
  let x: Set<Int>
  let y: Set<Int>

  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble {
    let cells = table.marginal(x.union(y))
    return ConditionalEntropy(variables: x, given: y).value(of: cells)
      + ConditionalEntropy(variables: y, given: x).value(of: cells)
  }
}

extension JointDistribution {
  /// Returns the joint entropy of some variables.
  ///
  /// `H(X) = −Σ p(x) log p(x)`, over the joint outcomes of the variables.
  ///
  /// - Parameter variables: The variables.
  /// - Returns: A value in 0 … log n for n joint outcomes; 0 for no variables.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`entropy-of-variables.json`).
  /// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.8.
  public func entropy(of variables: Variables) throws(InformationError) -> Information {
    try entropy(of: variables, given: [])
  }

  /// Returns the entropy that some variables have left when others are known.
  ///
  /// `H(X|Z) = −Σ p(x, z) log p(x|z)`, summed as it stands, not as a difference of
  /// two entropies, so that nearly determined variables keep their digits.
  ///
  /// - Parameters:
  ///   - variables: The variables.
  ///   - condition: The variables that are known; those named on both sides are
  ///     known.
  /// - Returns: A value in 0 … H(X); 0 where the others determine them.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`entropy-of-variables.json`).
  /// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.10.
  public func entropy(
    of variables: Variables, given condition: Variables
  ) throws(InformationError) -> Information {
    let quantity = ConditionalEntropy(
      variables: try indices(of: variables, argument: "variables"),
      given: try indices(of: condition, argument: "condition"))
    return Information(value(of: quantity))
  }

  /// Returns the variation of information of two groups of variables.
  ///
  /// `VI(X; Y) = H(X|Y) + H(Y|X)`, a metric of partitions.
  ///
  /// - Parameters:
  ///   - x: One group of variables.
  ///   - y: The other.
  /// - Returns: A value in 0 … H(X, Y); 0 where each determines the other.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  /// - Accuracy: within 1 ulp (`variation-of-information.json`).
  /// - Source: Meilă (2007), doi:10.1016/j.jmva.2006.11.013.
  public func variationOfInformation(
    between x: Variables, and y: Variables
  ) throws(InformationError) -> Information {
    let quantity = VariationOfInformation(
      x: try indices(of: x, argument: "x"), y: try indices(of: y, argument: "y"))
    return Information(value(of: quantity))
  }
}
