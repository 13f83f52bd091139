import InformationTheory
import Testing

struct CrossEntropyForms: DivergenceForms {
  let table = "cross-entropy"
  let atEquality: Double? = nil

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.crossEntropy(relativeTo: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try crossEntropy(of: p, relativeTo: q, support: arguments.support).nats
  }
}

@Suite("Cross-entropy")
struct CrossEntropyTests {
  let forms = CrossEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    #expect(try p.crossEntropy(relativeTo: q).bits == 2)
    #expect(try q.crossEntropy(relativeTo: p).bits == 2.25)
    #expect(try p.crossEntropy(relativeTo: p).bits == 1.75)
  }

  @Test func edges() throws {
    let (coin, sure, other) = (
      try Categorical([0.5, 0.5]), try Categorical([1.0, 0]), try Categorical([0, 1.0])
    )
    #expect(try coin.crossEntropy(relativeTo: sure) == .infinity)
    #expect(try sure.crossEntropy(relativeTo: coin).bits == 1)
    #expect(try sure.crossEntropy(relativeTo: other) == .infinity)
    expectSameBits(try sure.crossEntropy(relativeTo: sure).nats, 0)
    let one = try Categorical([1.0])
    expectSameBits(try one.crossEntropy(relativeTo: one).nats, 0)
  }

  /// A confident, right forecast keeps its digits: −log(1 − x) = x + x²/2.
  @Test func nextToCertainty() throws {
    let sure = try Categorical([1.0, 0])
    let forecast = try Categorical([1, 1e-20])
    expect(try sure.crossEntropy(relativeTo: forecast).nats, near: 1e-20)
  }
}
