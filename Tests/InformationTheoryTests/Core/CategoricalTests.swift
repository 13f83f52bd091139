import Foundation
import InformationTheory
import Testing

@Suite("Categorical")
struct CategoricalTests {
  @Test func keepsWhatItWasGiven() throws {
    let p = try Categorical(counts: [10, 0, 30], labels: ["a", "b", "c"])
    #expect(p.masses == [10, 0, 30])
    #expect(p.labels == ["a", "b", "c"])
    #expect(p.count == 3)
    #expect(p.total == 40)
    #expect(p.support == [0, 2])
    #expect(p.probabilities == [0.25, 0, 0.75])
    #expect(p[0] == 0.25)
    #expect(p[2] == 0.75)
    #expect(try Categorical([0.5, 0.5]).labels == nil)
  }

  /// One third of each: the quotient rounded once, whatever the total.
  @Test func probabilitiesAreRoundedOnce() throws {
    let thirds = try Categorical(counts: [1, 1, 1])
    #expect(thirds.probabilities == [Double](repeating: 1.0 / 3, count: 3))
    let tenths = try Categorical([Double](repeating: 0.1, count: 10))
    // The stored tenths sum to 1 + 2⁻⁵⁴·…: each is their tenth exactly.
    #expect(tenths.probabilities == [Double](repeating: 0.1, count: 10))
  }

  @Test func names() throws {
    let p = try Categorical([0.5, 0.5], labels: ["heads", "tails"])
    #expect(p.name(ofOutcome: 1) == "tails")
    #expect(try Categorical([0.5, 0.5]).name(ofOutcome: 1) == "1")
  }

  @Test func text() throws {
    #expect(try Categorical([0.5, 0.5], labels: ["a", "b"]).description == "[a: 0.5, b: 0.5]")
    #expect(try Categorical(counts: [1, 3]).description == "[0.25, 0.75]")
  }

  @Test func equality() throws {
    let p = try Categorical([0.5, 0.5], labels: ["a", "b"])
    #expect(try p == Categorical([0.5, 0.5], labels: ["a", "b"]))
    #expect(try p != Categorical([0.5, 0.5], labels: ["a", "c"]))
    #expect(try p != Categorical([0.5, 0.5]))
    #expect(try Categorical([0.5, 0.5]) != Categorical([0.25, 0.75]))
    #expect(try Set([p, p, Categorical([0.5, 0.5])]).count == 2)
  }

  @Test func coding() throws {
    for p in [
      try Categorical([0.5, 0.25, 0.25]),
      try Categorical(counts: [3, 0, 1 << 53], labels: ["x", "y", "z"]),
      try Categorical(logits: [0, -800, 3]),
      try Categorical([1, 0x1p-1074]),
    ] {
      let decoded = try JSONDecoder().decode(Categorical.self, from: JSONEncoder().encode(p))
      #expect(decoded == p)
      expectSameBits(decoded.entropy().nats, p.entropy().nats)
      #expect(decoded.total == p.total)
    }
  }

  @Test func decodingChecks() throws {
    func decode(_ json: String) throws -> Categorical {
      try JSONDecoder().decode(Categorical.self, from: Data(json.utf8))
    }
    #expect(try decode(#"{"masses":[1,3]}"#).probabilities == [0.25, 0.75])
    expectError(.negativeMass, argument: "masses", index: 1, says: "-1") {
      try decode(#"{"masses":[1,-1]}"#)
    }
    expectError(.empty, argument: "masses", says: "empty") { try decode(#"{"masses":[]}"#) }
    expectError(.badLabels, argument: "labels", says: "1", "2") {
      try decode(#"{"masses":[1,2],"labels":["a"]}"#)
    }
    #expect(throws: DecodingError.self) { try decode("{}") }
    #expect(throws: DecodingError.self) { try decode(#"{"masses":["1"]}"#) }
  }

  @Test func noSuchOutcome() async {
    await #expect(processExitsWith: .failure) {
      guard let p = try? Categorical([0.5, 0.5]) else { return }
      _ = p[2]
    }
    await #expect(processExitsWith: .failure) {
      guard let p = try? Categorical([0.5, 0.5]) else { return }
      _ = p[-1]
    }
  }
}
