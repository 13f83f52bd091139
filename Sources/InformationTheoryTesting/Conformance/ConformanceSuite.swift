/// Questions at which implementations of losses and divergences go wrong, with answers that
/// are certified.
///
/// ```swift
/// let report = ConformanceSuite().examineDivergence(.klDivergence, "mine") { p, q in
///   myKLDivergence(p, q)
/// }
/// #expect(report.isConformant, "\(report)")
/// ```
///
/// All questions come from a seed, so that a report can be had again. Of the questions of a
/// trap that are answered wrongly, the smallest is made smaller for as long as it still is.
public struct ConformanceSuite: Sendable {
  /// The type of numbers that the implementation computes in.
  public let precision: TestPrecision
  /// How far from the truth, in steps of that type, an answer may be.
  public let ulps: UInt64
  /// Where the questions come from.
  public let seed: UInt64
  /// How many questions each trap asks; ``ConformanceTrap/longSums`` asks four.
  public let questionsPerTrap: Int

  /// Creates a suite.
  ///
  /// - Parameters:
  ///   - precision: The type of numbers that the implementation computes in: inputs are
  ///     numbers of that type.
  ///   - ulps: How far from the truth an answer may be. The default leaves room for sums
  ///     in any order; an implementation that promises less deserves to be held to it.
  ///   - seed: Where the questions come from.
  ///   - questionsPerTrap: How many questions each trap asks.
  /// - Precondition: `questionsPerTrap` is positive.
  public init(
    precision: TestPrecision = .double, ulps: UInt64 = 64, seed: UInt64 = 1,
    questionsPerTrap: Int = 64
  ) {
    precondition(questionsPerTrap > 0, "ConformanceSuite: questionsPerTrap must be positive")
    self.precision = precision
    self.ulps = ulps
    self.seed = seed
    self.questionsPerTrap = questionsPerTrap
  }

  /// Examines a loss of rows of logits.
  ///
  /// - Parameters:
  ///   - measure: Which loss it is.
  ///   - name: What the report calls it.
  ///   - implementation: Returns the loss and the gradient. It throws
  ///     ``UnsupportedQuestion`` where an option is missing, and anything else to refuse
  ///     bad input.
  /// - Returns: What was found.
  /// - Precondition: `measure` is a softmax loss.
  public func examineClassLoss(
    _ measure: ConformanceMeasure, _ name: String,
    _ implementation: (ClassLossQuestion) throws -> ConformanceAnswer
  ) -> ConformanceReport {
    precondition(measure.kind == .ofClasses, "examineClassLoss: the measure is no such loss")
    return examine(measure, name) { question in
      guard case .classes(_, let question) = question else { throw UnsupportedQuestion() }
      return try implementation(question)
    }
  }

  /// Examines a loss of single logits.
  ///
  /// - Parameters:
  ///   - measure: Which loss it is.
  ///   - name: What the report calls it.
  ///   - implementation: Returns the loss and the gradient, or throws as in
  ///     ``examineClassLoss(_:_:_:)``.
  /// - Returns: What was found.
  /// - Precondition: `measure` is a binary loss.
  public func examineElementLoss(
    _ measure: ConformanceMeasure, _ name: String,
    _ implementation: (ElementLossQuestion) throws -> ConformanceAnswer
  ) -> ConformanceReport {
    precondition(measure.kind == .ofElements, "examineElementLoss: the measure is no such loss")
    return examine(measure, name) { question in
      guard case .elements(_, let question) = question else { throw UnsupportedQuestion() }
      return try implementation(question)
    }
  }

  /// Examines an entropy.
  ///
  /// - Parameters:
  ///   - name: What the report calls it.
  ///   - implementation: Returns the entropy of p in nats.
  /// - Returns: What was found.
  public func examineEntropy(
    _ name: String, _ implementation: (_ p: [Double]) throws -> Double
  ) -> ConformanceReport {
    examine(.entropy, name) { question in
      guard case .distributions(_, let question) = question else { throw UnsupportedQuestion() }
      return ConformanceAnswer(value: try implementation(question.p))
    }
  }

  /// Examines a divergence.
  ///
  /// - Parameters:
  ///   - measure: Which divergence it is.
  ///   - name: What the report calls it.
  ///   - implementation: Returns the divergence of p and q in nats.
  /// - Returns: What was found.
  /// - Precondition: `measure` is a divergence.
  public func examineDivergence(
    _ measure: ConformanceMeasure, _ name: String,
    _ implementation: (_ p: [Double], _ q: [Double]) throws -> Double
  ) -> ConformanceReport {
    precondition(measure.isDivergence, "examineDivergence: the measure is no divergence")
    return examine(measure, name) { question in
      guard case .distributions(_, let question) = question, let q = question.q else {
        throw UnsupportedQuestion()
      }
      return ConformanceAnswer(value: try implementation(question.p, q))
    }
  }

  /// Examines an implementation of any measure.
  ///
  /// - Parameters:
  ///   - measure: What to ask for.
  ///   - name: What the report calls it.
  ///   - implementation: Answers a question, or throws as in
  ///     ``examineClassLoss(_:_:_:)``, or ``NoAnswer``.
  /// - Returns: What was found.
  public func examine(
    _ measure: ConformanceMeasure, _ name: String,
    _ implementation: (ConformanceQuestion) throws -> ConformanceAnswer
  ) -> ConformanceReport {
    var report = ConformanceReport(
      name: name, measure: measure, precision: precision, ulps: ulps, seed: seed,
      findings: measure.traps.map { .init(trap: $0) }, abandoned: nil)
    withoutActuallyEscaping(implementation) { implementation in
      for i in report.findings.indices {
        let trap = report.findings[i].trap
        let examination = Examination(suite: self, trap: trap, implementation: implementation)
        do throws(NoAnswer) {
          try examination.run(questions(measure, trap), &report.findings[i])
        } catch {
          report.abandoned = error.description
          return
        }
      }
    }
    return report
  }
}
