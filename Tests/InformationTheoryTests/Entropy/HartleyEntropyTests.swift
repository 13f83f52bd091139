import InformationTheory
import Testing

struct HartleyEntropyForms: EntropyForms {
  let table = "hartley-entropy"

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.hartleyEntropy().nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try hartleyEntropy(of: p).nats
  }
}

@Suite("Hartley entropy")
struct HartleyEntropyTests {
  let forms = HartleyEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    expect(
      try Categorical([0.5, 0, 0.25, 0, 0.25]).hartleyEntropy().nats, near: 1.098612288668109691395)
    #expect(try Categorical([0.5, 0, 0.5]).hartleyEntropy().bits == 1)
  }

  @Test func subnormalsCount() throws {
    #expect(try Categorical([1, 0x1p-1074, 0]).hartleyEntropy().bits == 1)
    expectSameBits(try Categorical([1.0]).hartleyEntropy().nats, 0)
  }
}
