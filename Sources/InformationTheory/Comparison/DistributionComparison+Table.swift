extension DistributionComparison: CustomStringConvertible {
  /// The panel in nats, in 80 columns.
  public var description: String { table() }

  /// Returns the whole panel as text of at most 80 columns.
  ///
  /// - Parameters:
  ///   - unit: The unit of amounts of information.
  ///   - p: What to call the first distribution, in headings.
  ///   - q: What to call the second.
  /// - Returns: Lines, each ending with a line break.
  public func table(in unit: InformationUnit = .nats, p: String = "p", q: String = "q") -> String {
    var lines = ["\(p.fitted(to: 33)) (p) and \(q.fitted(to: 33)) (q)"]
    lines.append("\(outcomeCount) outcomes, information in \(unit.rawValue)")
    lines.append("")
    lines += measureLines(unit)
    lines.append("")
    lines += contributionLines(unit)
    lines += boundLines()
    lines += supportLines()
    return lines.map { $0 + "\n" }.joined()
  }

  private func measureLines(_ unit: InformationUnit) -> [String] {
    func cell(_ quantity: ComparedQuantity) -> String {
      quantity.value(in: unit).significant(7).padded(toLeft: 16)
    }
    let directed = rows.filter { $0.backward != nil }
    let symmetric = rows.filter { $0.backward == nil }
    var lines = ["".padded(toRight: 34) + "p".padded(toLeft: 16) + "q".padded(toLeft: 16)]
    for row in directed where row.measure == "entropy" {
      lines.append(
        row.title.padded(toRight: 34) + cell(row.forward) + (row.backward.map(cell) ?? ""))
    }
    lines.append("")
    lines.append(
      "".padded(toRight: 34) + "from p to q".padded(toLeft: 16) + "from q to p".padded(toLeft: 16))
    for row in directed where row.measure != "entropy" {
      lines.append(
        row.title.padded(toRight: 34) + cell(row.forward) + (row.backward.map(cell) ?? ""))
    }
    lines.append("")
    for row in symmetric { lines.append(row.title.padded(toRight: 34) + cell(row.forward)) }
    return lines
  }

  private func contributionLines(_ unit: InformationUnit) -> [String] {
    guard !contributions.isEmpty else { return [] }
    var lines = [
      "Where D(p‖q) comes from".padded(toRight: 34) + "p".padded(toLeft: 11)
        + "q".padded(toLeft: 12) + "share".padded(toLeft: 9)
    ]
    for row in contributions {
      let share = row.share.map { ($0 * 100).significant(3) + " %" } ?? "–"
      let bar = String(repeating: "█", count: Int(((row.share ?? 0) * 12).rounded()))
      let line =
        "  " + row.outcome.fitted(to: 31).padded(toRight: 32)
        + row.p.significant(4).padded(toLeft: 11) + row.q.significant(4).padded(toLeft: 12)
        + (row.term.isFinite ? share : "∞").padded(toLeft: 9)
      lines.append(bar.isEmpty ? line : line + " " + bar)
    }
    return lines + [""]
  }

  private func boundLines() -> [String] {
    let informative = bounds.filter(\.isInformative)
    guard !informative.isEmpty else { return [] }
    let lines = informative.map { bound in
      "  " + bound.name.padded(toRight: 20) + bound.statement.padded(toRight: 34)
        + bound.lower.value().significant(4) + " ≤ " + bound.upper.value().significant(4)
    }
    return ["Bounds that hold within a factor of 2 (nats)"] + lines + [""]
  }

  private func supportLines() -> [String] {
    guard !support.onlyInP.isEmpty || !support.onlyInQ.isEmpty else {
      return ["Support: both give mass to the same \(support.shared) outcomes."]
    }
    func line(_ side: String, _ names: [String], _ mass: Double) -> [String] {
      guard !names.isEmpty else { return [] }
      let listed = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
      let line = "  only in \(side): \(names.count), probability \(mass.significant(4)): \(listed)"
      return [line.fitted(to: 80)]
    }
    return ["Support: \(support.shared) outcomes in both"]
      + line("p", support.onlyInP, support.massOnlyInP)
      + line("q", support.onlyInQ, support.massOnlyInQ)
  }
}

extension String {
  /// The text with spaces before it, up to a width in characters.
  func padded(toLeft width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }

  /// The text with spaces after it, up to a width in characters.
  func padded(toRight width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }

  /// The text, cut to a width with an ellipsis where it is longer.
  func fitted(to width: Int) -> String {
    count <= width ? self : prefix(width - 1) + "…"
  }
}
