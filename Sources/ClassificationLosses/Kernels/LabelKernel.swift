import CInformationKernels
import InformationTheory

/// Softmax cross-entropy of float logits with class labels, by the kernels.
///
/// What the kernels leave goes to ``CrossEntropyRow``, which defines the loss: rows with
/// infinite logits or NaN, with logits above 2³⁰ or factors above 2¹⁰⁰, and some with a
/// loss of less than 2⁻⁴⁹⁰ or more than 400. Of smoothed labels it gets rows that lose +∞,
/// and the gradient of those with a derivative whose two parts cancel. Which rows these
/// are depends on each row alone.
@safe
struct LabelKernel: @unsafe RowLossKernel {
  static let nanoseconds = 1

  let memory: RowLossMemory
  private let labels: UnsafePointer<Int>
  private let options: CrossEntropyOptions
  private let ignoreIndex: Int?
  private var layout: ClassLayout { memory.layout }

  /// The memory must outlive the kernel.
  @unsafe
  init(
    _ memory: RowLossMemory, labels: UnsafePointer<Int>, _ options: CrossEntropyOptions,
    ignoreIndex: Int?
  ) {
    self.memory = memory
    unsafe self.labels = unsafe labels
    self.options = options
    self.ignoreIndex = ignoreIndex
  }

  /// Whether the kernels have what is asked for.
  static func takes(_ options: CrossEntropyOptions, _ layout: ClassLayout) -> Bool {
    layout.stride == 1 && layout.classCount > 1 && layout.rowCount > 0
      && options.zLossScale == 0 && options.logitSoftcap == nil
      && (options.labelSmoothing == 0 || takesSmoothing(options, layout))
  }

  /// Smoothed so much that the two parts of a loss cancel it is left to the definition.
  private static func takesSmoothing(
    _ options: CrossEntropyOptions, _ layout: ClassLayout
  ) -> Bool {
    layout.classCount >= 8 && options.classWeights == nil && options.labelSmoothing > 0
      && options.labelSmoothing <= 0.5
  }

  func room(rowCount: Int) -> KernelRoom {
    let isSmoothed = options.labelSmoothing > 0
    let isLong = isSmoothed || layout.classCount > loss_kernel_few_classes
    return KernelRoom(
      scratch: isLong ? layout.classCount : 0, columns: 1 + (isSmoothed ? 1 : 0), rows: rowCount,
      isWeighted: unsafe memory.sampleWeights != nil || options.classWeights != nil)
  }

  /// The class weight times the sample weight.
  func weight(_ row: Int) -> Wide {
    let label = unsafe labels[row]
    if label == ignoreIndex { return .zero }
    let weight = memory.sampleWeight(row)
    return options.classWeights.map { weight * Wide($0[label]) } ?? weight
  }

  @unsafe
  func call(
    _ kernels: LossKernels, _ call: inout LabelRows, from row: Int, _ room: KernelRoom.Places
  ) {
    unsafe call.labels = labels + row
    unsafe call.lifts = options.labelSmoothing > 0 ? room.column(1) : nil
    unsafe call.spread = options.labelSmoothing / Double(layout.classCount)
    unsafe call.ignored = ignoreIndex ?? -1
    unsafe kernels.cross_entropy_rows(&call)
  }

  func definition() throws(InformationError) -> CrossEntropyRow {
    try CrossEntropyRow(options, layout)
  }

  func load(
    _ row: Int, of logits: Span<Float>, into definition: inout CrossEntropyRow
  ) throws(InformationError) {
    try definition.logits.load(logits, row: row, layout)
    unsafe definition.load(label: labels[row])
  }
}
