// Entropies of whole numbers that have no closed form: sums, with a bound of what is left out.

extension ParametricDistribution {
  /// How many terms a sum may have, a few seconds' worth.
  static let mostTerms = 100_000.0

  /// About how many terms the entropy needs, 0 where it has a closed form.
  ///
  /// Tails end where they are below 2⁻¹⁹²: 18 standard deviations from the mean of a normal
  /// number, and 150 times the mean of an exponential one.
  var termCount: Double {
    switch self {
    case .binomial(let trials, let probability):
      return probability > 0 && probability < 1 ? Double(trials) : 0
    case .poisson(let rate): return 36 * rate.squareRoot() + 100
    case .negativeBinomial(let successes, let probability):
      let failure = 1 - probability
      return (successes * failure + 18 * (successes * failure).squareRoot() + 150) / probability
    default: return 0
    }
  }

  /// The entropy in nats as a sum; nil where it has a closed form.
  func summedEntropy<A: Arithmetic>(in a: A) -> A.Number? {
    switch self {
    case .binomial(let trials, let probability): a.binomialEntropy(trials, probability)
    case .poisson(let rate): a.poissonEntropy(rate)
    case .negativeBinomial(let successes, let probability):
      a.negativeBinomialEntropy(successes, probability)
    default: nil
    }
  }
}

extension Arithmetic {
  /// `n·h(p) − log n! + E (log K! + log (n − K)!)`, all n + 1 terms.
  fileprivate func binomialEntropy(_ trials: Int, _ probability: Double) -> Number {
    if probability == 0 || probability == 1 { return zero }
    let (n, p) = (number(Double(trials)), number(probability))
    var logs = [zero]
    for k in 1...trials { logs.append(logs[k - 1] + log(Double(k))) }
    let odds = p / (one - p)
    var (mass, terms) = ((n * (-p).log1p()).exp(), sum())
    for k in 0...trials {
      terms.add(mass * (logs[k] + logs[trials - k]))
      mass = mass * number(Double(trials - k)) / number(Double(k + 1)) * odds
    }
    return n * binaryEntropy(probability) - logs[trials] + terms.total
  }

  /// `λ − λ·log λ + E log K!`, summed from the mode in both directions.
  ///
  /// With p for the masses: beyond k, log K! ≤ K², and p·K² falls by at least q = λ(k + 1)/k²
  /// from each to the next, so that the rest is below p(k)·k²·q/(1 − q). Before k, log K! and
  /// the masses fall, the latter by at least q = k/λ, and the rest is below p(k)·log k!·q/(1 − q).
  fileprivate func poissonEntropy(_ rate: Double) -> Number {
    let (lambda, mode) = (number(rate), rate.rounded(.down))
    let logAtMode = number(mode + 1).logGamma()
    let massAtMode = (number(mode) * lambda.log() - lambda - logAtMode).exp()
    if massAtMode.isUnbounded { return massAtMode }
    let least = Swift.min(0, lambda.ball.reach)
    var terms = sum()

    var (k, mass, logFactorial, rest) = (mode, massAtMode, logAtMode, zero)
    while true {
      terms.add(mass * logFactorial)
      let (x, next) = (number(k), number(k + 1))
      rest = geometricRest(mass * x * x, next * lambda, x * x)
      if isNothing(rest, beside: least) { break }
      (k, mass, logFactorial) = (k + 1, mass * lambda / next, logFactorial + next.log())
    }
    (k, mass, logFactorial) = (mode, massAtMode, logAtMode)
    var restBelow = zero
    while k > 1 {
      let x = number(k)
      (k, mass, logFactorial) = (k - 1, mass * x / lambda, logFactorial - x.log())
      terms.add(mass * logFactorial)
      restBelow = geometricRest(mass * logFactorial, number(k), lambda)
      if isNothing(restBelow, beside: least) { break }
      restBelow = zero
    }
    let allowance = half(rest + restBelow)
    return lambda - lambda * lambda.log() + (terms.total + allowance).widened(by: allowance)
  }

  /// `−r·log p − (rp̄/p)·log p̄ − E f(K)`, f(k) = log(Γ(k + r)/(k!·Γ(r))), p̄ = 1 − p.
  ///
  /// f(k) is the sum of log((j + r − 1)/j) over j = 1 … k, none of them farther from 0 than
  /// log r: |f(k)| ≤ k·|log r|. Beyond k, mass times K falls by at least q = p̄(k + r)/k from
  /// each to the next, so that the rest is below p(k)·k·|log r|·q/(1 − q). Neither r nor p is 1.
  fileprivate func negativeBinomialEntropy(_ successes: Double, _ probability: Double) -> Number {
    let (r, p) = (number(successes), number(probability))
    let (failure, logOfFailure) = (one - p, (-p).log1p())
    let slope = r.log().magnitude
    let least = Swift.min(0, (r * failure).ball.reach)
    var (k, mass, logCount, rest) = (0.0, (r * p.log()).exp(), zero, zero)
    var terms = sum()
    if mass.isUnbounded { return mass }
    while true {
      terms.add(mass * logCount)
      let (x, next) = (number(k), number(k + 1))
      rest = geometricRest(mass * x * slope, failure * (x + r), x)
      // The masses grow up to the mode.
      if k > 0 && isNothing(rest, beside: least) { break }
      logCount = logCount + ((r - one) / next).log1p()
      (k, mass) = (k + 1, mass * failure * (x + r) / next)
      if mass.isUnbounded { return mass }
    }
    return -(r * p.log()) - r * failure / p * logOfFailure
      - (terms.total + zero).widened(by: rest)
  }

  /// `x·q/(1 − q)` with q = a/b: an upper bound of x·(q + q² + …), unbounded where q may be 1.
  private func geometricRest(_ x: Number, _ a: Number, _ b: Number) -> Number {
    let room = b - a
    return room.ball.isPositive ? x * a / room : one / zero
  }

  /// Whether a bound is below the last bit of numbers of a size, a power of two.
  private func isNothing(_ bound: Number, beside size: Int) -> Bool {
    let ball = bound.ball
    return !ball.isUnbounded && ball.reach < size - bits
  }
}
