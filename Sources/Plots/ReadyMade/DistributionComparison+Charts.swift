public import InformationTheory

extension DistributionComparison {
  /// Returns the measures of the comparison as bars: those that are amounts of
  /// information in one chart, and the bare numbers that lie in 0 … 1 in another below.
  ///
  /// ```swift
  /// let p = try Categorical([0.5, 0.25, 0.25])
  /// let q = try Categorical([0.4, 0.4, 0.2])
  /// try p.compared(to: q).chart().vegaLite
  /// ```
  ///
  /// - Parameters:
  ///   - unit: The unit of amounts of information.
  ///   - p: What to call the first distribution.
  ///   - q: What to call the second.
  /// - Returns: The chart. Measures that are infinite are left out, as the subtitle says.
  /// - Throws: `InformationError` with the code `badLabels` where both have one name.
  public func chart(
    in unit: InformationUnit = .nats, p: String = "p", q: String = "q"
  ) throws(InformationError) -> ChartStack {
    let amounts = rows.filter { if case .information = $0.forward { true } else { false } }
    let shares = rows.filter { Self.sharesOfOne.contains($0.measure) }
    let first = try BarChart(
      categories: amounts.map(\.title),
      bars: [
        .init("\(p) to \(q)", amounts.map { $0.forward.value(in: unit) }),
        .init("\(q) to \(p)", amounts.map { ($0.backward ?? $0.forward).value(in: unit) }),
      ],
      isHorizontal: true)
    let second = try BarChart(
      categories: shares.map(\.title), values: shares.map { $0.forward.value() },
      isHorizontal: true)
    return try ChartStack([
      first.titled("\(p) and \(q)").axes(x: unit.rawValue)
        .sized(width: 440, height: 26 * amounts.count),
      second.limited(x: 0...1).sized(width: 440, height: 22 * shares.count),
    ])
  }

  /// The measures without a unit that are 0 for equal distributions, or 1, and never
  /// beyond.
  private static let sharesOfOne: Set<String> = [
    "bhattacharyya_coefficient", "hellinger_distance", "total_variation", "kolmogorov_smirnov",
  ]

  /// Returns the outcomes that add most to D(p‖q): what they add, beside their
  /// probabilities.
  ///
  /// - Parameters:
  ///   - unit: The unit of amounts of information.
  ///   - p: What to call the first distribution.
  ///   - q: What to call the second.
  /// - Returns: The chart, in the order of the table; an outcome that adds an infinity has
  ///   no bar, as the subtitle says.
  /// - Throws: `InformationError` with the code `empty` where D(p‖q) is 0, so that nothing
  ///   adds to it, or `badLabels` where both have one name.
  public func contributionChart(
    in unit: InformationUnit = .nats, p: String = "p", q: String = "q"
  ) throws(InformationError) -> ChartStack {
    guard !contributions.isEmpty else {
      throw InformationError(
        .empty, "D(\(p)‖\(q)) is 0: no outcome adds to it, and there is nothing to draw")
    }
    let outcomes = contributions.map(\.outcome)
    let height = 28 * outcomes.count
    let terms = try BarChart(
      categories: outcomes, values: contributions.map { $0.term.number(in: unit) },
      isHorizontal: true)
    let masses = try BarChart(
      categories: outcomes,
      bars: [.init(p, contributions.map(\.p)), .init(q, contributions.map(\.q))],
      isHorizontal: true)
    return try ChartStack(
      [
        terms.titled("Where D(\(p)‖\(q)) comes from").axes(x: unit.rawValue)
          .sized(width: 220, height: height),
        masses.axes(x: "probability").sized(width: 220, height: height),
      ], .horizontal)
  }
}

extension BarChart {
  /// Creates a chart of the probabilities that distributions give to the same outcomes.
  ///
  /// ```swift
  /// let p = try Categorical([0.5, 0.5], labels: ["heads", "tails"])
  /// let q = try Categorical([0.4, 0.6], labels: ["heads", "tails"])
  /// try BarChart(["p": p, "q": q]).vegaLite
  /// ```
  ///
  /// - Parameter distributions: At least one, by name. Where outcomes have labels they
  ///   are those of the first one, and all others have the same ones in that order.
  /// - Throws: `InformationError` with the code `empty`, `sizeMismatch`, or `badLabels`
  ///   where names repeat or labels differ.
  public init(
    _ distributions: KeyValuePairs<String, Categorical>
  ) throws(InformationError) {
    guard let first = distributions.first?.value else {
      throw InformationError(.empty, argument: "distributions", "there are no distributions")
    }
    for (name, other) in distributions where other.labels != first.labels {
      throw InformationError(
        .badLabels, argument: "distributions",
        "\"\(name)\" has other labels than the first one: align them first")
    }
    try self.init(
      categories: (0..<first.count).map { first.name(ofOutcome: $0) },
      bars: distributions.map { Bars($0.key, $0.value.probabilities) })
    frame.yTitle = "probability"
  }
}
