/// Σ (x/Σx)^α of a list of masses, from the kernels.
struct PowerSum {
  /// The sum; far enough from 1 for its logarithm, and its difference from 1, to keep
  /// their digits.
  let value: DoubleDouble
  /// How far it may be off, relatively.
  let error: Double

  /// The orders of which the kernels take powers.
  ///
  /// Of smaller ones a power could be 1, which is above their range.
  private static let orders = 0x1p-8...8

  /// Sums powers; nil where the definition has to look: at other orders, at masses that are
  /// no masses, at another total, at a sum next to 1.
  ///
  /// - Parameters:
  ///   - list: The masses.
  ///   - order: The order α.
  ///   - scale: The power of two that brings their total next to 1.
  ///   - tolerance: How far the total may be from 1; nil where it may be any.
  ///   - stopsEarly: Whether a cancelled task ends the sum.
  /// - Throws: `InformationError` with the code `cancelled`.
  init?<Scalar: InformationScalar>(
    _ list: Span<Scalar>, order: Double, scale: Double, tolerance: Double?, stopsEarly: Bool
  ) throws(InformationError) {
    guard Self.orders.contains(order) && order != 1 else { return nil }
    let sums = try Self.sums(list, order, scale, stopsEarly)
    guard let (tally, shift) = sums else { return nil }
    let total = tally.total
    guard MassTally.isNormalized(total, within: tolerance) else { return nil }
    var sum = ExactSum()
    sum.add(tally.terms.pair, timesPowerOfTwo: shift)
    for x in tally.others { sum.add(Self.power(x, order)) }
    let powers = sum.doubleDouble
    let value = powers * DoubleDouble.exp(DoubleDouble.log(total) * -order)
    guard (value.high - 1).magnitude >= 0.25 * value.high else { return nil }
    self.value = value
    // What the kernels do to a power, and what the unit of their sum takes off it.
    error = 0x1p-64 + Double(list.count) * .powerOfTwo(shift - 102) / powers.high
  }

  /// Whether a quantity, by its value for this sum, is certain to have these bits.
  ///
  /// It is log S or S − 1 times a number, and S not above ⅘ or not below 4⁄3: of either the
  /// relative error is at most 4.5 times that of S.
  func decides(_ quantity: DoubleDouble) -> Bool {
    let most = 4.5 * error * quantity.high.magnitude
    return quantity.high + (quantity.low - most) == quantity.high + (quantity.low + most)
  }

  /// The sums in a unit that is fine enough for them, and its exponent.
  private static func sums<Scalar: InformationScalar>(
    _ list: Span<Scalar>, _ order: Double, _ scale: Double, _ stopsEarly: Bool
  ) throws(InformationError) -> (MassTally, Int)? {
    let kernel = MassTally.Kernel.powers(order: order, unit: 1)
    guard let tally = try MassTally(list, kernel, scale: scale, stopsEarly: stopsEarly) else {
      return nil
    }
    let sum = tally.terms.pair.high
    let least = Double(list.count) * 0x1p-44
    if sum >= least || !tally.others.isEmpty && sum == 0 { return (tally, 0) }
    let shift = Self.exponent(ofLargestIn: list, order, scale)
    let finer = MassTally.Kernel.powers(order: order, unit: .powerOfTwo(-shift))
    return try MassTally(list, finer, scale: scale, stopsEarly: stopsEarly).map { ($0, shift) }
  }

  /// A power of two that is at least twice the largest power of the masses up to ½.
  private static func exponent<Scalar: InformationScalar>(
    ofLargestIn list: Span<Scalar>, _ order: Double, _ scale: Double
  ) -> Int {
    var largest = 0x1p-50
    for i in list.indices {
      let x = Double(list[i]) * scale
      if x > largest && EasyMasses.ofAnyTotal.contains(x) { largest = x }
    }
    let log2e = 0x1.71547652b82fep0
    return 2 + Int((order * DoubleDouble.log(largest).high * log2e).rounded(.down))
  }

  /// x^α.
  private static func power(_ x: Double, _ order: Double) -> DoubleDouble {
    guard let halves = Int(exactly: 2 * order) else {
      return .exp(DoubleDouble.log(x) * order)
    }
    var power = halves % 2 == 1 ? DoubleDouble(x).squareRoot() : DoubleDouble(x)
    for _ in 0..<(halves - 1) / 2 { power = power * x }
    return power
  }
}

/// An entropy that is a function of the sum of powers.
protocol PowerEntropy: EntropyDefinition {
  /// The order α.
  var order: Double { get }

  /// The quantity, in terms of Σ p^α that is not next to 1.
  func value(ofPowerSum sum: DoubleDouble) -> DoubleDouble

  /// The quantity by its definition, which the kernels agree with.
  func definition<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble
}

extension PowerEntropy {
  func value<Scalar: InformationScalar>(
    of masses: Span<Scalar>, _ totals: MassTotals
  ) -> DoubleDouble {
    // So that the total is in ¾ ..< 1½, and the scale of probabilities is 1.
    let exponent = (totals.total.high * (4.0 / 3)).binaryParts.exponent
    if exponent.magnitude <= 1000 {
      let sum = try? PowerSum(
        masses, order: order, scale: .powerOfTwo(-exponent), tolerance: nil, stopsEarly: false)
      if let value = sum.flatMap(decided) { return value }
    }
    return definition(of: masses, totals)
  }

  /// The quantity of a list of probabilities, in one pass where that can be.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>
  ) throws(InformationError) -> DoubleDouble {
    let tolerance = Double(p.count) * Double(Scalar.ulpOfOne)
    let sum = try PowerSum(p, order: order, scale: 1, tolerance: tolerance, stopsEarly: true)
    if let value = sum.flatMap(decided) { return value }
    return definition(of: p, try MassTotals(normalized: p, argument: "p"))
  }

  /// The quantity, where the sum is close enough to know its bits.
  private func decided(_ sum: PowerSum) -> DoubleDouble? {
    let value = value(ofPowerSum: sum.value)
    return sum.decides(value) ? value : nil
  }
}
