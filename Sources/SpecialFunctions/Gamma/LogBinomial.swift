import InformationTheory

/// Returns the logarithm of a binomial coefficient of real numbers.
///
/// `log C(n, k) = log Γ(n + 1) − log Γ(k + 1) − log Γ(n − k + 1)`, without the
/// cancellation of these: k may be tiny or next to n, and n beyond every factorial.
///
/// - Parameters:
///   - n: The number to choose from, not negative.
///   - k: The number chosen, from 0 to n.
/// - Returns: A value ≥ 0; 0 for k = 0 and k = n.
/// - Throws: ``SpecialFunctionError`` with the code `domain` outside 0 … n, `notFinite`
///   for NaN and infinities, or `overflow`.
/// - Accuracy: relative error below 1.2e-16 (`log-binomial.json`).
/// - Source: DLMF 5.11.1 and 5.11.2.
public func logBinomial(_ n: Double, _ k: Double) throws(SpecialFunctionError) -> Double {
  let name = "logBinomial"
  guard n.isFinite else { throw .notFinite("n", n, in: name) }
  guard k.isFinite else { throw .notFinite("k", k, in: name) }
  guard n >= 0 else { throw .domain("n", n, in: name, "at least 0") }
  guard 0 <= k && k <= n else { throw .domain("k", k, in: name, "from 0 to n = \(n)") }
  let value = DoubleDouble.wideLogBinomial(DoubleDouble(k), .difference(n, k)).rounded
  guard value.isFinite else { throw .overflow("n", n, in: name) }
  return value
}
