import ClassificationLosses
import InformationTheory
import ReferenceOracle

/// Every table of reference values that the oracle must meet, by its name.
enum TableChecks {
  typealias Result = (count: Int, unproven: Int, faults: [String])
  typealias Entropy = @Sendable (Categorical, TableRow) throws -> Certified
  typealias Divergence = @Sendable (Categorical, Categorical, TableRow) throws -> Certified

  static let entropies: [(String, Entropy)] = [
    ("entropy", { p, _ in Certified.entropy(of: p) }),
    ("extropy", { p, _ in Certified.extropy(of: p) }),
    ("gini-impurity", { p, _ in Certified.giniImpurity(of: p) }),
    ("perplexity", { p, _ in Certified.perplexity(of: p) }),
    ("normalized-entropy", { p, _ in try Certified.normalizedEntropy(of: p) }),
    ("min-entropy", { p, _ in try Certified.renyiEntropy(of: p, order: .infinity) }),
    ("hartley-entropy", { p, _ in try Certified.renyiEntropy(of: p, order: 0) }),
    ("collision-entropy", { p, _ in try Certified.renyiEntropy(of: p, order: 2) }),
    ("renyi-entropy", { p, row in try Certified.renyiEntropy(of: p, order: order(row)) }),
    ("tsallis-entropy", { p, row in try Certified.tsallisEntropy(of: p, order: order(row)) }),
    ("hill-number", { p, row in try Certified.hillNumber(of: p, order: order(row)) }),
    (
      "self-information",
      { p, row in Certified.selfInformation(ofOutcome: row.integer("outcome") ?? 0, of: p) }
    ),
    (
      "cumulative-residual-entropy",
      { p, row in
        try Certified.cumulativeResidualEntropy(of: p, positions: row.numbers("positions"))
      }
    ),
  ]

  static let divergences: [(String, Divergence)] = [
    ("cross-entropy", { p, q, _ in try Certified.crossEntropy(of: p, relativeTo: q) }),
    ("kl-divergence", { p, q, _ in try Certified.klDivergence(of: p, from: q) }),
    ("reverse-kl-divergence", { p, q, _ in try Certified.reverseKLDivergence(of: p, from: q) }),
    ("jeffreys-divergence", { p, q, _ in try Certified.jeffreysDivergence(of: p, from: q) }),
    ("population-stability-index", { p, q, _ in try Certified.jeffreysDivergence(of: p, from: q) }),
    (
      "jensen-shannon-divergence",
      { p, q, _ in try Certified.jensenShannonDivergence(of: p, from: q) }
    ),
    ("jensen-shannon-distance", { p, q, _ in try Certified.jensenShannonDistance(of: p, from: q) }),
    ("hellinger-distance", { p, q, _ in try Certified.hellingerDistance(of: p, from: q) }),
    (
      "bhattacharyya-coefficient",
      { p, q, _ in try Certified.bhattacharyyaCoefficient(of: p, from: q) }
    ),
    ("bhattacharyya-distance", { p, q, _ in try Certified.bhattacharyyaDistance(of: p, from: q) }),
    ("chernoff-information", { p, q, _ in try Certified.chernoffInformation(of: p, from: q) }),
    ("total-variation", { p, q, _ in try Certified.totalVariation(of: p, from: q) }),
    ("pearson-chi-squared", { p, q, _ in try Certified.pearsonChiSquared(of: p, from: q) }),
    ("neyman-chi-squared", { p, q, _ in try Certified.neymanChiSquared(of: p, from: q) }),
    (
      "triangular-discrimination",
      { p, q, _ in try Certified.triangularDiscrimination(of: p, from: q) }
    ),
    (
      "skew-divergence",
      { p, q, row in try Certified.skewDivergence(of: p, from: q, weight: order(row)) }
    ),
    (
      "renyi-divergence",
      { p, q, row in try Certified.renyiDivergence(of: p, from: q, order: order(row)) }
    ),
    (
      "tsallis-divergence",
      { p, q, row in try Certified.tsallisDivergence(of: p, from: q, order: order(row)) }
    ),
    (
      "alpha-divergence",
      { p, q, row in try Certified.alphaDivergence(of: p, from: q, order: order(row)) }
    ),
    (
      "cressie-read-divergence",
      { p, q, row in try Certified.cressieReadDivergence(of: p, from: q, lambda: order(row)) }
    ),
    (
      "wasserstein-1",
      { p, q, row in
        try Certified.wasserstein1Distance(of: p, from: q, positions: row.numbers("positions"))
      }
    ),
    (
      "wasserstein-2",
      { p, q, row in
        try Certified.wasserstein2Distance(of: p, from: q, positions: row.numbers("positions"))
      }
    ),
    (
      "energy-distance",
      { p, q, row in
        try Certified.energyDistance(of: p, from: q, positions: row.numbers("positions"))
      }
    ),
    (
      "cramer-distance",
      { p, q, row in
        try Certified.cramerDistance(of: p, from: q, positions: row.numbers("positions"))
      }
    ),
    (
      "kolmogorov-smirnov",
      { p, q, _ in try Certified.kolmogorovSmirnovDistance(of: p, from: q) }
    ),
  ]

