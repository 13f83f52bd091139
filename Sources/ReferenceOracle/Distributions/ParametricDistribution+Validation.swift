public import InformationTheory

extension ParametricDistribution {
  /// Checks that the parameters are within their domains.
  ///
  /// Everything that takes a distribution does this first.
  ///
  /// - Throws: `InformationError` with the code `badParameter`, which names the parameter and
  ///   its value; `empty` for lists of nothing; `sizeMismatch` for lists of different sizes.
  public func validate() throws(InformationError) {
    for (parameter, numbers) in zip(family.parameters, values) {
      for (i, x) in numbers.enumerated() where !parameter.domain.contains(x) {
        let label = parameter.isList ? "\(parameter.name)[\(i)]" : parameter.name
        throw InformationError(
          .badParameter, argument: parameter.name, index: parameter.isList ? i : nil,
          "\(label) of \(family.rawValue) is \(x): it must be \(parameter.domain.rawValue)")
      }
    }
    switch self {
    case .uniform(let low, let high) where low >= high:
      throw InformationError(
        .badParameter, argument: "high",
        "high of uniform is \(high): it must be above low, which is \(low)")
    case .dirichlet(let concentration) where concentration.count < 2:
      throw InformationError(
        .empty, argument: "concentration",
        "concentration of dirichlet has \(concentration.count) numbers: it must have 2 or more")
    case .diagonalNormal(let means, let deviations) where means.count != deviations.count:
      throw InformationError(
        .sizeMismatch, argument: "standardDeviations",
        """
        standardDeviations of diagonalNormal has \(deviations.count) numbers: it must have as \
        many as means, which has \(means.count)
        """)
    case .diagonalNormal(let means, _) where means.isEmpty:
      throw InformationError(
        .empty, argument: "means",
        "means of diagonalNormal is empty: it must have 1 or more numbers")
    default: return
    }
  }
}

extension ParametricDistribution.Domain {
  /// Whether a number is within it.
  func contains(_ x: Double) -> Bool {
    switch self {
    case .real: x.isFinite
    case .positive: x > 0 && x.isFinite
    case .probability: x >= 0 && x <= 1
    case .positiveProbability: x > 0 && x <= 1
    case .count: x >= 1 && x <= 0x1p53 && x == x.rounded()
    }
  }
}
