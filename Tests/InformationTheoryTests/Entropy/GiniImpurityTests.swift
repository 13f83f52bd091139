import InformationTheory
import TestSupport
import Testing

struct GiniImpurityForms: EntropyForms {
  let table = "gini-impurity"

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.giniImpurity()
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try giniImpurity(of: p)
  }
}

@Suite("Gini impurity")
struct GiniImpurityTests {
  let forms = GiniImpurityForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    #expect(p.giniImpurity() == 0.65625)
  }

  @Test func edges() throws {
    expectSameBits(try Categorical([0, 1, 0]).giniImpurity(), 0)
    expectSameBits(try Categorical([1.0]).giniImpurity(), 0)
    #expect(try Categorical(counts: [3, 3, 3, 3]).giniImpurity() == 0.75)
  }

  @Test func isTsallisEntropyOfOrderTwo() throws {
    var random = SplitMix64(state: 11)
    for _ in 0..<100 {
      let p = try random.categorical(random.integer(1...9))
      expectSameBits(p.giniImpurity(), try p.tsallisEntropy(order: 2))
    }
  }
}
