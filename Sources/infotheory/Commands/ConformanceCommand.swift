import ArgumentParser
import Foundation
import InformationTheoryTesting

/// Examines somebody else's losses and divergences.
struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Examine an implementation, in any language, where implementations break.",
    discussion: """
      The command is started by /bin/sh and asked in JSON, one question a line on its
      standard input; it answers each with a line on its standard output, at once,
      until its input ends. The report says for each trap how many questions it got
      wrong, with the smallest input that fails, what it said, and the truth, which
      is certified. Exit status 0: no fault; 1: there are faults.

      EXAMPLES
        infotheory conformance --command 'python3 my_losses.py'
        infotheory conformance --command ./my-impl --measure kl_divergence --json
        infotheory conformance --command 'infotheory evaluate' --ulps 1

      MEASURES
        \(ConformanceMeasure.allCases.map(\.rawValue).joined(separator: ",\n  "))

      A QUESTION has an "id", a "measure" and its fields, those of 'infotheory evaluate':
        softmax_cross_entropy  logits (an array for each row), class_indices (counted
                               from 0), and where they are asked for class_weights,
                               sample_weights, ignore_index, label_smoothing;
                               reduction; "gradient": true; or class_probabilities,
                               an array for each row, in the place of class_indices
        binary_cross_entropy   logits, targets, and where they are asked for
                               positive_weight, weights; reduction; "gradient": true
        focal losses           the same without class_weights, positive_weight and
                               label_smoothing, with gamma and alpha: a weight for
                               each class, or of positives, where it may be null
        entropy                p; the answer is in nats
        divergences            p, q; the answer is in nats
        reduction              what the sum is divided by: sum (nothing), mean (the
                               rows that are not ignored), weighted_mean (the weight
                               applied to them), batch_mean (all rows)
        dtype                  "float32" with --dtype float32, else absent
      Infinities and NaN, which only ignored rows hold, are "inf", "-inf" and "nan".

      AN ANSWER has the same "id" and one of
        "value", and for a loss "gradient", with respect to the logits, row by row;
                 infinities as text, or as Python and JavaScript print them
        "error"  for input that is refused: text, or an object with a "message"
        "error": {"code":"unsupported"} where a measure or an option is missing

      {"id":1,"measure":"softmax_cross_entropy","gradient":true,"logits":[[20,0]],
       "class_indices":[0],"reduction":"sum"}                       (all on one line)
      {"id":1,"value":2.061153620314381e-9,"gradient":[-2.06e-9,2.06e-9]}
      """)

  @Option(help: ArgumentHelp("The program that answers.", valueName: "command"))
  var command: String

  @Option(
    help: ArgumentHelp("A measure to ask for; give it again for more.", valueName: "name"),
    transform: named)
  var measure: [ConformanceMeasure] = []

  @Option(
    help: ArgumentHelp(
      "The numbers it computes in: float64 (the default) or float32.", valueName: "type"),
    transform: named)
  var dtype: TestPrecision = .double

  @Option(help: ArgumentHelp("How far from the truth an answer may be.", valueName: "n"))
  var ulps: UInt64 = 64

  @Option(help: ArgumentHelp("Where the questions come from.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("How many questions each trap asks.", valueName: "n"))
  var questions: Int = 64

  @Option(help: ArgumentHelp("How long an answer may take.", valueName: "seconds"))
  var timeout: Double = 10

  @Option(
    help: ArgumentHelp("How long the first answer after a start may take.", valueName: "seconds"))
  var startTimeout: Double = 60

  @Flag(help: "Print JSON: whether there is no fault, and a report for each measure.")
  var json = false

  mutating func validate() throws {
    guard (1...1_000_000).contains(questions) else {
      throw ValidationError("--questions is \(questions): it must be in 1 ... 1000000.")
    }
    for (name, seconds) in [("timeout", timeout), ("start-timeout", startTimeout)] {
      guard seconds > 0 && seconds <= 86400 else {
        throw ValidationError("--\(name) is \(seconds): it must be above 0 and at most 86400.")
      }
    }
  }

  mutating func run() throws {
    let suite = ConformanceSuite(
      precision: dtype, ulps: ulps, seed: seed, questionsPerTrap: questions)
    let program = CommandImplementation(
      command: command, timeout: timeout, startTimeout: startTimeout, precision: dtype)
    defer { program.stop() }
    var reports: [ConformanceReport] = []
    for measure in measure.isEmpty ? ConformanceMeasure.allCases : measure {
      let report = suite.examine(measure, command) { try program.answer(to: $0) }
      reports.append(report)
      if !json { try Terminal.print((reports.count == 1 ? "" : "\n") + "\(report)\n") }
      if report.abandoned != nil { break }
    }
    let examined = reports.filter(\.isImplemented)
    let result = Result(
      conformant: !examined.isEmpty && examined.allSatisfy(\.isConformant), reports: reports)
    if json { try Terminal.print(try result.rendered() + "\n") }
    guard result.conformant else { throw ExitCode(1) }
  }

  /// The case of that name.
  private static func named<Name: RawRepresentable<String> & CaseIterable>(
    _ text: String
  ) throws -> Name {
    guard let name = Name(rawValue: text) else {
      let names = Name.allCases.map(\.rawValue)
      throw ValidationError(
        "\(quoted(text)) is none of \(names.joined(separator: ", "))"
          + nearestHint(for: text, among: names) + ".")
    }
    return name
  }

  /// What `--json` prints.
  private struct Result: Encodable {
    let conformant: Bool
    let reports: [ConformanceReport]

    func rendered() throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
