import InformationTheory
import Plots

/// What every two of some columns tell about each other.
struct MatrixReport: MutualInformationReport {
  /// The most columns; pairs grow with the square.
  static let mostColumns = 200

  /// What the matrix holds.
  enum Measure {
    /// Mutual information; on the diagonal entropy.
    case plain
    /// Mutual information over a mean of the entropies.
    case normalized(JointDistribution.EntropyMean)
    /// The same, adjusted for chance.
    case adjusted(JointDistribution.EntropyMean)
  }

  /// An entry of the matrix.
  private struct Entry {
    /// Nil where it is undefined.
    var value: Double?
    /// How many rows have a value in both columns.
    var rowCount: Int
    var isSparse = false
  }

  private let set: CombinationSet
  private let measure: Measure
  private let unit: InformationUnit
  /// The entries up to the diagonal, row by row.
  private let rows: [[Entry]]

  /// The tables to count: for every row of the matrix its entries up to the diagonal.
  static func tables(columnCount: Int) -> [[Int]] {
    (0..<columnCount).flatMap { i in (0...i).map { $0 == i ? [i] : [i, $0] } }
  }

  /// Computes the entries from the counts of ``tables(columnCount:)``.
  init(_ set: CombinationSet, measure: Measure, unit: InformationUnit) throws {
    self.set = set
    self.measure = measure
    self.unit = unit
    guard set.columns.contains(where: { $0.valueCount > 0 }) else {
      throw Fault(
        .data, "\(set.file): there are no values (\(counted(set.rowCount, "row")) in the file)")
    }
    rows = try set.columns.indices.map { i in
      let start = i * (i + 1) / 2
      return try set.tables[start...(start + i)].map {
        try Self.entry(of: $0, measure: measure, unit: unit)
      }
    }
  }

  private static func entry(
    of table: CombinationTable, measure: Measure, unit: InformationUnit
  ) throws -> Entry {
    var entry = Entry(value: nil, rowCount: table.rowCount)
    guard entry.rowCount > 0 else { return entry }
    guard table.columns.count == 2 else {
      let entropy = try Categorical(counts: table.counts).entropy()
      if case .plain = measure {
        entry.value = entropy.number(in: unit)
      } else if entropy > .nats(0) {
        entry.value = 1
      }
      return entry
    }
    let joint = try table.joint(names: ["x", "y"])
    let (x, y) = (try joint.marginal("x").cellCount, try joint.marginal("y").cellCount)
    entry.isSparse = SparseCells.areMany(rows: entry.rowCount, x: x, y: y)
    switch measure {
    case .plain:
      entry.value = try joint.mutualInformation(between: "x", and: "y").number(in: unit)
    case .normalized(let mean):
      entry.value = try? joint.normalizedMutualInformation(between: "x", and: "y", mean: mean)
    case .adjusted(let mean):
      entry.value = try? joint.adjustedMutualInformation(between: "x", and: "y", mean: mean)
    }
    return entry
  }
}

// MARK: - For people

extension MatrixReport {
  var lines: [String] {
    let columns = ColumnReport(
      columns: set.columns.enumerated().map { (tag: "\($0 + 1)", coder: $1) })
    var lines = columns.lines
    lines += ["\(counted(set.rowCount, "row")); a pair is counted where neither is missing", ""]
    lines += legend + matrix
    if rows.joined().contains(where: \.isSparse) {
      lines += ["", "* Fewer than 5 rows a cell: \(SparseCells.consequence)."]
    }
    return lines
  }

  private var legend: [String] {
    switch measure {
    case .plain: ["Mutual information in \(unit.rawValue); on the diagonal the entropy"]
    case .normalized(let mean):
      ["Mutual information over the \(mean.rawValue) mean of the entropies"]
    case .adjusted(let mean):
      ["Mutual information adjusted for chance, over the \(mean.rawValue) mean of entropies"]
    }
  }

  /// The matrix, in as many blocks of columns as do not fit side by side.
  private var matrix: [String] {
    let texts = rows.map { $0.map { Self.text(of: $0) } }
    let cellWidth = 1 + (texts.joined().map(\.count).max() ?? 0)
    let names = set.columns.enumerated().map { "\($0 + 1) \(Wrapped.cut($1.name, to: 22))" }
    let nameWidth = names.map(\.count).max() ?? 0
    let blockSize = (Wrapped.width - nameWidth) / cellWidth
    var lines: [String] = []
    for start in stride(from: 0, to: rows.count, by: blockSize) {
      let block = start..<min(rows.count, start + blockSize)
      lines.append("")
      // Heads stand above the numbers, one to the left of the marks.
      lines.append(Self.line("", block.map { "\($0 + 1) " }, nameWidth, cellWidth))
      for i in start..<rows.count {
        let cells = block.prefix { $0 <= i }.map { texts[i][$0] }
        lines.append(Self.line(names[i], cells, nameWidth, cellWidth))
      }
    }
    return lines
  }

  private static func text(of entry: Entry) -> String {
    (entry.value.map { Digits.fixed($0, decimals: 3) } ?? "–") + (entry.isSparse ? "*" : " ")
  }

  private static func line(
    _ name: String, _ cells: [String], _ nameWidth: Int, _ cellWidth: Int
  ) -> String {
    let line =
      name + String(repeating: " ", count: nameWidth - name.count)
      + cells.map { String(repeating: " ", count: max(1, cellWidth - $0.count)) + $0 }.joined()
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}

// MARK: - As a chart

extension MatrixReport {
  /// The matrix as a map of colours.
  func chart() throws -> HeatMap {
    try SampleChart.matrix(
      set.columns.map(\.name), rows.map { $0.map(\.value) },
      subtitle: legend.joined(separator: " "))
  }
}

// MARK: - For programs

extension MatrixReport {
  var json: [(String, JSONTree)] {
    let columns = ColumnReport(columns: set.columns.map { (tag: "", coder: $0) })
    var fields: [(String, JSONTree)] = [
      ("file", .text(set.file)), ("rows", .integer(set.rowCount)), ("columns", columns.json),
    ]
    switch measure {
    case .plain:
      fields.append(("measure", .text("mutual_information")))
      fields.append(("unit", .text(unit.rawValue)))
    case .normalized(let mean):
      fields.append(("measure", .text("normalized_mutual_information")))
      fields.append(("mean", .text(mean.rawValue)))
    case .adjusted(let mean):
      fields.append(("measure", .text("adjusted_mutual_information")))
      fields.append(("mean", .text(mean.rawValue)))
    }
    let full = rows.indices.map { i in
      rows.indices.map { j in rows[max(i, j)][min(i, j)] }
    }
    fields.append(("matrix", .array(full.map { .array($0.map { .optional($0.value) }) })))
    fields.append(
      ("complete_rows", .array(full.map { .array($0.map { .integer($0.rowCount) }) })))
    return fields
  }
}
