/// What a quantity of one distribution is, apart from where its numbers come from.
protocol EntropyDefinition: Sendable {
  /// The quantity, in nats where it has a unit.
  ///
  /// - Parameters:
  ///   - masses: The masses.
  ///   - totals: What their total is.
  /// - Returns: The quantity, right to more digits than a double has.
  func value<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble
}

extension EntropyDefinition {
  /// The quantity of a list of probabilities.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>
  ) throws(InformationError) -> DoubleDouble {
    value(of: p, try MassTotals(normalized: p, argument: "p"))
  }

  /// The quantity of a distribution.
  func value(of p: Categorical) -> DoubleDouble {
    value(of: p.masses.span, p.totals)
  }
}

extension InformationError {
  /// Demands that an order is a number ≥ 0.
  static func demandOrder(_ order: Double, finite: Bool = false) throws(InformationError) {
    guard order >= 0, !finite || order < .infinity else {
      throw InformationError(
        .badParameter, argument: "order",
        "the order is \(order): it must be \(finite ? "a finite number" : "a number") from 0 up")
    }
  }
}
