import InformationTheory
import TestSupport
import Testing

@Suite("Binary entropy")
struct BinaryEntropyTests {
  @Test func everyOracleValue() throws {
    try checkOracle("binary-entropy", inputs: OracleCases.pmfs) { row, _, _, _ in
      try binaryEntropy(#require(row.x).value).nats
    }
  }

  @Test func goldenValues() throws {
    #expect(try binaryEntropy(0.5).bits == 1)
    expect(try binaryEntropy(0.25).bits, near: 0.811278124459132863909696)
    expect(try binaryEntropy(0.75).bits, near: 0.811278124459132863909696)
  }

  @Test func certainty() throws {
    for x in [0, -0.0, 1] { expectSameBits(try binaryEntropy(x).nats, 0) }
  }

  /// 1 − x is exact for multiples of 2⁻⁵³ in ½ … 1.
  @Test func isSymmetric() throws {
    forEachDrawOfUnit { x, seed in
      do {
        let (a, b) = (try binaryEntropy(x).nats, try binaryEntropy(1 - x).nats)
        expect(a, near: b, "\(seed) x = \(x):")
      } catch { Issue.record(error) }
    }
  }

  @Test func agreesWithTheEntropyOfTwoOutcomes() throws {
    try forEachDraw(from: 0xB1) { random, seed in
      let x = random.unit()
      let ofPair = try Categorical([x, 1 - x]).entropy().nats
      expect(try binaryEntropy(x).nats, near: ofPair, "\(seed) x = \(x):")
    }
  }

  @Test(arguments: [-0x1p-1074, 1 + 0x1p-52, -.infinity, .infinity, .nan])
  func badProbability(x: Double) {
    expectError(.badParameter, argument: "probability", says: "\(x)") { try binaryEntropy(x) }
  }

  private func forEachDrawOfUnit(_ body: (Double, String) -> Void) {
    forEachDraw(from: 0xB0) { random, seed in body(0.5 + 0.5 * random.unit(), seed) }
  }
}
