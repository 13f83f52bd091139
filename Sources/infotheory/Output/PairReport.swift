import InformationTheory

/// What the command prints about mutual information, for people and for programs.
protocol MutualInformationReport {
  /// Lines that fit 80 columns.
  var lines: [String] { get }
  /// Everything, with all digits.
  var json: [(String, JSONTree)] { get }
}

/// What two variables tell about each other, given a third or not.
struct PairReport: MutualInformationReport {
  private let set: CombinationSet
  private let columns: ColumnReport
  private let rowCount: Int
  private let cells: (occupied: Int, possible: Int)
  private let isSparse: Bool
  private let mean: JointDistribution.EntropyMean
  private let panel: Panel

  /// Computes everything.
  ///
  /// - Parameters:
  ///   - set: The columns of x, of y, and of what is given, counted together.
  ///   - sizes: How many columns each of them has.
  ///   - mean: The mean of the entropies to normalise by.
  ///   - unit: The unit of information.
  /// - Throws: A ``Fault`` if no row is complete.
  init(
    _ set: CombinationSet, sizes: (x: Int, y: Int, given: Int), mean: JointDistribution.EntropyMean,
    unit: InformationUnit
  ) throws {
    self.set = set
    self.mean = mean
    func tags(_ name: String, _ count: Int) -> [String] {
      count == 1 ? [name] : (0..<count).map { "\(name)\($0 + 1)" }
    }
    let groups = [tags("x", sizes.x), tags("y", sizes.y), tags("z", sizes.given)]
    let names = groups.flatMap { $0 }
    columns = ColumnReport(columns: zip(names, set.columns).map { (tag: $0, coder: $1) })
    let table = set.tables[0]
    rowCount = table.rowCount
    guard rowCount > 0 else {
      throw Fault(
        .data,
        """
        \(set.file): no row has a value in every one of the columns \
        \(set.columns.map { quoted($0.name) }.joined(separator: ", "))
        """)
    }
    let joint = try table.joint(names: names)
    let variables = groups.filter { !$0.isEmpty }.map { JointDistribution.Variables($0) }
    let values = try variables.map { try joint.marginal($0).cellCount }
    cells = (joint.cellCount, SparseCells.product(values))
    isSparse = SparseCells.areMany(
      rows: rowCount, x: values[0], y: values[1], given: values.dropFirst(2).first ?? 1)
    panel =
      sizes.given == 0
      ? try Panel(of: joint, x: variables[0], y: variables[1], mean: mean, unit: unit)
      : try Panel(of: joint, x: variables[0], y: variables[1], given: variables[2], unit: unit)
  }

  var lines: [String] {
    var lines = columns.lines
    let left = rowCount == set.rowCount ? "all" : "\(rowCount) of"
    lines.append(
      "\(left) \(counted(set.rowCount, "row")) complete, in \(cells.occupied) of "
        + "\(counted(cells.possible, "cell"))")
    lines += [""] + panel.lines
    if isSparse {
      lines += ["", "Fewer than 5 rows a cell: \(SparseCells.consequence)."]
    }
    return lines
  }

  var json: [(String, JSONTree)] {
    [
      ("file", .text(set.file)), ("unit", .text(panel.unit.rawValue)),
      ("rows", .integer(set.rowCount)), ("complete_rows", .integer(rowCount)),
      ("occupied_cells", .integer(cells.occupied)), ("cells", .integer(cells.possible)),
      ("mean", .text(mean.rawValue)), ("columns", columns.json), ("measures", panel.json),
    ]
  }
}

/// When there are too few rows for what is counted from them.
enum SparseCells {
  /// What then happens.
  static let consequence = "counted mutual information tends to be too large"

  /// Whether there are fewer than five rows a cell, and both variables vary.
  ///
  /// - Parameters:
  ///   - rows: How many rows were counted.
  ///   - x: How many values one variable takes.
  ///   - y: How many the other takes.
  ///   - given: How many those take that are known.
  /// - Returns: Whether to warn.
  static func areMany(rows: Int, x: Int, y: Int, given: Int = 1) -> Bool {
    x > 1 && y > 1 && rows / 5 < product([x, y, given])
  }

