import InformationTheory
import InformationTheoryTesting
import ReferenceOracle

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Something large to certify, and how long it may take.
struct OracleSpeed: Sendable {
  let name: String
  /// Seconds of the processor, of all threads together.
  let bound: Double
  /// Whether all numbers of it are proven to be rounded correctly.
  let certify: @Sendable () throws -> Bool

  /// What it came to, and the time that it took: the shortest of three.
  func measure() throws -> (isProven: Bool, seconds: Double) {
    var (isProven, best) = (true, Double.infinity)
    for _ in 0..<3 {
      let start = Self.processorTime
      isProven = try certify() && isProven
      best = min(best, Self.processorTime - start)
    }
    return (isProven, best)
  }

  private static var processorTime: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  static let all: [OracleSpeed] = {
    var generator = SeededGenerator(seed: 1)
    let (p, q) = AdversarialMasses(.long, longCount: 1_000_000).pair(using: &generator)
    let row = AdversarialLogits(.ordinary).row(classCount: 1000, using: &generator)
    return [
      OracleSpeed(name: "entropy of 1,000,000 outcomes", bound: 1) {
        Certified.entropy(of: try Categorical(p)).isCorrectlyRounded
      },
      OracleSpeed(name: "Kullback–Leibler divergence of 1,000,000 outcomes", bound: 1) {
        try Certified.klDivergence(of: Categorical(p), from: Categorical(q)).isCorrectlyRounded
      },
      OracleSpeed(name: "softmax cross-entropy of 1000 classes with gradient", bound: 0.05) {
        let loss = try Certified.softmaxCrossEntropy(
          logits: row.logits, classIndices: [row.label], classCount: 1000)
        return loss.value.isCorrectlyRounded && loss.gradient.allSatisfy(\.isCorrectlyRounded)
      },
    ]
  }()
}
