import InformationTheory

/// What became of a file's columns, ahead of what they tell about each other.
struct ColumnReport {
  /// The columns, and what tables call them ahead of their names.
  let columns: [(tag: String, coder: ColumnCoder)]

  /// Lines that fit 80 columns.
  var lines: [String] {
    var table = TextTable()
    let tagWidth = columns.map(\.tag.count).max() ?? 0
    for (tag, coder) in columns {
      table.add([
        String(repeating: " ", count: tagWidth - tag.count)
          + "\(tag)  \(Wrapped.cut(coder.name, to: 28))",
        coder.missingCount == 0 ? "none missing" : "\(coder.missingCount) missing",
        Self.text(of: coder),
      ])
    }
    return table.lines(indent: "")
  }

  private static func text(of coder: ColumnCoder) -> String {
    guard let bins = coder.bins, let numbers = coder.numbers else {
      return counted(coder.codeCount, "label")
    }
    let range = "\(numbers.minimum.significant(5)) to \(numbers.maximum.significant(5))"
    return "\(counted(bins.binning.count, "bin")) (\(bins.reason)), \(range)"
  }

  /// The same for programs.
  var json: JSONTree {
    .array(
      columns.map { tag, coder in
        var fields: [(String, JSONTree)] = [
          ("name", .text(coder.name)),
          ("values", .integer(coder.valueCount)), ("missing", .integer(coder.missingCount)),
        ]
        if let bins = coder.bins {
          fields.append(("bins", bins.json))
        } else {
          fields.append(("labels", .integer(coder.codeCount)))
        }
        if !tag.isEmpty { fields.append(("role", .text(tag))) }
        return .object(fields)
      })
  }
}

extension ChosenBins {
  /// The bins for programs.
  var json: JSONTree {
    .object([
      ("count", .integer(binning.count)), ("rule", .text(reason)),
      ("edges", .numbers(binning.edges)),
    ])
  }
}
