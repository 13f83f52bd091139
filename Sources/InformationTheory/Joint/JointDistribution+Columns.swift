extension JointDistribution {
  /// Creates the joint distribution of columns of labels: how often each
  /// combination was observed.
  ///
  /// - Parameter columns: At least one column; all are as long as each other, and
  ///   have different names.
  /// - Throws: ``InformationError`` with the code `empty`, `sizeMismatch` or
  ///   `badNames`.
  /// - Complexity: Linear in the observations. Combinations are counted in a table
  ///   where there can be only few, and by sorting them otherwise; memory is in
  ///   proportion to the observations, whatever the number of combinations.
  public init(columns: [LabelColumn]) throws(InformationError) {
    guard let first = columns.first, first.count > 0 else {
      throw InformationError(
        .empty, argument: "columns",
        columns.isEmpty
          ? "there are no columns: give at least one"
          : "column \"\(columns[0].name)\" is empty: give at least one observation")
    }
    for (i, column) in columns.enumerated() where column.count != first.count {
      throw InformationError(
        .sizeMismatch, argument: "columns", index: i,
        """
        column "\(column.name)" has \(column.count) observations and "\(first.name)" has \
        \(first.count): all must list the same ones
        """)
    }
    let codes = columns.map { CodeColumn(codes: $0.codes, size: $0.labels.count) }
    let rows = CellTable(columns: codes, masses: [Int](repeating: 1, count: first.count))
    let cells = rows.merged(
      CellGroups(codes, cellCount: first.count), keeping: Set(codes.indices))
    try self.init(
      names: columns.map(\.name), shape: codes.map(\.size), labels: columns.map(\.labels),
      columns: cells.columns.map { $0?.codes ?? [] }, weights: .counts(cells.masses))
  }

  /// Creates the joint distribution of columns of labels of one type.
  ///
  /// - Parameters:
  ///   - columns: For each variable, the label of each observation.
  ///   - names: The variables' names: not empty, all different.
  /// - Throws: ``InformationError``, as ``init(columns:)``, or with the code
  ///   `badLabels`.
  @specialized(where Label == String)
  public init<Label: Hashable>(columns: [[Label]], names: [String]) throws(InformationError) {
    try Self.demandNames(names, columnCount: columns.count)
    var coded: [LabelColumn] = []
    for (name, values) in zip(names, columns) { coded.append(try LabelColumn(name, values)) }
    try self.init(columns: coded)
  }

  /// Creates the joint distribution of columns of whole numbers.
  ///
  /// - Parameters:
  ///   - columns: For each variable, the number of each observation, a label like
  ///     any other.
  ///   - names: The variables' names: not empty, all different.
  /// - Throws: ``InformationError``, as ``init(columns:)``.
  @specialized(where Label == Int)
  @specialized(where Label == Int32)
  @specialized(where Label == UInt8)
  public init<Label: FixedWidthInteger>(
    columns: [[Label]], names: [String]
  ) throws(InformationError) {
    try Self.demandNames(names, columnCount: columns.count)
    try self.init(columns: zip(names, columns).map { LabelColumn($0, $1) })
  }

  private static func demandNames(
    _ names: [String], columnCount: Int
  ) throws(InformationError) {
    guard names.count == columnCount else {
      throw InformationError(
        .badNames, argument: "names",
        "there are \(names.count) names for \(columnCount) columns: give one for each")
    }
  }
}
