import CInformationKernels
import InformationTheory

/// The loss of a few rows of few classes that have nothing but labels, by one call
/// of the kernel; nil where there is more to it.
///
/// What ``LabelKernel`` prepares for many rows would take longer here than the rows. The
/// exponent γ is that of the focal loss, or 0.
@unsafe
func fewLabelsResult(
  _ logits: UnsafePointer<Float>, _ labels: Span<Int>, gamma: Double, _ ignoreIndex: Int?,
  _ layout: ClassLayout, _ reduction: LossReduction, _ empty: EmptyPolicy,
  _ gradient: UnsafeMutablePointer<Float>?
) -> LossResult? {
  guard layout.isFew && gamma >= 0 && gamma < .infinity else { return nil }
  layout.demandRows(labels.count, "classIndices")
  var result = LossResult(reduction: reduction, empty: empty)
  guard let count = result.validCount(labels, ignoreIndex, layout.classCount) else { return nil }
  result.countRows(layout.rowCount, valid: count)
  guard let factor = result.factor else { return nil }
  var call = unsafe LabelRows()
  unsafe call.logits = logits
  unsafe call.labels = labels.address
  unsafe call.gradient = gradient
  unsafe call.rowCount = layout.rowCount
  unsafe call.classCount = layout.classCount
  unsafe call.ignored = ignoreIndex ?? -1
  unsafe call.factor = factor
  unsafe call.gamma = gamma
  guard let total = unsafe fewLabelsTotal(&call) else { return nil }
  result.total = total
  return result
}

/// The sum of the losses of a few rows; nil where the kernel leaves one.
@unsafe
private func fewLabelsTotal(_ call: inout LabelRows) -> LossSum? {
  // Losses, and two lists of a byte for each row.
  let capacity = ClassLayout.fewRows + 2
  return unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: capacity) { room in
    guard let losses = room.baseAddress else { return nil }
    let bytes = unsafe UnsafeMutableRawPointer(losses + ClassLayout.fewRows)
      .bindMemory(to: UInt8.self, capacity: 2 * ClassLayout.fewRows)
    unsafe call.losses = losses
    unsafe call.left = bytes
    unsafe call.apart = bytes + ClassLayout.fewRows
    unsafe loss_kernels(KernelLevel.current).pointee.cross_entropy_rows(&call)
    guard unsafe call.leftCount == 0 else { return nil }
    var total = LossSum()
    unsafe total.add(call.sum)
    for i in 0..<(unsafe call.apartCount) { unsafe total.add(losses[Int(call.apart[i])]) }
    return total
  }
}

extension ClassLayout {
  /// So many rows are few.
  fileprivate static let fewRows = 8

  /// Whether rows and classes are few, as they are in memory.
  fileprivate var isFew: Bool {
    stride == 1 && rowCount > 0 && rowCount <= Self.fewRows
      && classCount > 1 && classCount <= loss_kernel_few_classes
  }
}

extension LabelLoss {
  /// Whether there is nothing but labels, and an exponent.
  @inline(__always)
  var isPlain: Bool {
    classWeights == nil && labelSmoothing == 0 && zLossScale == 0 && logitSoftcap == nil
  }
}
