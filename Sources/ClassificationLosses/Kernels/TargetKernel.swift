import CInformationKernels
import InformationTheory

/// Softmax cross-entropy of float logits with class probabilities, by the kernels.
///
/// What the kernels leave goes to ``CrossEntropyRow``, which defines the loss: rows with
/// infinite losses or NaN, with logits above 2³⁰ or factors above 2¹⁰⁰, and those of which
/// the largest logit has all but 2⁻⁶⁰⁰ of the powers; and the gradient of rows with a
/// derivative whose two parts cancel. Which rows these are depends on each row alone.
@safe
struct TargetKernel {
  private let logits: UnsafePointer<Float>
  private let targets: UnsafePointer<Float>
  private let sampleWeights: UnsafePointer<Float>?
  private let gradient: UnsafeMutablePointer<Float>?
  private let rowLosses: UnsafeMutablePointer<Float>?
  private let options: CrossEntropyOptions
  private let layout: ClassLayout
  private let upstream: Wide

  /// The memory must outlive the kernel; the gradient may be the logits.
  @unsafe
  init(
    logits: UnsafePointer<Float>, targets: UnsafePointer<Float>,
    sampleWeights: UnsafePointer<Float>?, gradient: UnsafeMutablePointer<Float>?,
    rowLosses: UnsafeMutablePointer<Float>?, _ options: CrossEntropyOptions,
    _ layout: ClassLayout, upstream: Wide
  ) {
    unsafe self.logits = unsafe logits
    unsafe self.targets = unsafe targets
    unsafe self.sampleWeights = unsafe sampleWeights
    unsafe self.gradient = unsafe gradient
    unsafe self.rowLosses = unsafe rowLosses
    self.options = options
    self.layout = layout
    self.upstream = upstream
  }

  /// Whether the kernels have what is asked for.
  static func takes(
    _ options: CrossEntropyOptions, _ validation: TargetValidation, _ layout: ClassLayout
  ) -> Bool {
    layout.stride == 1 && layout.classCount > 1 && layout.rowCount > 0
      && options.classWeights == nil && options.labelSmoothing == 0
      && options.zLossScale == 0 && options.logitSoftcap == nil
      && options.convention == .derivative && !validation.allowsNegative
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

  /// Adds the losses of all rows, and writes the outputs.
  func run(into result: inout LossResult) throws(InformationError) {
    let kernels = KernelLevel.losses
    try layout.concurrentRows(into: &result, nanoseconds: 2) {
      rows, part throws(InformationError) in
      try run(rows, kernels, &part)
    }
  }

  private func run(
    _ rows: Range<Int>, _ kernels: LossKernels, _ part: inout LossResult
  ) throws(InformationError) {
    var definition: CrossEntropyRow?
    let room = KernelRoom(
      scratch: (layout.classCount + 7) / 8 * 8, columns: 3, rows: min(rows.count, kernelRowCount),
      isWeighted: unsafe sampleWeights != nil)
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
    let start = rows.lowerBound
    if let weights = unsafe room.weights, let factors = unsafe room.factors {
      for row in rows {
        let weight = unsafe sampleWeight(sampleWeights, row)
        unsafe weights[row - start] = weight.rounded
        unsafe factors[row - start] = (weight * upstream).rounded
      }
    }
    let offset = start * layout.classCount
    var call = unsafe TargetRows()
    unsafe call.logits = logits + offset
    unsafe call.targets = targets + offset
    unsafe call.factors = UnsafePointer(room.factors)
    unsafe call.gradient = gradient.map { unsafe $0 + offset }
    unsafe call.losses = room.losses
    unsafe call.totals = room.column(1)
    unsafe call.depths = room.column(2)
    unsafe call.left = room.left
    unsafe call.apart = room.apart
    unsafe call.rough = room.rough
    unsafe call.scratch = room.scratch
    unsafe call.rowCount = rows.count
    unsafe call.classCount = layout.classCount
    unsafe call.factor = upstream.rounded
    unsafe call.isStreamed = layout.isStreamed(gradient, beside: logits) ? 1 : 0
    unsafe kernels.target_entropy_rows(&call)
    unsafe part.total.add(
      call.sum, room, rowCount: rows.count, apartCount: call.apartCount)
    if let rowLosses = unsafe rowLosses {
      for i in 0..<rows.count { unsafe rowLosses[start + i] = Float(room.losses[i]) }
    }
    for i in 0..<(unsafe call.leftCount) {
      let row = unsafe start + Int(room.left[i])
      let (kernel, weight) = try defined(row, &definition)
      let loss = kernel.loss * weight
      part.add(loss)
      unsafe rowLosses?[row] = Float(rounding: loss)
      unsafe gradient?.write(kernel, times: weight * upstream, at: row, layout)
    }
    for i in 0..<(unsafe call.roughCount) {
      let row = unsafe start + Int(room.rough[i])
      let (kernel, weight) = try defined(row, &definition)
      unsafe gradient?.write(kernel, times: weight * upstream, at: row, layout)
    }
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
    let goals = unsafe UnsafeBufferPointer(start: targets, count: count)
    unsafe kernel.load(goals.span, row: row, layout)
    definition = kernel
    return (kernel, unsafe sampleWeight(sampleWeights, row))
  }
}
