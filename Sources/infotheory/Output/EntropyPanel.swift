import InformationTheory

/// The entropies of one distribution.
struct EntropyPanel {
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

  let rows: [Row]

  init(
    _ p: Categorical, positions: [Double]?, orders: [Double], unit: InformationUnit
  ) throws {
    var rows: [Row] = []
    func add(_ title: String, _ key: String, _ amount: Information, order: Double? = nil) {
      rows.append(
        Row(title: title, key: key, order: order, value: amount.number(in: unit), unit: unit))
    }
    func add(_ title: String, _ key: String, number: Double?, order: Double? = nil) {
      rows.append(Row(title: title, key: key, order: order, value: number, unit: nil))
    }
    add("Shannon entropy", "entropy", p.entropy())
    add("  as a share of the maximum", "normalized_entropy", number: try? p.normalizedEntropy())
    add("  perplexity", "perplexity", number: p.perplexity())
    add("Hartley entropy (order 0)", "hartley_entropy", p.hartleyEntropy())
    add("Rényi entropy of order 1/2", "renyi_entropy", try p.renyiEntropy(order: 0.5), order: 0.5)
    add("Collision entropy (order 2)", "collision_entropy", p.collisionEntropy())
    add("Min-entropy (order ∞)", "min_entropy", p.minEntropy())
    add("Extropy", "extropy", p.extropy())
    if let positions {
      add(
        "Cumulative residual entropy", "cumulative_residual_entropy",
        try p.cumulativeResidualEntropy(positions: positions))
    }
    for order in orders {
      let shown = order == .infinity ? "∞" : order.significant(6)
      add(
        "Rényi entropy of order \(shown)", "renyi_entropy", try p.renyiEntropy(order: order),
        order: order)
      if order < .infinity {
        add(
          "Tsallis entropy of order \(shown)", "tsallis_entropy",
          number: try p.tsallisEntropy(order: order), order: order)
      }
      add(
        "Hill number of order \(shown)", "hill_number", number: try p.hillNumber(order: order),
        order: order)
    }
    self.rows = rows
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
