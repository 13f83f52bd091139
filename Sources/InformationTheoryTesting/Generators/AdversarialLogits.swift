/// Rows of logits with labels at which losses break, from a seed.
///
/// ```swift
/// var generator = SeededGenerator(seed: 1)
/// let (logits, label) = AdversarialLogits(.confident).row(using: &generator)
/// ```
public struct AdversarialLogits: Sendable {
  /// A way in which logits are difficult.
  public enum Family: String, Sendable, Codable, CaseIterable {
    /// Between −1 and 1: three classes or more, none of them nearly certain.
    case ordinary
    /// The label's logit is far above all others, so that the loss is nearly 0.
    case confident
    /// Ordinary ones, all far from 0 by the same amount: ±1e8, or ±1e6 in single precision.
    case offset
    /// Several are equal, some of them the largest.
    case tied
    /// −∞ at the label or elsewhere, or one +∞.
    case infinite
    /// Far apart, up to ±1e30, the label at the smallest.
    case wide
  }

  /// The way in which the logits are difficult.
  public let family: Family
  /// The type of numbers that the logits are of.
  public let precision: TestPrecision

  /// Creates a source of rows.
  ///
  /// - Parameters:
  ///   - family: The way in which they are difficult.
  ///   - precision: The type of numbers that they are of.
  public init(_ family: Family, precision: TestPrecision = .double) {
    self.family = family
    self.precision = precision
  }

  /// Returns the next row and its label.
  ///
  /// - Parameters:
  ///   - classCount: The number of classes, 1 or more; without it 3 … 6.
  ///   - generator: Where the random numbers come from.
  /// - Returns: Logits, and the index of one of them.
  /// - Precondition: `classCount` is positive.
  public func row(
    classCount: Int? = nil, using generator: inout SeededGenerator
  ) -> (logits: [Double], label: Int) {
    let count = classCount ?? generator.integer(3...6)
    precondition(count > 0, "AdversarialLogits: classCount must be positive")
    var label = generator.integer(0...count - 1)
    var logits = (0..<count).map { _ in number(-1, 1, &generator) }
    switch family {
    case .ordinary: break
    case .confident:
      let gap = generator.number(precision.smallestLostExponent + 3, precision.largestExponent)
      logits[label] = precision.rounded(gap)
    case .offset:
      // Steps that both the offset and the type can tell apart.
      let (offset, step) = precision == .double ? (1e8, 0x1p-20) : (1e6, 0x1p-3)
      let sign: Double = generator.happens(onceIn: 2) ? 1 : -1
      logits = logits.map { ($0 / step).rounded() * step + sign * offset }
    case .tied:
      let level = logits[0]
      for i in logits.indices where !generator.happens(onceIn: 3) { logits[i] = level }
    case .infinite: setInfinities(&logits, label, &generator)
    case .wide:
      let scale = generator.pick([30, 300, 1e4, 1e30])
      logits = logits.map { precision.rounded($0 * scale) }
      label = logits.indices.min { logits[$0] < logits[$1] } ?? label
    }
    return (logits, label)
  }
}

extension AdversarialLogits {
  private func number(
    _ low: Double, _ high: Double, _ generator: inout SeededGenerator
  ) -> Double {
    precision.rounded(generator.number(low, high))
  }

  /// Never so that the row is undefined: one logit stays finite, and +∞ stands alone.
  private func setInfinities(
    _ logits: inout [Double], _ label: Int, _ generator: inout SeededGenerator
  ) {
    guard logits.count > 1 else { return }
    let other = (label + generator.integer(1...logits.count - 1)) % logits.count
    switch generator.integer(0...3) {
    case 0: logits[label] = -.infinity
    case 1: logits[label] = .infinity
    case 2: logits[other] = .infinity
    default:
      for i in logits.indices where i != label { logits[i] = -.infinity }
    }
    let spare = (other + 1) % logits.count
    if spare != label { logits[spare] = -.infinity }
  }
}
