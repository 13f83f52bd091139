/// What the sum of the losses is divided by, as a question of the suite names it.
///
/// The names say the divisor, because frameworks mean different ones by "mean".
public enum LossReductionName: String, Sendable, Codable, CaseIterable {
  /// Nothing.
  case sum
  /// The number of rows that are not ignored, whatever they weigh.
  case mean
  /// The total weight applied to the rows that are not ignored.
  case weightedMean = "weighted_mean"
  /// The number of rows, ignored ones included.
  case batchMean = "batch_mean"
}
