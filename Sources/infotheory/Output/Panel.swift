import InformationTheory

/// Measures with their values, one below the other.
struct Panel {
  /// A measure with its value.
  struct Row {
    let title: String
    /// The name in JSON, and what `order` it has there.
    let key: String
    let order: Double?
    /// Nil where the measure is undefined.
    let value: Double?
    let unit: InformationUnit?
  }

  private(set) var rows: [Row] = []
  let unit: InformationUnit

  init(unit: InformationUnit) { self.unit = unit }

  /// Adds an amount of information.
  mutating func add(_ title: String, _ key: String, _ amount: Information, order: Double? = nil) {
    rows.append(
      Row(title: title, key: key, order: order, value: amount.number(in: unit), unit: unit))
  }

  /// Adds a number without a unit, nil where it is undefined.
  mutating func add(_ title: String, _ key: String, number: Double?, order: Double? = nil) {
    rows.append(Row(title: title, key: key, order: order, value: number, unit: nil))
  }

  /// Lines that fit 80 columns.
  var lines: [String] {
    var table = TextTable()
    for row in rows {
      table.add([row.title, row.value.map { $0.significant(6) } ?? "undefined"])
    }
    return zip(table.lines(), rows).map { line, row in
      row.unit.map { "\(line) \($0.rawValue)" } ?? line
    }
  }

  /// The same for programs.
  var json: JSONTree {
    .array(
      rows.map { row in
        var fields: [(String, JSONTree)] = [("measure", .text(row.key))]
        if let order = row.order { fields.append(("order", .number(order))) }
        fields.append(("value", .optional(row.value)))
        if let unit = row.unit { fields.append(("unit", .text(unit.rawValue))) }
        return .object(fields)
      })
  }
}
