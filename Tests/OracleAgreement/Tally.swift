import InformationTheoryTesting
import ReferenceOracle

/// How a subject did, in many questions.
struct Tally: Sendable {
  private(set) var questions = 0
  private(set) var numbers = 0
  /// Numbers that the oracle could not prove to be rounded correctly.
  private(set) var unproven = 0
  /// Numbers that are further off than the documentation says.
  private(set) var broken = 0
  /// The largest distance from the truth in ulps, where no parts cancel.
  private(set) var worst: UInt64 = 0
  /// Some questions whose answers are further off than they may be, and some without proof.
  private(set) var faults: [String] = []
  private(set) var open: [String] = []

  mutating func add(question: String, _ comparisons: [Comparison]) {
    questions += 1
    for comparison in comparisons {
      numbers += 1
      if !comparison.truth.isCorrectlyRounded {
        unproven += 1
        Self.note(
          "not proven: \(comparison.truth.lower) … \(comparison.truth.upper) of \(question)",
          in: &open)
      }
      if comparison.isKept {
        if comparison.ulps <= 1 { worst = max(worst, comparison.ulps) }
      } else {
        broken += 1
        worst = max(worst, comparison.ulps)
        Self.note(
          "\(comparison.fast) instead of \(comparison.truth.decimal) of \(question)", in: &faults)
      }
    }
  }

  private static func note(_ example: String, in list: inout [String]) {
    if list.count < 3 { list.append(example) }
  }

  static func + (a: Tally, b: Tally) -> Tally {
    var sum = a
    sum.questions += b.questions
    sum.numbers += b.numbers
    sum.unproven += b.unproven
    sum.broken += b.broken
    sum.worst = max(a.worst, b.worst)
    for example in b.faults { note(example, in: &sum.faults) }
    for example in b.open { note(example, in: &sum.open) }
    return sum
  }
}

extension Subject {
  /// Asks so many questions, always the same for the same seed.
  func tally(questions: Int, seed: UInt64) throws -> Tally {
    var (generator, tally) = (SeededGenerator(seed: seed), Tally())
    while tally.questions < questions {
      let (question, numbers) = try next(&generator)
      // What a subject has no use for does not count.
      if !numbers.isEmpty { tally.add(question: question, numbers) }
    }
    return tally
  }
}
