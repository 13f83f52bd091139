/// A loss over many rows with its derivatives, each number certified.
///
/// ```swift
/// let truth = try Certified.softmaxCrossEntropy(
///   logits: [20, 0], classIndices: [0], classCount: 2)
/// truth.value.value  // 2.0611536181902037e-09
/// ```
public struct CertifiedLoss: Sendable, Hashable, Codable {
  /// The loss as its reduction has it, in nats; 0 of nothing, where that is allowed.
  public let value: Certified
  /// The loss of each row times the row's weight; 0 of a row that is ignored.
  public let rowLosses: [Certified]
  /// The derivatives of ``value`` by the logits, or by what is given in their place, row by
  /// row; empty where they were not asked for.
  public let gradient: [Certified]
}
