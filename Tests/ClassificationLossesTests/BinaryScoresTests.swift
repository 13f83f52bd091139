import ClassificationLosses
import InformationTheory
import Testing

@Suite("Binary scores")
struct BinaryScoresTests {
  private let logits = [0.5, -2, 40, -40, 0]
  private let targets = [1.0, 0, 1, 1, 0.25]

  @Test func everyScore() throws {
    var scores = BinaryScores(binCount: 2)
    try scores.add(logits: logits.span, targets: targets.span)
    #expect(scores.count == 5)
    // The fourth is wrong; 0 foresees nothing, and a quarter is nearer to no.
    #expect(scores.accuracy == 0.8)
    #expect(scores.meanTarget == 0.65)
    let brier = try #require(scores.brierScore)
    #expect((brier - 0.2438492586430323952773470).magnitude < 1e-15)
    #expect(scores.calibration.bins.map(\.count) == [3, 2])
  }

  @Test func theSquareOfASmallError() throws {
    var scores = BinaryScores()
    try scores.add(logits: [40.0].span, targets: [1.0].span)
    let brier = try #require(scores.brierScore)
    #expect((brier / 1.8048513878454151570e-35 - 1).magnitude < 1e-15)
  }

  @Test func partsMerge() throws {
    var whole = BinaryScores()
    try whole.add(logits: logits.span, targets: targets.span)
    var merged = BinaryScores()
    for i in logits.indices.reversed() {
      var part = BinaryScores()
      try part.add(logits: [logits[i]].span, targets: [targets[i]].span)
      merged.merge(part)
    }
    #expect(merged == whole)
    #expect(BinaryScores().accuracy == nil)
  }

  @Test func errors() throws {
    func code(_ x: Double, _ t: Double) -> InformationError.Code? {
      var scores = BinaryScores()
      do throws(InformationError) {
        try scores.add(logits: [x].span, targets: [t].span)
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code(.nan, 0) == .notFinite)
    #expect(code(0, .nan) == .notFinite)
    #expect(code(0, 1.5) == .badParameter)
    #expect(code(.infinity, 1) == nil)
  }
}
