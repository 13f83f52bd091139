/// A minimum of a function on an interval.
public struct Minimum: Hashable, Codable, Sendable {
  /// Where the function is lowest, of the points where it was called.
  public let location: Double
  /// The function there.
  public let value: Double
  /// The interval that still holds the minimum of a unimodal function.
  public let bracket: ClosedRange<Double>
  /// How often the function was called.
  public let evaluationCount: Int

  init(location: Double, value: Double, bracket: ClosedRange<Double>, evaluationCount: Int) {
    self.location = location
    self.value = value
    self.bracket = bracket
    self.evaluationCount = evaluationCount
  }
}
