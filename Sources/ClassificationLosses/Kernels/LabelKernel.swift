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
    let room = LabelRoom(
      layout, rows: min(rows.count, kernelRowCount), isWeighted: isWeighted,
      isSmoothed: options.labelSmoothing > 0)
    try unsafe withUnsafeTemporaryAllocation(byteCount: room.byteCount, alignment: 64) {
      memory throws(InformationError) in
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
    _ rows: Range<Int>, _ kernels: LossKernels, _ room: LabelRoom.Places,
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
    unsafe call.lifts = room.lifts
    unsafe call.spread = options.labelSmoothing / Double(layout.classCount)
    unsafe call.scratch = room.scratch
    unsafe call.rowCount = rows.count
    unsafe call.classCount = layout.classCount
    unsafe call.ignored = ignoreIndex ?? -1
    unsafe call.factor = scale
    unsafe call.isStreamed = isStreamed ? 1 : 0
    unsafe kernels.cross_entropy_rows(&call)
    unsafe add(call, room, &part)
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
      writeGradient(of: kernel, times: weight, at: row)
    }
    for i in 0..<(unsafe call.roughCount) {
      let row = unsafe rows.lowerBound + Int(room.rough[i])
      let (kernel, weight) = try defined(row, &definition)
      writeGradient(of: kernel, times: weight, at: row)
    }
  }

  /// Adds what the kernel has found, and multiplies the losses by their weights.
  private func add(_ call: LabelRows, _ room: LabelRoom.Places, _ part: inout LossResult) {
    guard let weights = unsafe room.weights else {
      unsafe part.total.add(call.sum, exponent: -91)
      for i in 0..<(unsafe call.apartCount) {
        unsafe part.total.add(room.losses[Int(room.apart[i])])
      }
      return
    }
    for i in 0..<(unsafe call.rowCount) {
      unsafe room.losses[i] *= weights[i]
      unsafe part.total.add(room.losses[i])
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
    return (kernel, sampleWeight(row))
  }

  private func writeGradient(of kernel: CrossEntropyRow, times weight: Wide, at row: Int) {
    guard let gradient = unsafe gradient else { return }
    let output = unsafe UnsafeMutableBufferPointer(
      start: gradient, count: layout.rowCount * layout.classCount)
    var span = unsafe output.mutableSpan
    span.writeGradient(of: kernel, times: weight * upstream, at: row, layout)
  }
}

/// How much memory goes to the kernels with some rows, and comes back from them.
private struct LabelRoom {
  private let rows: Int
  private let isWeighted, isSmoothed: Bool
  private let scratch: Int

  init(_ layout: ClassLayout, rows: Int, isWeighted: Bool, isSmoothed: Bool) {
    // The kernel works on groups of eight.
    self.rows = (rows + 7) / 8 * 8
    self.isWeighted = isWeighted
    self.isSmoothed = isSmoothed
    let isLong = isSmoothed || layout.classCount > loss_kernel_few_classes
    scratch = isLong ? layout.classCount : 0
  }

  private var doubleCount: Int {
    scratch + (1 + (isWeighted ? 2 : 0) + (isSmoothed ? 1 : 0)) * rows
  }

  var byteCount: Int { doubleCount * MemoryLayout<Double>.stride + 3 * rows }

  /// Where in that memory things are.
  @unsafe
  struct Places {
    let scratch, losses: UnsafeMutablePointer<Double>
    let lifts, weights, factors: UnsafeMutablePointer<Double>?
    let left, apart, rough: UnsafeMutablePointer<UInt8>
  }

  @unsafe
  func places(in memory: UnsafeMutableRawBufferPointer) -> Places {
    // The numbers are never read before they are written.
    guard let start = memory.baseAddress else { preconditionFailure("there is no memory") }
    let scratch = unsafe start.bindMemory(to: Double.self, capacity: doubleCount)
    let bytes = unsafe (start + doubleCount * MemoryLayout<Double>.stride)
      .bindMemory(to: UInt8.self, capacity: 3 * rows)
    let losses = unsafe scratch + self.scratch
    let weights = unsafe losses + (isSmoothed ? 2 : 1) * rows
    return unsafe Places(
      scratch: scratch, losses: losses, lifts: isSmoothed ? losses + rows : nil,
      weights: isWeighted ? weights : nil, factors: isWeighted ? weights + rows : nil,
      left: bytes, apart: bytes + rows, rough: bytes + 2 * rows)
  }
}
