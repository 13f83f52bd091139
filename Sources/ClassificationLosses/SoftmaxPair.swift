import InformationTheory

/// Two rows of logits, and how far their softmaxes p and q are apart.
///
/// All divergences are sums of terms that are not negative, functions of p and
/// t = log(q/p): the Kullback–Leibler terms are p·(eᵗ − 1 − t) and q·(e⁻ᵗ − 1 + t), and
/// the Jensen–Shannon term is √(p·q)·(h·sinh h − cosh h·log cosh h) with h = t/2. With k
/// the likeliest class of p and dⱼ the difference of both logits of a class, less that
/// of k, t = dⱼ − log(1 + s) with s = Σ p·(e^d − 1): nothing cancels where the rows
/// nearly agree.
struct SoftmaxPair {
  /// How far apart two distributions are, in nats.
  struct Divergences {
    /// D(p‖q).
    var forward = Wide.zero
    /// D(q‖p).
    var backward = Wide.zero
    var jensenShannon = Wide.zero
  }

  private(set) var first: SoftmaxRow
  private(set) var second: SoftmaxRow
  /// log(q/p) of a class; 0 where both are impossible.
  private var logRatios: [DoubleDouble]

  init(classCount: Int) {
    first = SoftmaxRow(classCount: classCount)
    second = first
    logRatios = Array(repeating: .zero, count: classCount)
  }

  /// Takes in a row of each.
  mutating func load<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ others: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) throws(InformationError) {
    try first.load(logits, row: row, layout)
    do throws(InformationError) {
      try second.load(others, row: row, layout)
    } catch {
      throw InformationError(
        error.code, argument: "otherLogits", index: error.index, error.message)
    }
    if !loadNear(logits, others, layout.offset(row), layout.stride) { loadFar() }
  }

  /// log(q/p) of a class that is possible in both rows.
  func logRatio(_ c: Int) -> Double { logRatios[c].high + 0 }

  /// Whether a class has a probability above 0, however small, in both rows.
  private func isShared(_ c: Int) -> Bool {
    first.depths[c].high > -.infinity && second.depths[c].high > -.infinity
  }

  /// The ratios of rows that do not disagree about the likeliest class.
  ///
  /// - Returns: False where they do; the ratios are then to be had by subtraction.
  private mutating func loadNear<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ others: Span<Scalar>, _ offset: Int, _ stride: Int
  ) -> Bool {
    let top = first.top
    let base = second.depths[top]
    guard base.high > -30 else { return false }
    let shift = Self.difference(others, logits, offset + top * stride)
    var excess = DoubleDouble.zero
    for c in 0..<first.classCount where c != top {
      guard second.depths[c].high > -.infinity else {
        excess = excess - first.powers[c]
        continue
      }
      let depth = second.depths[c] - base
      guard first.depths[c].high > -.infinity else {
        excess = excess + SoftmaxRow.power(depth)
        continue
      }
      let d =
        if let shift, let own = Self.difference(others, logits, offset + c * stride) {
          own - shift
        } else {
          depth - first.depths[c]
        }
      logRatios[c] = d
      excess =
        d.high.magnitude < 1
        ? excess + first.powers[c] * DoubleDouble.expm1(d)
        : excess + (SoftmaxRow.power(depth) - first.powers[c])
    }
    let s = excess / first.total
    guard s.high > -0.5 else { return false }
    let scale = DoubleDouble.log1p(s)
    logRatios[top] = .zero
    for c in 0..<first.classCount { logRatios[c] = logRatios[c] - scale }
    return true
  }

  /// The ratios of rows that are far apart.
  private mutating func loadFar() {
    let scale = first.logTotal.doubleDouble - second.logTotal.doubleDouble
    for c in 0..<first.classCount where isShared(c) {
      logRatios[c] = second.depths[c] - first.depths[c] + scale
    }
  }

  /// The difference of the logits at an index, exactly; nil where it is not finite.
  @inline(__always)
  private static func difference<Scalar: InformationScalar>(
    _ a: Span<Scalar>, _ b: Span<Scalar>, _ index: Int
  ) -> DoubleDouble? {
    let (x, y) = (Double(a[index]), Double(b[index]))
    return (x - y).isFinite ? .difference(x, y) : nil
  }
}

// MARK: - Divergences

extension SoftmaxPair {
  /// All three divergences of the rows that were taken in last.
  var divergences: Divergences {
    // Probabilities times 2²⁰⁰, as the powers are.
    let (wholeFirst, wholeSecond) = (Self.unlifted(first.total), Self.unlifted(second.total))
    var sums = (forward: DoubleDouble.zero, backward: DoubleDouble.zero, mixed: DoubleDouble.zero)
    var (isForwardInfinite, isBackwardInfinite) = (false, false)
    for c in 0..<first.classCount {
      let p = first.powers[c] / wholeFirst
      let q = second.powers[c] / wholeSecond
      guard isShared(c) else {
        if first.depths[c].high > -.infinity { isForwardInfinite = true }
        if second.depths[c].high > -.infinity { isBackwardInfinite = true }
        sums.forward = sums.forward + q
        sums.backward = sums.backward + p
        sums.mixed = sums.mixed + (p + q) * DoubleDouble.ln2 * 0.5
        continue
      }
      let t = logRatios[c]
      if t.high.magnitude < 1 {
        sums.forward = sums.forward + p * DoubleDouble.exponentialRemainder(t)
        sums.backward = sums.backward + q * DoubleDouble.exponentialRemainder(-t)
        sums.mixed = sums.mixed + p * Self.mixture(t)
      } else {
        sums.forward = sums.forward + (q - p - p * t)
        sums.backward = sums.backward + (p - q + q * t)
        sums.mixed = sums.mixed + (t.high > 0 ? Self.mixture(q, p, -t) : Self.mixture(p, q, t))
      }
    }
    return Divergences(
      forward: isForwardInfinite ? .infinity : Self.lowered(sums.forward),
      backward: isBackwardInfinite ? .infinity : Self.lowered(sums.backward),
      jensenShannon: Self.lowered(sums.mixed))
  }

  private static func unlifted(_ total: DoubleDouble) -> DoubleDouble {
    total.scaled(byPowerOfTwo: -SoftmaxRow.lift)
  }

  private static func lowered(_ sum: DoubleDouble) -> Wide {
    Wide(sum, exponent: -SoftmaxRow.lift)
  }

  /// eʰ·(h·sinh h − cosh h·log cosh h) with h = t/2, for |t| < 1.
  private static func mixture(_ t: DoubleDouble) -> DoubleDouble {
    let h = t * 0.5
    let growth = DoubleDouble.expm1(h)
    let power = growth + 1
    let shrunk = growth / power
    let sine = (growth + shrunk) * 0.5
    let bulge = growth * shrunk * 0.5  // cosh h − 1
    return power * (h * sine - (bulge + 1) * DoubleDouble.log1p(bulge))
  }

  /// ½·[p·log(2/(1 + eᵗ)) + q·log(2/(1 + e⁻ᵗ))] for t = log(q/p) ≤ −1.
  private static func mixture(
    _ p: DoubleDouble, _ q: DoubleDouble, _ t: DoubleDouble
  ) -> DoubleDouble {
    let missing = DoubleDouble.ln2 - DoubleDouble.log1p(DoubleDouble.exp(t))
    return ((p + q) * missing + q * t) * 0.5
  }
}
