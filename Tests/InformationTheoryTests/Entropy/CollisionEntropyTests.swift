import InformationTheory
import Testing

struct CollisionEntropyForms: EntropyForms {
  let table = "collision-entropy"

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.collisionEntropy().nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try collisionEntropy(of: p).nats
  }
}

@Suite("Collision entropy")
struct CollisionEntropyTests {
  let forms = CollisionEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    expect(p.collisionEntropy().nats, near: 1.067840630001356003)
  }

  @Test func edges() throws {
    expectSameBits(try Categorical([0, 1, 0]).collisionEntropy().nats, 0)
    expectSameBits(try Categorical([1.0]).collisionEntropy().nats, 0)
    #expect(try Categorical(counts: [3, 3, 3, 3]).collisionEntropy().bits == 2)
  }
}
