import CInformationKernels
import InformationTheory

/// Softmax cross-entropy of float logits with class labels, by the kernels.
///
/// What the kernels leave goes to ``CrossEntropyRow``, which defines the loss: rows with
/// infinite logits or NaN, with a loss of less than 2⁻⁶⁰⁰ or more than 600, with logits
/// above 2³⁰ or factors above 2¹⁰⁰. Which rows these are depends on each row alone.
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
      && options.labelSmoothing == 0 && options.zLossScale == 0 && options.logitSoftcap == nil
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
    let room = unsafe KernelRoom(rows: rows.count, classCount: layout.classCount)
    defer { unsafe room.deallocate() }
    var row = rows.lowerBound
    while row < rows.upperBound {
      let end = min(row + kernelRowCount, rows.upperBound)
      try unsafe run(row..<end, kernels, room, &definition, &part)
      row = end
    }
  }

  /// Does at most `kernelRowCount` rows.
  private func run(
    _ rows: Range<Int>, _ kernels: LossKernels, _ room: KernelRoom,
    _ definition: inout CrossEntropyRow?, _ part: inout LossResult
  ) throws(InformationError) {
    let isWeighted = unsafe sampleWeights != nil || options.classWeights != nil
    for row in rows {
      let weight = isWeighted ? weight(row) : .one
      unsafe room.weights[row - rows.lowerBound] = weight.rounded
      unsafe room.factors[row - rows.lowerBound] =
        isWeighted ? (weight * upstream).rounded : scale
    }
    let offset = rows.lowerBound * layout.classCount
    var call = unsafe LabelRows(
      logits: logits + offset, labels: labels + rows.lowerBound, factors: room.factors,
      gradient: gradient.map { unsafe $0 + offset }, losses: room.losses, states: room.states,
      scratch: room.scratch, rowCount: rows.count, classCount: layout.classCount,
      ignored: ignoreIndex ?? -1, isStreamed: isStreamed ? 1 : 0)
    unsafe kernels.cross_entropy_rows(&call)
    for row in rows {
      let i = row - rows.lowerBound
      guard unsafe room.states[i] == kernelDone else {
        try define(row, &definition, &part)
        continue
      }
      let loss = unsafe room.losses[i] * room.weights[i]
      part.total.add(loss)
      unsafe rowLosses?[row] = Float(loss)
    }
  }

  /// A gradient that no cache holds goes past them, unless it takes the logits' place.
  private var isStreamed: Bool {
    guard let gradient = unsafe gradient else { return false }
    let isInPlace = unsafe UnsafePointer(gradient) == logits
    return layout.rowCount * layout.classCount >= 1 << 21 && !isInPlace
  }

  private func sampleWeight(_ row: Int) -> Wide {
    guard let sampleWeights = unsafe sampleWeights else { return .one }
    return unsafe Wide(Double(sampleWeights[row]))
  }

  /// The class weight times the sample weight.
  private func weight(_ row: Int) -> Wide {
    let label = unsafe labels[row]
    if label == ignoreIndex { return .zero }
    guard let classWeights = options.classWeights else { return sampleWeight(row) }
    return sampleWeight(row) * Wide(classWeights[label])
  }

  /// Does a row by the definition.
  private func define(
    _ row: Int, _ definition: inout CrossEntropyRow?, _ part: inout LossResult
  ) throws(InformationError) {
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
    let weight = sampleWeight(row)
    let loss = kernel.loss * weight
    part.add(loss)
    unsafe rowLosses?[row] = Float(rounding: loss)
    if let gradient = unsafe gradient {
      let output = unsafe UnsafeMutableBufferPointer(start: gradient, count: count)
      var span = unsafe output.mutableSpan
      span.writeGradient(of: kernel, times: weight * upstream, at: row, layout)
    }
    definition = kernel
  }
}
