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
        echo '{"measure":"kl_divergence","p":"normal(0,1)","q":"normal(1,2)"}' \\
          | infotheory evaluate --certified

      With --certified, "value" is the double nearest to the truth, "lower" and "upper"
      are decimal numbers around it, and "decimal" is the truth to 25 digits. Losses
      one by one, and gradients, are arrays of objects with these four. Everything is
      certified but best_threshold, the special functions, the derivatives other than
      the gradient, and floors of float32.

      MEASURES
      \(measureList)

      LOSSES, AND FUNCTIONS OF LOGITS
      \(list(LossMeasure.allCases.map(\.rawValue)))

      SPECIAL FUNCTIONS
      \(functionList)

      FIELDS
        id            anything; it comes back with the answer
        p, q          masses; a number may be text, such as "inf" or "0x1.8p-1".
                      With --certified also distributions by name, such as
                      "normal(0,1)" or "gamma(shape=2,scale=3)", for entropy,
                      cross_entropy, kl_divergence, reverse_kl_divergence and
                      jeffreys_divergence: see infotheory distributions
        normalize     true: divide masses by their sum; otherwise it must be 1
        unit          nats (the default), bits or hartleys
        support       infinite (the default), throwing, restricted or smoothed,
                      the last with a pseudocount
        order         the order of renyi_…, tsallis_…, alpha_…, cressie_read_…,
                      hill_number; the weight of skew_divergence
        positions     where ordered outcomes lie; 0, 1, 2 … without it
        distributions, weights    for generalized_jensen_shannon_divergence
        outcome       for self_information, counted from 0
        values, labels, criterion    for best_threshold; the criterion is
                      information_gain (the default), gain_ratio or gini_gain

      FIELDS OF JOINT MEASURES
        joint         a table of masses, an array in an array for each variable,
        columns       or a list of labels for each variable: text, numbers,
                      true and false; the n-th labels are one observation
        names         of the variables; x, y, z without it, and x1, x2 …
                      where there are more than three
        x, y          the variables that the measure is of, or is between: a name
                      or an array of names; without them all variables that are
                      not given, or the only two. information_gain, gain_ratio and
                      gini_gain are of the class x from what splits it, y
        given         the variables that are known, likewise
        mean          of the entropies, to divide by: arithmetic (the default),
                      geometric, minimum or maximum
        outcomes      for pointwise_mutual_information: of each variable one, a
                      label of columns, or counted from 0 in joint; or null

      FIELDS OF LOSSES
      \(LossMeasure.fieldHelp)
      """)

  @Flag(help: "Stop at the first error, with exit status 65.")
  var strict = false

  @Flag(
    help: "Answer with proven bounds and 25 digits: adds \"lower\", \"upper\", \"decimal\".")
  var certified = false

  mutating func run() throws {
    var input = LineReader()
    var number = 0
    while let line = try input.next() {
      number += 1
      let answer: Evaluator.Answer?
      switch line {
      case .complete(let range):
        answer = Evaluator.answer(input.buffer[range], line: number, certified: certified)
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
  private static var measureList: String { list(Measure.allCases.map(\.rawValue)) }

  /// All special functions with their arguments.
  private static var functionList: String {
    list(
      SpecialFunction.all.map { function in
        "\(function.name)(\(function.arguments.map(\.name).joined(separator: ",")))"
      })
  }

  private static func list(_ words: [String]) -> String {
    var lines = ["  "]
    for (i, word) in words.enumerated() {
      if lines[lines.count - 1].count + word.count > 76 { lines.append("  ") }
      lines[lines.count - 1] += word + (i == words.count - 1 ? "" : ", ")
    }
    return lines.map { $0.hasSuffix(", ") ? String($0.dropLast()) : $0 }.joined(separator: "\n")
  }
}
