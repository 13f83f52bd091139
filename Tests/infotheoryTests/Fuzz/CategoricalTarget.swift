import Foundation
import InformationTheory

/// Numbers made into distributions in every way that there is, which must obey the laws.
///
/// The first byte chooses how; the others are numbers, half of them of each of two
/// distributions.
enum CategoricalTarget {
  static func check(_ bytes: [UInt8]) throws {
    guard let choice = bytes.first else { return }
    let rest = bytes.dropFirst()
    if choice & 128 != 0 {
      let words: [UInt32] = words(of: rest)
      try check(halves: words.map { Float(bitPattern: $0) }, choice & 7) { Float($0) }
      return
    }
    let words: [UInt64] = words(of: rest)
    if choice & 7 == 5 {
      let counts = words.map { Int(bitPattern: UInt($0)) }
      try check(halves: counts) { try? Categorical(counts: $0) }
    } else {
      try check(halves: words.map { Double(bitPattern: $0) }, choice & 7) { $0 }
    }
  }

  private static func words<Word: FixedWidthInteger>(of bytes: ArraySlice<UInt8>) -> [Word] {
    let size = Word.bitWidth / 8
    return (0..<min(64, bytes.count / size)).map { i in
      bytes[(bytes.startIndex + i * size)...].prefix(size).reversed().reduce(0) {
        $0 << 8 | Word($1)
      }
    }
  }

  private static func check<Scalar: InformationScalar>(
    halves numbers: [Scalar], _ choice: UInt8, _ round: (Double) -> Scalar
  ) throws {
    try check(halves: numbers) { (half: [Scalar]) -> Categorical? in
      switch choice {
      case 0: return try? Categorical(normalizing: half)
      case 1: return try? Categorical(logits: half)
      case 2: return try? Categorical(logProbabilities: half)
      case 3: return try? Categorical(half)
      default:
        // Nearly normalised, as users' probabilities are: that is taken, or is an error.
        guard let weights = try? Categorical(normalizing: half) else { return nil }
        return try? Categorical(weights.probabilities.map(round))
      }
    }
  }

  private static func check<Element>(
    halves numbers: [Element], _ distribution: ([Element]) -> Categorical?
  ) throws {
    let middle = numbers.count / 2
    let p = distribution(Array(numbers[..<middle]))
    let q = distribution(Array(numbers[middle..<(2 * middle)]))
    if let p { try checkEntropy(of: p) }
    if let q { try checkEntropy(of: q) }
    if let p, let q { try checkDivergences(p, q) }
  }

  // MARK: - Laws

  /// 0 ≤ H∞ ≤ H₂ ≤ H ≤ H₀ ≤ log n, and the divergences of a distribution from itself.
  static func checkEntropy(of p: Categorical) throws {
    try demand(p.masses.allSatisfy { $0 >= 0 && $0.isFinite }, "masses \(p.masses)")
    let entropies = [
      0, p.minEntropy().nats, p.collisionEntropy().nats, p.entropy().nats,
      p.hartleyEntropy().nats, log(Double(p.count)),
    ]
    for (a, b) in zip(entropies, entropies.dropFirst()) {
      try demand(a <= b * (1 + 0x1p-50), "entropies \(entropies) of \(p.masses)")
    }
    try demand(try p.klDivergence(from: p).nats == 0, "D(p‖p) of \(p.masses)")
  }

  private static func checkDivergences(_ p: Categorical, _ q: Categorical) throws {
    let kl = try p.klDivergence(from: q).nats
    try demand(kl >= 0, "D(p‖q) is \(kl): \(p.masses), \(q.masses)")
    let js = try p.jensenShannonDivergence(from: q).bits
    try demand(js >= 0 && js <= 1 + 0x1p-50, "JS is \(js): \(p.masses), \(q.masses)")
    try demand(
      try q.jensenShannonDivergence(from: p).bits == js, "JS \(js): \(p.masses), \(q.masses)")
    let tv = try p.totalVariation(from: q)
    try demand(tv >= 0 && tv <= 1, "total variation is \(tv): \(p.masses), \(q.masses)")
    let hellinger = try p.hellingerDistance(from: q)
    try demand(
      hellinger >= 0 && hellinger <= 1, "Hellinger is \(hellinger): \(p.masses), \(q.masses)")
    // Pinsker: 2 TV² ≤ D.
    try demand(2 * tv * tv <= kl * (1 + 0x1p-48) + 0x1p-1060, "Pinsker: \(tv), \(kl)")
    try checkOrders(p, q)
    try checkGradients(p, q)
  }

  /// Rényi's divergence grows with its order.
  private static func checkOrders(_ p: Categorical, _ q: Categorical) throws {
    let divergences = try [0, 0.25, 0.5, 1, 2, 50, .infinity].map {
      try p.renyiDivergence(from: q, order: $0).nats
    }
    for (a, b) in zip(divergences, divergences.dropFirst()) {
      try demand(
        a >= 0 && a <= b * (1 + 0x1p-50) + 0x1p-1060,
        "Rényi divergences \(divergences): \(p.masses), \(q.masses)")
    }
  }

  private static let differentiable: [DifferentiableDivergence] = [
    .kullbackLeibler, .jeffreys, .jensenShannon, .hellinger, .bhattacharyyaCoefficient,
    .bhattacharyya, .pearsonChiSquared, .neymanChiSquared, .triangular, .skew(weight: 0.25),
    .renyi(order: 0.5), .renyi(order: 100), .renyi(order: 1e200), .tsallis(order: 1e4),
    .alpha(order: -3000),
  ]

  /// Where there is a gradient it is a number, if one beyond all doubles.
  private static func checkGradients(_ p: Categorical, _ q: Categorical) throws {
    for (i, divergence) in differentiable.enumerated() {
      guard let gradient = try? p.gradient(of: divergence, from: q) else { continue }
      try demand(
        !(gradient.p + gradient.q).contains { $0.isNaN },
        "gradient \(i) is \(gradient): \(p.masses), \(q.masses)")
    }
  }
}
