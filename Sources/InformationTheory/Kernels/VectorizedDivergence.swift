import CInformationKernels

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

  /// The relative error of the kernels' value where outcomes are few, but for what the unit of
  /// their sums adds; nil where few are left to the definition.
  var errorOfFew: Double? { get }

  /// The quantity by its definition, which the kernels agree with.
  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble
}

extension VectorizedDivergence {
  var errorOfFew: Double? { nil }

  func definition<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    totals.sum(p, q) { term($0) }
  }

  func value<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, _ totals: PairTotals
  ) -> DoubleDouble {
    // The kernels take masses as they come, so the totals must be one, next to 1.
    if totals.kind != .apart && (0.5..<2).contains(totals.p.total.high) {
      if let value = try? certainFromKernels(p, q, tolerance: nil) { return value }
    }
    return definition(of: p, from: q, totals)
  }

  /// The quantity of two lists of probabilities, without a pass for checks where that can be.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>, from q: Span<Scalar>, support: SupportPolicy
  ) throws(InformationError) -> DoubleDouble {
    if support.leavesMassesAsTheyAre && p.count == q.count {
      let tolerance = Double(p.count) * Double(Scalar.ulpOfOne)
      if let value = try certainFromKernels(p, q, tolerance: tolerance) { return value }
    }
    return try definition(ofNormalized: p, from: q, support: support)
  }

  /// The kernels' value; of few outcomes, which the definition is quick to sum too, where it is
  /// certain to have the definition's bits.
  func certainFromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    guard p.count <= measure_kernel_few_outcomes else {
      return try fromKernels(p, q, tolerance: tolerance)
    }
    guard let relativeError = errorOfFew,
      let value = try fromKernels(p, q, tolerance: tolerance)
    else { return nil }
    let error = value.high * relativeError + Double(p.count) * 0x1p-95
    let isCertain = value.high + (value.low - error) == value.high + (value.low + error)
    return isCertain ? value : nil
  }
}
