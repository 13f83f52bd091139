/// The gradient of a function of S = Σ p̂^α q̂^(1−α) where S is far from 1, made of the shares
/// w = p̂^α q̂^(1−α)/S of its terms.
///
/// The derivatives are c·α/β·(w/p̂ − 1) and c·(1 − w/q̂), β = α − 1: c is 1 for Rényi's
/// divergence, S for Tsallis's, S/α for the α-divergence. Nothing but c can leave the
/// doubles, and no digit of S is lost.
struct PowerSumGradient {
  private let beta: DoubleDouble
  private let logSum: DoubleDouble
  private let logWeight: DoubleDouble
  private let factorOfP: Term
  private let factorOfQ: Term

  /// What the shares are multiplied with.
  enum Factor {
    case number(DoubleDouble)
    /// S over a number.
    case sum(over: DoubleDouble)
  }

  init<Scalar: InformationScalar>(
    _ power: PowerDivergence, _ p: Span<Scalar>, _ q: Span<Scalar>, _ totals: PairTotals,
    factor: Factor
  ) {
    beta = power.beta
    logSum = RenyiDivergence.logPowerSum(p, q, totals, alpha: power.alpha, beta: beta)
    logWeight = .log(totals.weight)
    switch factor {
    case .number(let number): factorOfQ = Term(number).normalized
    case .sum(let divisor): factorOfQ = .exp(logSum) / Term(divisor).normalized
    }
    factorOfP = factorOfQ * Term(power.alpha / beta).normalized
  }

  /// The derivatives by the probabilities of an outcome.
  func slopes(_ pair: MassPair) -> (p: Term, q: Term) {
    let ratio = pair.logRatio
    let logP = pair.logOfFirst - logWeight
    // A share is at most 1, whatever rounding makes of it.
    let logShare = min(logP + ratio * beta - logSum, .zero)
    let (overP, overQ) = (logShare - logP, logShare - logP + ratio)
    return (
      factorOfP * Term.expm1(overP).normalized, -(factorOfQ * Term.expm1(overQ).normalized)
    )
  }
}
