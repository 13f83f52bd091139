import InformationTheory

/// Reads columns into distributions: a pass to look, and one to fill the bins.
struct SampleReader {
  let sources: [SampleSource]
  let missing: MissingCells
  let isCategorical: Bool
  let bins: BinChoice

  /// Reads all samples.
  func read() throws -> SampleSet {
    var tally = SampleTally(isCategorical: isCategorical)
    var groups = SampleIndex()
    try look(&tally, &groups)
    try demandValues(tally, groups)
    let empty = groups.groups.indices.filter { tally.entries[$0].valueCount == 0 }
      .map { groups.groups[$0] }.sorted()

    switch tally.kind {
    case .numbers:
      let pooled = tally.pooled
      let chosen = try bins.bins(for: pooled) { try quartiles(pooled, groups) }
      let counts = try count(in: chosen.binning, sampleCount: tally.entries.count, groups)
      let labels = chosen.binning.labels
      return SampleSet(
        samples: try samples(tally, groups) { sample in
          try Categorical(counts: counts[sample], labels: labels)
        }, bins: chosen, ungroupedCount: groups.ungrouped, emptyGroups: empty)
    default:
      return SampleSet(
        samples: try samples(tally, groups) { sample in
          let sorted = tally.entries[sample].labels.sorted
          return try Categorical(counts: sorted.map(\.count), labels: sorted.map(\.label))
        }, bins: nil, ungroupedCount: groups.ungrouped, emptyGroups: empty)
    }
  }

  // MARK: - Passes

  /// Calls a closure with every cell, missing or not, and the sample it belongs to.
  private func forEachCell(
    pass: String, _ groups: inout SampleIndex,
    _ body: (
      _ sample: Int, _ bytes: Span<UInt8>, _ cell: Range<Int>, _ place: () -> Place
    ) throws -> Void
  ) throws {
    groups.rewind()
    var base = 0
    for source in sources {
      let width = source.columns.count
      try source.forEachRow(pass: pass) { bytes, fields, line in
        if let group = source.group {
          let place = Place(file: source.file.name, line: line, column: group.name)
          guard
            let sample = try groups.group(bytes, fields[width], missing: missing, place: place)
          else { return }
          try body(sample, bytes, fields[0]) { source.place(column: 0, line: line) }
          return
        }
        for column in 0..<width {
          try body(base + column, bytes, fields[column]) {
            source.place(column: column, line: line)
          }
        }
      }
      base += width
    }
  }

  private func look(_ tally: inout SampleTally, _ groups: inout SampleIndex) throws {
    let isGrouped = sources.contains { $0.group != nil }
    if !isGrouped { tally.reserve(upTo: sources.reduce(0) { $0 + $1.columns.count } - 1) }
    // With groups there is one column, whatever the group of its cells.
    var isDecided = [Bool](repeating: false, count: max(1, tally.entries.count))
    try forEachCell(pass: "looking at", &groups) { sample, bytes, cell, place in
      tally.reserve(upTo: sample)
      if missing.contains(bytes, cell) {
        tally.addMissing(to: sample)
        return
      }
      let column = isGrouped ? 0 : sample
      try tally.add(
        bytes, cell, to: sample, isFirst: !isDecided[column], place: place())
      isDecided[column] = true
    }
  }

  private func forEachNumber(
    pass: String, _ groups: SampleIndex, _ body: (_ sample: Int, _ value: Double) throws -> Void
  ) throws {
    var groups = groups
    try forEachCell(pass: pass, &groups) { sample, bytes, cell, place in
      guard !missing.contains(bytes, cell) else { return }
      try body(sample, try SampleTally.number(bytes, cell, place: place()))
    }
  }

  private func count(
    in binning: Binning, sampleCount: Int, _ groups: SampleIndex
  ) throws -> [[Int]] {
    var counts = Array(
      repeating: [Int](repeating: 0, count: binning.count), count: sampleCount)
    let (low, high) = (binning.edges[0], binning.edges[binning.count])
    try forEachNumber(pass: "counting", groups) { sample, value in
      guard value >= low, value <= high, sample < sampleCount else {
        throw Fault.changedFile
      }
      counts[sample][binning.index(of: value)] += 1
    }
    return counts
  }

  private func quartiles(
    _ pooled: NumericSummary, _ groups: SampleIndex
  ) throws -> (Double, Double) {
    try Quartiles.of(pooled) { body in
      try forEachNumber(pass: "quartiles of", groups) { _, value in body(value) }
    }
  }

  // MARK: - Results

  private func demandValues(_ tally: SampleTally, _ groups: SampleIndex) throws {
    let names = sampleNames(groups)
    if let source = sources.first, let group = source.group, groups.groups.isEmpty {
      throw Fault(
        .data,
        """
        \(source.file.name), column \(quoted(group.name)): there are no rows with a group \
        (\(counted(groups.ungrouped, "row")) without)
        """)
    }
    // A group without values is left out and reported; a column without is an error.
    let empty = tally.entries.firstIndex { $0.valueCount == 0 }
    guard let empty, groups.groups.isEmpty || tally.entries.allSatisfy({ $0.valueCount == 0 })
    else { return }
    throw Fault(
      .data,
      """
      \(names[empty].file), column \(quoted(names[empty].column)): there are no values \
      (\(counted(tally.entries.reduce(0) { $0 + $1.missing }, "missing cell")))
      """)
  }

  private func sampleNames(
    _ groups: SampleIndex
  ) -> [(file: String, column: String, group: String?)] {
    sources.flatMap { source -> [(file: String, column: String, group: String?)] in
      guard source.group != nil else {
        return source.columns.map { (source.file.name, $0.name, nil) }
      }
      return groups.groups.map { (source.file.name, source.columns[0].name, $0) }
    }
  }

  private func samples(
    _ tally: SampleTally, _ groups: SampleIndex, _ distribution: (Int) throws -> Categorical
  ) throws -> [SampleSet.Sample] {
    let names = sampleNames(groups)
    let titles = SampleTitles.of(names)
    let filled = names.indices.filter { tally.entries[$0].valueCount > 0 }
    let samples = try filled.map { i in
      let entry = tally.entries[i]
      let numbers = entry.numbers
      return SampleSet.Sample(
        name: titles[i], file: names[i].file, column: names[i].column, group: names[i].group,
        valueCount: entry.valueCount, missingCount: entry.missing,
        range: numbers.count > 0 ? numbers.minimum...numbers.maximum : nil,
        distribution: try distribution(i))
    }
    // By name, so that the order of the rows does not matter.
    return groups.groups.isEmpty ? samples : samples.sorted { $0.name < $1.name }
  }
}
