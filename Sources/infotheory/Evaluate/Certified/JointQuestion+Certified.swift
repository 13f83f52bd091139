import InformationTheory
import ReferenceOracle

extension JointQuestion {
  /// Calls the oracle.
  ///
  /// - Parameter unit: The unit of an amount.
  /// - Returns: The number, and whether it is an amount.
  /// - Throws: ``AnswerError`` for what is wrong with the question; the library's errors.
  func certified(in unit: InformationUnit) throws -> (number: Certified, isAmount: Bool) {
    switch measure {
    case .jointEntropy:
      return (try Certified.entropy(in: joint, of: try group(), unit: unit), true)
    case .conditionalEntropy:
      return (
        try Certified.entropy(in: joint, of: try group(), given: try given(), unit: unit), true
      )
    case .uncertaintyCoefficient:
      return (
        try Certified.uncertaintyCoefficient(in: joint, of: try group(), given: try given()),
        false
      )
    case .totalCorrelation, .dualTotalCorrelation, .interactionInformation, .coInformation,
      .oInformation, .sInformation:
      return (try certifiedShare(in: unit), true)
    default: return try certifiedBetween(in: unit)
    }
  }

  private func certifiedShare(in unit: InformationUnit) throws -> Certified {
    let (x, z) = (try group(), try question.has("given") ? given() : [])
    switch measure {
    case .totalCorrelation:
      return try Certified.totalCorrelation(in: joint, of: x, given: z, unit: unit)
    case .dualTotalCorrelation:
      return try Certified.dualTotalCorrelation(in: joint, of: x, given: z, unit: unit)
    case .interactionInformation:
      return try Certified.interactionInformation(in: joint, of: x, given: z, unit: unit)
    case .coInformation:
      return try Certified.coInformation(in: joint, of: x, given: z, unit: unit)
    case .oInformation:
      return try Certified.oInformation(in: joint, of: x, given: z, unit: unit)
    default: return try Certified.sInformation(in: joint, of: x, given: z, unit: unit)
    }
  }

  private func certifiedBetween(
    in unit: InformationUnit
  ) throws -> (number: Certified, isAmount: Bool) {
    let (x, y) = try pair()
    switch measure {
    case .conditionalMutualInformation:
      return (
        try Certified.mutualInformation(
          in: joint, between: x, and: y, given: try given(), unit: unit), true
      )
    case .variationOfInformation:
      return (
        try Certified.variationOfInformation(in: joint, between: x, and: y, unit: unit), true
      )
    case .normalizedMutualInformation:
      return (
        try Certified.normalizedMutualInformation(
          in: joint, between: x, and: y, mean: try mean()), false
      )
    case .adjustedMutualInformation:
      return (
        try Certified.adjustedMutualInformation(
          in: joint, between: x, and: y, mean: try mean()), false
      )
    case .pointwiseMutualInformation:
      let outcomes = try outcomes(of: x, and: y)
      return (
        try Certified.pointwiseMutualInformation(
          in: joint, of: outcomes.x, and: outcomes.y, unit: unit), true
      )
    case .lautumInformation:
      return (try Certified.lautumInformation(in: joint, between: x, and: y, unit: unit), true)
    case .giniGain: return (try Certified.giniGain(in: joint, about: x, from: y), false)
    case .gainRatio:
      return (try Certified.uncertaintyCoefficient(in: joint, of: y, given: x), false)
    default:
      return (try Certified.mutualInformation(in: joint, between: x, and: y, unit: unit), true)
    }
  }
}
