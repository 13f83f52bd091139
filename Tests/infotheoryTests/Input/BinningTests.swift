import TestSupport
import Testing

@testable import infotheory

@Suite struct BinningTests {
  @Test func edgesAreEquallyFarApart() throws {
    let binning = try #require(Binning(from: -1, to: 3, count: 4))
    #expect(binning.edges == [-1, 0, 1, 2, 3])
    #expect(binning.centres == [-0.5, 0.5, 1.5, 2.5])
    #expect(binning.labels == ["[-1, 0)", "[0, 1)", "[1, 2)", "[2, 3]"])
  }

  @Test func binsHoldTheirLowerEdgeAndTheLastHoldsBoth() throws {
    let binning = try #require(Binning(from: -1, to: 3, count: 4))
    #expect([-1, -0.1, 0, 0.9, 2, 2.9, 3].map(binning.index) == [0, 0, 1, 1, 3, 3, 3])
  }

  @Test func oneValueHasOneBin() throws {
    let binning = try #require(Binning(from: 2, to: 2, count: 1))
    #expect(binning.index(of: 2) == 0)
    #expect(binning.centres == [2])
    #expect(Binning(from: 2, to: 2, count: 2) == nil)
  }

  @Test func theWholeRangeOfDoublesCanBeBinned() throws {
    let most = Double.greatestFiniteMagnitude
    let binning = try #require(Binning(from: -most, to: most, count: 2))
    #expect(binning.edges == [-most, 0, most])
    #expect([-most, -1, 0, 1, most].map(binning.index) == [0, 0, 1, 1, 1])
  }

  @Test func binsNeedDoublesToPartThem() {
    #expect(Binning(from: 1, to: 1.0.nextUp, count: 1) != nil)
    #expect(Binning(from: 1, to: 1.0.nextUp, count: 3) == nil)
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func everyValueIsBetweenTheEdgesOfItsBin(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let low = Double.random(in: -100...100, using: &random)
    let high = low + Double.random(in: 1e-9...100, using: &random)
    let count = Int.random(in: 1...50, using: &random)
    let binning = try #require(Binning(from: low, to: high, count: count))
    for value in binning.edges
      + (0..<100).map({ _ in Double.random(in: low...high, using: &random) })
    {
      let bin = binning.index(of: value)
      let isInside = binning.edges[bin] <= value && value < binning.edges[bin + 1]
      #expect(isInside || bin == count - 1 && value == high)
    }
  }

  // MARK: - Rules

  private func summary(_ values: [Double]) -> NumericSummary {
    var summary = NumericSummary()
    for value in values { summary.add(value) }
    return summary
  }

  private func count(_ rule: BinRule, _ values: [Double]) -> Int? {
    rule.binCount(for: summary(values)) {
      var quartiles = Quartiles(of: summary(values))
      while !quartiles.isSettled { quartiles.narrow { values.forEach($0) } }
      return quartiles.values
    }
  }

  @Test func rulesGiveTheirBooksAnswers() {
    let thousand = (0..<1000).map(Double.init)
    #expect(count(.sturges, thousand) == 11)
    #expect(count(.rice, thousand) == 20)
    #expect(count(.squareRoot, thousand) == 32)
    // σ = 288.819…, 3.49 σ / 10 = 100.798…, 999 / 100.798 = 9.91…
    #expect(count(.scott, thousand) == 10)
    // IQR = 499.5, 2 IQR / 10 = 99.9, 999 / 99.9 = 10
    #expect(count(.freedmanDiaconis, thousand) == 10)
    #expect(count(.rice, (0..<27).map(Double.init)) == 6)
    #expect(count(.squareRoot, (0..<100).map(Double.init)) == 10)
    #expect(count(.squareRoot, (0..<101).map(Double.init)) == 11)
  }

  @Test func equalValuesHaveOneBin() {
    for rule in BinRule.allCases { #expect(count(rule, [3, 3, 3]) == 1) }
  }

  @Test func aRuleWithoutAnAnswerSaysSo() {
    #expect(count(.freedmanDiaconis, [0, 1, 1, 1, 1, 1, 1, 2]) == nil)
    #expect(count(.scott, [-1e308, 1e308]) == nil)
  }
}
