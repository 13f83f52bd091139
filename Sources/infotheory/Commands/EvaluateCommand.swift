import ArgumentParser

/// Answers questions in JSON, one a line.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Answer questions in JSON, one a line, from standard input.",
    discussion: """
      Each line is an object with a "measure" and what it takes; each gets one line
      as an answer, in order, at once. A bad question gets an "error", and the next
      one its answer.

      EXAMPLES
        echo '{"id":1,"measure":"entropy","p":[0.5,0.25,0.25],"unit":"bits"}' \\
          | infotheory evaluate
        echo '{"measure":"kl_divergence","p":[0.75,0.25],"q":[0.5,0.5]}' \\
          | infotheory evaluate

      MEASURES
      \(measureList)

      FIELDS
        id            anything; it comes back with the answer
        p, q          masses; a number may be text, such as "inf" or "0x1.8p-1"
        normalize     true: divide masses by their sum; otherwise it must be 1
        unit          nats (the default), bits or hartleys
        support       infinite (the default), throwing, restricted or smoothed,
                      the last with a pseudocount
        order         the order of renyi_…, tsallis_…, alpha_…, cressie_read_…,
                      hill_number; the weight of skew_divergence
        positions     where ordered outcomes lie; 0, 1, 2 … without it
        distributions, weights    for generalized_jensen_shannon_divergence
        joint, names, given       a table, its variables, and the known one
        outcome       for self_information, counted from 0
      """)

  @Flag(help: "Stop at the first error, with exit status 65.")
  var strict = false

  mutating func run() throws {
    var input = LineReader()
    var number = 0
    while let line = try input.next() {
      number += 1
      let answer: Evaluator.Answer?
      switch line {
      case .complete(let range):
        answer = Evaluator.answer(input.buffer[range], line: number)
      case .tooLong:
        answer = Evaluator.unreadable(
          AnswerError(
            "line_too_long",
            """
            line \(number) is longer than \(LineReader.longestLine >> 30) GiB; \
            ask in smaller parts
            """
          ), line: number)
      }
      guard let answer else { continue }
      try Terminal.print(answer.json + "\n")
      if strict, let failure = answer.failure {
        let place = failure.hasPrefix("line \(number)") ? "" : "line \(number): "
        throw Fault(.data, "\(place)\(failure)")
      }
    }
  }

  /// All measures, in lines that fit the screen.
  private static var measureList: String {
    var lines = ["  "]
    for measure in Measure.allCases {
      if lines[lines.count - 1].count + measure.rawValue.count > 76 { lines.append("  ") }
      lines[lines.count - 1] += measure.rawValue + (measure == Measure.allCases.last ? "" : ", ")
    }
    return lines.map { $0.hasSuffix(", ") ? String($0.dropLast()) : $0 }.joined(separator: "\n")
  }
}
