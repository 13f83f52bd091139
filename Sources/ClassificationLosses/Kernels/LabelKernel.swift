import CInformationKernels
import InformationTheory

/// Losses of softmax predictions of float logits with class labels, by the kernels.
///
/// What the kernels leave goes to the definition: rows with infinite logits or NaN, with
/// logits above 2³⁰ or factors above 2¹⁰⁰, and some with a loss of less than 2⁻⁴⁹⁰ or more
/// than 400. Of the focal loss it gets rows with (1 − p)ᵞ below e⁻²⁰⁰; of smoothed labels
/// those that lose +∞, and the gradient of those with a derivative whose two parts cancel; and
/// with a z-loss the rows where it cancels. Which rows these are depends on each row alone.
@safe
struct LabelKernel<Loss: LabelLoss>: @unsafe RowLossKernel {
  static var nanoseconds: Int { 1 }

  let memory: RowLossMemory
  private let labels: UnsafePointer<Int>
  private let loss: Loss
  private let ignoreIndex: Int?
  /// The total of the class weights, where labels are smoothed.
  private let totalWeight: Double
  private var layout: ClassLayout { memory.layout }

  /// The memory must outlive the kernel.
  @unsafe
  init(
    _ memory: RowLossMemory, labels: UnsafePointer<Int>, _ loss: Loss, ignoreIndex: Int?
  ) {
    self.memory = memory
    unsafe self.labels = unsafe labels
    self.loss = loss
    self.ignoreIndex = ignoreIndex
    let weights = loss.labelSmoothing > 0 ? loss.classWeights : nil
    totalWeight = weights.map { ExactSum($0).value } ?? 0
  }

  /// Whether the kernels have what is asked for.
  static func takes(_ loss: Loss, _ layout: ClassLayout) -> Bool {
    layout.stride == 1 && layout.classCount > 1 && layout.rowCount > 0
      && (loss.labelSmoothing == 0 || takesSmoothing(loss, layout))
      && (loss.zLossScale == 0 && loss.logitSoftcap == nil || takesBoundedLogits(loss, layout))
  }

  /// A z-loss, to which class weights do not apply, and a soft-cap, of any size in use.
  private static func takesBoundedLogits(_ loss: Loss, _ layout: ClassLayout) -> Bool {
    let cap = loss.logitSoftcap ?? 1
    return loss.labelSmoothing == 0 && cap > 0 && cap <= 128
      && (loss.zLossScale == 0
        || loss.zLossScale > 0 && loss.zLossScale <= 1024 && loss.classWeights == nil)
  }

  /// Smoothed so much that the two parts of a loss cancel it is left to the definition, and so
  /// it is with weights of which a product could be out of range.
  private static func takesSmoothing(_ loss: Loss, _ layout: ClassLayout) -> Bool {
    guard loss.labelSmoothing > 0 && loss.labelSmoothing <= 0.5 else { return false }
    guard let weights = loss.classWeights else { return true }
    return loss.labelSmoothing >= 0x1p-100
      && weights.allSatisfy { $0 == 0 || $0 >= 0x1p-100 && $0 <= 0x1p100 }
  }

  func room(rowCount: Int) -> KernelRoom {
    let isCapped = loss.logitSoftcap != nil
    let isLong = hasLifts || isCapped || layout.classCount > loss_kernel_few_classes
    return KernelRoom(
      scratch: isLong ? layout.classCount * (isCapped ? 2 : 1) + 8 : 0,
      columns: hasLifts ? 2 : 1, rows: rowCount,
      isWeighted: unsafe memory.sampleWeights != nil || labelWeights != nil)
  }

  /// Whether something is added to the losses.
  private var hasLifts: Bool { loss.labelSmoothing > 0 || loss.zLossScale > 0 }

  /// The class weights, where a row has that of its label alone.
  private var labelWeights: [Double]? { loss.labelSmoothing > 0 ? nil : loss.classWeights }

  /// The label's class weight times the sample weight.
  func weight(_ row: Int) -> Wide {
    let label = unsafe labels[row]
    if label == ignoreIndex { return .zero }
    let weight = memory.sampleWeight(row)
    return labelWeights.map { weight * Wide($0[label]) } ?? weight
  }

  @unsafe
  func call(
    _ kernels: LossKernels, _ call: inout LabelRows, from row: Int, _ room: KernelRoom.Places
  ) {
    unsafe call.labels = labels + row
    unsafe call.lifts = hasLifts ? room.column(1) : nil
    unsafe call.spread = loss.labelSmoothing / Double(layout.classCount)
    unsafe call.gamma = loss.gamma
    unsafe call.zLossScale = loss.zLossScale
    unsafe call.cap = loss.logitSoftcap ?? 0
    unsafe call.ignored = ignoreIndex ?? -1
    guard loss.labelSmoothing > 0, let classWeights = loss.classWeights else {
      unsafe kernels.cross_entropy_rows(&call)
      return
    }
    unsafe call.totalWeight = totalWeight
    unsafe call.kept = 1 - loss.labelSmoothing
    unsafe classWeights.withUnsafeBufferPointer { weights in
      unsafe call.classWeights = weights.baseAddress
      unsafe kernels.cross_entropy_rows(&call)
    }
  }

  func definition() throws(InformationError) -> Loss.Row { try loss.row(layout) }

  func load(
    _ row: Int, of logits: Span<Float>, into definition: inout Loss.Row
  ) throws(InformationError) {
    try definition.logits.load(logits, row: row, layout)
    unsafe definition.load(label: labels[row])
  }
}
