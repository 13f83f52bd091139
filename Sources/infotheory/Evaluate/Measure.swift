/// Everything that `evaluate` can be asked for.
enum Measure: String, CaseIterable {
  case entropy
  case renyiEntropy = "renyi_entropy"
  case tsallisEntropy = "tsallis_entropy"
  case minEntropy = "min_entropy"
  case hartleyEntropy = "hartley_entropy"
  case collisionEntropy = "collision_entropy"
  case hillNumber = "hill_number"
  case perplexity
  case binaryEntropy = "binary_entropy"
  case cumulativeResidualEntropy = "cumulative_residual_entropy"
  case extropy
  case selfInformation = "self_information"
  case normalizedEntropy = "normalized_entropy"
  case giniImpurity = "gini_impurity"

  case jointEntropy = "joint_entropy"
  case conditionalEntropy = "conditional_entropy"
  case mutualInformation = "mutual_information"
  case conditionalMutualInformation = "conditional_mutual_information"
  case pointwiseMutualInformation = "pointwise_mutual_information"
  case normalizedMutualInformation = "normalized_mutual_information"
  case adjustedMutualInformation = "adjusted_mutual_information"
  case uncertaintyCoefficient = "uncertainty_coefficient"
  case variationOfInformation = "variation_of_information"
  case lautumInformation = "lautum_information"
  case totalCorrelation = "total_correlation"
  case dualTotalCorrelation = "dual_total_correlation"
  case interactionInformation = "interaction_information"
  case coInformation = "co_information"
  case oInformation = "o_information"
  case sInformation = "s_information"
  case informationGain = "information_gain"
  case gainRatio = "gain_ratio"
  case giniGain = "gini_gain"
  case bestThreshold = "best_threshold"

  case crossEntropy = "cross_entropy"
  case klDivergence = "kl_divergence"
  case reverseKLDivergence = "reverse_kl_divergence"
  case jeffreysDivergence = "jeffreys_divergence"
  case jensenShannonDivergence = "jensen_shannon_divergence"
  case jensenShannonDistance = "jensen_shannon_distance"
  case generalizedJensenShannonDivergence = "generalized_jensen_shannon_divergence"
  case skewDivergence = "skew_divergence"
  case renyiDivergence = "renyi_divergence"
  case tsallisDivergence = "tsallis_divergence"
  case alphaDivergence = "alpha_divergence"
  case cressieReadDivergence = "cressie_read_divergence"
  case hellingerDistance = "hellinger_distance"
  case bhattacharyyaCoefficient = "bhattacharyya_coefficient"
  case bhattacharyyaDistance = "bhattacharyya_distance"
  case chernoffInformation = "chernoff_information"
  case totalVariation = "total_variation"
  case pearsonChiSquared = "pearson_chi_squared"
  case neymanChiSquared = "neyman_chi_squared"
  case triangularDiscrimination = "triangular_discrimination"
  case populationStabilityIndex = "population_stability_index"
  case generalizedKLDivergence = "generalized_kl_divergence"
  case itakuraSaitoDivergence = "itakura_saito_divergence"

  case wasserstein1 = "wasserstein_1"
  case wasserstein2 = "wasserstein_2"
  case energyDistance = "energy_distance"
  case cramerDistance = "cramer_distance"
  case kolmogorovSmirnov = "kolmogorov_smirnov"
}

extension Measure {
  /// The fields that a question for it may have.
  var fields: Set<String> {
    let common: Set<String> = ["id", "measure", "unit"]
    switch self {
    case .binaryEntropy:
      return common.union(["p"])
    case .selfInformation:
      return common.union(["p", "normalize", "outcome"])
    case .renyiEntropy, .tsallisEntropy, .hillNumber:
      return common.union(["p", "normalize", "order"])
    case .cumulativeResidualEntropy:
      return common.union(["p", "normalize", "positions"])
    case .entropy, .minEntropy, .hartleyEntropy, .collisionEntropy, .perplexity, .extropy,
      .normalizedEntropy, .giniImpurity:
      return common.union(["p", "normalize"])
    case .bestThreshold:
      return common.union(["values", "labels", "criterion"])
    case .generalizedJensenShannonDivergence:
      return common.union(["distributions", "normalize", "weights"])
    case .generalizedKLDivergence, .itakuraSaitoDivergence:
      return common.union(["p", "q"])
    case .wasserstein1, .wasserstein2, .energyDistance, .cramerDistance, .kolmogorovSmirnov:
      return common.union(["p", "q", "normalize", "positions"])
    case .skewDivergence, .renyiDivergence, .tsallisDivergence, .alphaDivergence,
      .cressieReadDivergence:
      return common.union(["p", "q", "normalize", "support", "pseudocount", "order"])
    default:
      return common.union(jointFields ?? ["p", "q", "normalize", "support", "pseudocount"])
    }
  }

  /// The fields of a question about a joint distribution, nil for other measures.
  private var jointFields: Set<String>? {
    let table: Set<String> = ["joint", "columns", "names", "normalize", "x"]
    switch self {
    case .jointEntropy: return table
    case .conditionalEntropy, .uncertaintyCoefficient, .totalCorrelation, .dualTotalCorrelation,
      .interactionInformation, .coInformation, .oInformation, .sInformation:
      return table.union(["given"])
    case .mutualInformation, .variationOfInformation, .lautumInformation, .informationGain,
      .gainRatio, .giniGain:
      return table.union(["y"])
    case .conditionalMutualInformation: return table.union(["y", "given"])
    case .pointwiseMutualInformation: return table.union(["y", "outcomes"])
    case .normalizedMutualInformation: return table.union(["y", "mean"])
    case .adjustedMutualInformation:
      return table.union(["y", "mean"]).subtracting(["normalize"])
    default: return nil
    }
  }
}
