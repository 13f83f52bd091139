/// Turns a column's cells into small whole numbers: the label's, or the bin's.
struct ColumnCoder {
  let name: String
  private var tally: SampleTally
  private var isDecided = false
  /// The bins, if the column holds numbers and they are chosen.
  private(set) var bins: ChosenBins?

  /// Creates the coder of a column of which nothing is known.
  init(name: String, isCategorical: Bool) {
    self.name = name
    tally = SampleTally(isCategorical: isCategorical)
    tally.reserve(upTo: 0)
  }

  private var entry: SampleTally.Entry { tally.entries[0] }

  /// How many cells hold no value, and how many hold one.
  var missingCount: Int { entry.missing }
  var valueCount: Int { entry.valueCount }
  /// What the numbers are like, if the column holds numbers.
  var numbers: NumericSummary? { tally.kind == .numbers ? entry.numbers : nil }
  /// How many codes there are.
  var codeCount: Int { bins?.binning.count ?? entry.labels.distinctCount }
  /// The labels, if the column holds labels.
  var labels: [String]? { numbers == nil ? entry.labels.labels : nil }

  /// Notes a cell without a value.
  mutating func addMissing() { tally.addMissing(to: 0) }

  /// Looks at a cell for the first time.
  ///
  /// - Returns: The label's code, nil for a number, whose bin is yet unknown.
  mutating func look(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, place: () -> Place
  ) throws -> Int? {
    defer { isDecided = true }
    return try tally.add(bytes, cell, to: 0, isFirst: !isDecided, place: place())
  }

  /// Chooses the bins of numbers, once all cells were looked at.
  ///
  /// A column of equal numbers has one bin, whatever is asked for.
  mutating func chooseBins(
    _ choice: BinChoice, quartiles: (NumericSummary) throws -> (Double, Double)
  ) throws {
    guard let numbers, numbers.count > 0 else { return }
    let choice = numbers.minimum < numbers.maximum ? choice : .automatic
    bins = try choice.bins(for: numbers) { try quartiles(numbers) }
  }

  /// The code of a cell that was looked at before.
  mutating func code(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, place: () -> Place
  ) throws -> Int {
    guard let binning = bins?.binning else {
      guard let code = tally.code(of: bytes, cell, in: 0) else { throw Fault.changedFile }
      return code
    }
    let value = try SampleTally.number(bytes, cell, place: place())
    guard value >= binning.edges[0], value <= binning.edges[binning.count] else {
      throw Fault.changedFile
    }
    return binning.index(of: value)
  }
}
