/// One trap, set for one implementation.
struct Examination {
  let suite: ConformanceSuite
  let trap: ConformanceTrap
  let implementation: (ConformanceQuestion) throws -> ConformanceAnswer

  /// How often the search for a smaller input may ask.
  private static let shrinkingLimit = 200

  enum Verdict {
    case right, unsupported
    case wrong(ConformanceReport.Failure)
    /// There was no answer, which may have taken long: not a thing to ask for again.
    case silent(ConformanceReport.Failure)
    /// The question has no right answer.
    case meaningless
  }

  /// Asks all questions, and shrinks the smallest that is answered wrongly.
  ///
  /// - Throws: ``NoAnswer`` that is final.
  func run(
    _ questions: [ConformanceQuestion], _ finding: inout ConformanceReport.Finding
  ) throws(NoAnswer) {
    var silent: ConformanceReport.Failure?
    for question in questions {
      switch try verdict(on: question) {
      case .meaningless: continue
      case .right: break
      case .unsupported: finding.unsupported += 1
      case .silent(let failure):
        finding.failed += 1
        silent = silent ?? failure
      case .wrong(let failure):
        finding.failed += 1
        if failure.question.size < finding.smallestFailure?.question.size ?? .max {
          finding.smallestFailure = failure
        }
      }
      finding.asked += 1
    }
    if let failure = finding.smallestFailure {
      finding.smallestFailure = try smaller(failure)
    } else {
      finding.smallestFailure = silent
    }
  }

  /// The smallest failure that can be had by leaving things out, one after another.
  private func smaller(
    _ failure: ConformanceReport.Failure
  ) throws(NoAnswer) -> ConformanceReport.Failure {
    var best = failure
    var asked = 0
    search: while true {
      for candidate in best.question.smaller {
        asked += 1
        if asked > Self.shrinkingLimit { return best }
        // A number that is no number must not turn into one that lacks digits, which would
        // be another fault.
        if case .wrong(let failure) = try verdict(on: candidate),
          (failure.ulps == nil) == (best.ulps == nil)
        {
          best = failure
          continue search
        }
      }
      return best
    }
  }

  private func verdict(on question: ConformanceQuestion) throws(NoAnswer) -> Verdict {
    guard let truth = question.truth else { return .meaningless }
    let answer: ConformanceAnswer
    do {
      answer = try implementation(question)
    } catch is UnsupportedQuestion {
      return .unsupported
    } catch let error as NoAnswer {
      if error.isFinal { throw error }
      return .silent(
        .init(
          question: question, quantity: "the answer", got: "none: \(error)",
          truth: truth.demand, ulps: nil))
    } catch {
      return truth.allowsRefusal
        ? .right : wrong(question, "the answer", "an error: \(error)", truth.demand)
    }
    return verdict(on: answer, question, truth)
  }

  private func verdict(
    on answer: ConformanceAnswer, _ question: ConformanceQuestion, _ truth: Truth
  ) -> Verdict {
    switch truth {
    case .refusal: return wrong(question, "value", "\(answer.value)", truth.demand)
    case .meanOverNothing(let count):
      guard answer.value.isNaN || answer.value == 0 else {
        return wrong(question, "value", "\(answer.value)", truth.demand)
      }
      let zeros = [Expected](repeating: .zero, count: count)
      return compare(answer.gradient, zeros, question)
    case .answer(let value, let gradient):
      if trap == .gradient && answer.gradient == nil { return .unsupported }
      if trap != .gradient {
        let verdict = compare(answer.value, value, "value", question)
        guard case .right = verdict else { return verdict }
      }
      return trap == .value ? .right : compare(answer.gradient, gradient, question)
    }
  }

  private func compare(
    _ got: [Double]?, _ expected: [Expected], _ question: ConformanceQuestion
  ) -> Verdict {
    guard let got, question.measure.isLoss else { return .right }
    guard got.count == expected.count else {
      return wrong(question, "gradient", "\(got.count) numbers", "\(expected.count) numbers")
    }
    for i in got.indices {
      let verdict = compare(got[i], expected[i], "gradient[\(i)]", question)
      guard case .right = verdict else { return verdict }
    }
    return .right
  }

  private func compare(
    _ got: Double, _ expected: Expected, _ quantity: String, _ question: ConformanceQuestion
  ) -> Verdict {
    let ulps = expected.distance(from: got, suite.precision)
    guard ulps > suite.ulps else { return .right }
    return wrong(question, quantity, "\(got)", expected.decimal, ulps == .max ? nil : ulps)
  }

  private func wrong(
    _ question: ConformanceQuestion, _ quantity: String, _ got: String, _ truth: String,
    _ ulps: UInt64? = nil
  ) -> Verdict {
    .wrong(.init(question: question, quantity: quantity, got: got, truth: truth, ulps: ulps))
  }
}
