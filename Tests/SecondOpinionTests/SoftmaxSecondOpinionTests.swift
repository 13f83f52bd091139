import InformationTheory
import TestSupport
import Testing

/// What `Categorical(logits:)` makes of logits, against GSL's exponential and logarithm.
@Suite("GSL's opinion of softmax")
struct SoftmaxSecondOpinionTests {
  /// Logits that are multiples of 2⁻¹⁰, whose differences are exact.
  private func logits(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    (0..<count).map { _ in (random.unit() * 0x1p15).rounded() * 0x1p-10 + 1000 }
  }

  @Test("probabilities, entropy and log-loss", arguments: [2, 3, 10, 100, 1000])
  func softmax(_ count: Int) throws {
    var random = SplitMix64(state: 131)
    let rounding = Double(count + 6) * 0x1p-53
    for _ in 0..<20 {
      let z = logits(count, &random)
      let largest = try #require(z.max())
      let powers = try z.map { try GSLLibrary.exp($0 - largest) }
      let sum = powers.reduce(0, +)
      let p = try Categorical(logits: z)
      for (probability, power) in zip(p.probabilities, powers) {
        expect(probability, near: power / sum, relative: 3.4e-16 + rounding)
      }
      // log Σ exp(z − m) as log(1 + the others), which keeps its digits next to 0.
      let place = try #require(z.firstIndex(of: largest))
      let others = powers.indices.reduce(0) { $1 == place ? $0 : $0 + powers[$1] }
      let log = try GSLLibrary.log1p(others)
      // H = log Σ exp(z − m) + Σ p·(m − z): two terms that are not negative.
      let entropy = zip(z, powers).reduce(log) { $0 + $1.1 / sum * (largest - $1.0) }
      expect(p.entropy().nats, near: entropy, relative: 7e-16 + 2 * rounding)
      // −log p of one class: log Σ exp(z − m) + (m − z).
      for index in stride(from: 0, to: count, by: max(1, count / 5)) {
        expect(
          p.selfInformation(ofOutcome: index).nats, near: log + (largest - z[index]),
          relative: 4e-16 + rounding)
      }
    }
  }
}
