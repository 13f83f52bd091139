/// Pairs of distributions at which divergences break, from a seed.
///
/// All masses are multiples of 2⁻⁵³ (2⁻²⁴ in single precision) whose exact sum is 1, so
/// that no two definitions differ by what they do about a sum that is nearly 1. Only
/// ``Family/subnormal`` adds masses below 2⁻¹⁰⁰⁰ (2⁻¹²⁰).
///
/// ```swift
/// var generator = SeededGenerator(seed: 1)
/// let (p, q) = AdversarialMasses(.nearlyEqual).pair(using: &generator)
/// ```
public struct AdversarialMasses: Sendable {
  /// A way in which distributions are difficult.
  public enum Family: String, Sendable, Codable, CaseIterable {
    /// Two to twelve outcomes with nothing special about them, and clearly different ones: a
    /// tenth of the mass or more lies elsewhere.
    case ordinary
    /// Relative differences from 1e-1 down to one unit in the last place.
    case nearlyEqual
    /// All mass but 1e-3 … 1e-15 on one outcome.
    case spiky
    /// Some masses are subnormal numbers.
    case subnormal
    /// Zeros on either side, on both, and in every place.
    case zeros
    /// As many outcomes as ``AdversarialMasses/longCount``.
    case long
  }

  /// The way in which the pairs are difficult.
  public let family: Family
  /// The type of numbers that the masses are of.
  public let precision: TestPrecision
  /// The number of outcomes of ``Family/long``.
  public let longCount: Int

  /// Creates a source of pairs.
  ///
  /// - Parameters:
  ///   - family: The way in which they are difficult.
  ///   - precision: The type of numbers that the masses are of.
  ///   - longCount: The number of outcomes of ``Family/long``, in 2 … 2²⁰.
  /// - Precondition: `longCount` is in range.
  public init(_ family: Family, precision: TestPrecision = .double, longCount: Int = 100_000) {
    precondition((2...1 << 20).contains(longCount), "AdversarialMasses: longCount in 2 ... 2^20")
    self.family = family
    self.precision = precision
    self.longCount = longCount
  }

  /// Returns the next pair.
  ///
  /// - Parameter generator: Where the random numbers come from.
  /// - Returns: Two distributions of the same outcomes.
  public func pair(using generator: inout SeededGenerator) -> (p: [Double], q: [Double]) {
    switch family {
    case .ordinary:
      return distinct(&generator) { generator in
        let count = generator.integer(2...12)
        return (masses(units(count, &generator)), masses(units(count, &generator)))
      }
    case .nearlyEqual: return nearlyEqual(&generator)
    case .spiky: return spiky(&generator)
    case .subnormal: return subnormal(&generator)
    case .zeros: return distinct(&generator, zeros)
    case .long:
      return (masses(units(longCount, &generator)), masses(units(longCount, &generator)))
    }
  }
}

extension AdversarialMasses {
  /// What the masses are counted in: 2⁻⁵³ or 2⁻²⁴.
  private var total: Int { 1 << precision.significandBits }

  private func masses(_ units: [Int]) -> [Double] {
    units.map { Double($0) / Double(total) }
  }

  /// Positive whole numbers whose sum is the total.
  private func units(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
    let shares = (0..<count).map { _ in generator.number(0.05, 1) }
    let sum = shares.reduce(0, +)
    // Rounded down, so that what is left over is positive and smaller than 2·count.
    var units = shares.map { max(1, Int($0 / sum * Double(total - 2 * count))) }
    let rest = total - units.reduce(0, +)
    for i in 0..<count { units[i] += rest / count + (i < rest % count ? 1 : 0) }
    return units
  }

  /// The first pair of which a tenth of the mass lies elsewhere: of others a divergence loses
  /// digits, which is the trap of another family.
  private func distinct(
    _ generator: inout SeededGenerator,
    _ draw: (inout SeededGenerator) -> (p: [Double], q: [Double])
  ) -> (p: [Double], q: [Double]) {
    while true {
      let pair = draw(&generator)
      if zip(pair.p, pair.q).map({ abs($0 - $1) }).reduce(0, +) >= 0.2 { return pair }
    }
  }

  private func nearlyEqual(_ generator: inout SeededGenerator) -> (p: [Double], q: [Double]) {
    let p = units(generator.integer(2...12), &generator)
    let finest = precision == .double ? 15 : 6
    let separation = ten(toMinus: generator.integer(1...finest))
    var q = p
    // Mass moves between neighbours, which keeps the sum.
    for i in stride(from: 0, to: p.count - 1, by: 2) {
      let step = max(1, Int(Double(min(p[i], p[i + 1])) * separation * generator.number(0.1, 0.9)))
      q[i] += step
      q[i + 1] -= step
    }
    return (masses(p), masses(q))
  }

  private func spiky(_ generator: inout SeededGenerator) -> (p: [Double], q: [Double]) {
    let count = generator.integer(2...8)
    let finest = precision == .double ? 15 : 6
    func peak(_ generator: inout SeededGenerator) -> [Double] {
      let small = max(1, Int(Double(total) * ten(toMinus: generator.integer(3...finest))) / count)
      var units = (1..<count).map { _ in generator.integer(1...max(1, small)) }
      units.insert(
        total - units.reduce(0, +), at: generator.integer(0...count - 1))
      return masses(units)
    }
    let p = peak(&generator)
    return (p, generator.happens(onceIn: 2) ? masses(units(count, &generator)) : peak(&generator))
  }

  private func subnormal(_ generator: inout SeededGenerator) -> (p: [Double], q: [Double]) {
    let count = generator.integer(2...6)
    var (p, q) = (masses(units(count, &generator)), masses(units(count, &generator)))
    let least =
      precision == .double ? Double.leastNonzeroMagnitude : Double(Float.leastNonzeroMagnitude)
    for _ in 0..<generator.integer(1...3) {
      // Tiny beside tiny, and tiny beside zero, which is no support at all.
      let tiny = least * Double(generator.integer(1...1000))
      p.append(tiny)
      q.append(generator.happens(onceIn: 3) ? tiny : least * Double(generator.integer(1...1000)))
    }
    if generator.happens(onceIn: 2) { p[p.count - 1] = 0 }
    return (p, q)
  }

  private func zeros(_ generator: inout SeededGenerator) -> (p: [Double], q: [Double]) {
    let count = generator.integer(2...8)
    func withZeros(_ places: Set<Int>, _ generator: inout SeededGenerator) -> [Double] {
      var full = masses(units(count - places.count, &generator))
      for place in places.sorted() { full.insert(0, at: place) }
      return full
    }
    func places(_ generator: inout SeededGenerator) -> Set<Int> {
      let chosen = (0..<count).filter { _ in generator.happens(onceIn: 3) }
      return Set(chosen.prefix(count - 1))
    }
    let (inP, inQ) = (places(&generator), places(&generator))
    // Half the time q has mass wherever p has, so that the divergence is finite.
    let q = generator.happens(onceIn: 2) ? inQ.intersection(inP) : inQ
    return (withZeros(inP, &generator), withZeros(q, &generator))
  }

  /// 10⁻ᵏ, one division away from the power.
  private func ten(toMinus exponent: Int) -> Double {
    1 / (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
