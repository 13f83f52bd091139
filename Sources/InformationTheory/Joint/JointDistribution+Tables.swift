extension JointDistribution {
  /// Creates a joint distribution from the probabilities of all cells.
  ///
  /// - Parameters:
  ///   - probabilities: The cells' probabilities in row-major order (the last
  ///     variable runs fastest): finite, not negative, summing to 1 within n·ε.
  ///     Nothing is normalised: a sum further off is an error.
  ///   - shape: How many outcomes each variable has.
  ///   - names: The variables' names: not empty, all different.
  ///   - labels: Each variable's labels, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `negativeMass`,
  ///   `notFinite`, `notNormalized`, `zeroTotal`, `overflow`, `badNames` or
  ///   `badLabels`.
  /// - Precondition: The product of `shape` is the number of probabilities.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    _ probabilities: [Scalar], shape: [Int], names: [String], labels: [[String]]? = nil
  ) throws(InformationError) {
    try Self.demandNormalized(probabilities.span)
    try self.init(normalizing: probabilities, shape: shape, names: names, labels: labels)
  }

  /// Creates a joint distribution from weights of all cells, of any positive sum.
  ///
  /// - Parameters:
  ///   - masses: The cells' weights in row-major order: finite, not negative, not
  ///     all 0.
  ///   - shape: How many outcomes each variable has.
  ///   - names: The variables' names: not empty, all different.
  ///   - labels: Each variable's labels, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `negativeMass`,
  ///   `notFinite`, `zeroTotal`, `overflow`, `badNames` or `badLabels`.
  /// - Precondition: The product of `shape` is the number of masses.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    normalizing masses: [Scalar], shape: [Int], names: [String], labels: [[String]]? = nil
  ) throws(InformationError) {
    let totals = try MassTotals(masses.span, argument: "masses")
    let cells = masses.indices.filter { masses[$0] > 0 }
    let kept = cells.map { Double(masses[$0]) }
    try self.init(
      names: names, shape: shape, labels: labels,
      columns: Self.columns(of: cells, cellCount: masses.count, shape: shape),
      weights: .masses(Self.scaled(kept, total: totals.total.high)))
  }

  /// Creates the joint distribution of a table of counts.
  ///
  /// - Parameters:
  ///   - counts: How often each cell was seen, in row-major order: not negative,
  ///     not all 0.
  ///   - shape: How many outcomes each variable has.
  ///   - names: The variables' names: not empty, all different.
  ///   - labels: Each variable's labels, all different, or nil.
  /// - Throws: ``InformationError`` with the code `empty`, `negativeMass`,
  ///   `inexactCount` (a count above 2⁵³ that no double holds), `zeroTotal`,
  ///   `overflow` (a total above `Int.max`), `badNames` or `badLabels`.
  /// - Precondition: The product of `shape` is the number of counts.
  public init(
    counts: [Int], shape: [Int], names: [String], labels: [[String]]? = nil
  ) throws(InformationError) {
    try Self.check(counts: counts)
    let cells = counts.indices.filter { counts[$0] > 0 }
    try self.init(
      names: names, shape: shape, labels: labels,
      columns: Self.columns(of: cells, cellCount: counts.count, shape: shape),
      weights: .counts(cells.map { counts[$0] }))
  }
}

// MARK: - Two variables

extension JointDistribution {
  /// Creates the joint distribution of two variables from a table of probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: The rows of the table, all as long as each other; all
  ///     cells sum to 1 within n·ε.
  ///   - rows: The name of the variable whose outcomes are the rows.
  ///   - columns: The name of the variable whose outcomes are the columns.
  /// - Throws: ``InformationError``, as ``init(_:shape:names:labels:)``, or with the
  ///   code `sizeMismatch`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    _ probabilities: [[Scalar]], rows: String, columns: String
  ) throws(InformationError) {
    let shape = try Self.shape(of: probabilities)
    try self.init(probabilities.flatMap { $0 }, shape: shape, names: [rows, columns])
  }

  /// Creates the joint distribution of two variables from a table of weights.
  ///
  /// - Parameters:
  ///   - masses: The rows of the table, all as long as each other.
  ///   - rows: The name of the variable whose outcomes are the rows.
  ///   - columns: The name of the variable whose outcomes are the columns.
  /// - Throws: ``InformationError``, as ``init(normalizing:shape:names:labels:)``, or
  ///   with the code `sizeMismatch`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init<Scalar: InformationScalar>(
    normalizing masses: [[Scalar]], rows: String, columns: String
  ) throws(InformationError) {
    let shape = try Self.shape(of: masses)
    try self.init(normalizing: masses.flatMap { $0 }, shape: shape, names: [rows, columns])
  }

  /// Creates the joint distribution of two variables from a table of counts.
  ///
  /// - Parameters:
  ///   - counts: The rows of the table, all as long as each other.
  ///   - rows: The name of the variable whose outcomes are the rows.
  ///   - columns: The name of the variable whose outcomes are the columns.
  /// - Throws: ``InformationError``, as ``init(counts:shape:names:labels:)``, or with
  ///   the code `sizeMismatch`.
  public init(counts: [[Int]], rows: String, columns: String) throws(InformationError) {
    let shape = try Self.shape(of: counts)
    try self.init(counts: counts.flatMap { $0 }, shape: shape, names: [rows, columns])
  }

  private static func shape<Cell>(of table: [[Cell]]) throws(InformationError) -> [Int] {
    let width = table.first?.count ?? 0
    for (i, row) in table.enumerated() where row.count != width {
      throw InformationError(
        .sizeMismatch, argument: "rows", index: i,
        "row \(i) has \(row.count) cells and row 0 has \(width): all rows must be as long")
    }
    return [table.count, width]
  }
}

// MARK: - From positions to outcomes

extension JointDistribution {
  /// The outcomes of cells that are given by their places in row-major order.
  private static func columns(of cells: [Int], cellCount: Int, shape: [Int]) -> [[UInt32]] {
    var product = 1
    for size in shape {
      let (value, overflow) = product.multipliedReportingOverflow(by: size)
      precondition(size >= 1 && !overflow, "JointDistribution: the shape is not one of a table")
      product = value
    }
    precondition(
      product == cellCount && !shape.isEmpty,
      "JointDistribution: the number of cells is not the product of the shape")
    var stride = cellCount
    return shape.map { size in
      stride /= size
      return cells.map { UInt32(truncatingIfNeeded: $0 / stride % size) }
    }
  }
}
