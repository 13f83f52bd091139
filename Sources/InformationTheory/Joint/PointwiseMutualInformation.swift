/// log(p(x, y)/(p(x) p(y))) of one outcome of each of two groups of variables.
struct PointwiseMutualInformation: JointQuantity {
  /// Whether each cell has the first outcome.
  let x: [Bool]
  /// Whether each cell has the second.
  let y: [Bool]

  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble {
    let cells = zip(x, y)
    let joint = table.sum(over: cells.map { $0 && $1 })
    guard joint.term.value.high > 0 else { return DoubleDouble(-.infinity) }
    let whole = table.sum(over: cells.map { _ in true })
    return Mass.pair(joint: joint, whole: whole, x: table.sum(over: x), y: table.sum(over: y))
      .pair.logRatio
  }
}

extension CellTable {
  /// The mass of some of the cells.
  fileprivate func sum(over cells: [Bool]) -> Mass {
    Mass.sums(of: masses, in: CellGroups(ids: cells.map { $0 ? 1 : 0 }, count: 2))[1]
  }
}

extension JointDistribution {
  /// Returns the pointwise mutual information of two outcomes.
  ///
  /// `pmi(x; y) = log(p(x, y)/(p(x) p(y)))`: how much likelier the outcomes are together
  /// than if they were independent. Its expectation is the mutual information.
  ///
  /// - Parameters:
  ///   - x: The outcomes of one or several variables: `["weather": "rain"]`.
  ///   - y: The outcomes of others.
  /// - Returns: A value in −∞ … min(−log p(x), −log p(y)); −∞ where the outcomes are
  ///   possible, but not together.
  /// - Throws: ``InformationError`` with the code `unknownVariable`,
  ///   `unknownOutcome`, `unlabelled`, or `undefined` where x or y has no mass at
  ///   all.
  /// - Accuracy: within 1 ulp (`pointwise-mutual-information.json`).
  /// - Source: Fano, *Transmission of Information* (1961).
  public func pointwiseMutualInformation(
    of x: [String: Outcome], and y: [String: Outcome]
  ) throws(InformationError) -> Information {
    let chosen = try cells(with: x, and: y)
    let quantity = PointwiseMutualInformation(x: chosen.x, y: chosen.y)
    return Information(value(of: quantity))
  }

  /// Which cells have an outcome, and which another; each has some.
  package func cells(
    with x: [String: Outcome], and y: [String: Outcome]
  ) throws(InformationError) -> (x: [Bool], y: [Bool]) {
    let chosen = (
      x: cells(with: try codes(of: x, argument: "x")),
      y: cells(with: try codes(of: y, argument: "y"))
    )
    for (cells, argument) in [(chosen.x, "x"), (chosen.y, "y")] {
      guard cells.contains(true) else {
        throw InformationError(
          .undefined, argument: argument,
          "the outcome \(argument) has no mass: its pointwise mutual information is log(0/0)")
      }
    }
    return chosen
  }

  /// Returns the probability of an outcome of one or several variables.
  ///
  /// - Parameter outcomes: The outcomes: `["weather": "rain", "day": 3]`.
  /// - Returns: A number in 0 … 1, rounded once; 1 for no outcome at all.
  /// - Throws: ``InformationError`` with the code `unknownVariable`,
  ///   `unknownOutcome` or `unlabelled`.
  public func probability(
    of outcomes: [String: Outcome]
  ) throws(InformationError) -> Double {
    let isIn = cells(with: try codes(of: outcomes, argument: "outcomes"))
    var (part, whole) = (ExactSum(), ExactSum())
    for (cell, isIn) in isIn.enumerated() {
      switch weights {
      case .counts(let counts):
        // Both halves of 32 bits are exact.
        for half in [counts[cell] & ~0xFFFF_FFFF, counts[cell] & 0xFFFF_FFFF] {
          whole.add(Double(half))
          if isIn { part.add(Double(half)) }
        }
      case .masses(let masses):
        whole.add(masses[cell])
        if isIn { part.add(masses[cell]) }
      }
    }
    return (part.doubleDouble / whole.doubleDouble).high
  }

  private func codes(
    of outcomes: [String: Outcome], argument: String
  ) throws(InformationError) -> [Int: UInt32] {
    var codes: [Int: UInt32] = [:]
    for (name, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
      let variable = try index(of: name, argument: argument)
      codes[variable] = try code(of: outcome, variable: variable, argument: argument)
    }
    return codes
  }

  private func cells(with outcomes: [Int: UInt32]) -> [Bool] {
    (0..<cellCount).map { cell in
      outcomes.allSatisfy { variable, code in columns[variable][cell] == code }
    }
  }
}
