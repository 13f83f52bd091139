import Foundation
import Testing

@testable import infotheory

/// Nothing that can be asked for lacks an answer.
@Suite struct EveryMeasureTests {
  private func answer(_ question: String) -> String {
    Evaluator.answer(Array(question.utf8)[...], line: 1)?.json ?? "(none)"
  }

  @Test(arguments: Measure.allCases)
  func everyMeasureHasAnAnswer(measure: Measure) {
    let extra: [Measure: String] = [
      .renyiEntropy: #","order":2"#, .tsallisEntropy: #","order":2"#, .hillNumber: #","order":2"#,
      .selfInformation: #","outcome":0"#, .renyiDivergence: #","order":2"#,
      .tsallisDivergence: #","order":2"#, .alphaDivergence: #","order":2"#,
      .cressieReadDivergence: #","order":2"#, .conditionalEntropy: #","given":"y""#,
      .uncertaintyCoefficient: #","given":"y""#,
      .pointwiseMutualInformation: #","outcomes":[0,0]"#,
    ]
    let fields = measure.fields
    var question = "{\"id\":0,\"measure\":\"\(measure.rawValue)\""
    if measure == .binaryEntropy {
      question += ",\"p\":0.3"
    } else if measure == .bestThreshold {
      question += #","values":[1,2,4],"labels":["a","a","b"]"#
    } else if measure == .conditionalMutualInformation {
      question += #","columns":[["a","b"],[1,2],[true,true]],"given":"z""#
    } else if measure == .adjustedMutualInformation {
      question += ",\"joint\":[[5,1],[1,3]]"
    } else if fields.contains("joint") {
      question += ",\"joint\":[[0.5,0],[0.25,0.25]]"
    } else if fields.contains("p") {
      question += ",\"p\":[0.5,0.5]"
    }
    if fields.contains("q") { question += ",\"q\":[0.25,0.75]" }
    if fields.contains("distributions") { question += ",\"distributions\":[[1,0],[0,1]]" }
    question += (extra[measure] ?? "") + "}"
    let answer = answer(question)
    #expect(answer.contains("\"value\":"), "\(measure.rawValue): \(answer)")
  }

  @Test(arguments: SpecialFunction.all.map(\.name))
  func everySpecialFunctionHasAnAnswer(name: String) throws {
    let function = try #require(SpecialFunction.named(name))
    let arguments = function.arguments.map { argument in
      // W(−1/4), I_1/4(a, b) and P(a, 1/4) all exist; zeta(s, a) wants s above 1.
      let value =
        argument.isWhole
        ? "0"
        : name == "hurwitz_zeta"
          ? "2.5"
          : name == "log_binomial"
            ? (argument.name == "n" ? "3.5" : "0.25") : "0.25"
      return ",\"\(argument.name)\":\(value)"
    }
    let question = "{\"measure\":\"\(name)\"\(arguments.joined())}"
    let answer = answer(question)
    #expect(answer.contains("\"value\":"), "\(question): \(answer)")
    #expect(!answer.contains("unit"))
  }

  @Test func namesAreAllDifferent() {
    #expect(Set(Subject.names).count == Subject.names.count)
    for name in Subject.names { #expect(Subject(name: name)?.name == name) }
  }
}
