public import InformationTheory

/// A table of numbers as a table of colours.
///
/// ```swift
/// let chart = try HeatMap(
///   rows: ["rain", "sun"], columns: ["cold", "warm"], values: [[0.4, 0.1], [0.2, 0.3]])
/// ```
public struct HeatMap: Chart {
  /// The names of the rows, from the top.
  public let rows: [String]
  /// The names of the columns, from the left.
  public let columns: [String]
  /// Row by row a number for each column; nil, and an infinity, leaves the cell empty.
  public let values: [[Double?]]
  /// How many decimals the numbers have that stand in the cells; nil for no numbers.
  public let decimals: Int?
  /// Titles, size and axes.
  public var frame = ChartFrame()

  /// Creates a map.
  ///
  /// - Parameters:
  ///   - rows: The names of the rows: at least one, all different.
  ///   - columns: The names of the columns.
  ///   - values: Row by row a number for each column, or nil.
  ///   - decimals: How many decimals to print in the cells; nil to print nothing.
  /// - Throws: `InformationError` with the code `empty`, `badLabels`, `sizeMismatch`, or
  ///   `notFinite` where a number is NaN.
  /// - Precondition: `decimals` is in 0 … 17.
  public init(
    rows: [String], columns: [String], values: [[Double?]], decimals: Int? = 2
  ) throws(InformationError) {
    precondition(decimals.map { 0...17 ~= $0 } ?? true, "HeatMap: decimals must be in 0 ... 17")
    try ChartCheck.demandSome(rows.count, "rows")
    try ChartCheck.demandSome(columns.count, "columns")
    try ChartCheck.demandDistinct(rows, "rows")
    try ChartCheck.demandDistinct(columns, "columns")
    try ChartCheck.demandCount(values.count, "values", of: rows.count, "rows")
    for (i, row) in values.enumerated() {
      try ChartCheck.demandCount(row.count, "values[\(i)]", of: columns.count, "columns")
      try ChartCheck.demandNumbers(row.map { $0 ?? 0 }, "values[\(i)]")
    }
    (self.rows, self.columns, self.values, self.decimals) = (rows, columns, values, decimals)
    let side = min(60, max(16, 440 / max(rows.count, columns.count)))
    (frame.width, frame.height) = (side * columns.count, side * rows.count)
  }

  /// The cells, with their numbers.
  public var specification: ChartSpecification {
    var data = ChartData(frame)
    for (row, values) in zip(rows, values) {
      for (column, value) in zip(columns, values) {
        let number = value.map { data.linear($0) } ?? .null
        data.add(["row": .text(row), "column": .text(column), "value": number])
      }
    }
    let isTilted = columns.contains { $0.count * 7 > frame.width / columns.count }
    let marks = [cells] + (decimals.map { [numbers($0)] } ?? [])
    return frame.view(
      undrawn: data.undrawn,
      [
        "data": data.values, "transform": [["filter": "isValid(datum.value)"]],
        "encoding": [
          "x": .category("column", columns, title: frame.xTitle, tilted: isTilted),
          "y": .category("row", rows, title: frame.yTitle),
        ],
        "layer": .array(marks),
      ])
  }

  private var cells: JSON {
    [
      "mark": ["type": "rect", "tooltip": true],
      "encoding": [
        "color": [
          "field": "value", "type": "quantitative", "title": .null, "scale": ["scheme": "blues"],
        ]
      ],
    ]
  }

  private func numbers(_ decimals: Int) -> JSON {
    let drawn = values.joined().compactMap(\.self).filter(\.isFinite)
    let (low, high) = (drawn.min() ?? 0, drawn.max() ?? 0)
    return [
      "mark": ["type": "text"],
      "encoding": [
        "text": ["field": "value", "type": "quantitative", "format": .text(".\(decimals)f")],
        // White letters on dark cells.
        "color": [
          "condition": [
            "test": ["field": "value", "gt": .number(low * 0.45 + high * 0.55)], "value": "white",
          ],
          "value": "black",
        ],
      ],
    ]
  }
}