  static let losses: [(String, @Sendable (TableRow) throws -> CertifiedLoss)] = [
    ("softmax-cross-entropy", crossEntropy),
    ("softmax-focal", softmaxFocal),
    ("poly-1-cross-entropy", poly1),
    ("kl-loss", kl),
    (
      "generalized-kl-loss",
      { row in
        try Certified.generalizedKLLoss(
          logPredictions: row.logits, targets: row.numbers("targets") ?? [],
          classCount: row.logits.count)
      }
    ),
    (
      "binary-cross-entropy",
      { row in
        try Certified.binaryCrossEntropy(
          logits: row.logits, targets: row.numbers("targets") ?? [],
          positiveWeights: row.number("positiveWeight").map { [$0] },
          labelSmoothing: row.number("smoothing") ?? 0)
      }
    ),
    (
      "binary-probabilities",
      { row in
        try Certified.binaryCrossEntropy(
          probabilities: row.logits, targets: row.numbers("targets") ?? [])
      }
    ),
    ("categorical-cross-entropy", categorical),
    (
      "kl-loss-probabilities",
      { row in
        try Certified.klLoss(
          probabilities: row.logits, targets: row.numbers("targets") ?? [],
          classCount: row.logits.count)
      }
    ),
    (
      "sigmoid-focal",
      { row in
        try Certified.sigmoidFocalLoss(
          logits: row.logits, targets: row.numbers("targets") ?? [], alpha: row.number("alpha"),
          gamma: row.number("gamma") ?? 0,
          softTargets: row.text("convention") == "termwise" ? .termwise : .mixture)
      }
    ),
    (
      "poisson-nll",
      { row in
        try Certified.poissonNLL(
          predictions: row.logits, targets: row.numbers("targets") ?? [],
          predictsLogarithms: row.flag("log"), full: row.flag("full"),
          epsilon: row.number("eps") ?? 0)
      }
    ),
    (
      "gaussian-nll",
      { row in
        try Certified.gaussianNLL(
          predictions: row.logits, targets: row.numbers("targets") ?? [],
          variances: row.numbers("variances") ?? [], full: row.flag("full"))
      }
    ),
  ]

  static func order(_ row: TableRow) -> Double { row.number("order") ?? .nan }

  private static func crossEntropy(_ row: TableRow) throws -> CertifiedLoss {
    let (logits, classWeights) = (row.logits, row.numbers("classWeights"))
    let (smoothing, zLoss) = (row.number("smoothing") ?? 0, row.number("zLoss") ?? 0)
    if let label = row.integer("label") {
      return try Certified.softmaxCrossEntropy(
        logits: logits, classIndices: [label], classCount: logits.count,
        classWeights: classWeights, labelSmoothing: smoothing, zLossScale: zLoss,
        logitSoftcap: row.number("softcap"))
    }
    return try Certified.softmaxCrossEntropy(
      logits: logits, classProbabilities: row.numbers("targets") ?? [],
      classCount: logits.count, classWeights: classWeights, labelSmoothing: smoothing,
      zLossScale: zLoss, logitSoftcap: row.number("softcap"), validation: .nonNegative)
  }

  private static func categorical(_ row: TableRow) throws -> CertifiedLoss {
    let (p, isNormalized) = (row.logits, row.text("form") == "normalized")
    if let label = row.integer("label") {
      return try Certified.categoricalCrossEntropy(
        probabilities: p, classIndices: [label], classCount: p.count,
        normalizing: isNormalized)
    }
    return try Certified.categoricalCrossEntropy(
      probabilities: p, classProbabilities: row.numbers("targets") ?? [], classCount: p.count,
      normalizing: isNormalized, labelSmoothing: row.number("smoothing") ?? 0,
      validation: .nonNegative)
  }

  private static func softmaxFocal(_ row: TableRow) throws -> CertifiedLoss {
    try Certified.softmaxFocalLoss(
      logits: row.logits, classIndices: [row.integer("label") ?? 0],
      classCount: row.logits.count, alpha: row.numbers("classWeights"),
      gamma: row.number("gamma") ?? 0)
  }

  private static func poly1(_ row: TableRow) throws -> CertifiedLoss {
    let (logits, epsilon) = (row.logits, row.number("eps") ?? 0)
    if let label = row.integer("label") {
      return try Certified.poly1CrossEntropy(
        logits: logits, classIndices: [label], classCount: logits.count, epsilon: epsilon)
    }
    return try Certified.poly1CrossEntropy(
      logits: logits, classProbabilities: row.numbers("targets") ?? [],
      classCount: logits.count, epsilon: epsilon)
  }

  private static func kl(_ row: TableRow) throws -> CertifiedLoss {
    let (logits, targets) = (row.logits, row.numbers("targets") ?? [])
    switch row.text("form") {
    case "logits":
      return try Certified.klLoss(logits: logits, targets: targets, classCount: logits.count)
    case "logTargets":
      return try Certified.klLoss(
        logPredictions: logits, logTargets: targets, classCount: logits.count)
    default:
      return try Certified.klLoss(
        logPredictions: logits, targets: targets, classCount: logits.count)
    }
  }
}
