/// A zero of a function, and the interval that is sure to hold one.
public struct Root: Hashable, Codable, Sendable {
  /// The end of the bracket where the function is nearer to 0.
  public let value: Double
  /// The function there.
  public let functionValue: Double
  /// An interval at whose ends the function has different signs; a single point where
  /// the function is exactly 0.
  public let bracket: ClosedRange<Double>
  /// How often the function was called.
  public let evaluationCount: Int

  init(value: Double, functionValue: Double, bracket: ClosedRange<Double>, evaluationCount: Int) {
    self.value = value
    self.functionValue = functionValue
    self.bracket = bracket
    self.evaluationCount = evaluationCount
  }
}
