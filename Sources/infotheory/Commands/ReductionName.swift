import ArgumentParser
import ClassificationLosses

/// What a mean divides by.
enum ReductionName: String, ExpressibleByArgument, CaseIterable {
  case mean
  case weightedMean = "weighted-mean"
  case batchMean = "batch-mean"
  case sum
}

extension ReductionName? {
  /// The reduction asked for, or the one of all losses.
  var library: LossReduction {
    switch self {
    case .mean, nil: .mean
    case .weightedMean: .weightedMean
    case .batchMean: .batchMean
    case .sum: .sum
    }
  }
}
