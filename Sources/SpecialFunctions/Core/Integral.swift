/// The value of a definite integral, and what is known of its accuracy.
public struct Integral: Hashable, Codable, Sendable {
  /// The value.
  public let value: Double
  /// An estimate of the absolute error, which is no bound.
  ///
  /// It comes from the difference of two rules on every subinterval.
  public let errorEstimate: Double
  /// How often the integrand was called.
  public let evaluationCount: Int
  /// The number of subintervals at the end.
  public let subdivisionCount: Int

  init(value: Double, errorEstimate: Double, evaluationCount: Int, subdivisionCount: Int) {
    self.value = value
    self.errorEstimate = errorEstimate
    self.evaluationCount = evaluationCount
    self.subdivisionCount = subdivisionCount
  }
}
