import ClassificationLosses
import InformationTheory
import ReferenceOracle
import TestSupport
import Testing

@Suite struct LawTests {
  private func masses(_ n: Int, _ random: inout SplitMix64) -> [Double] {
    (0..<n).map { _ in random.integer(0...4) == 0 ? 0 : random.magnitude(-60...0) }
  }

  @Test func theOrderOfOutcomesDoesNotMatter() throws {
    var random = SplitMix64(state: 71)
    for _ in 0..<12 {
      let n = random.integer(2...12)
      let pairs = (0..<n).map { _ in (random.magnitude(-900...0), random.magnitude(-60...0)) }
      let shuffled = pairs.shuffled(using: &random)
      func values(_ pairs: [(Double, Double)]) throws -> [Certified] {
        let p = try Categorical(normalizing: pairs.map(\.0))
        let q = try Categorical(normalizing: pairs.map(\.1))
        return [
          Certified.entropy(of: p), Certified.extropy(of: p),
          try Certified.renyiEntropy(of: p, order: 1.5), try Certified.klDivergence(of: p, from: q),
          try Certified.jensenShannonDivergence(of: p, from: q),
          try Certified.renyiDivergence(of: q, from: p, order: 3),
          try Certified.hellingerDistance(of: p, from: q),
        ]
      }
      #expect(try values(pairs) == values(shuffled))
    }
  }

  @Test func theFastLibraryIsWithinItsBoundOfTheOracle() throws {
    var random = SplitMix64(state: 72)
    for _ in 0..<150 {
      let n = random.integer(2...20)
      var (p, q) = (masses(n, &random), masses(n, &random))
      p[0] = 0.5
      q[0] = 0.25
      let (a, b) = (try Categorical(normalizing: p), try Categorical(normalizing: q))
      for (fast, truth) in [
        (a.entropy().nats, Certified.entropy(of: a)),
        (try a.klDivergence(from: b).nats, try Certified.klDivergence(of: a, from: b)),
        (
          try a.jensenShannonDivergence(from: b).nats,
          try Certified.jensenShannonDivergence(of: a, from: b)
        ),
      ] {
        #expect(truth.isCorrectlyRounded)
        #expect(fast == truth.value || (fast - truth.value).magnitude <= truth.value.ulp)
      }
    }
  }

  @Test func gradientsSumToZeroWithinTheirBounds() throws {
    var random = SplitMix64(state: 73)
    for _ in 0..<60 {
      let count = random.integer(2...6)
      let logits = (0..<count).map { _ in (random.unit() - 0.5) * random.magnitude(0...9) }
      let loss = try Certified.softmaxCrossEntropy(
        logits: logits, classIndices: [random.integer(0...count - 1)], classCount: count,
        labelSmoothing: random.integer(0...1) == 0 ? 0 : 0.1)
      let low = ExactSum(loss.gradient.map(\.lowerBound)).value
      let high = ExactSum(loss.gradient.map(\.upperBound)).value
      #expect(low <= 0 && high >= 0)
      #expect(loss.gradient.allSatisfy { $0.isCorrectlyRounded })
    }
  }

  @Test func exactCases() throws {
    let certain = try Categorical([0.0, 1, 0])
    #expect(Certified.entropy(of: certain).isExact)
    #expect(Certified.extropy(of: certain).isExact)
    let uniform = try Categorical(counts: [3, 3, 3, 3])
    #expect(Certified.giniImpurity(of: uniform).isExact)
    #expect(Certified.giniImpurity(of: uniform).decimal == "0.7500000000000000000000000")
    let other = try Categorical(counts: [1, 1, 1, 1])
    for zero in [
      try Certified.klDivergence(of: uniform, from: other),
      try Certified.jensenShannonDivergence(of: uniform, from: other),
      try Certified.totalVariation(of: uniform, from: other),
      try Certified.hellingerDistance(of: uniform, from: other),
    ] {
      #expect(zero.isExact && zero.value == 0 && zero.value.sign == .plus)
    }
    let ties = try Certified.softmaxCrossEntropy(
      logits: [3, 3, 3, 3], classProbabilities: [0.25, 0.25, 0.25, 0.25], classCount: 4)
    #expect(ties.gradient.allSatisfy { $0.isExact && $0.value == 0 })
    #expect(ties.value.decimal == "1.386294361119890618834464")
  }

  @Test func errorsAreThoseOfTheLibrary() throws {
    let p = try Categorical([0.5, 0.5])
    #expect(throws: InformationError.self) { try Certified.renyiEntropy(of: p, order: -1) }
    do {
      _ = try Certified.softmaxCrossEntropy(logits: [.nan, 0], classIndices: [0], classCount: 2)
      Issue.record("a NaN passed")
    } catch {
      #expect(error.code == .notFinite && error.index == 0)
    }
    do {
      _ = try Certified.nllLoss(logProbabilities: [-1, -2], classIndices: [2], classCount: 2)
      Issue.record("a label passed")
    } catch {
      #expect(error.code == .labelOutOfRange)
    }
    let skipped = try Certified.softmaxCrossEntropy(
      logits: [.nan, 0], classIndices: [-1], classCount: 2, ignoreIndex: -1, empty: .zero)
    #expect(skipped.value.value == 0 && skipped.gradient.allSatisfy { $0.value == 0 })
  }
}
