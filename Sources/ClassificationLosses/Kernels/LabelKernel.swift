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
struct LabelKernel {
  private let logits: UnsafePointer<Float>
  private let labels: UnsafePointer<Int>
  private let sampleWeights: UnsafePointer<Float>?
  private let gradient: UnsafeMutablePointer<Float>?
  private let rowLosses: UnsafeMutablePointer<Float>?
  private let options: CrossEntropyOptions
  private let layout: ClassLayout
  private let ignoreIndex: Int?
  private let upstream: Wide
  private let scale: Double

  /// The memory must outlive the kernel; the gradient may be the logits.
  @unsafe
  init(
    logits: UnsafePointer<Float>, labels: UnsafePointer<Int>,
    sampleWeights: UnsafePointer<Float>?, gradient: UnsafeMutablePointer<Float>?,
    rowLosses: UnsafeMutablePointer<Float>?, _ options: CrossEntropyOptions,
    _ layout: ClassLayout, ignoreIndex: Int?, upstream: Wide
  ) {
    unsafe self.logits = unsafe logits
    unsafe self.labels = unsafe labels
    unsafe self.sampleWeights = unsafe sampleWeights
    unsafe self.gradient = unsafe gradient
    unsafe self.rowLosses = unsafe rowLosses
    self.options = options
    self.layout = layout
    self.ignoreIndex = ignoreIndex
    self.upstream = upstream
    scale = upstream.rounded
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

  /// Adds the losses of all rows, and writes the outputs.
  func run(into result: inout LossResult) throws(InformationError) {
    let kernels = KernelLevel.losses
    try layout.concurrentRows(into: &result, nanoseconds: 1) {
      rows, part throws(InformationError) in
      try run(rows, kernels, &part)
    }
  }

  private func run(
    _ rows: Range<Int>, _ kernels: LossKernels, _ part: inout LossResult
  ) throws(InformationError) {
    var definition: CrossEntropyRow?
    let isWeighted = unsafe sampleWeights != nil || options.classWeights != nil
    let isSmoothed = options.labelSmoothing > 0
    let isLong = isSmoothed || layout.classCount > loss_kernel_few_classes
    let room = KernelRoom(
      scratch: isLong ? layout.classCount : 0, columns: 1 + (isSmoothed ? 1 : 0),
      rows: min(rows.count, kernelRowCount), isWeighted: isWeighted)
    try unsafe withUnsafeTemporaryAllocation(
      byteCount: room.byteCount, alignment: KernelRoom.alignment
    ) { memory throws(InformationError) in
      var row = rows.lowerBound
      while row < rows.upperBound {
        let end = min(row + kernelRowCount, rows.upperBound)
        try unsafe run(row..<end, kernels, room.places(in: memory), &definition, &part)
        row = end
      }
    }
  }

  /// Does at most `kernelRowCount` rows.
  private func run(
    _ rows: Range<Int>, _ kernels: LossKernels, _ room: KernelRoom.Places,
    _ definition: inout CrossEntropyRow?, _ part: inout LossResult
  ) throws(InformationError) {
    if let weights = unsafe room.weights, let factors = unsafe room.factors {
      for row in rows {
        let weight = weight(row)
        unsafe weights[row - rows.lowerBound] = weight.rounded
        unsafe factors[row - rows.lowerBound] = (weight * upstream).rounded
      }
    }
    let offset = rows.lowerBound * layout.classCount
    var call = unsafe LabelRows()
    unsafe call.logits = logits + offset
    unsafe call.labels = labels + rows.lowerBound
    unsafe call.factors = UnsafePointer(room.factors)
    unsafe call.gradient = gradient.map { unsafe $0 + offset }
    unsafe call.losses = room.losses
    unsafe call.left = room.left
    unsafe call.apart = room.apart
    unsafe call.rough = room.rough
    unsafe call.lifts = options.labelSmoothing > 0 ? room.column(1) : nil
    unsafe call.spread = options.labelSmoothing / Double(layout.classCount)
    unsafe call.scratch = room.scratch
    unsafe call.rowCount = rows.count
    unsafe call.classCount = layout.classCount
    unsafe call.ignored = ignoreIndex ?? -1
    unsafe call.factor = scale
    unsafe call.isStreamed = layout.isStreamed(gradient, beside: logits) ? 1 : 0
    unsafe kernels.cross_entropy_rows(&call)
    unsafe part.total.add(
      call.sum, room, rowCount: rows.count, apartCount: call.apartCount)
    if let rowLosses = unsafe rowLosses {
      for i in 0..<rows.count {
        unsafe rowLosses[rows.lowerBound + i] = Float(room.losses[i])
      }
    }
    for i in 0..<(unsafe call.leftCount) {
      let row = unsafe rows.lowerBound + Int(room.left[i])
      let (kernel, weight) = try defined(row, &definition)
      let loss = kernel.loss * weight
      part.add(loss)
      unsafe rowLosses?[row] = Float(rounding: loss)
      unsafe gradient?.write(kernel, times: weight * upstream, at: row, layout)
    }
    for i in 0..<(unsafe call.roughCount) {
      let row = unsafe rows.lowerBound + Int(room.rough[i])
      let (kernel, weight) = try defined(row, &definition)
      unsafe gradient?.write(kernel, times: weight * upstream, at: row, layout)
    }
  }

  /// The class weight times the sample weight.
  private func weight(_ row: Int) -> Wide {
    let label = unsafe labels[row]
    if label == ignoreIndex { return .zero }
    let weight = unsafe sampleWeight(sampleWeights, row)
    return options.classWeights.map { weight * Wide($0[label]) } ?? weight
  }

  /// A row by the definition, and its sample weight.
  private func defined(
    _ row: Int, _ definition: inout CrossEntropyRow?
  ) throws(InformationError) -> (CrossEntropyRow, Wide) {
    var kernel: CrossEntropyRow
    if let known = definition.take() {
      kernel = known
    } else {
      kernel = try CrossEntropyRow(options, layout)
    }
    let count = layout.rowCount * layout.classCount
    let all = unsafe UnsafeBufferPointer(start: logits, count: count)
    try unsafe kernel.logits.load(all.span, row: row, layout)
    unsafe kernel.load(label: labels[row])
    definition = kernel
    return (kernel, unsafe sampleWeight(sampleWeights, row))
  }
}
