import CInformationKernels
import InformationTheory

/// Softmax cross-entropy of float logits with class probabilities, by the kernels.
///
/// What the kernels leave goes to ``CrossEntropyRow``, which defines the loss: rows with
/// infinite losses or NaN, with logits above 2³⁰ or factors above 2¹⁰⁰, and those of which
/// the largest logit has all but 2⁻⁶⁰⁰ of the powers; and the gradient of rows with a
/// derivative whose two parts cancel. Which rows these are depends on each row alone.
@safe
struct TargetKernel: @unsafe RowLossKernel {
  static let nanoseconds = 2

  let memory: RowLossMemory
  private let targets: UnsafePointer<Float>
  private let options: CrossEntropyOptions
  private var layout: ClassLayout { memory.layout }

  /// The memory must outlive the kernel.
  @unsafe
  init(_ memory: RowLossMemory, targets: UnsafePointer<Float>, _ options: CrossEntropyOptions) {
    self.memory = memory
    unsafe self.targets = unsafe targets
    self.options = options
  }

  /// Whether the kernels have what is asked for.
  static func takes(
    _ options: CrossEntropyOptions, _ validation: TargetValidation, _ layout: ClassLayout
  ) -> Bool {
    layout.stride == 1 && layout.classCount > 1 && layout.rowCount > 0
      && options.zLossScale == 0 && options.logitSoftcap == nil
      && options.convention == .derivative && !validation.allowsNegative
      && (options.labelSmoothing == 0 || options.labelSmoothing >= 0x1p-100)
      && options.classWeights?.allSatisfy { $0 == 0 || $0 >= 0x1p-100 && $0 <= 0x1p100 } ?? true
  }

  /// Checks the targets of all rows.
  @unsafe
  static func check(
    _ targets: UnsafePointer<Float>, _ validation: TargetValidation, _ layout: ClassLayout
  ) throws(InformationError) {
    let kernels = KernelLevel.losses
    let count = layout.classCount
    // Totals at the very edge are left to the definition.
    let edge = Double(Float.ulpOfOne).squareRoot() * (1 - 0x1p-20)
    let tolerance = validation.demandsUnitTotal ? edge : -1
    let all = unsafe UnsafeBufferPointer(start: targets, count: layout.rowCount * count)
    try layout.concurrentParts(nanoseconds: 1) { rows throws(InformationError) in
      var row = rows.lowerBound
      while true {
        row += unsafe kernels.plain_targets(
          all.baseAddress.map { unsafe $0 + row * count }, rows.upperBound - row, count, tolerance)
        if row == rows.upperBound { return }
        try unsafe validation.check(all.span, "classProbabilities", row: row, layout)
        row += 1
      }
    }
  }

  func room(rowCount: Int) -> KernelRoom {
    KernelRoom(
      scratch: (layout.classCount + 7) / 8 * 8, columns: 3, rows: rowCount,
      isWeighted: unsafe memory.sampleWeights != nil)
  }

  func weight(_ row: Int) -> Wide { memory.sampleWeight(row) }

  @unsafe
  func call(
    _ kernels: LossKernels, _ call: inout TargetRows, from row: Int, _ room: KernelRoom.Places
  ) {
    unsafe call.targets = targets + row * layout.classCount
    unsafe call.totals = room.column(1)
    unsafe call.depths = room.column(2)
    unsafe call.kept = 1 - options.labelSmoothing
    unsafe call.spread = options.labelSmoothing / Double(layout.classCount)
    guard let classWeights = options.classWeights else {
      unsafe kernels.target_entropy_rows(&call)
      return
    }
    unsafe classWeights.withUnsafeBufferPointer { weights in
      unsafe call.classWeights = weights.baseAddress
      unsafe kernels.target_entropy_rows(&call)
    }
  }

  func definition() throws(InformationError) -> CrossEntropyRow {
    try CrossEntropyRow(options, layout)
  }

  func load(
    _ row: Int, of logits: Span<Float>, into definition: inout CrossEntropyRow
  ) throws(InformationError) {
    try definition.logits.load(logits, row: row, layout)
    let goals = unsafe UnsafeBufferPointer(
      start: targets, count: layout.rowCount * layout.classCount)
    unsafe definition.load(goals.span, row: row, layout)
  }
}
