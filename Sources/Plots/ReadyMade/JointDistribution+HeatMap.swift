public import InformationTheory

extension HeatMap {
  /// Creates a map of the probabilities of two variables together.
  ///
  /// ```swift
  /// let joint = try JointDistribution(counts: [[4, 1], [2, 3]], rows: "weather", columns: "day")
  /// try HeatMap(joint, rows: "weather", columns: "day").vegaLite
  /// ```
  ///
  /// - Parameters:
  ///   - joint: A joint distribution of these variables, and perhaps others.
  ///   - rows: The variable whose outcomes are the rows.
  ///   - columns: The variable whose outcomes are the columns.
  ///   - decimals: How many decimals to print in the cells; nil to print nothing.
  /// - Throws: `InformationError` with the code `unknownVariable`, `badNames` where
  ///   both are one variable, or `badParameter` where there would be more than 40 000
  ///   cells.
  /// - Precondition: `decimals` is in 0 … 17.
  public init(
    _ joint: JointDistribution, rows: String, columns: String, decimals: Int? = 3
  ) throws(InformationError) {
    let pair = try joint.marginal([rows, columns])
    guard rows != columns else {
      throw InformationError(
        .badNames, argument: "columns", "\"\(rows)\" is named for rows and columns: name two")
    }
    let row = try Self.names(pair, rows)
    let column = try Self.names(pair, columns)
    guard row.count * column.count <= 40_000 else {
      throw InformationError(
        .badParameter, argument: "joint",
        """
        there would be \(row.count) rows and \(column.count) columns, more than \
        40000 cells
        """)
    }
    var values: [[Double?]] = []
    for i in row.indices {
      var cells: [Double?] = []
      for j in column.indices {
        cells.append(try pair.probability(of: [rows: .index(i), columns: .index(j)]))
      }
      values.append(cells)
    }
    try self.init(rows: row, columns: column, values: values, decimals: decimals)
    (frame.xTitle, frame.yTitle) = (columns, rows)
  }

  /// What the outcomes of a variable are called.
  private static func names(
    _ joint: JointDistribution, _ variable: String
  ) throws(InformationError) -> [String] {
    if let labels = try joint.labels(of: variable) { return labels }
    return try joint.distribution(of: variable).masses.indices.map(String.init)
  }

  /// Creates a map of the mutual information of every two variables, with the entropies on
  /// the diagonal.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution of the variables.
  ///   - unit: The unit of information.
  /// - Throws: Nothing that a joint distribution's own names could cause.
  public init(
    mutualInformationOf joint: JointDistribution, in unit: InformationUnit = .nats
  ) throws(InformationError) {
    var values: [[Double?]] = []
    for x in joint.names {
      var row: [Double?] = []
      for y in joint.names {
        let amount =
          x == y
          ? try joint.entropy(of: .init([x]))
          : try joint.mutualInformation(between: .init([x]), and: .init([y]))
        row.append(amount.number(in: unit))
      }
      values.append(row)
    }
    try self.init(rows: joint.names, columns: joint.names, values: values)
    frame.subtitle = "Mutual information in \(unit.rawValue); on the diagonal the entropy"
  }
}
