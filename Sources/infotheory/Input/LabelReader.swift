/// Turns a column of numbers into class labels.
struct LabelReader {
  let table: NumberTable
  let classCount: Int
  let ignoreIndex: Int?

  /// Refuses a table with more than one column.
  init(_ table: NumberTable, classCount: Int, ignoreIndex: Int?) throws {
    self.table = table
    self.classCount = classCount
    self.ignoreIndex = ignoreIndex
    guard table.columnCount == 1 else {
      throw Fault(
        .data,
        """
        \(table.name) has \(table.columnCount) columns, but labels are one; of CSV name it by \
        --label-column
        """)
    }
  }

  /// The labels of the first rows at hand, checked.
  func labels(rows count: Int) throws -> [Int] {
    let first = table.range(rows: count).lowerBound
    return try (0..<count).map { row in
      let value = table.values[first + row]
      guard let label = Int(exactly: value) else {
        throw fault(row, "the label \(value) is not a whole number")
      }
      guard (label >= 0 && label < classCount) || label == ignoreIndex else {
        throw fault(
          row,
          """
          the label \(label) is not in 0 ..< \(classCount), the columns of logits; \
          to leave such rows out, add --ignore-index \(label)
          """)
      }
      return label
    }
  }

  private func fault(_ row: Int, _ message: String) -> Fault {
    Fault(.data, "\(table.place(row: row)): \(message)")
  }
}
