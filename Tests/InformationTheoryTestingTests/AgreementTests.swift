import InformationTheory
import InformationTheoryTesting
import ReferenceOracle
import Testing

@Suite struct AgreementTests {
  /// `log 2`, which the binary entropy of a fair coin is.
  private func logTwo() throws -> Certified { try .entropy(of: Categorical([0.5, 0.5])) }

  @Test func stepsAreCountedFromTheNearestNumber() throws {
    let truth = try logTwo()
    let nearest = 0.693147180559945309417232
    #expect(nearest.isWithin(ulps: 0, ofOracle: truth))
    #expect(!nearest.nextUp.isWithin(ulps: 0, ofOracle: truth))
    #expect(nearest.nextUp.isWithin(ulps: 1, ofOracle: truth))
    #expect(!nearest.nextDown.nextDown.isWithin(ulps: 1, ofOracle: truth))
    #expect(!Double.nan.isWithin(ulps: .max - 1, ofOracle: truth))
    #expect(!Double.infinity.isWithin(ulps: .max - 1, ofOracle: truth))

    let float: Float = 0.693147180559945309417232
    #expect(float.isWithin(ulps: 0, ofOracle: truth))
    #expect(!float.nextUp.isWithin(ulps: 0, ofOracle: truth))
    #expect(float.nextUp.isWithin(ulps: 1, ofOracle: truth))
  }

  @Test func infiniteTruthsAreMetByInfinityOnly() throws {
    let truth = try Certified.klDivergence(of: Categorical([1.0, 0]), from: Categorical([0.0, 1]))
    #expect(Double.infinity.isWithin(ulps: 0, ofOracle: truth))
    #expect(Float.infinity.isWithin(ulps: 0, ofOracle: truth))
    #expect(!Double.greatestFiniteMagnitude.isWithin(ulps: .max - 1, ofOracle: truth))
    #expect(!(-Double.infinity).isWithin(ulps: .max - 1, ofOracle: truth))
  }

  @Test func aMismatchSaysAll() throws {
    let truth = try logTwo()
    try expect(0.693147180559945309417232, isWithin: 0, ofOracle: truth)
    let mismatch = try #require(throws: Mismatch.self) {
      try expect(0.6931471805599458, isWithin: 2, ofOracle: truth, input: "entropy of [½, ½]")
    }
    #expect(mismatch.ulps == ulpDistance(0.6931471805599458, 0.693147180559945309417232))
    let lines = "\(mismatch)".split(separator: "\n").map(String.init)
    #expect(lines[0] == "entropy of [½, ½]: 0.6931471805599458 is \(mismatch.ulps) ulps off")
    // The 25 digits of log 2, which any table has.
    #expect(lines[1] == "  truth     0.6931471805599453094172321")
    #expect(lines[2].hasPrefix("  enclosure 0.693147180559945309417232"))
    #expect(lines[3] == "  allowed   2 ulps")
  }

  @Test func nothingIsComputedForTheMessageOfAPass() throws {
    var count = 0
    func input() -> String {
      count += 1
      return "input"
    }
    try expect(Float(0.6931472), isWithin: 1, ofOracle: logTwo(), input: input())
    #expect(count == 0)
    #expect(throws: Mismatch.self) {
      try expect(Float.nan, isWithin: 1, ofOracle: logTwo(), input: input())
    }
    #expect(count == 1)
  }

  // MARK: Gradients

  private func question() -> ClassLossQuestion {
    .init(logits: [[20, 0, 1], [0.5, 0.25, -1]], classIndices: [0, 2], reduction: .sum)
  }

  @Test func aRightGradientPasses() throws {
    let truth = try question().certified()
    let check = GradientCheck(
      of: truth.gradient.map(\.value), against: truth.gradient, ulps: 0)
    #expect(check.passes && check.entryCount == 6 && check.failureCount == 0)
    #expect(check.worst?.ulps == 0)
    // Of the label's logit −Σ of the others, of which 1 − p keeps no digit.
    #expect("\(truth.gradient[0])".hasPrefix("-7.66395"))
  }

  @Test func theWorstEntryIsNamed() throws {
    let truth = try question().certified().gradient
    var mine = truth.map(\.value)
    mine[1] = mine[1].nextUp
    mine[4] *= 1 + 0x1p-45
    let check = GradientCheck(of: mine, against: truth, ulps: 1)
    #expect(!check.passes && check.failureCount == 1 && check.worstIndex == 4)
    #expect("\(check)".hasPrefix("1 of 6 entries are wrong; the worst:\ngradient[4]: "))
    mine[2] = .nan
    #expect(GradientCheck(of: mine, against: truth, ulps: 1).worstIndex == 2)
  }

  @Test func aFloatIsHeldToFloats() throws {
    let truth = try question().certified().gradient
    let mine = truth.map { Double(Float($0.value)) }
    #expect(GradientCheck(of: mine, against: truth, ulps: 0, precision: .single).passes)
    #expect(!GradientCheck(of: mine, against: truth, ulps: 1000).passes)
  }

  @Test func noEntriesPass() {
    let check = GradientCheck(of: [], against: [], ulps: 0)
    #expect(check.passes && check.worst == nil && "\(check)" == "no entries")
  }

  @Test func lengthsThatDifferTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = GradientCheck(of: [1], against: [], ulps: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = try DistributionQuestion(p: [1], q: [1]).certified(.softmaxCrossEntropy)
    }
  }

  @Test func certifiedAnswersRefuseBadQuestions() {
    #expect(throws: InformationError.self) {
      try ClassLossQuestion(logits: [[0, 1]], classIndices: [2]).certified()
    }
    #expect(throws: InformationError.self) {
      try ElementLossQuestion(logits: [0], targets: [2]).certified()
    }
    #expect(throws: InformationError.self) {
      try DistributionQuestion(p: [0.5], q: [1]).certified(.klDivergence)
    }
  }
}
