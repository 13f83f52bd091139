/// The totals of two lists of masses of the same outcomes, and the factors that
/// bring both to one scale.
struct PairTotals: Sendable {
  let p: MassTotals
  let q: MassTotals
  /// What to multiply each mass of p and of q with, so that both then sum to
  /// `weight`: 1 and 1 where the totals agree.
  let pFactor: DoubleDouble
  let qFactor: DoubleDouble
  let weight: DoubleDouble
  /// qFactor − pFactor, right to 106 bits of its own.
  let drift: Term
  /// How the totals compare, which decides how differences are computed.
  let kind: Kind
  /// The factors as numbers in 1 ..< 2 and powers of two, where no low part is below the
  /// doubles.
  let significands: (p: DoubleDouble, q: DoubleDouble)
  let shifts: (p: Int, q: Int)

  enum Kind {
    /// The totals are the same number: masses compare as they are.
    case equal
    /// They differ by a part in 2³⁰ or less, as those of probabilities do.
    case close
    /// They differ more, as those of counts do.
    case apart
  }

  init(_ p: MassTotals, _ q: MassTotals) {
    self.p = p
    self.q = q
    guard p.expansion != q.expansion else {
      (pFactor, qFactor, weight, drift, kind) = (.one, .one, p.total, Term(.zero), .equal)
      (significands, shifts) = ((.one, .one), (0, 0))
      return
    }
    // p·Q and q·P, without the powers of two that would push small masses down, but for
    // those that keep the larger factor and the weight among the doubles.
    let exponents = (p.total.high.binaryParts.exponent, q.total.high.binaryParts.exponent)
    let (low, high) = (min(exponents.0, exponents.1), max(exponents.0, exponents.1))
    let scale = min(-low, 1000 - high, 1000 - low - high)
    pFactor = q.total.scaled(byPowerOfTwo: scale)
    qFactor = p.total.scaled(byPowerOfTwo: scale)
    weight = p.total * pFactor
    var difference = ExactSum()
    for part in p.expansion { difference.add(part, timesPowerOfTwo: scale) }
    for part in q.expansion { difference.add(-part, timesPowerOfTwo: scale) }
    drift = difference.term
    let isClose = drift.exponent < 0 || drift.value.high.magnitude < 0x1p-30 * pFactor.high
    kind = isClose ? .close : .apart
    significands = (
      q.total.scaled(byPowerOfTwo: -exponents.1), p.total.scaled(byPowerOfTwo: -exponents.0)
    )
    shifts = (exponents.1 + scale, exponents.0 + scale)
  }

  /// The weight as a number in 1 ..< 2 and a power of two, for sums of what could
  /// leave the range.
  var scaledWeight: (value: DoubleDouble, exponent: Int) {
    let exponent = weight.high.binaryParts.exponent
    return (weight.scaled(byPowerOfTwo: -exponent), exponent)
  }

  /// Checks two lists of probabilities of the same outcomes.
  init<Scalar: InformationScalar>(
    normalized p: Span<Scalar>, _ q: Span<Scalar>
  ) throws(InformationError) {
    let (p, q) = (
      try MassTotals(normalized: p, argument: "p"), try MassTotals(normalized: q, argument: "q")
    )
    try InformationError.demandSameCount(p.count, q.count)
    self.init(p, q)
  }
}

extension InformationError {
  static func demandSameCount(_ p: Int, _ q: Int) throws(InformationError) {
    guard p == q else {
      throw InformationError(
        .sizeMismatch, argument: "q",
        "p has \(p) outcomes and q has \(q): both must list the same outcomes")
    }
  }
}

/// The masses a and b that two distributions give one outcome, on one scale, with
/// their difference: exact where the masses are as they came, and otherwise with
/// the 106 bits that let nearly equal distributions keep their digits.
struct MassPair {
  var a: DoubleDouble
  var b: DoubleDouble
  /// a − b.
  var d: DoubleDouble
  /// a and b have been multiplied by 2 to this power.
  let lift: Int
  /// log(a/b) of masses so far apart that the smaller one has lost digits; 0 of others.
  ///
  /// The smaller one is still above 0, and too small beside the other to be seen in a sum.
  private(set) var farLogRatio = DoubleDouble.zero

  /// Creates the pair of two masses that are on one scale already.
  @inline(__always)
  init(_ p: Double, _ q: Double) {
    lift = Self.lift(p, q, (0, 0))
    let (x, y) = lift == 0 ? (p, q) : (p.scaled(byPowerOfTwo: lift), q.scaled(byPowerOfTwo: lift))
    a = DoubleDouble(x)
    b = DoubleDouble(y)
    d = .difference(x, y)
    if lift != 0 { keepFarRatio(p, q, logFactor: .zero) }
  }

