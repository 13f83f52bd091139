import Foundation
import InformationTheory
import InformationTheoryTesting
import ReferenceOracle
import Testing

/// What the article about tests shows, as it stands there.
@Suite struct DocumentationTests {
  private static func text(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The code blocks of the article in a language.
  private static func blocks(_ language: String) throws -> [String] {
    let article = try text(
      "Sources/InformationTheoryTesting/InformationTheoryTesting.docc/AddingTheOracleToATest.md")
    return article.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  /// Every line, without the space before it.
  private static func lines(_ code: String) -> String {
    code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: "\n")
  }

  @Test func theArticleShowsTheTestsBelow() throws {
    let source = Self.lines(
      try Self.text(
        "Tests/InformationTheoryTestingTests/DocumentationTests.swift"))
    let blocks = try Self.blocks("swift")
    #expect(blocks.count == 3)
    for block in blocks {
      let code = block.split(separator: "\n").filter { !$0.hasPrefix("import") }
        .joined(separator: "\n")
      #expect(source.contains(Self.lines(code)), "not a test:\n\(block)")
    }
  }

  @Test func theArticleShowsTheExampleInPython() throws {
    let blocks = try Self.blocks("python")
    #expect(blocks.count == 1)
    let example = try Self.text("Examples/conformance/test_my_divergence.py")
    for block in blocks { #expect(example.contains(block), "not in the example:\n\(block)") }
  }
}

/// Somebody's divergence, which happens to be right.
private func myKLDivergence(_ p: [Double], _ q: [Double]) throws -> Double {
  try klDivergence(of: p.span, from: q.span).nats
}

/// Somebody's gradient of softmax cross-entropy.
private func mySoftmaxCrossEntropy(
  _ question: ClassLossQuestion
) throws -> ConformanceAnswer {
  try FastLosses.ofClasses(question, as: Double.self)
}

@Test func klDivergenceIsRight() throws {
  var generator = SeededGenerator(seed: 1)
  for _ in 0..<200 {
    let (p, q) = AdversarialMasses(.nearlyEqual).pair(using: &generator)
    let truth = try Certified.klDivergence(of: Categorical(p), from: Categorical(q))
    try expect(myKLDivergence(p, q), isWithin: 1, ofOracle: truth, input: "p \(p), q \(q)")
  }
}

@Test func lossGoesIntoNoTrap() {
  let report = ConformanceSuite(ulps: 4).examineClassLoss(.softmaxCrossEntropy, "mine") {
    try mySoftmaxCrossEntropy($0)
  }
  #expect(report.isConformant, "\(report)")
}

@Test func gradientIsRight() throws {
  let question = ClassLossQuestion(logits: [[40, 0], [1, 3]], classIndices: [0, 0])
  let check = GradientCheck(
    of: try #require(try mySoftmaxCrossEntropy(question).gradient),
    against: try question.certified().gradient, ulps: 1)
  #expect(check.passes, "\(check)")
}
