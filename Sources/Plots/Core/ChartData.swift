import InformationTheory

/// Rows for a specification, and how many of their numbers have no place on an axis.
struct ChartData {
  let frame: ChartFrame
  private(set) var rows: [JSON] = []
  private(set) var undrawn = 0

  init(_ frame: ChartFrame) { self.frame = frame }

  mutating func add(_ row: JSON) { rows.append(row) }

  /// A number on the horizontal axis, null where it has no place.
  mutating func x(_ value: Double) -> JSON { placed(value, on: frame.xScale) }

  /// A number on the vertical axis.
  mutating func y(_ value: Double) -> JSON { placed(value, on: frame.yScale) }

  /// A number on an axis that is linear whatever the frame says.
  mutating func linear(_ value: Double) -> JSON { placed(value, on: .linear) }

  private mutating func placed(_ value: Double, on scale: AxisScale) -> JSON {
    guard value.isFinite && (scale == .linear || value > 0) else {
      undrawn += 1
      return .null
    }
    return .number(value)
  }

  /// The data of a view.
  var values: JSON { ["values": .array(rows)] }
}

extension JSON {
  /// The channel that gives a name its colour, in the order of the names; without a
  /// legend where there is one name only.
  static func colour(by field: String, _ names: [String]) -> JSON {
    .members([
      "field": .text(field), "type": "nominal", "title": .null,
      "scale": ["domain": .array(names.map { .text($0) })],
      "legend": names.count > 1 ? nil : .null,
    ])
  }

  /// The channel of categories in their order, those with nothing to draw included.
  static func category(
    _ field: String, _ names: [String], title: String?, tilted: Bool = false
  ) -> JSON {
    .members([
      "field": .text(field), "type": "nominal",
      "scale": ["domain": .array(names.map { .text($0) })],
      "title": title.map { .text($0) } ?? .null,
      "axis": tilted ? ["labelAngle": -40] : ["labelAngle": 0],
    ])
  }
}

// MARK: - Checks

/// What charts demand of their data.
enum ChartCheck {
  /// Refuses NaN.
  static func demandNumbers(_ values: [Double], _ argument: String) throws(InformationError) {
    guard let i = values.firstIndex(where: \.isNaN) else { return }
    throw InformationError(
      .notFinite, argument: argument, index: i,
      "\(argument)[\(i)] is NaN: leave out what is missing")
  }

  /// Refuses NaN and infinities.
  static func demandFinite(_ values: [Double], _ argument: String) throws(InformationError) {
    guard let i = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw InformationError(
      .notFinite, argument: argument, index: i,
      "\(argument)[\(i)] is \(values[i]): leave out what is missing or infinite")
  }

  /// Refuses a list of another length.
  static func demandCount(
    _ count: Int, _ argument: String, of expected: Int, _ other: String
  ) throws(InformationError) {
    guard count != expected else { return }
    throw InformationError(
      .sizeMismatch, argument: argument,
      "\(argument) has \(count) and \(other) \(expected): they must be as many")
  }

  /// Refuses nothing at all.
  static func demandSome(_ count: Int, _ argument: String) throws(InformationError) {
    guard count == 0 else { return }
    throw InformationError(.empty, argument: argument, "\(argument) is empty: give at least one")
  }

  /// Refuses names that repeat, which a chart would draw as one.
  static func demandDistinct(_ names: [String], _ argument: String) throws(InformationError) {
    var seen: Set<String> = []
    for (i, name) in names.enumerated() where !seen.insert(name).inserted {
      throw InformationError(
        .badLabels, argument: argument, index: i,
        "\(argument)[\(i)] is \"\(name)\" a second time: they must differ")
    }
  }
}
