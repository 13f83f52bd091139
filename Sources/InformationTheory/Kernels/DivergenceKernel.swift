import CInformationKernels

/// Σ p·log(p/q) − p + q of two lists of masses, from the kernels, and what they leave out.
///
/// The kernels take outcomes of which both masses are in 2⁻⁵⁰ ..< ½, or p is 0; their
/// terms are right to 2⁻⁵⁴ and summed exactly. The few other outcomes are listed, and
/// get the terms of the definition.
struct DivergenceKernel {
  private var terms = IntegerSum(exponent: -96)
  private var p = IntegerSum(exponent: -102)
  private var q = IntegerSum(exponent: -102)
  private var others: [Outcome] = []
  private let count: Int
  /// What the kernels' terms were multiplied by.
  private let unit: Double

  private struct Outcome {
    let p, q: Double
  }

  /// More outcomes than this are left to the definition, which is as fast then.
  private static let mostOthers = 1 << 14

  /// Fewer are left to it too: there the kernels gain little.
  private static let fewest = 64

  /// Sums the terms of two lists of equal length; nil where the definition has to look:
  /// masses that are no masses, too many that the kernels do not take, or +∞.
  ///
  /// - Throws: `InformationError` with the code `cancelled`.
  private init?<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, unit: Double, stopsEarly: Bool
  ) throws(InformationError) {
    count = p.count
    self.unit = unit
    let parts = try unsafe p.withUnsafeBufferPointer { p throws(InformationError) in
      try unsafe q.withUnsafeBufferPointer { q throws(InformationError) in
        let count = p.count
        return try blockwise(count, nanoseconds: 5, stopsEarly: stopsEarly) { range in
          unsafe Self.part(p, q, range, unit)
        }
      }
    }
    for part in parts {
      guard let part, others.count + part.others.count <= Self.mostOthers else { return nil }
      terms.add(part.sums.terms)
      self.p.add(part.sums.p)
      self.q.add(part.sums.q)
      others += part.others
    }
  }

  private struct Part: Sendable {
    var sums: DivergenceSums
    var others: [Outcome] = []
  }

  /// The sums of a block; nil where an element is no mass, or p has mass where q has none.
  private static func part<Scalar: InformationScalar>(
    _ p: UnsafeBufferPointer<Scalar>, _ q: UnsafeBufferPointer<Scalar>, _ range: Range<Int>,
    _ unit: Double
  ) -> Part? {
    var sums = DivergenceSums()
    let kernels = KernelLevel.measures
    let a = unsafe UnsafeRawPointer(p.baseAddress?.advanced(by: range.lowerBound))
    let b = unsafe UnsafeRawPointer(q.baseAddress?.advanced(by: range.lowerBound))
    if Scalar.self == Double.self {
      unsafe kernels.kl_f64(
        a?.assumingMemoryBound(to: Double.self), b?.assumingMemoryBound(to: Double.self),
        range.count, unit, &sums)
    } else {
      unsafe kernels.kl_f32(
        a?.assumingMemoryBound(to: Float.self), b?.assumingMemoryBound(to: Float.self),
        range.count, unit, &sums)
    }
    var part = Part(sums: sums)
    if sums.hard == 0 { return part }
    for i in range {
      let (x, y) = unsafe (Double(p[i]), Double(q[i]))
      if isEasy(y) && (x == 0 || isEasy(x)) || x == 0 && y == 0 { continue }
      guard x >= 0 && x < .infinity && y >= 0 && y < .infinity && (y > 0 || x == 0) else {
        return nil
      }
      part.others.append(Outcome(p: x, q: y))
    }
    return part
  }
}

// MARK: - The divergence

extension DivergenceKernel {
  /// The divergence of p/Σp from q/Σq.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - tolerance: How far the totals may be from 1; nil where they have been checked.
  /// - Returns: nil where the definition has to look.
  /// - Throws: `InformationError` with the code `cancelled`.
  static func divergence<Scalar: InformationScalar>(
    of p: Span<Scalar>, from q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    guard p.count >= fewest && p.count == q.count else { return nil }
    let stopsEarly = tolerance != nil
    guard let first = try Self(p, q, unit: 1, stopsEarly: stopsEarly) else { return nil }
    let (pTotal, qTotal) = (first.total(\.p, \.p), first.total(\.q, \.q))
    if let tolerance {
      guard (pTotal + -1).high.magnitude <= tolerance && (qTotal + -1).high.magnitude <= tolerance
      else { return nil }
    }
    if first.isFine { return first.divergence(pTotal) }
    // Distributions so close want a finer unit. No term is above the sum, so that with
    // this one none is above 1.
    let sum = first.terms.pair.high
    guard sum >= Double(p.count) * 0x1p-90 else { return nil }
    let unit = Double.powerOfTwo(-1 - sum.binaryParts.exponent)
    guard let second = try Self(p, q, unit: unit, stopsEarly: stopsEarly), second.isFine else {
      return nil
    }
    return second.divergence(pTotal)
  }

  /// Whether the roundings to the kernels' unit, together, are below 2⁻⁵⁸ of the sum.
  private var isFine: Bool { terms.pair.high >= Double(count) * 0x1p-38 }

  private func total(
    _ part: KeyPath<Self, IntegerSum>, _ mass: KeyPath<Outcome, Double>
  ) -> DoubleDouble {
    var sum = ExactSum(others.map { $0[keyPath: mass] })
    sum.add(self[keyPath: part])
    return sum.doubleDouble
  }

  /// (G − t(P, Q))/P of the sum of the terms t and the totals P and Q; nil where the
  /// totals differ so much that this would cancel.
  private func divergence(_ pTotal: DoubleDouble) -> DoubleDouble? {
    var sum = ExactSum()
    var gap = ExactSum()
    gap.add(p)
    gap.add(q, negated: true)
    for outcome in others {
      gap.add(outcome.p)
      gap.add(-outcome.q)
      let pair = MassPair(outcome.p, outcome.q)
      sum.add(KullbackLeibler.term(pair), timesPowerOfTwo: -pair.lift)
    }
    let terms = terms.pair
    let scale = -unit.binaryParts.exponent
    sum.add(terms, timesPowerOfTwo: scale)
    let all = sum.doubleDouble
    let d = gap.doubleDouble
    let ofTotals = KullbackLeibler.term(MassPair(a: pTotal, b: pTotal - d, d: d))
    guard ofTotals.high * 16 <= all.high else { return nil }
    return (all - ofTotals) / pTotal
  }
}
