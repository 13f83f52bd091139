// What the searches for a root and for a minimum ask of their arguments.

/// Checks the interval, the tolerance and the limit of a search.
func checkSearch(
  in interval: ClosedRange<Double>, named name: String, tolerance: Double, evaluationLimit: Int,
  for caller: String
) throws(SpecialFunctionError) {
  for bound in [interval.lowerBound, interval.upperBound] where !bound.isFinite {
    throw .notFinite(name, bound, in: caller)
  }
  guard (interval.upperBound - interval.lowerBound).isFinite else {
    throw SpecialFunctionError(
      .badParameter, in: caller, argument: name, value: interval.upperBound,
      "\(name) is \(interval): its length must be at most the largest double")
  }
  guard tolerance >= 0 && tolerance.isFinite else {
    throw SpecialFunctionError(
      .badParameter, in: caller, argument: "tolerance", value: tolerance,
      "tolerance is \(tolerance): it must be finite and at least 0")
  }
  guard evaluationLimit >= 5 else {
    throw SpecialFunctionError(
      .badParameter, in: caller, argument: "evaluationLimit", value: Double(evaluationLimit),
      "evaluationLimit is \(evaluationLimit): it must be at least 5")
  }
}

/// The error of a search that has called the function as often as it may.
func searchNotConverged(
  from lower: Double, to upper: Double, evaluationLimit: Int, for caller: String
) -> SpecialFunctionError {
  SpecialFunctionError(
    .notConverged, in: caller, argument: "evaluationLimit", value: Double(evaluationLimit),
    """
    after \(evaluationLimit) calls of the function the interval is still from \(lower) to \
    \(upper): give a larger evaluationLimit or a larger tolerance
    """)
}
