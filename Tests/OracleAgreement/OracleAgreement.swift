#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Holds the library against the oracle in a million questions, and the oracle against the
/// times that it promises.
///
///     OracleAgreement [QUESTIONS [SEED [SUBJECT]]]
///
/// A subject alone is asked what it is asked among all of them.
/// The exit status is 1 where the library is further off than its documentation says, less
/// than 99.9 % of the results are proven to be rounded correctly, or the oracle is slow.
@main
struct OracleAgreement {
  /// Questions that are asked in one go.
  private static let chunk = 250

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let numbers = arguments.prefix(2).map { UInt64($0) }
    let name = arguments.dropFirst(2).first
    guard !numbers.contains(nil), name == nil || Subject.all.contains(where: { $0.name == name })
    else {
      print("usage: OracleAgreement [QUESTIONS [SEED [SUBJECT]]], numbers and a name of the table")
      exit(64)
    }
    let isFast = try await speedsAreKept()
    let isRight = try await agrees(
      questions: Int(numbers.first.flatMap(\.self) ?? 1_000_000),
      seed: numbers.dropFirst().first.flatMap(\.self) ?? 1, subject: name)
    exit(isFast && isRight ? 0 : 1)
  }

  // MARK: - Agreement

  private static func agrees(
    questions: Int, seed: UInt64, subject: String?
  ) async throws -> Bool {
    let subjects = Subject.all
    let chunks = max(1, (questions + subjects.count * chunk - 1) / (subjects.count * chunk))
    var tallies = [Tally](repeating: Tally(), count: subjects.count)
    let clock = ContinuousClock()
    let start = clock.now
    var (done, shown) = (0, start)
    try await withThrowingTaskGroup(of: (Int, Tally).self) { group in
      var open = (0..<chunks * subjects.count).lazy
        .filter { subject == nil || subjects[$0 % subjects.count].name == subject }
        .makeIterator()
      func ask() {
        guard let next = open.next() else { return }
        let index = next % subjects.count
        group.addTask {
          (index, try subjects[index].tally(questions: chunk, seed: seed << 32 + UInt64(next)))
        }
      }
      for _ in 0..<8 { ask() }
      while let (index, tally) = try await group.next() {
        tallies[index] = tallies[index] + tally
        done += tally.questions
        ask()
        if clock.now - shown > .seconds(5) {
          shown = clock.now
          print("\(done) of \(chunks * subjects.count * chunk) questions, \(shown - start)")
          // Into a file too, which is read while this goes on.
          fflush(nil)
        }
      }
    }
    return report(
      zip(subjects.map(\.name), tallies).map { (name: $0, tally: $1) }, in: clock.now - start)
  }

  /// Prints a line for each subject; whether all is well.
  private static func report(_ results: [(name: String, tally: Tally)], in time: Duration) -> Bool {
    print(
      row("subject", ["questions", "numbers", "worst ulps", "broken", "not proven"]))
    for (name, tally) in results {
      print(
        row(
          name,
          [
            "\(tally.questions)", "\(tally.numbers)", "\(tally.worst)", "\(tally.broken)",
            "\(tally.unproven)",
          ]))
    }
    let all = results.map(\.tally).reduce(Tally(), +)
    for (name, tally) in results {
      for example in tally.faults + tally.open { print("\(name): \(example.prefix(600))") }
    }
    let share = 100 * Double(all.numbers - all.unproven) / Double(max(all.numbers, 1))
    print(
      """
      \(all.questions) questions, \(all.numbers) numbers in \(time): \(all.broken) further off \
      than documented, \(all.unproven) not proven to be rounded correctly (\(share) % are)
      """)
    return all.broken == 0 && share >= 99.9
  }

  private static func row(_ name: String, _ columns: [String]) -> String {
    columns.reduce(name + String(repeating: " ", count: max(0, 42 - name.count))) {
      $0 + String(repeating: " ", count: max(1, 12 - $1.count)) + $1
    }
  }

  // MARK: - Speed

  private static func speedsAreKept() async throws -> Bool {
    var isKept = true
    for speed in OracleSpeed.all {
      let (value, seconds) = try speed.measure()
      let isFast = seconds <= speed.bound
      isKept = isKept && isFast && value
      print(
        """
        \(speed.name): \(seconds) s of the processor, \(speed.bound) s allowed\
        \(isFast ? "" : ": TOO SLOW")\(value ? "" : ": NOT PROVEN")
        """)
    }
    return isKept
  }
}
