import CInformationKernels
import InformationTheory

/// The loss of a few rows of few classes that have nothing but labels, by one call
/// of the kernel; nil where there is more to it.
///
/// What ``LabelKernel`` prepares for many rows would take longer here than the rows.
@unsafe
@inline(__always)
func fewLabelsResult<Loss: LabelLoss>(
  _ logits: UnsafePointer<Float>, _ labels: Span<Int>, _ loss: Loss,
  _ ignoreIndex: Int?, _ layout: ClassLayout, _ reduction: LossReduction, _ empty: EmptyPolicy,
  _ gradient: UnsafeMutablePointer<Float>?
) -> LossResult? {
  let mostRows = 8
  guard
    layout.rowCount <= mostRows && layout.classCount <= loss_kernel_few_classes
      && loss.classWeights == nil && loss.labelSmoothing == 0
      && loss.zLossScale == 0 && loss.logitSoftcap == nil
      && loss.gamma >= 0 && loss.gamma < .infinity
  else { return nil }
  layout.demandRows(labels.count, "classIndices")
  var result = LossResult(reduction: reduction, empty: empty)
  guard let count = result.validCount(labels, ignoreIndex, layout.classCount) else { return nil }
  result.countRows(layout.rowCount, valid: count)
  guard let upstream = try? result.upstream() else { return nil }
  // Losses, and two lists of a byte for each row.
  return unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: mostRows + 2) { room in
    guard let losses = room.baseAddress else { return nil }
    let bytes = unsafe UnsafeMutableRawPointer(losses + mostRows)
      .bindMemory(to: UInt8.self, capacity: 2 * mostRows)
    var call = unsafe LabelRows()
    unsafe call.logits = logits
    unsafe call.labels = labels.address
    unsafe call.gradient = gradient
    unsafe call.losses = losses
    unsafe call.left = bytes
    unsafe call.apart = bytes + mostRows
    unsafe call.rowCount = layout.rowCount
    unsafe call.classCount = layout.classCount
    unsafe call.ignored = ignoreIndex ?? -1
    unsafe call.factor = upstream.rounded
    unsafe call.gamma = loss.gamma
    unsafe loss_kernels(KernelLevel.current).pointee.cross_entropy_rows(&call)
    guard unsafe call.leftCount == 0 else { return nil }
    unsafe result.total.add(call.sum)
    for i in 0..<(unsafe call.apartCount) {
      unsafe result.total.add(losses[Int(call.apart[i])])
    }
    return result
  }
}
