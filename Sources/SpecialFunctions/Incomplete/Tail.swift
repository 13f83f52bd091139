import InformationTheory

/// One tail of a gamma or beta distribution at a point: e^exponent · factor · 2^shift.
///
/// In this form no tail underflows, so that its logarithm and its relative slope are
/// known wherever Newton's iteration goes.
struct Tail {
  /// Whether it is the probability above the point; else the one below.
  var isUpper: Bool
  let exponent: DoubleDouble
  let factor: DoubleDouble
  let shift: Int
  /// The density, on the scale of the logarithm or the log-odds, divided by the tail.
  let hazard: Double

  init(
    isUpper: Bool, exponent: DoubleDouble, factor: DoubleDouble, shift: Int = 0, hazard: Double
  ) {
    self.isUpper = isUpper
    // Parameters near the largest double overflow here, where the tail is 0 long since.
    self.exponent = exponent.high > -1e300 ? exponent : DoubleDouble(-1e300)
    self.factor = factor
    self.shift = shift
    self.hazard = hazard
  }

  /// The same tail, named for the distribution of the complement.
  var reflected: Tail {
    var tail = self
    tail.isUpper.toggle()
    return tail
  }

  /// The probability of one side, rounded once.
  func probability(ofUpper wantsUpper: Bool) -> Double {
    let (value, power) = scaledValue
    guard wantsUpper == isUpper else { return (DoubleDouble.one - self.value).high }
    return value.high.scaled(byPowerOfTwo: power)
  }

  /// The logarithm of one side's probability.
  func logarithm(ofUpper wantsUpper: Bool) -> DoubleDouble {
    guard wantsUpper == isUpper else { return .wideLog1p(-value) }
    return exponent + (DoubleDouble.wideLog(factor) + DoubleDouble.ln2 * Double(shift))
  }

  /// The density divided by one side's probability; 0 where only that is a double.
  func hazard(ofUpper wantsUpper: Bool) -> Double {
    if wantsUpper == isUpper { return hazard }
    let tail = value.high
    return hazard * (tail / (1 - tail))
  }

  private var value: DoubleDouble {
    let (value, power) = scaledValue
    return power < -900 ? .zero : value.scaled(byPowerOfTwo: power)
  }

  private var scaledValue: (DoubleDouble, Int) {
    if exponent.high < -1e6 { return (.zero, 0) }
    let (power, binary) = DoubleDouble.wideScaledExp(exponent)
    return (power * factor, binary + shift)
  }
}
