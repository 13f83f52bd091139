import Foundation
import Testing

extension EndToEndTests {
  /// The list of families, and the examples of its help.
  @Suite struct DistributionsTests {
    @Test func familiesAreListedWithTheirParameters() throws {
      let outcome = try Tool.run(["distributions"])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("normal(mean, standard_deviation)\n    mean: finite\n"))
      #expect(outcome.output.contains("student_t(degrees_of_freedom, location=0.0, scale=1.0)\n"))
      #expect(outcome.output.contains("    concentration: each positive and finite\n"))
    }

    /// Each example is a question that the tool answers.
    @Test func theExamplesWork() throws {
      let help = try Tool.run(["distributions", "--help"]).output
      let questions = help.matches(of: /'(\{.*\})'/).map { String($0.1) }
      #expect(questions.count == 3)
      let outcome = try Tool.run(
        ["evaluate", "--certified", "--strict"], input: questions.joined(separator: "\n"))
      #expect(outcome.status == 0 && outcome.lines.count == 3, "\(outcome.output)")
      #expect(outcome.lines.allSatisfy { $0.contains(#""decimal":"#) })
    }
  }
}
