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
    let question = SampleQuestion.json(measure.rawValue, SampleQuestion.fields(of: measure))
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
