import CInformationKernels
import InformationTheory

/// Softmax cross-entropy of float logits with class labels, by the kernels.
///
/// What the kernels leave goes to ``CrossEntropyRow``, which defines the loss: rows with
/// infinite logits or NaN, with logits above 2³⁰ or factors above 2¹⁰⁰, and some with a
/// loss of less than 2⁻⁴⁹⁰ or more than 400. Which rows these are depends on each row
/// alone.
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
    let isWeighted = unsafe sampleWeights != nil || options.classWeights != nil
    let room = LabelRoom(layout, rows: min(rows.count, kernelRowCount), isWeighted: isWeighted)
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
      try define(unsafe rows.lowerBound + Int(room.left[i]), &definition, &part)
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

/// How much memory goes to the kernels with some rows, and comes back from them.
private struct LabelRoom {
  private let rows: Int
  private let isWeighted: Bool
  private let scratch: Int

  init(_ layout: ClassLayout, rows: Int, isWeighted: Bool) {
    // The kernel works on groups of eight.
    self.rows = (rows + 7) / 8 * 8
    self.isWeighted = isWeighted
    scratch = layout.classCount > loss_kernel_few_classes ? layout.classCount : 0
  }

  private var doubleCount: Int { (isWeighted ? 3 : 1) * rows + scratch }

  var byteCount: Int { doubleCount * MemoryLayout<Double>.stride + 2 * rows }

  /// Where in that memory things are.
  @unsafe
  struct Places {
    let losses: UnsafeMutablePointer<Double>
    let weights, factors: UnsafeMutablePointer<Double>?
    let scratch: UnsafeMutablePointer<Double>
    let left, apart: UnsafeMutablePointer<UInt8>
  }

  @unsafe
  func places(in memory: UnsafeMutableRawBufferPointer) -> Places {
    // The doubles are never read before they are written.
    guard let start = memory.baseAddress else { preconditionFailure("no memory") }
    let doubles = unsafe start.bindMemory(to: Double.self, capacity: doubleCount)
    let bytes = unsafe (start + doubleCount * MemoryLayout<Double>.stride)
      .bindMemory(to: UInt8.self, capacity: 2 * rows)
    return unsafe Places(
      losses: doubles + scratch, weights: isWeighted ? doubles + (scratch + rows) : nil,
      factors: isWeighted ? doubles + (scratch + 2 * rows) : nil, scratch: doubles, left: bytes,
      apart: bytes + rows)
  }
}
