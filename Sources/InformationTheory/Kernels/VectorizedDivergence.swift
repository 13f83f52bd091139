/// A divergence that the kernels compute where they can, and its definition elsewhere.
protocol VectorizedDivergence: TermwiseDivergence, Sendable {
  /// The quantity of p/Σp and q/Σq, lists of equal length.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - tolerance: How far the totals may be from 1; nil where they have been checked.
  /// - Returns: nil where the definition has to look.
  /// - Throws: `InformationError` with the code `cancelled`.
  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble?

  /// The quantity by its definition, which the kernels agree with.
  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble
}

extension VectorizedDivergence {
  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    totals.sum(p, q) { term($0) }
  }

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    // The kernels take masses as they come, so the totals must be one, next to 1.
    if p.count >= fewestForKernels && totals.kind != .apart
      && (0.5..<2).contains(totals.p.total.high)
    {
      let value = try? fromKernels(p, q, tolerance: nil)
      if let value { return value }
    }
    return definition(of: p, from: q, totals)
  }

  /// The quantity of two lists of probabilities, without a pass for checks where that can be.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>, from q: Span<Scalar>, support: SupportPolicy
  ) throws(InformationError) -> DoubleDouble {
    if (support == .infinite || support == .throwing) && p.count >= fewestForKernels
      && p.count == q.count
    {
      let tolerance = Double(p.count) * Double(Scalar.ulpOfOne)
      if let value = try fromKernels(p, q, tolerance: tolerance) { return value }
    }
    return try definition(ofNormalized: p, from: q, support: support)
  }
}

/// Fewer outcomes are left to the definition, where kernels gain little.
private let fewestForKernels = 64
