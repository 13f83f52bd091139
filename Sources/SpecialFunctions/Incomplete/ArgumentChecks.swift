/// Demands a shape parameter that is positive and finite.
func checkShape(
  _ name: String, _ value: Double, in function: String
) throws(SpecialFunctionError) {
  if value.isNaN { throw .notFinite(name, value, in: function) }
  guard value > 0, value.isFinite else {
    throw .domain(name, value, in: function, "positive and finite")
  }
}

/// Demands a probability, from 0 to 1.
func checkProbability(
  _ name: String, _ value: Double, in function: String
) throws(SpecialFunctionError) {
  if value.isNaN { throw .notFinite(name, value, in: function) }
  guard value >= 0, value <= 1 else {
    throw .domain(name, value, in: function, "from 0 to 1")
  }
}
