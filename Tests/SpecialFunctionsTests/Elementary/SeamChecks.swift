import Testing

/// Expects the values at the doubles beside a seam, where a function changes its method,
/// to go on in order and within some ulps from one to the next.
func expectNoJump(
  at seam: Double, rising isRising: Bool, within ulps: Double,
  at location: SourceLocation = #_sourceLocation, _ function: (Double) throws -> Double
) rethrows {
  var x = seam
  for _ in 0..<4 { x = x.nextDown }
  for _ in 0..<8 {
    let (left, right) = (try function(x), try function(x.nextUp))
    let rise = isRising ? right - left : left - right
    #expect(
      rise >= 0 && rise <= ulps * left.ulp, "from \(x): \(left) to \(right)",
      sourceLocation: location)
    x = x.nextUp
  }
}

/// Expects two values to agree to a relative difference.
func expectClose(
  _ value: Double, _ other: Double, within bound: Double, _ context: String = "",
  at location: SourceLocation = #_sourceLocation
) {
  #expect(
    (value - other).magnitude <= bound * other.magnitude, "\(value) and \(other) \(context)",
    sourceLocation: location)
}
