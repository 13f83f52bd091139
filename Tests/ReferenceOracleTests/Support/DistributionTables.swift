import ReferenceOracle

extension TableRow {
  /// The distribution that a field names: a family and its parameters.
  func model(_ name: String) -> ParametricDistribution? {
    guard let parts = fields[name] as? [Any], let text = parts.first as? String,
      let family = ParametricDistribution.Family(rawValue: text)
    else { return nil }
    let values = parts.dropFirst().map { part in
      (part as? [String] ?? [part as? String ?? ""]).compactMap(Double.init)
    }
    return family.distribution(values)
  }
}
