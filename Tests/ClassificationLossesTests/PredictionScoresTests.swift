import ClassificationLosses
import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("Prediction scores")
struct PredictionScoresTests {
  private let logits: [Double] = [1, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5, 40, 0, 0, 0, 40, -1]
  private let labels = [2, 0, 1, 0, 0]

  private func scores(
    _ logits: [Double], _ labels: [Int], classes: Int, bins: Int = 15, ignoring: Int? = nil,
    softcap: Double? = nil
  ) throws -> PredictionScores {
    var scores = PredictionScores(classCount: classes, binCount: bins)
    try scores.add(
      logits: logits.span, classIndices: labels.span, ignoreIndex: ignoring,
      logitSoftcap: softcap)
    return scores
  }

  private func near(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-15) -> Bool {
    a.map { ($0 - b).magnitude <= tolerance * b.magnitude } ?? false
  }

  /// 60 digits of ball arithmetic.
  @Test func everyScore() throws {
    let scores = try scores(logits, labels, classes: 3, bins: 4)
    #expect(near(scores.crossEntropy.mean, 8.382764843511374062933806))
    #expect(near(scores.crossEntropy.standardError, 7.906280737797205525165534))
    #expect(near(scores.perplexity, 4371.077580029136524271205, 4e-15))
    #expect(near(scores.brierScore, 0.6053577918696376957079147))
    // Of three equal logits the first is the prediction; the second is among the five.
    #expect(scores.accuracy == 0.6)
    #expect(scores.topFiveAccuracy == 1)
    #expect(near(scores.calibration.expectedCalibrationError, 0.4005702843567379079934704))
    #expect(near(scores.calibration.maximumCalibrationError, 0.49999999999999999285))
    #expect(scores.calibration.bins.map(\.count) == [0, 1, 2, 2])
    let first = scores.scores(ofClass: 0)
    #expect(first.count == 3 && first.hitCount == 2 && first.accuracy == 2.0 / 3)
    #expect(near(first.crossEntropy.mean, 13.46920198814812677293029))
    #expect(near(first.meanProbability, 0.5550803185916072950935547))
    #expect(scores.scores(ofClass: 2).accuracy == 1)
  }

  /// The error of a confident prediction is a square of what is left, not of 1 − p.
  @Test func brierScoreOfAConfidentPrediction() throws {
    #expect(
      near(
        try scores([40, 0, 0], [0], classes: 3).brierScore, 1.082910832707249084984922e-34,
        4 * 0x1p-53))
    #expect(try scores([0, 800], [0], classes: 2).brierScore == 2)
  }

  @Test func rankOfTheLabel() throws {
    let ladder = (0..<8).map { -Double($0) }
    for label in 0..<8 {
      let scores = try scores(ladder, [label], classes: 8)
      #expect(scores.accuracy == (label == 0 ? 1 : 0))
      #expect(scores.topFiveAccuracy == (label < 5 ? 1 : 0))
    }
    let flat = [Double](repeating: 0, count: 8)
    #expect(try scores(flat, [4], classes: 8).topFiveAccuracy == 1)
    #expect(try scores(flat, [5], classes: 8).topFiveAccuracy == 0)
  }

  @Test func theSoftcapIsPartOfTheModel() throws {
    let capped = try scores([100, 0], [0], classes: 2, softcap: 2)
    let same = try scores([2 * tanh(50.0), 0], [0], classes: 2)
    #expect(near(capped.crossEntropy.mean, try #require(same.crossEntropy.mean), 1e-15))
  }

  @Test func crossEntropyIsTheLoss() throws {
    let loss = try softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: 3)
    #expect(near(try scores(logits, labels, classes: 3).crossEntropy.mean, loss.value))
  }

  @Test func partsMergeBitForBit() throws {
    var random = SplitMix64(state: 3)
    let many = (0..<600).map { _ in 10 * random.unit() - 5 }
    let classes = (0..<100).map { _ in random.integer(-1...5) }
    let whole = try scores(many, classes, classes: 6, ignoring: -1)
    var merged = try scores(
      Array(many[(6 * 40)...]), Array(classes[40...]), classes: 6, ignoring: -1)
    merged.merge(
      try scores(Array(many[..<(6 * 40)]), Array(classes[..<40]), classes: 6, ignoring: -1))
    #expect(merged == whole)
    #expect(whole.rowCount == 100 && whole.validCount == classes.count { $0 >= 0 })
    #expect((0..<6).reduce(0) { $0 + whole.scores(ofClass: $1).count } == whole.validCount)
    let copy = try JSONDecoder().decode(PredictionScores.self, from: JSONEncoder().encode(whole))
    #expect(copy == whole)
    let singles = many.map { Float($0) }
    var narrow = PredictionScores(classCount: 6)
    try narrow.add(logits: singles.span, classIndices: classes.span, ignoreIndex: -1)
    #expect(narrow.accuracy == whole.accuracy)
  }

  @Test func nothing() throws {
    let none = try scores([.nan, .nan], [9], classes: 2, ignoring: 9)
    #expect(none.rowCount == 1 && none.validCount == 0)
    #expect(none.accuracy == nil && none.brierScore == nil && none.perplexity == nil)
    #expect(none.scores(ofClass: 1).meanProbability == nil)
  }

  @Test func errors() throws {
    func code(_ logits: [Double], _ label: Int, softcap: Double? = nil) -> InformationError.Code? {
      do {
        _ = try scores(logits, [label], classes: 2, softcap: softcap)
        return nil
      } catch {
        return (error as? InformationError)?.code
      }
    }
    #expect(code([0, 0], 2) == .labelOutOfRange)
    #expect(code([0, 0], -1) == .labelOutOfRange)
    #expect(code([.nan, 0], 1) == .notFinite)
    #expect(code([-.infinity, -.infinity], 1) == .undefined)
    #expect(code([0, 0], 0, softcap: -1) == .badParameter)
  }

  @Test func callersBugsTrap() async {
    await #expect(processExitsWith: .failure) { _ = PredictionScores(classCount: 0) }
    await #expect(processExitsWith: .failure) {
      _ = PredictionScores(classCount: 2).scores(ofClass: 2)
    }
    await #expect(processExitsWith: .failure) {
      var scores = PredictionScores(classCount: 2)
      scores.merge(PredictionScores(classCount: 3))
    }
  }
}
