/// A named column of labels, one for each observation, as numbers of outcomes.
///
/// ```swift
/// let species = try LabelColumn("species", ["cat", "dog", "cat"])
/// let legs = try LabelColumn("legs", [4, 4, 3])
/// let joint = try JointDistribution(columns: [species, legs])
/// ```
///
/// Columns of different types go together in one distribution. Outcomes are
/// numbered in the order in which their labels appear first; nothing that is
/// measured depends on it.
public struct LabelColumn: Sendable, Equatable {
  /// The variable's name.
  public let name: String
  /// The labels as text, by outcome.
  public let labels: [String]
  /// The outcome of each observation.
  let codes: [UInt32]

  /// The number of observations.
  public var count: Int { codes.count }

  /// Creates a column from labels of any type that compare.
  ///
  /// - Parameters:
  ///   - name: The variable's name.
  ///   - values: The label of each observation.
  /// - Throws: ``InformationError`` with the code `badLabels` where two labels that
  ///   differ are the same text.
  /// - Complexity: One look-up in a dictionary for each label that differs from the
  ///   one before.
  @specialized(where Label == String)
  public init<Label: Hashable>(_ name: String, _ values: [Label]) throws(InformationError) {
    var coding = LabelCoding<Label>(count: values.count)
    for value in values { coding.append(value) }
    var seen: [String: Int] = [:]
    let labels = coding.labels.map { "\($0)" }
    for (i, label) in labels.enumerated() {
      if let first = seen.updateValue(i, forKey: label) {
        throw InformationError(
          .badLabels, argument: "values", index: i,
          "labels \(first) and \(i) of \"\(name)\" differ but are both written \"\(label)\"")
      }
    }
    (self.name, self.labels, codes) = (name, labels, coding.codes)
  }

  /// Creates a column from whole numbers.
  ///
  /// - Parameters:
  ///   - name: The variable's name.
  ///   - values: The number of each observation, a label like any other.
  /// - Complexity: Where the numbers are close together, in a table; otherwise as
  ///   for labels of any type.
  @specialized(where Label == Int)
  @specialized(where Label == Int32)
  @specialized(where Label == UInt8)
  public init<Label: FixedWidthInteger>(_ name: String, _ values: [Label]) {
    let coding = Self.coding(of: values)
    (self.name, codes) = (name, coding.codes)
    labels = coding.labels.map { "\($0)" }
  }

  /// Numbers integers by first appearance.
  private static func coding<Label: FixedWidthInteger>(
    of values: [Label]
  ) -> (codes: [UInt32], labels: [Label]) {
    var (low, high) = (values.first ?? 0, values.first ?? 0)
    for value in values {
      low = min(low, value)
      high = max(high, value)
    }
    // Modulo 2⁶⁴, where the difference of any two labels of at most 64 bits is right.
    let span = UInt64(truncatingIfNeeded: high) &- UInt64(truncatingIfNeeded: low)
    guard Label.bitWidth <= 64, span < UInt64(max(1 << 16, 4 * values.count)) else {
      var coding = LabelCoding<Label>(count: values.count)
      for value in values { coding.append(value) }
      return (coding.codes, coding.labels)
    }
    var outcomes = [UInt32](repeating: 0, count: Int(span) + 1)
    var labels: [Label] = []
    let codes = values.map { value -> UInt32 in
      let place = Int(UInt64(truncatingIfNeeded: value) &- UInt64(truncatingIfNeeded: low))
      if outcomes[place] == 0 {
        labels.append(value)
        outcomes[place] = UInt32(labels.count)
      }
      return outcomes[place] - 1
    }
    return (codes, labels)
  }
}

/// Numbers labels by first appearance.
private struct LabelCoding<Label: Hashable> {
  private(set) var codes: [UInt32] = []
  private(set) var labels: [Label] = []
  private var outcomes: [Label: UInt32] = [:]

  init(count: Int) { codes.reserveCapacity(count) }

  mutating func append(_ label: Label) {
    if let last = codes.last, labels[Int(last)] == label {
      codes.append(last)
      return
    }
    if let code = outcomes[label] {
      codes.append(code)
      return
    }
    let code = UInt32(labels.count)
    outcomes[label] = code
    labels.append(label)
    codes.append(code)
  }
}
