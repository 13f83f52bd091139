extension JointDistribution {
  /// Checks names and labels, and creates the distribution of cells in order.
  init(
    names: [String], shape: [Int], labels: [[String]]?, columns: [[UInt32]], weights: CellWeights
  ) throws(InformationError) {
    try Self.check(names: names, count: shape.count)
    try Self.check(labels: labels, names: names, shape: shape)
    self.init(
      names: names, shape: shape, labels: labels ?? Array(repeating: nil, count: shape.count),
      columns: columns, weights: weights)
  }

  /// Demands that probabilities sum to 1.
  static func demandNormalized<Scalar: InformationScalar>(
    _ probabilities: Span<Scalar>
  ) throws(InformationError) {
    let total = try MassTotals(probabilities, argument: "masses").total
    let tolerance = Double(probabilities.count) * Double(Scalar.ulpOfOne)
    guard (total + -1.0).high.magnitude <= tolerance else {
      throw InformationError(
        .notNormalized, argument: "masses",
        """
        the cells sum to \(total.high), not 1 (tolerance \(tolerance)): \
        say normalizing: for weights, or counts: for counts
        """)
    }
  }

  /// Checks counts one by one and their total.
  static func check(counts: [Int]) throws(InformationError) {
    guard !counts.isEmpty else {
      throw InformationError(
        .empty, argument: "counts", "counts is empty: give at least one cell")
    }
    var total = 0
    for (i, count) in counts.enumerated() {
      guard count >= 0 else {
        throw InformationError(
          .negativeMass, argument: "counts", index: i,
          "counts[\(i)] is \(count): a count cannot be negative")
      }
      guard Double(exactly: count) != nil else {
        throw InformationError(
          .inexactCount, argument: "counts", index: i,
          "counts[\(i)] is \(count): counts above 2^53 must be even enough to fit a double")
      }
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard !overflow else {
        throw InformationError(
          .overflow, argument: "counts", index: i,
          "the counts up to counts[\(i)] sum to more than \(Int.max): divide them by a power of two"
        )
      }
      total = sum
    }
    guard total > 0 else {
      throw InformationError(
        .zeroTotal, argument: "counts",
        "all \(counts.count) counts are 0: at least one must be positive")
    }
  }

  /// Masses brought near 1 by a power of two where their total is so large or small
  /// that measures could leave the range.
  static func scaled(_ masses: [Double], total: Double) throws(InformationError) -> [Double] {
    let exponent = total.binaryParts.exponent
    guard exponent.magnitude > 64 else { return masses }
    let scaled = masses.map { $0.scaled(byPowerOfTwo: -exponent) }
    for (mass, small) in zip(masses, scaled)
    where small.scaled(byPowerOfTwo: exponent) != mass {
      throw InformationError(
        .overflow, argument: "masses",
        "there are masses of \(mass) beside a total of \(total): no double holds their ratio")
    }
    return scaled
  }

  private static func check(names: [String], count: Int) throws(InformationError) {
    guard names.count == count else {
      throw InformationError(
        .badNames, argument: "names",
        "there are \(names.count) names for \(count) variables: give one for each")
    }
    for (i, name) in names.enumerated() {
      guard !name.isEmpty else {
        throw InformationError(
          .badNames, argument: "names", index: i, "names[\(i)] is empty: a variable needs a name")
      }
      if let first = names.firstIndex(of: name), first < i {
        throw InformationError(
          .badNames, argument: "names", index: i,
          "names[\(i)] is \"\(name)\", which variable \(first) has too: names must differ")
      }
    }
  }

  private static func check(
    labels: [[String]]?, names: [String], shape: [Int]
  ) throws(InformationError) {
    guard let labels else { return }
    guard labels.count == shape.count else {
      throw InformationError(
        .badLabels, argument: "labels",
        "there are labels of \(labels.count) variables for \(shape.count): give a list for each")
    }
    for (i, list) in labels.enumerated() {
      guard list.count == shape[i] else {
        throw InformationError(
          .badLabels, argument: "labels", index: i,
          "\"\(names[i])\" has \(list.count) labels for \(shape[i]) outcomes: give one for each")
      }
      var seen: Set<String> = []
      for label in list where !seen.insert(label).inserted {
        throw InformationError(
          .badLabels, argument: "labels", index: i,
          "\"\(names[i])\" has two outcomes with the label \"\(label)\": labels must differ")
      }
    }
  }
}