  /// Creates the pair of two masses of distributions with the given totals.
  @inline(__always)
  init(_ p: Double, _ q: Double, _ totals: PairTotals) {
    if totals.kind == .equal {
      self.init(p, q)
    } else {
      self.init(p, q, scaledBy: totals)
    }
  }

  @inline(__always)
  private init(_ p: Double, _ q: Double, scaledBy totals: PairTotals) {
    let shifts = totals.shifts
    lift = Self.lift(p, q, shifts)
    // The powers of two of lift and factor at once, so that nothing is lost between them.
    let x = p.scaled(byPowerOfTwo: lift + shifts.p)
    let y = q.scaled(byPowerOfTwo: lift + shifts.q)
    let (pFactor, qFactor) = totals.significands
    let xHigh = DoubleDouble.product(x, pFactor.high)
    let yHigh = DoubleDouble.product(y, qFactor.high)
    let xLow = DoubleDouble.product(x, pFactor.low)
    let yLow = DoubleDouble.product(y, qFactor.low)
    a = xHigh + xLow
    b = yHigh + yLow
    if totals.kind == .close {
      // (x − y)·Q − y·(P − Q): both products small, both with all their digits, of which next
      // to a point mass only the last are left.
      let gap = DoubleDouble.difference(x, q.scaled(byPowerOfTwo: lift + shifts.p))
      let drift = totals.drift.value.scaled(byPowerOfTwo: totals.drift.exponent)
      let mass = q.scaled(byPowerOfTwo: lift)
      let (left, right) = (
        DoubleDouble.product(gap.high, pFactor.high), DoubleDouble.product(mass, drift.high)
      )
      let low =
        DoubleDouble.product(gap.high, pFactor.low) + DoubleDouble.product(gap.low, pFactor.high)
      let rest = low + gap.low * pFactor.low - .product(mass, drift.low)
      d = .difference(left.high, right.high) + (.difference(left.low, right.low) + rest)
    } else {
      d =
        .difference(xHigh.high, yHigh.high)
        + (.difference(xHigh.low, yHigh.low) + (xLow - yLow))
    }
    keepFarRatio(p, q, logFactor: totals.q.logTotal - totals.p.logTotal)
  }

  /// Takes log(a/b) from masses of which one is too small here, or has become 0.
  private mutating func keepFarRatio(_ p: Double, _ q: Double, logFactor: DoubleDouble) {
    guard min(a.high, b.high) < 0x1p-800 && p > 0 && q > 0 else { return }
    farLogRatio = (DoubleDouble.log(p) - .log(q)) + logFactor
    if a.high == 0 { a = DoubleDouble(.leastNonzeroMagnitude) }
    if b.high == 0 { b = DoubleDouble(.leastNonzeroMagnitude) }
  }

  /// A pair made of parts, for a term of a term.
  init(a: DoubleDouble, b: DoubleDouble, d: DoubleDouble) {
    self.a = a
    self.b = b
    self.d = d
    lift = 0
  }

  /// The pair with b·(1 + drift) in the place of b.
  func withSecond(scaledBy drift: DoubleDouble) -> MassPair {
    var pair = self
    pair.b = b + b * drift
    pair.d = d - b * drift
    return pair
  }

  /// The pair with the roles of the two distributions exchanged.
  var reversed: MassPair {
    var pair = MassPair(a: b, b: a, d: -d)
    pair.farLogRatio = -farLogRatio
    return pair
  }

  /// The pair with another logarithm in the place of log(a/b), where that is far.
  func withFarLogRatio(_ log: DoubleDouble) -> MassPair {
    var pair = self
    pair.farLogRatio = log
    return pair
  }

  /// Whether the smaller mass is nothing beside the larger one, but in their quotient.
  var isFar: Bool { farLogRatio.high != 0 }

  /// By which power of two to lift two masses, times two to the shifts, so that nothing
  /// computed with them leaves the doubles: none, unless one is far from the square root of
  /// the smallest normal or of the largest double.
  @inline(__always)
  private static func lift(_ p: Double, _ q: Double, _ shifts: (p: Int, q: Int)) -> Int {
    if p == 0 || q == 0 {
      let (mass, shift) = p == 0 ? (q, shifts.q) : (p, shifts.p)
      if mass == 0 { return 0 }
      let exponent = mass.binaryParts.exponent + shift
      return exponent.magnitude <= 400 ? 0 : -exponent
    }
    let (i, j) = (p.binaryParts.exponent + shifts.p, q.binaryParts.exponent + shifts.q)
    let (small, large) = (min(i, j), max(i, j))
    if large.magnitude <= 400 && small >= -800 { return 0 }
    return large - small > 700 ? 200 - large : -large
  }

