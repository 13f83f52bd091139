import InformationTheory

/// What the data are, ahead of what they amount to.
struct DataReport {
  let set: SampleSet
  /// Whether the rows of a table are the outcomes.
  let isTable: Bool

  /// Lines that fit 80 columns.
  var lines: [String] {
    var table = TextTable()
    for sample in set.samples {
      table.add([Wrapped.cut(sample.name, to: 30)] + cells(of: sample))
    }
    var lines = table.lines(indent: "")
    if set.ungroupedCount > 0 {
      lines.append("\(counted(set.ungroupedCount, "row")) without a group, left out")
    }
    for group in set.emptyGroups {
      lines.append("\(Wrapped.cut(quoted(group), to: 40)) has no values, left out")
    }
    if let bins = set.bins { lines += Self.lines(of: bins) }
    return lines
  }

  private func cells(of sample: SampleSet.Sample) -> [String] {
    if isTable { return [counted(sample.distribution.count, "outcome")] }
    var cells = [
      counted(sample.valueCount, "value"),
      sample.missingCount == 0 ? "none missing" : "\(sample.missingCount) missing",
    ]
    if let range = sample.range {
      let low = range.lowerBound.significant(5)
      let high = range.upperBound.significant(5)
      cells.append("\(low) to \(high)")
    } else {
      cells.append(counted(sample.distribution.count, "label"))
    }
    return cells
  }

  private static func lines(of bins: ChosenBins) -> [String] {
    let shown = 60
    let binning = bins.binning
    let title = "\(counted(binning.count, "bin")) of equal width (\(bins.reason)); edges"
    var words = Digits.distinct(binning.edges)
    if words.count > shown {
      let hidden = words.count - shown
      words =
        words.prefix(shown / 2) + ["… (\(hidden) more, see --json) …"]
        + words.suffix(shown / 2)
    }
    return Wrapped.lines(title, words)
  }

  /// The same for programs, with the masses themselves.
  var json: [(String, JSONTree)] {
    var fields: [(String, JSONTree)] = []
    if let bins = set.bins { fields.append(("bins", bins.json)) }
    if set.ungroupedCount > 0 { fields.append(("ungrouped_rows", .integer(set.ungroupedCount))) }
    if !set.emptyGroups.isEmpty { fields.append(("empty_groups", .texts(set.emptyGroups))) }
    fields.append(("samples", .array(set.samples.map { json(of: $0) })))
    return fields
  }

  private func json(of sample: SampleSet.Sample) -> JSONTree {
    var fields: [(String, JSONTree)] = [
      ("name", .text(sample.name)), ("file", .text(sample.file)),
      ("column", .text(sample.column)),
    ]
    if let group = sample.group { fields.append(("group", .text(group))) }
    if !isTable {
      fields.append(("values", .integer(sample.valueCount)))
      fields.append(("missing", .integer(sample.missingCount)))
    }
    if let range = sample.range {
      fields.append(("minimum", .number(range.lowerBound)))
      fields.append(("maximum", .number(range.upperBound)))
    }
    if set.bins == nil, let labels = sample.distribution.labels {
      fields.append(("labels", .texts(labels)))
    }
    fields.append(("masses", .numbers(sample.distribution.masses)))
    return .object(fields)
  }
}
