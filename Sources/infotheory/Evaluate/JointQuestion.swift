import InformationTheory

/// A question about the joint distribution of some variables.
struct JointQuestion {
  typealias Variables = JointDistribution.Variables

  let question: Question
  let joint: JointDistribution

  let measure: Measure

  init(_ question: Question, measure: Measure) throws {
    self.question = question
    self.measure = measure
    joint = try JointTable(question, measure: measure).distribution()
  }

  /// Calls the library.
  func answer() throws -> Quantity {
    switch measure {
    case .jointEntropy: return .amount(try joint.entropy(of: try group()))
    case .conditionalEntropy:
      return .amount(try joint.entropy(of: try group(), given: try given()))
    case .totalCorrelation, .dualTotalCorrelation, .interactionInformation, .coInformation,
      .oInformation, .sInformation:
      return .amount(try shared())
    case .uncertaintyCoefficient:
      return .number(try joint.uncertaintyCoefficient(of: try group(), given: try given()))
    default: return try between()
    }
  }

  /// A measure of what some variables share.
  private func shared() throws -> Information {
    let (x, z) = (try group(), try question.has("given") ? given() : [])
    switch measure {
    case .totalCorrelation: return try joint.totalCorrelation(of: x, given: z)
    case .dualTotalCorrelation: return try joint.dualTotalCorrelation(of: x, given: z)
    case .interactionInformation: return try joint.interactionInformation(of: x, given: z)
    case .coInformation: return try joint.coInformation(of: x, given: z)
    case .oInformation: return try joint.oInformation(of: x, given: z)
    default: return try joint.sInformation(of: x, given: z)
    }
  }

  /// A measure of two groups of variables.
  private func between() throws -> Quantity {
    let (x, y) = try pair()
    switch measure {
    case .conditionalMutualInformation:
      return .amount(try joint.mutualInformation(between: x, and: y, given: try given()))
    case .variationOfInformation:
      return .amount(try joint.variationOfInformation(between: x, and: y))
    case .lautumInformation: return .amount(try joint.lautumInformation(between: x, and: y))
    case .normalizedMutualInformation:
      return .number(
        try joint.normalizedMutualInformation(between: x, and: y, mean: try mean()))
    case .adjustedMutualInformation:
      return .number(try joint.adjustedMutualInformation(between: x, and: y, mean: try mean()))
    case .informationGain: return .amount(try joint.informationGain(about: x, from: y))
    case .gainRatio: return .number(try joint.gainRatio(about: x, from: y))
    case .giniGain: return .number(try joint.giniGain(about: x, from: y))
    case .pointwiseMutualInformation:
      let outcomes = try outcomes(of: x, and: y)
      return .amount(try joint.pointwiseMutualInformation(of: outcomes.x, and: outcomes.y))
    default: return .amount(try joint.mutualInformation(between: x, and: y))
    }
  }
}

// MARK: - Variables

extension JointQuestion {
  /// The variables that a field names.
  private func variables(_ field: String) throws -> Variables {
    Variables(try question.textOrTexts(field))
  }

  /// The variables that are known.
  func given() throws -> Variables { try variables("given") }

  /// The variables that are not known, in order.
  private func others() throws -> [String] {
    let known = try question.has("given") ? given().names : []
    return joint.names.filter { !known.contains($0) }
  }

  /// The variables of a measure of one group: those named, or all that are not known.
  func group() throws -> Variables {
    if question.has("x") { return try variables("x") }
    return Variables(try others())
  }

  /// The two groups of a measure between them: those named, or the only two
  /// variables that are not known.
  func pair() throws -> (Variables, Variables) {
    if question.has("x") || question.has("y") { return (try variables("x"), try variables("y")) }
    let others = try others()
    guard others.count == 2 else {
      throw AnswerError(
        "missing_field", argument: "x",
        """
        \(measure.rawValue) is of two variables, or of two groups, and there are \
        \(others.count) to choose from; name them by "x" and "y"
        """)
    }
    return (Variables([others[0]]), Variables([others[1]]))
  }

  /// The mean of the entropies that the question asks for.
  func mean() throws -> JointDistribution.EntropyMean {
    guard question.has("mean") else { return .arithmetic }
    return try question.choice(
      "mean",
      [
        "arithmetic": .arithmetic, "geometric": .geometric, "minimum": .minimum,
        "maximum": .maximum,
      ])
  }

  /// The outcomes of two groups of variables, of those that matter.
  func outcomes(of x: Variables, and y: Variables) throws -> (
    x: [String: JointDistribution.Outcome], y: [String: JointDistribution.Outcome]
  ) {
    let outcomes = try outcomes()
    return (
      outcomes.filter { x.names.contains($0.key) }, outcomes.filter { y.names.contains($0.key) }
    )
  }

  /// The outcome of each variable, null for one that does not matter.
  private func outcomes() throws -> [String: JointDistribution.Outcome] {
    let given = try question.elements("outcomes")
    guard given.count == joint.names.count else {
      throw AnswerError(
        "size_mismatch", argument: "outcomes",
        """
        outcomes has \(counted(given.count, "element")) for \
        \(counted(joint.names.count, "variable")); give one for each, or null
        """)
    }
    var outcomes: [String: JointDistribution.Outcome] = [:]
    for (i, outcome) in given.enumerated() where outcome != .null {
      outcomes[joint.names[i]] =
        question.has("columns")
        ? .label(try JointTable.label(outcome, at: "outcomes[\(i)]", field: "outcomes", index: i))
        : .index(try question.integer(outcome, name: "outcomes", at: "outcomes[\(i)]", index: i))
    }
    return outcomes
  }
}
