/// Σ (x/Σx)^α of a list of masses, from the kernels, for orders that are whole or a half more.
struct PowerSum {
  /// The sum; far enough from 1 for its logarithm, and its difference from 1, to keep
  /// their digits.
  let value: DoubleDouble

  /// The largest order of which the kernels take powers.
  private static let largestOrder = 8.0

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
    let halves = order * 2
    guard halves >= 1 && order <= Self.largestOrder && halves == halves.rounded() && order != 1
    else { return nil }
    let sums = try Self.sums(list, Int(halves), scale, stopsEarly)
    guard let (tally, shift) = sums else { return nil }
    let total = tally.total
    guard MassTally.isNormalized(total, within: tolerance) else { return nil }
    var sum = ExactSum()
    sum.add(tally.terms.pair, timesPowerOfTwo: shift)
    for x in tally.others { sum.add(Self.power(x, Int(halves))) }
    let value = sum.doubleDouble * DoubleDouble.exp(DoubleDouble.log(total) * -order)
    guard (value.high - 1).magnitude >= 0.25 * value.high else { return nil }
    self.value = value
  }

  /// The sums in a unit that is fine enough for them, and its exponent.
  private static func sums<Scalar: InformationScalar>(
    _ list: Span<Scalar>, _ halves: Int, _ scale: Double, _ stopsEarly: Bool
  ) throws(InformationError) -> (MassTally, Int)? {
    let kernel = MassTally.Kernel.powers(halves: halves, unit: 1)
    guard let tally = try MassTally(list, kernel, scale: scale, stopsEarly: stopsEarly) else {
      return nil
    }
    let sum = tally.terms.pair.high
    let least = Double(list.count) * 0x1p-44
    if sum >= least || !tally.others.isEmpty && sum == 0 { return (tally, 0) }
    guard sum >= Double(list.count) * 0x1p-96 else { return nil }
    // No power is above the sum, so that none is above 1 in this unit.
    let shift = 1 + sum.binaryParts.exponent
    let finer = MassTally.Kernel.powers(halves: halves, unit: .powerOfTwo(-shift))
    return try MassTally(list, finer, scale: scale, stopsEarly: stopsEarly).map { ($0, shift) }
  }

  /// x^(k/2).
  private static func power(_ x: Double, _ k: Int) -> DoubleDouble {
    var power = k % 2 == 1 ? DoubleDouble(x).squareRoot() : DoubleDouble(x)
    for _ in 0..<(k - 1) / 2 { power = power * x }
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
      if let sum { return value(ofPowerSum: sum.value) }
    }
    return definition(of: masses, totals)
  }

  /// The quantity of a list of probabilities, in one pass where that can be.
  func value<Scalar: InformationScalar>(
    ofNormalized p: Span<Scalar>
  ) throws(InformationError) -> DoubleDouble {
    let tolerance = Double(p.count) * Double(Scalar.ulpOfOne)
    let sum = try PowerSum(p, order: order, scale: 1, tolerance: tolerance, stopsEarly: true)
    if let sum { return value(ofPowerSum: sum.value) }
    return definition(of: p, try MassTotals(normalized: p, argument: "p"))
  }
}
