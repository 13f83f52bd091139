import InformationTheory
import Testing

struct ExtropyForms: EntropyForms {
  let table = "extropy"

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.extropy().nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try extropy(of: p).nats
  }
}

@Suite("Extropy")
struct ExtropyTests {
  let forms = ExtropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    expect(try Categorical([0.5, 0.25, 0.125, 0.125]).extropy().nats, near: 0.79601508171172294079)
    // (n − 1)·log(n/(n − 1)) for the uniform distribution.
    expect(try Categorical(counts: [1, 1, 1, 1]).extropy().nats, near: 0.863046217355342782317)
    #expect(try Categorical([0.5, 0.5]).extropy().bits == 1)
  }

  @Test func edges() throws {
    expectSameBits(try Categorical([0, 0, 1]).extropy().nats, 0)
    expectSameBits(try Categorical([1.0]).extropy().nats, 0)
  }
}
