import InformationTheory
import Testing

@Suite("Self-information")
struct SelfInformationTests {
  @Test func everyOracleValue() throws {
    try checkOracle("self-information", inputs: OracleCases.pmfs) { row, p, _, normalize in
      try categorical(p, normalize: normalize).selfInformation(ofOutcome: #require(row.outcome))
        .nats
    }
  }

  @Test func edges() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125, 0])
    for (outcome, bits) in [1.0, 2, 3, 3, .infinity].enumerated() {
      #expect(p.selfInformation(ofOutcome: outcome).bits == bits)
    }
    expectSameBits(try Categorical([0, 1]).selfInformation(ofOutcome: 1).nats, 0)
    #expect(try Categorical([1, 0x1p-1074]).selfInformation(ofOutcome: 1).bits == 1074)
  }

  @Test func noSuchOutcome() async {
    await #expect(processExitsWith: .failure) {
      guard let p = try? Categorical([0.5, 0.5]) else { return }
      _ = p.selfInformation(ofOutcome: 2)
    }
    await #expect(processExitsWith: .failure) {
      guard let p = try? Categorical([0.5, 0.5]) else { return }
      _ = p.selfInformation(ofOutcome: -1)
    }
  }
}
