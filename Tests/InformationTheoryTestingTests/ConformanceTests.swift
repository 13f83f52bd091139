import ClassificationLosses
import InformationTheory
import Testing

@testable import InformationTheoryTesting

@Suite struct ConformanceTests {
  // MARK: Our own code goes into no trap

  @Test(arguments: [ConformanceMeasure.softmaxCrossEntropy, .softmaxFocalLoss])
  func fastLossesOfClassesAreConformant(measure: ConformanceMeasure) {
    let count = measure.isFocal ? 48 : 128
    let suite = ConformanceSuite(ulps: 1, seed: 7, questionsPerTrap: count)
    let report = suite.examineClassLoss(measure, "ClassificationLosses") {
      try FastLosses.ofClasses($0, as: Double.self)
    }
    #expect(report.isConformant, "\(report)")
    #expect(
      report.findings.allSatisfy { $0.asked >= count * 3 / 4 && $0.unsupported == 0 }, "\(report)")
    let single = ConformanceSuite(
      precision: .single, ulps: 1, seed: 8, questionsPerTrap: count / 2
    )
    .examineClassLoss(measure, "ClassificationLosses") {
      try FastLosses.ofClasses($0, as: Float.self)
    }
    #expect(single.isConformant, "\(single)")
  }

  @Test(arguments: [ConformanceMeasure.binaryCrossEntropy, .sigmoidFocalLoss])
  func fastLossesOfElementsAreConformant(measure: ConformanceMeasure) {
    let count = measure.isFocal ? 48 : 128
    let suite = ConformanceSuite(ulps: 1, seed: 7, questionsPerTrap: count)
    let report = suite.examineElementLoss(measure, "ClassificationLosses") {
      try FastLosses.ofElements($0, as: Double.self)
    }
    #expect(report.isConformant, "\(report)")
    #expect(
      report.findings.allSatisfy { $0.asked >= count * 3 / 4 && $0.unsupported == 0 }, "\(report)")
    let single = ConformanceSuite(
      precision: .single, ulps: 1, seed: 8, questionsPerTrap: count / 2
    )
    .examineElementLoss(measure, "ClassificationLosses") {
      try FastLosses.ofElements($0, as: Float.self)
    }
    #expect(single.isConformant, "\(single)")
  }

  @Test func fastEntropyIsConformant() {
    let report = ConformanceSuite(ulps: 1, seed: 9).examineEntropy("InformationTheory") { p in
      try entropy(of: p.span).nats
    }
    #expect(report.isConformant, "\(report)")
  }

  @Test func fastDivergencesAreConformant() {
    let suite = ConformanceSuite(ulps: 1, seed: 9)
    let kl = suite.examineDivergence(.klDivergence, "InformationTheory") { p, q in
      try klDivergence(of: p.span, from: q.span).nats
    }
    #expect(kl.isConformant, "\(kl)")
    let js = suite.examineDivergence(.jensenShannonDivergence, "InformationTheory") { p, q in
      try Categorical(p).jensenShannonDivergence(from: Categorical(q)).nats
    }
    #expect(js.isConformant, "\(js)")
  }

  // MARK: A naive implementation goes into those that it should

  @Test func theFaultsOfNaiveSoftmaxCrossEntropyAreNamed() throws {
    let report = ConformanceSuite().examineClassLoss(.softmaxCrossEntropy, "naive") {
      NaiveLosses.softmaxCrossEntropy($0)
    }
    #expect(
      report.failedTraps
        == [.edgeValues, .denominators, .ignoredRows, .tails, .badLabels, .softTargets],
      "\(report)")
    #expect(!report.isConformant && report.isImplemented)

    let tail = try #require(report[.tails]?.smallestFailure)
    #expect(tail.question.size <= 3, "\(report)")
    let ignored = try #require(report[.ignoredRows]?.smallestFailure)
    #expect(ignored.got == "nan", "\(report)")
    let label = try #require(report[.badLabels]?.smallestFailure)
    #expect(label.truth == "an error", "\(report)")
    guard case .classes(_, let question) = label.question else {
      Issue.record("not a question about this loss: \(label.question)")
      return
    }
    #expect(question.logits == [[0, 0]] || question.logits == [[0, 1]], "\(report)")
  }

  @Test func theFaultsOfNaiveBinaryCrossEntropyAreNamed() {
    let report = ConformanceSuite().examineElementLoss(.binaryCrossEntropy, "naive") {
      try NaiveLosses.binaryCrossEntropy($0)
    }
    #expect(report.failedTraps == [.edgeValues, .tails, .badLabels], "\(report)")
    // The weights that it does not know are no fault.
    #expect((report[.denominators]?.unsupported ?? 0) > 10)
  }

  @Test func theFaultsOfNaiveSoftTargetsAreNamed() throws {
    let report = ConformanceSuite().examineClassLoss(.softmaxCrossEntropy, "naive") {
      NaiveLosses.softmaxCrossEntropy($0)
    }
    // 0·∞ of a class that has neither a target nor a probability.
    let failure = try #require(report[.softTargets]?.smallestFailure)
    guard case .classes(_, let question) = failure.question else { return }
    #expect(question.logits.count == 1 && question.classCount == 2, "\(report)")
    #expect(failure.got.hasSuffix("nan"), "\(report)")
  }

  @Test func theFaultsOfNaiveFocalLossesAreNamed() throws {
    let softmax = ConformanceSuite().examineClassLoss(.softmaxFocalLoss, "naive") {
      NaiveLosses.softmaxFocalLoss($0)
    }
    #expect(
      Set(softmax.failedTraps)
        == [.edgeValues, .denominators, .ignoredRows, .tails, .badLabels], "\(softmax)")
    #expect(softmax[.tails]?.smallestFailure?.question.size ?? 9 <= 3, "\(softmax)")
    let sigmoid = ConformanceSuite().examineElementLoss(.sigmoidFocalLoss, "naive") {
      try NaiveLosses.sigmoidFocalLoss($0)
    }
    #expect(sigmoid.failedTraps == [.edgeValues, .tails, .badLabels], "\(sigmoid)")
    #expect(sigmoid[.gradient]?.unsupported == sigmoid[.gradient]?.asked)
  }

  @Test func theFaultsOfNaiveEntropyAreNamed() throws {
    let report = ConformanceSuite().examineEntropy("naive") { NaiveLosses.entropy($0) }
    // 0·log 0.
    #expect(Set(report.failedTraps).isSuperset(of: [.edgeValues]), "\(report)")
    #expect(report[.value]?.failed == 0, "\(report)")
    let zero = try #require(report[.edgeValues]?.smallestFailure)
    #expect(zero.got.hasSuffix("nan") && zero.question.size == 2, "\(report)")
  }

  @Test func theFaultsOfNaiveDivergenceAreNamed() throws {
    let report = ConformanceSuite().examineDivergence(.klDivergence, "naive") { p, q in
      NaiveLosses.klDivergence(p, q)
    }
    #expect(Set(report.failedTraps).isSuperset(of: [.nearlyEqual, .edgeValues]), "\(report)")
    #expect(report[.value]?.failed == 0, "\(report)")
    let near = try #require(report[.nearlyEqual]?.smallestFailure)
    #expect(near.question.size == 4, "\(report)")
  }

  /// In single precision PyTorch's own formula loses the tail already at 17.
  @Test func aSubtractionLosesTheTail() throws {
    let report = ConformanceSuite(precision: .single).examineClassLoss(
      .softmaxCrossEntropy, "subtracts"
    ) {
      var answer = try FastLosses.ofClasses($0, as: Float.self)
      answer.gradient = nil
      let value = Float(answer.value)
      answer.value = Double((1 + value) - 1)
      return answer
    }
    #expect(report.failedTraps.contains(.tails), "\(report)")
    #expect(report[.gradient]?.unsupported == report[.gradient]?.asked)
    let failure = try #require(report[.tails]?.smallestFailure)
    #expect(failure.got == "0.0" && failure.quantity == "value")
  }

  // MARK: What implementations may do beside answering

  @Test func nothingThatIsSupportedIsNoConformance() {
    let report = ConformanceSuite(questionsPerTrap: 2).examineElementLoss(
      .binaryCrossEntropy, "none"
    ) { _ in
      throw UnsupportedQuestion()
    }
    #expect(!report.isImplemented && !report.isConformant)
    #expect("\(report)".hasSuffix("not answered"))
  }

  @Test func refusingGoodInputIsAFault() {
    struct Picky: Error {}
    let report = ConformanceSuite(questionsPerTrap: 4).examineDivergence(.klDivergence, "picky") {
      _, _ in
      throw Picky()
    }
    #expect(report.findings.allSatisfy { $0.failed == $0.asked })
    #expect(report[.value]?.smallestFailure?.got.contains("an error") == true, "\(report)")
  }

  @Test func aSilentImplementationIsReportedAndAFinalOneEndsTheExamination() {
    var asked = 0
    let report = ConformanceSuite(questionsPerTrap: 4).examineDivergence(.klDivergence, "silent") {
      _, _ in
      asked += 1
      throw NoAnswer("it sleeps", isFinal: asked > 6)
    }
    #expect(asked == 7)
    #expect(report[.value]?.failed == 4)
    #expect(report[.value]?.smallestFailure?.got == "none: it sleeps")
    #expect(report.abandoned == "it sleeps")
    #expect(!report.isConformant && report.isImplemented)
  }

  @Test func aGradientOfTheWrongLengthIsAFault() {
    let report = ConformanceSuite(questionsPerTrap: 4).examineElementLoss(
      .binaryCrossEntropy, "short"
    ) {
      var answer = try FastLosses.ofElements($0, as: Double.self)
      answer.gradient?.append(0)
      return answer
    }
    #expect(report[.gradient]?.smallestFailure?.quantity == "gradient", "\(report)")
    #expect(report[.value]?.failed == 0)
  }

  @Test func aWrongEntryOfTheGradientIsFound() throws {
    let report = ConformanceSuite(questionsPerTrap: 8).examineClassLoss(
      .softmaxCrossEntropy, "off"
    ) {
      var answer = try FastLosses.ofClasses($0, as: Double.self)
      if let last = answer.gradient?.indices.last { answer.gradient?[last] *= 1 + 0x1p-40 }
      return answer
    }
    let failure = try #require(report[.gradient]?.smallestFailure)
    #expect(failure.quantity.hasPrefix("gradient[") && (failure.ulps ?? 0) > 1000, "\(report)")
    #expect(report[.value]?.failed == 0)
  }

  // MARK: Reports

  @Test func reportsAreTheSameForTheSameSeedAndFitTheScreen() {
    func report(_ seed: UInt64) -> ConformanceReport {
      ConformanceSuite(seed: seed, questionsPerTrap: 16).examineClassLoss(
        .softmaxCrossEntropy, "naive"
      ) {
        NaiveLosses.softmaxCrossEntropy($0)
      }
    }
    let (first, second) = (report(1), report(1))
    // Not as values, because a question may hold NaN.
    #expect("\(first)" == "\(second)")
    #expect("\(first)" != "\(report(2))")
    for line in "\(first)".split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect("\(first)".contains("tails: small losses"))
  }

  @Test func aBadCountTraps() async {
    await #expect(processExitsWith: .failure) { _ = ConformanceSuite(questionsPerTrap: 0) }
    await #expect(processExitsWith: .failure) {
      _ = ConformanceSuite().examineDivergence(.binaryCrossEntropy, "a loss") { _, _ in 0 }
    }
    await #expect(processExitsWith: .failure) {
      _ = ConformanceSuite().examineClassLoss(.entropy, "no loss") { _ in .init(value: 0) }
    }
    await #expect(processExitsWith: .failure) {
      _ = ConformanceSuite().examineElementLoss(.entropy, "no loss") { _ in .init(value: 0) }
    }
  }
}
