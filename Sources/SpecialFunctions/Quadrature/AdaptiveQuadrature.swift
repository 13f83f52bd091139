private import CGSL

/// One integral: its range, what is asked of it, and the passes over its pieces.
struct AdaptiveQuadrature {
  let caller: String
  let pieces: [QuadraturePiece]
  /// −1 where the range was turned round, else 1.
  let sign: Double
  let absoluteTolerance: Double
  let relativeTolerance: Double
  let subdivisionLimit: Int

  /// Integrates over every piece, and again where the first pass is not near enough.
  ///
  /// A relative tolerance for each piece is too much for a piece that is next to
  /// nothing, and too little where the pieces cancel. So the second pass asks each
  /// for its share of the error that the whole may have.
  func integral(of callback: Callback) throws(SpecialFunctionError) -> Integral {
    let count = Double(pieces.count)
    let points = pieces.reduce(0) { $0 + $1.intervalCount }
    var workspace = try QuadratureWorkspace(limit: subdivisionLimit + points + 1, for: caller)
    var results = pieces.map {
      workspace.integrate(
        callback, over: $0, absoluteTolerance: absoluteTolerance / count,
        relativeTolerance: relativeTolerance)
    }
    var total = sum(results, callback)
    if isNearEnough(results, total) || callback.hasFailed { return total }
    let share = tolerance(of: total) / count
    if pieces.count > 1, share > 0, share.isFinite {
      for index in pieces.indices
      where results[index].status != GSL_SUCCESS || results[index].errorEstimate > share {
        results[index] = workspace.integrate(
          callback, over: pieces[index], absoluteTolerance: share, relativeTolerance: 0)
      }
      total = sum(results, callback)
      if isNearEnough(results, total) || callback.hasFailed { return total }
    }
    throw failure(results, total)
  }

  private func sum(_ results: [PieceOfIntegral], _ callback: Callback) -> Integral {
    Integral(
      // Without −0.
      value: sign * results.reduce(0) { $0 + $1.value } + 0,
      errorEstimate: results.reduce(0) { $0 + $1.errorEstimate },
      evaluationCount: callback.evaluationCount,
      subdivisionCount: results.reduce(0) { $0 + $1.subdivisionCount })
  }

  private func tolerance(of total: Integral) -> Double {
    max(absoluteTolerance, relativeTolerance * total.value.magnitude)
  }

  /// Whether the errors keep to the tolerance, by GSL's word and by its estimates.
  ///
  /// A piece at the limit of rounding may be near enough all the same.
  private func isNearEnough(_ results: [PieceOfIntegral], _ total: Integral) -> Bool {
    results.allSatisfy { $0.status == GSL_SUCCESS || $0.status == GSL_EROUND }
      && total.value.isFinite && total.errorEstimate <= tolerance(of: total)
  }

  private func failure(
    _ results: [PieceOfIntegral], _ total: Integral
  ) -> SpecialFunctionError {
    guard total.value.isFinite, total.errorEstimate.isFinite else {
      return SpecialFunctionError(
        .overflow, in: caller,
        "a sum of the integrand's values is beyond the largest double: scale the integrand")
    }
    let statuses = results.map { $0.status }
    let advice =
      if statuses.contains(Int32(GSL_EMAXITER)) {
        """
        \(total.subdivisionCount) subintervals are not enough: give break points where the \
        integrand is not smooth, a larger subdivisionLimit or a larger tolerance
        """
      } else if statuses.contains(Int32(GSL_ESING)) {
        "the integrand behaves badly at a point: give it as a break point"
      } else if statuses.contains(Int32(GSL_EDIVERGE)) {
        "the integral diverges or converges too slowly: give break points at singularities"
      } else if let other = statuses.first(where: { $0 != GSL_SUCCESS && $0 != GSL_EROUND }) {
        "GSL failed: \(GSL.text(of: other))"
      } else {
        """
        rounding keeps the error above the tolerance: give a larger tolerance, and an \
        absolute one where the integral may be 0
        """
      }
    return SpecialFunctionError(
      .notConverged, in: caller,
      "reached \(total.value) with an error of about \(total.errorEstimate); \(advice)",
      reached: total)
  }
}
