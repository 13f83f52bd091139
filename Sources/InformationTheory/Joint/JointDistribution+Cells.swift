extension JointDistribution {
  /// Creates the joint distribution of a sparse table of counts.
  ///
  /// - Parameters:
  ///   - outcomes: For each variable, its outcome in each cell that is given, from
  ///     0. A cell that is given more than once counts as often.
  ///   - counts: The count of each cell that is given: not negative, not all 0.
  ///   - shape: How many outcomes each variable has.
  ///   - names: The variables' names: not empty, all different.
  ///   - labels: Each variable's labels, all different, or nil.
  /// - Throws: ``InformationError`` with the code `badParameter` (an outcome that
  ///   the variable does not have), or as ``init(counts:shape:names:labels:)``.
  /// - Precondition: There is a list of outcomes for each variable, and each is as
  ///   long as `counts`.
  public init(
    outcomes: [[Int]], counts: [Int], shape: [Int], names: [String], labels: [[String]]? = nil
  ) throws(InformationError) {
    try Self.check(counts: counts)
    let kept = counts.indices.filter { counts[$0] > 0 }
    let columns = try Self.columns(
      outcomes, cells: kept, cellCount: counts.count, shape: shape)
    let table = CellTable(columns: columns, masses: kept.map { counts[$0] })
    let groups = CellGroups(columns, cellCount: kept.count)
    let merged = table.merged(groups, keeping: Set(shape.indices))
    try self.init(
      names: names, shape: shape, labels: labels,
      columns: merged.columns.map { $0?.codes ?? [] }, weights: .counts(merged.masses))
  }

  /// Creates the joint distribution of a sparse table of probabilities.
  ///
  /// - Parameters:
  ///   - outcomes: For each variable, its outcome in each cell that is given, from
  ///     0. No cell is given twice; cells that are not given have no mass.
  ///   - probabilities: The probability of each cell that is given: finite, not
  ///     negative, summing to 1 within n·ε.
  ///   - shape: How many outcomes each variable has.
  ///   - names: The variables' names: not empty, all different.
  ///   - labels: Each variable's labels, all different, or nil.
  /// - Throws: ``InformationError`` with the code `badParameter` (an outcome that
  ///   the variable does not have, or a cell that is given twice), or as
  ///   ``init(_:shape:names:labels:)``.
  /// - Precondition: There is a list of outcomes for each variable, and each is as
  ///   long as `probabilities`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    outcomes: [[Int]], probabilities: [Scalar], shape: [Int], names: [String],
    labels: [[String]]? = nil
  ) throws(InformationError) {
    try Self.demandNormalized(probabilities.span)
    try self.init(
      outcomes: outcomes, normalizing: probabilities, shape: shape, names: names, labels: labels)
  }

  /// Creates the joint distribution of a sparse table of weights.
  ///
  /// - Parameters:
  ///   - outcomes: For each variable, its outcome in each cell that is given, from
  ///     0. No cell is given twice; cells that are not given have no mass.
  ///   - masses: The weight of each cell that is given: finite, not negative, not
  ///     all 0.
  ///   - shape: How many outcomes each variable has.
  ///   - names: The variables' names: not empty, all different.
  ///   - labels: Each variable's labels, all different, or nil.
  /// - Throws: ``InformationError`` with the code `badParameter` (an outcome that
  ///   the variable does not have, or a cell that is given twice), or as
  ///   ``init(normalizing:shape:names:labels:)``.
  /// - Precondition: There is a list of outcomes for each variable, and each is as
  ///   long as `masses`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    outcomes: [[Int]], normalizing masses: [Scalar], shape: [Int], names: [String],
    labels: [[String]]? = nil
  ) throws(InformationError) {
    let totals = try MassTotals(masses.span, argument: "masses")
    let kept = masses.indices.filter { masses[$0] > 0 }
    let columns = try Self.columns(
      outcomes, cells: kept, cellCount: masses.count, shape: shape)
    let order = CellGroups(columns, cellCount: kept.count).order()
    if let repeated = order.firstRepeated {
      throw InformationError(
        .badParameter, argument: "outcomes", index: kept[Int(repeated)],
        "cell \(kept[Int(repeated)]) has been given before: give the sum of its masses once")
    }
    let scaled = try Self.scaled(
      order.sorted.map { Double(masses[kept[Int($0)]]) }, total: totals.total.high)
    try self.init(
      names: names, shape: shape, labels: labels,
      columns: columns.map { column in order.sorted.map { column.codes[Int($0)] } },
      weights: .masses(scaled))
  }
}

// MARK: - Outcomes

extension JointDistribution {
  /// The outcomes of the cells to keep, checked.
  private static func columns(
    _ outcomes: [[Int]], cells: [Int], cellCount: Int, shape: [Int]
  ) throws(InformationError) -> [CodeColumn] {
    precondition(
      !shape.isEmpty && outcomes.count == shape.count,
      "JointDistribution: there must be a list of outcomes for each variable")
    var columns: [CodeColumn] = []
    for (variable, list) in outcomes.enumerated() {
      let size = shape[variable]
      precondition(
        list.count == cellCount && size >= 1 && size <= 1 << 32,
        "JointDistribution: every variable must have an outcome in each cell")
      for (i, outcome) in list.enumerated() where outcome < 0 || outcome >= size {
        throw InformationError(
          .badParameter, argument: "outcomes", index: i,
          """
          outcomes[\(variable)][\(i)] is \(outcome): variable \(variable) has the outcomes \
          0 to \(size - 1)
          """)
      }
      columns.append(
        CodeColumn(codes: cells.map { UInt32(truncatingIfNeeded: list[$0]) }, size: size))
    }
    return columns
  }
}
