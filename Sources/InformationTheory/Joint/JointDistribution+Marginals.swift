extension JointDistribution {
  /// Returns the joint distribution of some of the variables.
  ///
  /// - Parameter variables: The variables to keep, at least one, in this order.
  /// - Returns: A distribution of counts if this one is; otherwise its masses are
  ///   sums, each rounded once. Measures of this distribution do not need it, and
  ///   have no such rounding.
  /// - Throws: ``InformationError`` with the code `empty` or `unknownVariable`.
  public func marginal(_ variables: Variables) throws(InformationError) -> JointDistribution {
    var order: [Int] = []
    for name in variables.names {
      let index = try index(of: name, argument: "variables")
      if !order.contains(index) { order.append(index) }
    }
    guard !order.isEmpty else {
      throw InformationError(
        .empty, argument: "variables", "there are no variables to keep: name at least one")
    }
    let groups = CellGroups(order.map { codeColumn($0) }, cellCount: cellCount)
    let cells = groups.order()
    let occupied = (0..<groups.count).filter { !cells.cells(of: $0).isEmpty }
    let weights: CellWeights =
      switch weights {
      case .counts(let counts):
        .counts(
          occupied.map { group in cells.cells(of: group).reduce(0) { $0 + counts[Int($1)] } })
      case .masses(let masses):
        .masses(
          occupied.map { group in
            ExactSum(cells.cells(of: group).lazy.map { masses[Int($0)] }).value
          })
      }
    return JointDistribution(
      names: order.map { names[$0] }, shape: order.map { shape[$0] },
      labels: order.map { labels[$0] },
      columns: order.map { variable in
        occupied.map { columns[variable][Int(cells.first(of: $0))] }
      },
      weights: weights)
  }

  /// Returns the distribution of one variable, with its labels.
  ///
  /// - Parameter variable: The variable's name.
  /// - Returns: The distribution of all its outcomes, those without mass included.
  /// - Throws: ``InformationError`` with the code `unknownVariable`, or `inexactCount`
  ///   for a sum of counts above 2⁵³ that no double holds.
  public func distribution(of variable: String) throws(InformationError) -> Categorical {
    let index = try index(of: variable, argument: "variable")
    let marginal = try marginal([variable])
    switch marginal.weights {
    case .counts(let counts):
      var all = [Int](repeating: 0, count: shape[index])
      for (code, count) in zip(marginal.columns[0], counts) { all[Int(code)] = count }
      return try Categorical(counts: all, labels: labels[index])
    case .masses(let masses):
      var all = [Double](repeating: 0, count: shape[index])
      for (code, mass) in zip(marginal.columns[0], masses) { all[Int(code)] = mass }
      return try Categorical(normalizing: all, labels: labels[index])
    }
  }

  /// Returns the distribution of the other variables where one has a given outcome.
  ///
  /// - Parameters:
  ///   - variable: The name of the variable that is known.
  ///   - outcome: Its outcome, by number or label.
  /// - Returns: The distribution of all other variables.
  /// - Throws: ``InformationError`` with the code `unknownVariable`,
  ///   `unknownOutcome`, `unlabelled`, `zeroTotal` (the outcome has no mass) or
  ///   `empty` (there is no other variable).
  public func conditional(
    on variable: String, equals outcome: Outcome
  ) throws(InformationError) -> JointDistribution {
    let known = try index(of: variable, argument: "variable")
    let code = try code(of: outcome, variable: known, argument: "outcome")
    let others = names.indices.filter { $0 != known }
    guard !others.isEmpty else {
      throw InformationError(
        .empty, argument: "variable",
        "\"\(variable)\" is the only variable: nothing is left when it is known")
    }
    let kept = columns[known].indices.filter { columns[known][$0] == code }
    guard !kept.isEmpty else {
      throw InformationError(
        .zeroTotal, argument: "outcome",
        "outcome \(code) of \"\(variable)\" has no mass: nothing is known of the others there")
    }
    let weights: CellWeights =
      switch weights {
      case .counts(let counts): .counts(kept.map { counts[$0] })
      case .masses(let masses):
        .masses(
          try Self.scaled(
            kept.map { masses[$0] }, total: ExactSum(kept.lazy.map { masses[$0] }).value))
      }
    return JointDistribution(
      names: others.map { names[$0] }, shape: others.map { shape[$0] },
      labels: others.map { labels[$0] },
      columns: others.map { variable in kept.map { columns[variable][$0] } }, weights: weights)
  }

  /// A variable's outcomes by cell.
  func codeColumn(_ variable: Int) -> CodeColumn {
    CodeColumn(codes: columns[variable], size: shape[variable])
  }
}
