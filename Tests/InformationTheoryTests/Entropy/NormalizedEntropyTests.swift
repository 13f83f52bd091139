import InformationTheory
import Testing

@Suite("Normalized entropy")
struct NormalizedEntropyTests {
  @Test func everyOracleValue() throws {
    try checkOracle("normalized-entropy", inputs: OracleCases.pmfs) { _, p, _, normalize in
      try categorical(p, normalize: normalize).normalizedEntropy()
    }
  }

  @Test func edges() throws {
    #expect(try Categorical(counts: [2, 2, 2]).normalizedEntropy() == 1)
    #expect(try Categorical([0.5, 0.25, 0.125, 0.125]).normalizedEntropy() == 0.875)
    expectSameBits(try Categorical([1, 0]).normalizedEntropy(), 0)
    // Outcomes without mass count.
    #expect(try Categorical([0.5, 0.5, 0, 0]).normalizedEntropy() == 0.5)
  }

  @Test func oneOutcome() {
    expectError(.undefined, argument: nil, says: "0/0", "two") {
      try Categorical([1.0]).normalizedEntropy()
    }
  }
}

@Suite("Shares of the largest entropy")
struct BoundedEntropyTests {
  let uniform = Result { try Categorical(counts: [3, 3, 3, 3]) }

  /// The uniform distribution has all there can be, a point mass nothing.
  @Test(arguments: [0, 0.5, 1 - 0x1p-40, 1, 1 + 0x1p-40, 2, 30])
  func ends(order: Double) throws {
    let (uniform, sure) = (try uniform.get(), try Categorical([0, 1.0, 0, 0]))
    expect(try uniform.normalizedRenyiEntropy(order: order), near: 1)
    expect(try uniform.normalizedTsallisEntropy(order: order), near: 1)
    expectSameBits(try sure.normalizedRenyiEntropy(order: order), 0)
    expectSameBits(try sure.normalizedTsallisEntropy(order: order), 0)
  }

  @Test func extropy() throws {
    expect(try uniform.get().normalizedExtropy(), near: 1)
    expectSameBits(try Categorical([1, 0]).normalizedExtropy(), 0)
    // 0.796015081711722940794/0.863046217355342782317
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    expect(try p.normalizedExtropy(), near: 0.9223319281219663201824)
    let coin = try Categorical([0.25, 0.75])
    #expect(try coin.normalizedExtropy() == coin.normalizedEntropy())
  }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    #expect(try p.normalizedRenyiEntropy(order: 1) == 0.875)
    #expect(try p.normalizedRenyiEntropy(order: .infinity) == 0.5)
    #expect(try p.normalizedTsallisEntropy(order: 0) == 1)
    expect(try p.normalizedTsallisEntropy(order: 2), near: 0.875)  // 0.65625 of 0.75
    // 1.8284271247461900976 of 2·(√4 − 1)
    expect(try p.normalizedTsallisEntropy(order: 0.5), near: 0.9142135623730950488)
  }

  @Test func maxima() throws {
    #expect(try Categorical.maximumTsallisEntropy(order: 2, outcomes: 4) == 0.75)
    #expect(try Categorical.maximumTsallisEntropy(order: 0, outcomes: 4) == 3)
    expect(
      try Categorical.maximumTsallisEntropy(order: 1, outcomes: 4), near: 1.386294361119890618835)
    expectSameBits(try Categorical.maximumTsallisEntropy(order: 2, outcomes: 1), 0)
    #expect(Categorical.maximumExtropy(outcomes: 2).bits == 1)
    expect(Categorical.maximumExtropy(outcomes: 4).nats, near: 0.863046217355342782317)
    expectSameBits(Categorical.maximumExtropy(outcomes: 1).nats, 0)
    // It tends to 1 nat from below: 1 − 1/(2n) + …
    expect(Categorical.maximumExtropy(outcomes: 1 << 40).nats, near: 1 - 0x1p-41)
  }

  @Test func errors() throws {
    let one = try Categorical([1.0])
    expectError(.undefined, argument: nil, says: "0/0") {
      try one.normalizedRenyiEntropy(order: 2)
    }
    expectError(.undefined, argument: nil, says: "0/0") {
      try one.normalizedTsallisEntropy(order: 2)
    }
    expectError(.undefined, argument: nil, says: "0/0") { try one.normalizedExtropy() }
    for order: Double in [-1, .nan] {
      expectError(.badParameter, argument: "order", says: "\(order)") {
        try uniform.get().normalizedRenyiEntropy(order: order)
      }
    }
    for order: Double in [-1, .nan, .infinity] {
      expectError(.badParameter, argument: "order", says: "\(order)") {
        try uniform.get().normalizedTsallisEntropy(order: order)
      }
      expectError(.badParameter, argument: "order", says: "\(order)") {
        try Categorical.maximumTsallisEntropy(order: order, outcomes: 3)
      }
    }
  }

  @Test func noOutcomes() async {
    await #expect(processExitsWith: .failure) { _ = Categorical.maximumExtropy(outcomes: 0) }
    await #expect(processExitsWith: .failure) {
      _ = try? Categorical.maximumTsallisEntropy(order: 2, outcomes: 0)
    }
  }
}
