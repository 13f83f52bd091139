import InformationTheory
import ReferenceOracle

/// A question about parametric distributions, which "p" and "q" name.
struct ParametricQuestion {
  /// The measures that take them.
  static let measures: [Measure] = [
    .entropy, .crossEntropy, .klDivergence, .reverseKLDivergence, .jeffreysDivergence,
  ]

  private let measure: Measure
  private let p: DistributionText
  private let q: DistributionText?

  /// Reads the question.
  ///
  /// - Returns: nil where neither "p" nor "q" is text, and the question is about masses.
  init?(_ question: Question, _ measure: Measure) throws {
    guard question.namesDistributions else { return nil }
    guard Self.measures.contains(measure) else {
      let names = Self.measures.map(\.rawValue).joined(separator: ", ")
      throw AnswerError(
        "wrong_type", argument: "p",
        "\(measure.rawValue) takes masses; distributions by name are for \(names)")
    }
    for field in ["normalize", "support", "pseudocount"] where question.has(field) {
      throw AnswerError(
        "unexpected_field", argument: field,
        "the field \(quoted(field)) is for masses, not for distributions by name")
    }
    self.measure = measure
    p = try DistributionText(try question.text("p"), field: "p")
    q =
      measure == .entropy ? nil : try DistributionText(try question.text("q"), field: "q")
  }

  /// Calls the oracle.
  func certified(in unit: InformationUnit) throws(AnswerError) -> Certified {
    let (first, second) = (p.distribution, (q ?? p).distribution)
    do throws(InformationError) {
      switch measure {
      case .entropy: return try Certified.entropy(of: first, unit: unit)
      case .crossEntropy:
        return try Certified.crossEntropy(of: first, relativeTo: second, unit: unit)
      case .reverseKLDivergence:
        return try Certified.klDivergence(of: second, from: first, unit: unit)
      case .jeffreysDivergence:
        return try Certified.jeffreysDivergence(of: first, from: second, unit: unit)
      default: return try Certified.klDivergence(of: first, from: second, unit: unit)
      }
    } catch {
      let message = p.spelled(error.message)
      throw AnswerError(
        error.code.description, argument: error.argument, index: error.index,
        q?.spelled(message) ?? message)
    }
  }
}

extension AnswerError {
  /// Says that only the oracle knows distributions by name.
  static func onlyCertified(_ field: String) -> AnswerError {
    AnswerError(
      "needs_certified", argument: field,
      "distributions by name are answered with proof only: add --certified")
  }
}
