import CInformationKernels

/// D(p‖q) as the sum of `a log(a/b) − a + b`, of which no term is negative.
struct KullbackLeibler: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Term(Self.term(pair)) }

  /// t(a, b) = a log(a/b) − a + b ≥ 0, and 0 only at a = b.
  ///
  /// Near a = b, where subtracting would lose every digit, with s = (a−b)/(a+b)
  /// and z = s²: t = (a − b)·s·(1 + (s + z)·(1/3 + z/5 + z²/7 + …)), from
  /// a = m(1+s), b = m(1−s), t = 2m((1+s) atanh s − s). All factors keep their
  /// relative accuracy; the error is below 2⁻⁶².
  @inline(__always)
  static func term(_ pair: MassPair) -> DoubleDouble {
    if pair.a.high == 0 { return pair.b }
    if pair.b.high == 0 { return .infinity }
    let s = pair.relativeDifference
    guard s.high.magnitude <= 0.125 else {
      let log = pair.isFar ? pair.farLogRatio : .logOfQuotient(pair.a, pair.b)
      return pair.a * log - pair.d
    }
    let z = s * s
    let w = s + z
    let bracket = DoubleDouble.one + (w * .third + w.high * z.high * MassPair.atanhTail(z.high))
    return pair.d * s * bracket
  }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    (Term(pair.logRatio), -pair.excess)
  }
}

extension KullbackLeibler: VectorizedDivergence {
  var errorOfFew: Double? { 0x1p-61 }

  /// (G − t(P, Q))/P of the sum of the terms t and the totals P and Q.
  func fromKernels<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    if p.count <= measure_kernel_few_outcomes {
      return try Self.ofFew(p, q, tolerance: tolerance)
    }
    let sums = try PairTally.scaled(p, q, .klDivergence, stopsEarly: tolerance != nil)
    guard let (tally, scale) = sums, tally.isNormalized(within: tolerance) else { return nil }
    let (total, gap) = (tally.pTotal, tally.totalsGap)
    let terms = tally.sum(scale: scale + 6, Self.term)
    let ofTotals = Self.term(MassPair(a: total, b: total - gap, d: gap))
    // Totals that differ much would cancel.
    return ofTotals.high * 16 <= terms.high ? (terms - ofTotals) / total : nil
  }

  /// The same of so few outcomes that kernels take rows of them side by side; the kernel of many
  /// rows makes the same bits.
  ///
  /// The totals differ so little that t(P, Q) = (P − Q)·s·(1 + s/3), s = (P − Q)/(P + Q).
  private static func ofFew<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, tolerance: Double?
  ) throws(InformationError) -> DoubleDouble? {
    let tally = try PairTally(p, q, .fineKLDivergence, stopsEarly: false)
    guard let tally, tally.others.isEmpty, tally.isNormalized(within: tolerance) else {
      return nil
    }
    let (total, gap) = (tally.pTotal, tally.totalsGap.high)
    guard gap.magnitude <= 0x1p-16 else { return nil }
    let terms = tally.sum(scale: 6, term)
    let s = gap / (total.high + tally.qTotal.high)
    let ofTotals = gap * s * (1 + s * (1.0 / 3))
    let divergence = (terms + -ofTotals) / total
    return ofTotals * 0x1p30 <= divergence.high ? divergence : nil
  }
}

/// D(q‖p).
struct ReverseKullbackLeibler: SmoothDivergence {
  func term(_ pair: MassPair) -> Term { Term(KullbackLeibler.term(pair.reversed)) }

  func partials(_ pair: MassPair) -> (a: Term, b: Term) {
    (-pair.reversed.excess, Term(-pair.logRatio))
  }
}

extension Categorical {
  /// Returns the Kullback–Leibler divergence of this distribution from another.
  ///
  /// `D(p‖q) = Σᵢ pᵢ log(pᵢ/qᵢ)`, also called relative entropy. It is summed as
  /// `Σ pᵢ log(pᵢ/qᵢ) − pᵢ + qᵢ`, whose terms are never negative and do not
  /// cancel, of the exactly normalised masses.
  ///
  /// - Parameters:
  ///   - q: The reference distribution, of the same outcomes.
  ///   - support: What to do where p has mass and q has none.
  /// - Returns: A value in 0 … +∞; exactly 0 where p = q. `0·log(0/q) = 0`, and
  ///   `p·log(p/0) = +∞`.
  /// - Throws: ``InformationError`` with the code `sizeMismatch`, `unlabelled`,
  ///   or what the support policy throws.
  /// - Accuracy: within 1 ulp (`kl-divergence.json`), at every distance of p and q.
  /// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.26.
  public func klDivergence(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try KullbackLeibler().value(of: self, from: q, support: support))
  }

  /// Returns the Kullback–Leibler divergence of another distribution from this one.
  ///
  /// `D(q‖p) = Σᵢ qᵢ log(qᵢ/pᵢ)`, with the contract of ``klDivergence(from:support:)``.
  ///
  /// - Parameters:
  ///   - q: The other distribution, of the same outcomes.
  ///   - support: What to do where q has mass and p has none.
  /// - Returns: A value in 0 … +∞.
  /// - Throws: ``InformationError``, as ``klDivergence(from:support:)``.
  public func reverseKLDivergence(
    from q: Categorical, support: SupportPolicy = .infinite
  ) throws(InformationError) -> Information {
    Information(try ReverseKullbackLeibler().value(of: self, from: q, support: support))
  }
}

/// Returns the Kullback–Leibler divergence of one list of probabilities from another.
///
/// `D(p‖q) = Σᵢ pᵢ log(pᵢ/qᵢ)`, with the contract of
/// ``Categorical/klDivergence(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Reference probabilities of the same outcomes.
///   - support: What to do where p has mass and q has none.
/// - Returns: A value in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with p or q.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try KullbackLeibler().value(ofNormalized: p, from: q, support: support))
}

/// Returns the Kullback–Leibler divergence of the second list from the first.
///
/// `D(q‖p) = Σᵢ qᵢ log(qᵢ/pᵢ)`, with the contract of
/// ``Categorical/klDivergence(from:support:)``.
///
/// - Parameters:
///   - p: Probabilities, length n ≥ 1, summing to 1 within n·ε.
///   - q: Probabilities of the same outcomes.
///   - support: What to do where q has mass and p has none.
/// - Returns: A value in 0 … +∞; exactly 0 where p = q.
/// - Throws: ``InformationError`` for what is wrong with p or q.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func reverseKLDivergence<Scalar: InformationScalar>(
  of p: Span<Scalar>, from q: Span<Scalar>, support: SupportPolicy = .infinite
) throws(InformationError) -> Information {
  Information(try ReverseKullbackLeibler().value(ofNormalized: p, from: q, support: support))
}