  /// The number of cells of a table, or the largest number there is.
  static func product(_ sizes: [Int]) -> Int {
    sizes.reduce(1) { product, size in
      let (cells, overflow) = product.multipliedReportingOverflow(by: size)
      return overflow ? .max : cells
    }
  }
}

extension CombinationTable {
  /// The distribution of the combinations, with a name for each column.
  func joint(names: [String]) throws -> JointDistribution {
    let outcomes = outcomes
    return try JointDistribution(
      outcomes: outcomes, counts: counts, shape: outcomes.map { ($0.max() ?? 0) + 1 },
      names: names)
  }
}

extension Panel {
  /// What two variables tell about each other.
  fileprivate init(
    of joint: JointDistribution, x: JointDistribution.Variables, y: JointDistribution.Variables,
    mean: JointDistribution.EntropyMean, unit: InformationUnit
  ) throws {
    self.init(unit: unit)
    let both = JointDistribution.Variables(x.names + y.names)
    add("Entropy H(X)", "entropy_x", try joint.entropy(of: x))
    add("Entropy H(Y)", "entropy_y", try joint.entropy(of: y))
    add("Joint entropy H(X,Y)", "joint_entropy", try joint.entropy(of: both))
    add("Conditional entropy H(X|Y)", "entropy_x_given_y", try joint.entropy(of: x, given: y))
    add("Conditional entropy H(Y|X)", "entropy_y_given_x", try joint.entropy(of: y, given: x))
    add(
      "Mutual information I(X;Y)", "mutual_information",
      try joint.mutualInformation(between: x, and: y))
    add(
      "  over the \(mean.rawValue) mean of H(X), H(Y)", "normalized_mutual_information",
      number: try? joint.normalizedMutualInformation(between: x, and: y, mean: mean))
    add(
      "  the same, adjusted for chance", "adjusted_mutual_information",
      number: try? joint.adjustedMutualInformation(between: x, and: y, mean: mean))
    add(
      "  over H(X): uncertainty coefficient of x", "uncertainty_coefficient_x",
      number: try? joint.uncertaintyCoefficient(of: x, given: y))
    add(
      "  over H(Y): uncertainty coefficient of y", "uncertainty_coefficient_y",
      number: try? joint.uncertaintyCoefficient(of: y, given: x))
    add(
      "Variation of information", "variation_of_information",
      try joint.variationOfInformation(between: x, and: y))
  }

  /// What two variables tell about each other, if a third is known.
  fileprivate init(
    of joint: JointDistribution, x: JointDistribution.Variables, y: JointDistribution.Variables,
    given z: JointDistribution.Variables, unit: InformationUnit
  ) throws {
    self.init(unit: unit)
    typealias Variables = JointDistribution.Variables
    let (xy, xz) = (Variables(x.names + y.names), Variables(x.names + z.names))
    let yz = Variables(y.names + z.names)
    add("Entropy H(Z)", "entropy_z", try joint.entropy(of: z))
    add("Conditional entropy H(X|Z)", "entropy_x_given_z", try joint.entropy(of: x, given: z))
    add("Conditional entropy H(Y|Z)", "entropy_y_given_z", try joint.entropy(of: y, given: z))
    add(
      "Conditional entropy H(X,Y|Z)", "joint_entropy_given_z", try joint.entropy(of: xy, given: z))
    add("Conditional entropy H(X|Y,Z)", "entropy_x_given_y_z", try joint.entropy(of: x, given: yz))
    add("Conditional entropy H(Y|X,Z)", "entropy_y_given_x_z", try joint.entropy(of: y, given: xz))
    let known = try joint.mutualInformation(between: x, and: y, given: z)
    let unknown = try joint.mutualInformation(between: x, and: y)
    add("Conditional mutual information I(X;Y|Z)", "conditional_mutual_information", known)
    add("Mutual information I(X;Y), z unknown", "mutual_information", unknown)
    add("Co-information I(X;Y) − I(X;Y|Z)", "co_information", unknown - known)
  }
}
