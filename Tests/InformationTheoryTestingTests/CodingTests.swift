import Foundation
import InformationTheoryTesting
import Testing

/// What goes through JSON, and comes back.
@Suite struct CodingTests {
  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  @Test func aQuestionIsOneToEvaluate() throws {
    let question = ConformanceQuestion.classes(
      .softmaxCrossEntropy,
      .init(
        logits: [[20, -.infinity], [0.5, .infinity]], classIndices: [0, -100],
        classWeights: [1, 2], sampleWeights: [0.5, 1], ignoreIndex: -100, labelSmoothing: 0.125,
        reduction: .weightedMean))
    let text = try json(question)
    #expect(
      text == """
        {"class_indices":[0,-100],"class_weights":[1,2],"gradient":true,"ignore_index":-100,\
        "label_smoothing":0.125,"logits":[[20,"-inf"],[0.5,"inf"]],\
        "measure":"softmax_cross_entropy","reduction":"weighted_mean","sample_weights":[0.5,1]}
        """)
    #expect(try decoded(ConformanceQuestion.self, text) == question)
  }

  @Test func questionsComeBack() throws {
    let questions: [ConformanceQuestion] = [
      .classes(.softmaxCrossEntropy, .init(logits: [[1]], classIndices: [0])),
      .classes(
        .softmaxCrossEntropy,
        .init(logits: [[1, -.infinity]], classProbabilities: [[1, 0]], labelSmoothing: 0.5)),
      .classes(
        .softmaxFocalLoss,
        .init(logits: [[1, 2]], classIndices: [0], gamma: 0.5, alpha: [1, 0.25])),
      .elements(.sigmoidFocalLoss, .init(logits: [1], targets: [0], gamma: 2)),
      .elements(.sigmoidFocalLoss, .init(logits: [1], targets: [0], gamma: 2, alpha: 0.25)),
      .distributions(.entropy, .init(p: [0.5, 0.5])),
      .elements(
        .binaryCrossEntropy,
        .init(logits: [1, .infinity], targets: [0, 1], positiveWeight: 2, weights: [1, 0.1])),
      .elements(.binaryCrossEntropy, .init(logits: [1], targets: [0.5], reduction: .sum)),
      .distributions(.klDivergence, .init(p: [0.5, 0.5], q: [1, 0])),
      .distributions(.jensenShannonDivergence, .init(p: [1], q: [1])),
    ]
    for question in questions {
      #expect(try decoded(ConformanceQuestion.self, json(question)) == question)
    }
    // NaN differs from itself, so that text is compared.
    let ignored = ConformanceQuestion.classes(
      .softmaxCrossEntropy,
      .init(logits: [[.nan, 1], [1, 2]], classIndices: [1, 0], ignoreIndex: 1))
    let text = try json(ignored)
    #expect(text.contains(#"["nan",1]"#))
    #expect(try json(decoded(ConformanceQuestion.self, text)) == text)
  }

  @Test func reportsComeBack() throws {
    let report = ConformanceSuite(questionsPerTrap: 4).examineClassLoss(
      .softmaxCrossEntropy, "naive"
    ) {
      NaiveLosses.softmaxCrossEntropy($0)
    }
    let text = try json(report)
    let back = try decoded(ConformanceReport.self, text)
    #expect(try json(back) == text)
    #expect("\(back)" == "\(report)")
  }

  @Test func textThatIsNoNumberIsRefused() {
    #expect(throws: DecodingError.self) {
      try decoded(DistributionQuestion.self, #"{"p":["a half",0.5],"q":[0.5,0.5]}"#)
    }
  }
}
