/// What one pass over numbers tells: how many, from where to where, how wide.
struct NumericSummary: Equatable {
  private(set) var count = 0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity
  private var mean = 0.0
  private var squares = 0.0

  /// Adds a finite number (Welford's recurrence, which does not cancel).
  mutating func add(_ value: Double) {
    count += 1
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    let difference = value - mean
    mean += difference / Double(count)
    squares += difference * (value - mean)
  }

  /// The standard deviation of the sample, nil where it is not a finite number.
  var standardDeviation: Double? {
    guard count > 1 else { return nil }
    let result = (squares / Double(count - 1)).squareRoot()
    return result.isFinite ? result : nil
  }
}
