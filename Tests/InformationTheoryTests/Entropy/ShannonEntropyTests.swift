import InformationTheory
import Testing

struct ShannonEntropyForms: EntropyForms {
  let table = "entropy"

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.entropy().nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try entropy(of: p).nats
  }
}

@Suite("Shannon entropy")
struct ShannonEntropyTests {
  let forms = ShannonEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    #expect(try Categorical([0.5, 0.25, 0.125, 0.125]).entropy().bits == 1.75)
    expect(try Categorical([0.25, 0.75]).entropy().bits, near: 0.811278124459132863909696)
    expect(try Categorical(counts: [1, 1, 1]).entropy().nats, near: 1.09861228866810969139525)
    // The maximum-likelihood value of the counts that entropy estimators are tried on.
    let counts = [4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1]
    expect(try Categorical(counts: counts).entropy().nats, near: 1.96838240872838120309)
    expect(try Categorical(counts: [1, 2, 3, 2, 1]).entropy().nats, near: 1.52295506753131823704)
  }

  #if DEBUG
    static let exponents = 0...13
  #else
    static let exponents = 0...20
  #endif

  @Test(arguments: exponents)
  func uniformOnTwoToTheKIsKBits(k: Int) throws {
    let n = 1 << k
    let p = [Double](repeating: 1 / Double(n), count: n)
    #expect(try Categorical(p).entropy().bits == Double(k))
    #expect(try entropy(of: p.span).bits == Double(k))
    #expect(try Categorical(counts: [Int](repeating: 3, count: n)).entropy().bits == Double(k))
  }

  @Test func edges() throws {
    expectSameBits(try Categorical([1.0]).entropy().nats, 0)
    expectSameBits(try Categorical([0, 0, 1, 0]).entropy().nats, 0)
    expectSameBits(try Categorical([-0.0, 1]).entropy().nats, 0)
    // p·log p of the smallest double, which a sum in doubles would lose.
    expect(try Categorical([1, 0x1p-1074]).entropy().nats, near: 745 * 0x1p-1074)
  }

  @Test func nextToAPointMass() throws {
    // h(3e-20) = 3e-20·(1 − log 3e-20): half of its digits are lost if p/Σp is rounded.
    expect(try Categorical([1, 3e-20]).entropy().nats, near: 1.3785926871363842485758e-18)
  }

  @Test func maximum() async {
    #expect(Categorical.maximumEntropy(outcomes: 1).nats == 0)
    #expect(Categorical.maximumEntropy(outcomes: 1 << 20).bits == 20)
    expect(Categorical.maximumEntropy(outcomes: 10).hartleys, near: 1)
    await #expect(processExitsWith: .failure) { _ = Categorical.maximumEntropy(outcomes: 0) }
  }
}
