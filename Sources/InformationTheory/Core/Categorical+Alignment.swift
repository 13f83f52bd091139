extension Categorical {
  /// Two distributions over the same outcomes in the same order.
  ///
  /// Labelled ones are matched by label; the outcomes that only the second knows
  /// come after those of the first.
  static func aligned(
    _ p: Categorical, _ q: Categorical
  ) throws(InformationError) -> (Categorical, Categorical) {
    guard (p.labels == nil) == (q.labels == nil) else {
      let bare = p.labels == nil ? "p" : "q"
      throw InformationError(
        .unlabelled, argument: bare,
        "\(bare) has no labels but the other distribution has: label both or neither")
    }
    guard let labelsOfP = p.labels, let labelsOfQ = q.labels, labelsOfP != labelsOfQ else {
      try InformationError.demandSameCount(p.count, q.count)
      return (p, q)
    }
    var indices: [String: Int] = [:]
    for (i, label) in labelsOfP.enumerated() { indices[label] = i }
    let onlyInQ = labelsOfQ.filter { indices[$0] == nil }
    for (offset, label) in onlyInQ.enumerated() { indices[label] = labelsOfP.count + offset }

    let labels = labelsOfP + onlyInQ
    var masses = [Double](repeating: 0, count: labels.count)
    for (i, label) in labelsOfQ.enumerated() {
      if let index = indices[label] { masses[index] = q.masses[i] }
    }
    let padded = p.masses + [Double](repeating: 0, count: onlyInQ.count)
    return (
      Categorical(
        masses: padded, labels: labels, totals: try MassTotals(padded.span, argument: "p")),
      Categorical(
        masses: masses, labels: labels, totals: try MassTotals(masses.span, argument: "q"))
    )
  }
}
