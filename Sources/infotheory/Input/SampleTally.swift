import InformationTheory

/// What the first pass finds out: kinds, counts, ranges, labels.
struct SampleTally {
  /// The most distinct labels, over all samples.
  static let mostLabels = 5_000_000

  /// What a column holds.
  enum Kind {
    case numbers
    case labels
  }

  /// What one sample holds.
  struct Entry {
    var missing = 0
    var numbers = NumericSummary()
    var labels = LabelTally()
    var labelled = 0

    var valueCount: Int { numbers.count + labelled }
  }

  private(set) var kind: Kind?
  /// All numbers together.
  private(set) var pooled = NumericSummary()
  private(set) var entries: [Entry] = []
  private var deciding: (place: Place, cell: String)?
  private var labelCount = 0
  private let isForced: Bool

  /// Creates an empty tally.
  ///
  /// - Parameter isCategorical: Whether to take numbers for labels too.
  init(isCategorical: Bool) {
    isForced = isCategorical
    kind = isCategorical ? .labels : nil
  }

  /// Makes room for samples up to an index.
  mutating func reserve(upTo index: Int) {
    while entries.count <= index { entries.append(Entry()) }
  }

  /// Notes a cell without a value.
  mutating func addMissing(to sample: Int) { entries[sample].missing += 1 }

  /// Notes a cell with a value; the first of its column decides whether the column
  /// holds numbers or labels.
  ///
  /// - Returns: The number of the label in the sample, nil for a number.
  @discardableResult
  mutating func add(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, to sample: Int, isFirst: Bool,
    place: @autoclosure () -> Place
  ) throws -> Int? {
    if isFirst && !isForced { try decide(bytes, cell, place: place()) }
    switch kind {
    case .numbers:
      let value = try Self.number(bytes, cell, place: place())
      entries[sample].numbers.add(value)
      pooled.add(value)
      return nil
    default:
      return try addLabel(bytes, cell, to: sample, place: place)
    }
  }

  /// The number in a cell.
  static func number(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, place: @autoclosure () -> Place
  ) throws -> Double {
    guard let value = NumberParser.decimal(bytes, cell) else {
      throw place().fault(
        """
        \(quoted(NumberParser.text(bytes, cell))) is not a number; if it stands for no value, \
        name it after --missing; to count all cells as labels, add --categorical
        """)
    }
    guard value.isFinite else {
      throw place().fault(
        """
        \(quoted(NumberParser.text(bytes, cell))) is \(value.isNaN ? "not a number" : "infinite"), \
        and fits no bin; if it stands for no value, name it after --missing
        """)
    }
    return value
  }

  private mutating func decide(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, place: Place
  ) throws {
    let found: Kind = NumberParser.decimal(bytes, cell) == nil ? .labels : .numbers
    let text = NumberParser.text(bytes, cell)
    guard let kind, let deciding else {
      kind = found
      deciding = (place, text)
      return
    }
    guard kind == found else {
      let nature = found == .numbers ? "a number" : "not a number"
      let before = deciding.place
      throw place.fault(
        """
        \(quoted(text)) is \(nature), unlike \(quoted(deciding.cell)) in \(before.file), \
        line \(before.line), column \(quoted(before.column)); compare columns of one kind, or add \
        --categorical to count the cells of both as labels
        """)
    }
  }

  /// The number of a label that was added, nil if it was not.
  mutating func code(of bytes: Span<UInt8>, _ cell: Range<Int>, in sample: Int) -> Int? {
    entries[sample].labels.code(of: bytes, cell)
  }

  private mutating func addLabel(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, to sample: Int, place: () -> Place
  ) throws -> Int {
    entries[sample].labelled += 1
    let before = entries[sample].labels.distinctCount
    let code = entries[sample].labels.add(bytes, cell)
    guard entries[sample].labels.distinctCount > before else { return code }
    labelCount += 1
    if labelCount > Self.mostLabels {
      throw place().fault(
        """
        this is distinct label number \(labelCount), and \(Self.mostLabels) are the most; \
        is this a column of identifiers?
        """)
    }
    return code
  }
}
