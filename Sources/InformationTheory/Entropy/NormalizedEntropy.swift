/// An entropy that is largest for the uniform distribution.
protocol BoundedEntropy: EntropyDefinition {
  /// The value for the uniform distribution on n outcomes.
  func maximum(outcomes n: Int) -> DoubleDouble
}

extension BoundedEntropy {
  /// The quantity as a share of the largest possible.
  func normalizedValue(of p: Categorical) throws(InformationError) -> Double {
    guard p.count > 1 else {
      throw InformationError(
        .undefined,
        "the normalized entropy of a single outcome is 0/0: give at least two outcomes")
    }
    return (value(of: p) / maximum(outcomes: p.count)).high
  }
}

extension ShannonEntropy: BoundedEntropy {
  func maximum(outcomes n: Int) -> DoubleDouble { .log(Double(n)) }
}

extension RenyiEntropy: BoundedEntropy {
  func maximum(outcomes n: Int) -> DoubleDouble { .log(Double(n)) }
}

extension TsallisEntropy: BoundedEntropy {
  func maximum(outcomes n: Int) -> DoubleDouble {
    if order == 0 { return DoubleDouble(Double(n - 1)) }
    let log = DoubleDouble.log(Double(n))
    // (n^(1−α) − 1)/(1 − α).
    return log * .expm1Quotient(log * .difference(1, order))
  }
}

extension Extropy: BoundedEntropy {
  func maximum(outcomes n: Int) -> DoubleDouble {
    guard n > 1 else { return .zero }
    let others = Double(n - 1)
    return .log1p(.quotient(1, others)) * others
  }
}

// MARK: - Maxima

extension Categorical {
  /// Returns the largest Shannon or Rényi entropy of a distribution on n outcomes.
  ///
  /// `log n`, that of the uniform distribution, whatever the order.
  ///
  /// - Parameter outcomes: The number n of outcomes.
  /// - Returns: The value log n.
  /// - Precondition: `outcomes` is at least 1.
  public static func maximumEntropy(outcomes: Int) -> Information {
    precondition(outcomes >= 1, "maximumEntropy: there must be at least one outcome")
    return Information(ShannonEntropy().maximum(outcomes: outcomes))
  }

  /// Returns the largest Tsallis entropy of a distribution on n outcomes.
  ///
  /// `(n^(1−α) − 1)/(1 − α)`, that of the uniform distribution; log n at α = 1.
  ///
  /// - Parameters:
  ///   - order: The order α ≥ 0, finite.
  ///   - outcomes: The number n of outcomes.
  /// - Returns: The value.
  /// - Throws: ``InformationError`` with the code `badParameter`.
  /// - Precondition: `outcomes` is at least 1.
  public static func maximumTsallisEntropy(
    order: Double, outcomes: Int
  ) throws(InformationError) -> Double {
    try InformationError.demandOrder(order, finite: true)
    precondition(outcomes >= 1, "maximumTsallisEntropy: there must be at least one outcome")
    return TsallisEntropy(order: order).maximum(outcomes: outcomes).high
  }

  /// Returns the largest extropy of a distribution on n outcomes.
  ///
  /// `(n − 1)·log(n/(n − 1))`, that of the uniform distribution; below 1 nat.
  ///
  /// - Parameter outcomes: The number n of outcomes.
  /// - Returns: The value.
  /// - Precondition: `outcomes` is at least 1.
  public static func maximumExtropy(outcomes: Int) -> Information {
    precondition(outcomes >= 1, "maximumExtropy: there must be at least one outcome")
    return Information(Extropy().maximum(outcomes: outcomes))
  }
}

// MARK: - Shares of the maximum

extension Categorical {
  /// Returns the Shannon entropy as a share of the largest possible.
  ///
  /// `H(p)/log n`, where n counts all outcomes, those without mass included.
  ///
  /// - Returns: A number from 0, for a point mass, to 1, for the uniform distribution.
  /// - Throws: ``InformationError`` with the code `undefined` where there is one
  ///   outcome only, for which both the entropy and its maximum are 0.
  /// - Accuracy: within 1 ulp (`normalized-entropy.json`).
  /// - Source: Pielou (1966), doi:10.1016/0022-5193(66)90013-0.
  public func normalizedEntropy() throws(InformationError) -> Double {
    try ShannonEntropy().normalizedValue(of: self)
  }

  /// Returns the Rényi entropy as a share of the largest possible, log n.
  ///
  /// The contract is that of ``normalizedEntropy()``.
  ///
  /// - Parameter order: The order α, in 0 … +∞.
  /// - Returns: A number in 0 … 1.
  /// - Throws: ``InformationError`` with the code `badParameter` or `undefined`.
  public func normalizedRenyiEntropy(order: Double) throws(InformationError) -> Double {
    try InformationError.demandOrder(order)
    return try RenyiEntropy(order: order).normalizedValue(of: self)
  }

  /// Returns the Tsallis entropy as a share of the largest possible of its order.
  ///
  /// The contract is that of ``normalizedEntropy()``.
  ///
  /// - Parameter order: The order α ≥ 0, finite.
  /// - Returns: A number in 0 … 1.
  /// - Throws: ``InformationError`` with the code `badParameter` or `undefined`.
  public func normalizedTsallisEntropy(order: Double) throws(InformationError) -> Double {
    try InformationError.demandOrder(order, finite: true)
    return try TsallisEntropy(order: order).normalizedValue(of: self)
  }

  /// Returns the extropy as a share of the largest possible.
  ///
  /// The contract is that of ``normalizedEntropy()``.
  ///
  /// - Returns: A number in 0 … 1.
  /// - Throws: ``InformationError`` with the code `undefined`.
  public func normalizedExtropy() throws(InformationError) -> Double {
    try Extropy().normalizedValue(of: self)
  }
}
