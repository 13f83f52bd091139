public import InformationTheory

/// What becomes of probabilities so near 0 or 1 that their logarithm is out of hand.
///
/// The default changes nothing: the loss of a target that has no probability is +∞. The
/// others are what frameworks do.
public struct LogFloor: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case none
    case logarithm(Double)
    case probability(Double)
  }

  package let kind: Kind

  /// What p(1 − p) counts as at least beside a least logarithm: 10⁻¹² in single precision, as
  /// PyTorch has it in either type.
  package static let leastSpread = 0x1.197998p-40

  /// Nothing is changed.
  public static let none = Self(kind: .none)

  /// No logarithm is below a number, and the derivative is
  /// (p − t)/max(p(1 − p), 10⁻¹²), which is not that of the loss.
  ///
  /// - Parameter least: The lowest logarithm, negative and finite.
  /// - Returns: The policy.
  /// - Precondition: `least` is negative and finite.
  public static func logarithm(_ least: Double) -> Self {
    precondition(least < 0 && least.isFinite, "LogFloor.logarithm: negative and finite")
    return Self(kind: .logarithm(least))
  }

  /// Probabilities are brought into ε … 1 − ε, in the arithmetic of their type; what
  /// lies outside has the derivative 0.
  ///
  /// - Parameter epsilon: The lowest probability, in 0 ..< ½.
  /// - Returns: The policy.
  /// - Precondition: `epsilon` is in 0 ..< ½.
  public static func epsilon(_ epsilon: Double) -> Self {
    precondition(epsilon >= 0 && epsilon < 0.5, "LogFloor.epsilon: in 0 ..< 0.5")
    return Self(kind: .probability(epsilon))
  }
}

/// Cross-entropy of a probability with a target.
private struct ProbabilityCrossEntropy: TermwiseLoss {
  let floor: LogFloor
  /// The lowest and the highest probability.
  let range: (low: Double, high: Double)

  init<Scalar: InformationScalar>(_ floor: LogFloor, for type: Scalar.Type) {
    self.floor = floor
    if case .probability(let epsilon) = floor.kind {
      range = (Double(Scalar(epsilon)), Double(1 - Scalar(epsilon)))
    } else {
      range = (0, 1)
    }
  }

  struct Term: LossTerm {
    /// p and 1 − p, with the logarithms.
    let p: Wide
    let q: Wide
    let surprisal: Wide
    let otherSurprisal: Wide
    let target: Wide
    let other: Wide
    let floorsSlope: Bool
    let isClipped: Bool

    var loss: Wide { target * surprisal + other * otherSurprisal }
    /// (p − t)/(p(1 − p)); at p = 0 and p = 1 its limit.
    var slope: Wide {
      if isClipped { return .zero }
      let difference = other * p - target * q
      if floorsSlope {
        let spread = p * q
        let least = LogFloor.leastSpread
        return difference / (spread.rounded < least ? Wide(least) : spread)
      }
      if p.isZero { return target.isZero ? other : -.infinity }
      if q.isZero { return other.isZero ? -target : .infinity }
      return difference / p / q
    }
    var targetSlope: Wide {
      if surprisal.isInfinite { return .infinity }
      if otherSurprisal.isInfinite { return -.infinity }
      return surprisal - otherSurprisal
    }
    var curvature: Wide {
      if isClipped { return .zero }
      var sum = Wide.zero
      if !target.isZero { sum = sum + (p.isZero ? .infinity : target / p / p) }
      if !other.isZero { sum = sum + (q.isZero ? .infinity : other / q / q) }
      return sum
    }
  }

  func term(_ x: Double, _ t: Double, at index: Int) throws(InformationError) -> Term {
    try InformationError.demandProbability(x, "probabilities", at: index)
    try InformationError.demandProbability(t, "targets", at: index)
    let p = min(max(x, range.low), range.high)
    let q = DoubleDouble.difference(1, p)
    var surprisal = p == 0 ? Wide.infinity : Wide(-DoubleDouble.log(p))
    var other = q.high == 0 ? Wide.infinity : -Wide.log1p(Wide(-p))
    var floorsSlope = false
    if case .logarithm(let least) = floor.kind {
      floorsSlope = true
      if surprisal.rounded > -least { surprisal = Wide(-least) }
      if other.rounded > -least { other = Wide(-least) }
    }
    return Term(
      p: Wide(p), q: Wide(q), surprisal: surprisal, otherSurprisal: other, target: Wide(t),
      other: Wide(.difference(1, t)), floorsSlope: floorsSlope, isClipped: p != x)
  }
}

/// Returns the binary cross-entropy of probabilities with targets, and its gradient.
///
/// With probability p, target t and weight u an element loses
/// `u·[t·(−log p) + (1 − t)·(−log(1 − p))]` nats; the derivative by p is
/// `u·(p − t)/(p(1 − p))`. Prefer logits where there are any: a probability near 1 has
/// lost what they know. `0·∞ = 0`.
///
/// - Parameters:
///   - probabilities: The probability of the positive class of each element, in 0 … 1.
///   - targets: The true probability, in 0 … 1.
///   - weights: A weight u for each element, in 0 … 2³⁰⁰.
///   - logFloor: What becomes of probabilities near 0 and 1; by default nothing.
///   - reduction: What the value and the gradient are divided by; `.weightedMean`
///     divides by the sum of u.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the probabilities, infinite where the loss is.
///   - targetGradient: Receives the derivatives by the targets, log(1 − p) − log p.
///   - hessianDiagonal: Receives the second derivatives by the probabilities.
///   - rowLosses: Receives the loss of each element, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `notFinite` or `badParameter` and the
///   index of the element, or `empty` or `zeroTotal` where there is nothing to take a
///   mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: losses and derivatives are within 1 ulp (`binary-probabilities.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func binaryCrossEntropy<Scalar: InformationScalar>(
  probabilities: Span<Scalar>, targets: Span<Scalar>, weights: Span<Scalar>? = nil,
  logFloor: LogFloor = .none, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing, gradient: consuming MutableSpan<Scalar>? = nil,
  targetGradient: consuming MutableSpan<Scalar>? = nil,
  hessianDiagonal: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  var pass = try TermwisePass(
    ProbabilityCrossEntropy(logFloor, for: Scalar.self),
    ClassLayout(logitCount: probabilities.count, classCount: 1, stride: 1), weights: weights,
    "weights", reduction, empty)
  try pass.run(
    probabilities, targets, weights: weights, gradient: &gradient,
    targetGradient: &targetGradient, hessianDiagonal: &hessianDiagonal, rowLosses: &rowLosses)
  return pass.result
}
