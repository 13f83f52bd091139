/// A real number known to lie between two bounds.
///
/// Every quantity of this module is written once, over this protocol, and evaluated in
/// pairs of doubles first and in balls of any precision where those do not decide it.
/// An operation returns bounds of the exact result for all reals within the bounds of its
/// operands; where it cannot, the result has no bounds and says so by ``isUnbounded``.
protocol Enclosure: Sendable {
  /// An exact accumulator of such numbers.
  associatedtype Sum: EnclosureSum where Sum.Number == Self

  static func + (x: Self, y: Self) -> Self
  static func - (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  static func / (x: Self, y: Self) -> Self
  static prefix func - (x: Self) -> Self

  /// The square root of a number that is not negative.
  func squareRoot() -> Self
  /// The natural logarithm of a positive number.
  func log() -> Self
  /// log(1 + x), with full relative accuracy near 0.
  func log1p() -> Self
  func exp() -> Self
  /// eˣ − 1, with full relative accuracy near 0.
  func expm1() -> Self
  /// The logarithm of Γ at a positive number.
  func logGamma() -> Self
  /// The derivative of the logarithm of Γ at a positive number.
  func digamma() -> Self
  /// The second derivative of the logarithm of Γ at a positive number.
  func trigamma() -> Self
  /// erf x = 2/√π · ∫₀ˣ exp(−t²) dt.
  func errorFunction() -> Self
  /// The term p·log(p/q) − p + q of two positive numbers.
  ///
  /// It is never negative; where p ≈ q it is small, and its relative accuracy survives.
  static func divergence(_ p: Self, _ q: Self) -> Self
  /// The same of numbers whose difference p − q is known better than from the two.
  static func divergence(_ p: Self, _ q: Self, difference: Self) -> Self

  /// |x|: the centre's sign goes, and the distance to it can only shrink.
  var magnitude: Self { get }
  /// The larger of two numbers.
  static func maximum(_ x: Self, _ y: Self) -> Self
  /// The number times 2ᵏ.
  func scaled(byPowerOfTwo k: Int) -> Self
  /// The number, and all that are no farther from it than the magnitude of another.
  func widened(by other: Self) -> Self

  /// Whether nothing is known about the number.
  var isUnbounded: Bool { get }
  /// Whether it is known to be 0.
  var isZero: Bool { get }
  /// A double near the number, for choices that need not be right.
  var approximation: Double { get }
  /// The number as a ball, which is how results leave.
  var ball: Ball { get }
}

/// An exact sum: its result depends on the terms alone, never on their order.
protocol EnclosureSum {
  associatedtype Number

  mutating func add(_ term: Number)
  var total: Number { get }
}

/// One way to calculate: what makes numbers of doubles.
protocol Arithmetic: Sendable {
  associatedtype Number: Enclosure

  /// A double, exactly.
  func number(_ x: Double) -> Number
  /// π.
  var pi: Number { get }
  /// Euler's constant, −ψ(1).
  var eulerGamma: Number { get }
  /// An empty sum.
  func sum() -> Number.Sum
  /// About how many bits of a number are known after an operation.
  var bits: Int { get }
}

extension Arithmetic {
  var zero: Number { number(0) }
  var one: Number { number(1) }

  /// The exact sum of numbers.
  func sum(_ terms: some Sequence<Number>) -> Number {
    var sum = sum()
    for term in terms { sum.add(term) }
    return sum.total
  }

  /// The natural logarithm of a positive double.
  func log(_ x: Double) -> Number { number(x).log() }
}

extension Enclosure {
  /// log(x/y) of positive numbers: log(1 + (x − y)/y) where they are close.
  static func logRatio(_ x: Self, _ y: Self) -> Self {
    let relative = (x - y) / y
    return relative.approximation.magnitude < 0.25 ? relative.log1p() : (x / y).log()
  }

  /// tanh x = (e²ˣ − 1)/(e²ˣ + 1), with full relative accuracy near 0.
  ///
  /// Of −|x|, so that nothing overflows.
  func tanh(isNegative: Bool, one: Self) -> Self {
    let depth = (isNegative ? self : -self).scaled(byPowerOfTwo: 1).expm1()
    let magnitude = -depth / (one + one + depth)
    return isNegative ? -magnitude : magnitude
  }
}
