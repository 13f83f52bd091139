import InformationTheory
import Testing

struct MinEntropyForms: EntropyForms {
  let table = "min-entropy"

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.minEntropy().nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try minEntropy(of: p).nats
  }
}

@Suite("Min-entropy")
struct MinEntropyTests {
  let forms = MinEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    #expect(try Categorical([0.5, 0.25, 0.125, 0.125]).minEntropy().bits == 1)
    #expect(try Categorical([0.25, 0.25, 0.25, 0.25]).minEntropy().bits == 2)
    // log(4/3), from counts.
    expect(try Categorical(counts: [3, 1]).minEntropy().nats, near: 0.287682072451780927439)
  }

  @Test func nextToAPointMass() throws {
    // −log(1 − x) = x + x²/2 + …; the mass 1 alone would say 0.
    expect(try Categorical([1, 1e-18]).minEntropy().nats, near: 1e-18)
    expectSameBits(try Categorical([1, 0]).minEntropy().nats, 0)
    expectSameBits(try Categorical([1.0]).minEntropy().nats, 0)
  }
}