  /// s = (a − b)/(a + b), between −1 and 1.
  @inline(__always)
  var relativeDifference: DoubleDouble { d / (a + b) }

  /// (a − b)/b of positive masses, which may be beyond all doubles.
  var excess: Term {
    if isFar { return .expm1(farLogRatio) }
    let exponent = b.high.binaryParts.exponent
    return Term(d / b.scaled(byPowerOfTwo: -exponent), exponent: -exponent)
  }

  /// log(a/b) of positive masses, with full relative accuracy near a = b.
  @inline(__always)
  var logRatio: DoubleDouble {
    if isFar { return farLogRatio }
    let s = relativeDifference
    guard s.high.magnitude <= 0.125 else { return .logOfQuotient(a, b) }
    // 2 atanh s = 2s(1 + z/3 + z²/5 + …), z = s² ≤ 2⁻⁶.
    let z = s * s
    let x = z.high
    let bracket = DoubleDouble.one + (z * .third + x * x * Self.atanhTail(x))
    return s * bracket * 2
  }

  /// The masses with all their digits, though one of them be below all doubles.
  var masses: (a: Term, b: Term) {
    let (x, y) = (Term(a), Term(b))
    guard isFar else { return (x, y) }
    return a.high > b.high
      ? (x, x.normalized * .exp(-farLogRatio)) : (y.normalized * .exp(farLogRatio), y)
  }

  /// The logarithm of the first mass without the lift.
  var logOfFirst: DoubleDouble {
    if a.high >= b.high { return .log(a, timesPowerOfTwo: -lift) }
    return .log(b, timesPowerOfTwo: -lift) + logRatio
  }

  /// 1/5 + z/7 + z²/9 + … for 0 ≤ z ≤ 2⁻⁶: what the series of atanh has after its
  /// first two terms.
  @inline(__always)
  static func atanhTail(_ z: Double) -> Double {
    var tail = 1.0 / 23
    tail = tail * z + 1.0 / 21
    tail = tail * z + 1.0 / 19
    tail = tail * z + 1.0 / 17
    tail = tail * z + 1.0 / 15
    tail = tail * z + 1.0 / 13
    tail = tail * z + 1.0 / 11
    tail = tail * z + 1.0 / 9
    tail = tail * z + 1.0 / 7
    return tail * z + 1.0 / 5
  }
}

// MARK: - Sums over outcomes

extension PairTotals {
  /// Sums a term over all outcomes and divides by the weight.
  ///
  /// This is the form in which every f-divergence is written.
  ///
  /// - Parameters:
  ///   - p: The masses of one distribution.
  ///   - q: The masses of the other.
  ///   - lift: By which power of two to lift the result, so that one below the
  ///     smallest normal number keeps its digits for what is done with it.
  ///   - term: What an outcome adds; homogeneous of degree 1 in the masses.
  /// - Returns: The sum times 2 to the power `lift`; +∞ where a term is.
  @inline(__always)
  func sum<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, liftedBy lift: Int = 0, _ term: (MassPair) -> Term
  ) -> DoubleDouble {
    let (weight, scale) = scaledWeight
    var sum = ExactSum()
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      if x == 0 && y == 0 { continue }
      let pair = MassPair(x, y, self)
      let value = term(pair)
      let shift = value.exponent - pair.lift + lift - scale
      guard value.value.high.isFinite && !value.overflows(timesPowerOfTwo: shift) else {
        return .infinity
      }
      sum.add(value.value, timesPowerOfTwo: shift)
    }
    let total = sum.doubleDouble
    return total.high.isFinite ? total / weight : .infinity
  }

  /// The logarithm of such a sum, which may be below the doubles by 2¹⁰²⁴; −∞ of 0.
  @inline(__always)
  func logOfSum<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ term: (MassPair) -> Term
  ) -> DoubleDouble {
    for lift in [0, 1000, 2100] {
      let sum = sum(p, q, liftedBy: lift, term)
      if sum.high > 0x1p-900 { return .log(sum, timesPowerOfTwo: -lift) }
    }
    return -.infinity
  }
}
