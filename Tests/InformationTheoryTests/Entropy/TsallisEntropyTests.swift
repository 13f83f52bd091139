import InformationTheory
import Testing

struct TsallisEntropyForms: EntropyForms {
  let table = "tsallis-entropy"
  let samples = [0, 0.5, 1 - 0x1p-30, 1, 1 + 0x1p-30, 2, 30].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    try p.tsallisEntropy(order: arguments.order)
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try tsallisEntropy(of: p, order: arguments.order)
  }
}

@Suite("Tsallis entropy")
struct TsallisEntropyTests {
  let forms = TsallisEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    expect(try p.tsallisEntropy(order: 0), near: 3)
    expect(try p.tsallisEntropy(order: 0.5), near: 1.8284271247461900976)
    expect(try p.tsallisEntropy(order: 1), near: 1.2130075659799042914801)
    expect(try p.tsallisEntropy(order: 2), near: 0.65625)
  }

  @Test func edges() throws {
    for order in [0, 0.5, 1, 2, 1e300] {
      expectSameBits(try Categorical([0, 1]).tsallisEntropy(order: order), 0)
      expectSameBits(try Categorical([1.0]).tsallisEntropy(order: order), 0)
    }
    // 1/(α − 1) to all digits, since p^α is nothing.
    expect(try Categorical([0.5, 0.5]).tsallisEntropy(order: 1e300), near: 1e-300)
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [-1, -0x1p-1074, .nan, -.infinity, .infinity])
  }
}
