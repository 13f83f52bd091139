extension JointDistribution {
  /// The mean of two entropies by which mutual information is divided.
  public enum EntropyMean: String, CaseIterable, Codable, Sendable {
    /// Half their sum.
    case arithmetic
    /// The square root of their product.
    case geometric
    /// The smaller one.
    case minimum
    /// The larger one.
    case maximum
  }

  /// Returns the mutual information of two groups of variables as a share of the
  /// mean of their entropies.
  ///
  /// `NMI(X; Y) = I(X; Y)/M(H(X), H(Y))`.
  ///
  /// - Parameters:
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - mean: Which mean M to take.
  /// - Returns: A number in 0 … 1; 0 where X and Y are independent, 1 where each
  ///   determines the other (for the minimum, where one determines the other).
  /// - Throws: ``InformationError`` with the code `unknownVariable`, or `undefined`
  ///   where the mean is 0, and so is the mutual information.
  /// - Accuracy: within 1 ulp where the mutual information is a normal number
  ///   (`normalized-mutual-information.json`).
  /// - Source: Vinh, Epps and Bailey (2010), *Journal of Machine Learning Research* 11.
  public func normalizedMutualInformation(
    between x: Variables, and y: Variables, mean: EntropyMean
  ) throws(InformationError) -> Double {
    let shared = try mutualInformation(between: x, and: y)
    let whole = mean.of(try entropy(of: x).value, try entropy(of: y).value)
    guard whole.high > 0 else {
      throw InformationError(
        .undefined, argument: "mean",
        "the \(mean) mean of the entropies is 0: normalized mutual information is 0/0")
    }
    return (shared.value / whole).high
  }

  /// Returns what share of the entropy of some variables others explain.
  ///
  /// `U(X|Y) = I(X; Y)/H(X)`, also called coefficient of constraint, or Theil's U.
  ///
  /// - Parameters:
  ///   - x: The variables to explain.
  ///   - y: The variables that are known.
  /// - Returns: A number from 0, where X and Y are independent, to 1, where Y
  ///   determines X.
  /// - Throws: ``InformationError`` with the code `unknownVariable`, or `undefined`
  ///   where H(X) = 0.
  /// - Accuracy: within 1 ulp where the mutual information is a normal number
  ///   (`uncertainty-coefficient.json`).
  /// - Source: Theil (1970), doi:10.1086/224909.
  public func uncertaintyCoefficient(
    of x: Variables, given y: Variables
  ) throws(InformationError) -> Double {
    let whole = try entropy(of: x).value
    guard whole.high > 0 else {
      throw InformationError(
        .undefined, argument: "x",
        "the entropy of x is 0: there is nothing to explain, and the coefficient is 0/0")
    }
    return (try mutualInformation(between: x, and: y).value / whole).high
  }
}

extension JointDistribution.EntropyMean {
  /// The mean of two values that are not negative.
  func of(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    switch self {
    case .arithmetic: (a + b) * 0.5
    case .geometric: a.squareRoot() * b.squareRoot()
    case .minimum: min(a, b)
    case .maximum: max(a, b)
    }
  }
}
