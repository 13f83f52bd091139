import CInformationKernels
import InformationTheory

/// The memory of a loss of rows of float logits, and what the derivatives are multiplied by.
@safe
struct RowLossMemory {
  let logits: UnsafePointer<Float>
  let sampleWeights: UnsafePointer<Float>?
  let gradient: UnsafeMutablePointer<Float>?
  let rowLosses: UnsafeMutablePointer<Float>?
  let layout: ClassLayout
  let upstream: Wide
  private let factor: Double

  /// The memory must outlive the kernel; the gradient may be the logits.
  @unsafe
  init(
    logits: UnsafePointer<Float>, sampleWeights: UnsafePointer<Float>?,
    gradient: UnsafeMutablePointer<Float>?, rowLosses: UnsafeMutablePointer<Float>?,
    _ layout: ClassLayout, upstream: Wide
  ) {
    unsafe self.logits = unsafe logits
    unsafe self.sampleWeights = unsafe sampleWeights
    unsafe self.gradient = unsafe gradient
    unsafe self.rowLosses = unsafe rowLosses
    self.layout = layout
    self.upstream = upstream
    factor = upstream.rounded
  }

  /// Tells a kernel of some rows, whatever their targets are.
  @inline(__always)
  @unsafe
  fileprivate func prepare<Call: RowLossCall>(
    _ call: inout Call, _ rows: Range<Int>, _ room: KernelRoom.Places
  ) {
    let offset = rows.lowerBound * layout.classCount
    unsafe call.logits = logits + offset
    unsafe call.factors = UnsafePointer(room.factors)
    unsafe call.gradient = gradient.map { unsafe $0 + offset }
    unsafe call.losses = room.losses
    unsafe call.left = room.left
    unsafe call.apart = room.apart
    unsafe call.rough = room.rough
    unsafe call.scratch = room.scratch
    unsafe call.rowCount = rows.count
    unsafe call.classCount = layout.classCount
    unsafe call.factor = factor
    unsafe call.isStreamed = layout.isStreamed(gradient, beside: logits) ? 1 : 0
  }

  @inline(__always)
  func sampleWeight(_ row: Int) -> Wide {
    unsafe ClassificationLosses.sampleWeight(sampleWeights, row)
  }
}

// The pointers of a structure of C come as they are here.
// swift-format-ignore: NeverUseImplicitlyUnwrappedOptionals
/// The part of a kernel's arguments that does not depend on what the targets are.
@unsafe
protocol RowLossCall {
  init()
  var logits: UnsafePointer<Float>! { get set }
  var factors: UnsafePointer<Double>! { get set }
  var gradient: UnsafeMutablePointer<Float>! { get set }
  var losses: UnsafeMutablePointer<Double>! { get set }
  var left: UnsafeMutablePointer<UInt8>! { get set }
  var leftCount: Int { get }
  var apart: UnsafeMutablePointer<UInt8>! { get set }
  var apartCount: Int { get }
  var rough: UnsafeMutablePointer<UInt8>! { get set }
  var roughCount: Int { get }
  var scratch: UnsafeMutablePointer<Double>! { get set }
  var rowCount: Int { get set }
  var classCount: Int { get set }
  var factor: Double { get set }
  var isStreamed: Int32 { get set }
  var sum: FixedPointSum { get }
}

extension LabelRows: @unsafe RowLossCall {}
extension TargetRows: @unsafe RowLossCall {}

/// A loss of rows of float logits that kernels compute, and the walk over the rows.
///
/// What the kernels leave goes to the definition: whole rows, or gradients alone. Which rows
/// these are depends on each row alone.
protocol RowLossKernel {
  associatedtype Call: RowLossCall
  associatedtype Definition: ClassLossRow

  /// About how long a logit takes.
  static var nanoseconds: Int { get }

  var memory: RowLossMemory { get }

  /// Room for what the kernel does with so many rows.
  func room(rowCount: Int) -> KernelRoom

  /// What the kernel's loss of a row is to be multiplied by; asked where the room is weighted.
  func weight(_ row: Int) -> Wide

  /// Adds what the targets are to a call of the kernel for rows from one on, and makes it.
  @unsafe
  func call(_ kernels: LossKernels, _ call: inout Call, from row: Int, _ room: KernelRoom.Places)

  /// The definition, without a row.
  func definition() throws(InformationError) -> Definition

  /// Takes a row of the logits into the definition, with its target.
  func load(
    _ row: Int, of logits: Span<Float>, into definition: inout Definition
  ) throws(InformationError)
}

extension RowLossKernel {
  /// Adds the losses of all rows, and writes the outputs.
  // Kernels are large, and a copy for each call shows where there is one row.
  @inline(__always)
  func run(into result: inout LossResult) throws(InformationError) {
    let kernels = KernelLevel.losses
    try memory.layout.concurrentRows(
      into: &result, nanoseconds: Self.nanoseconds, rowNanoseconds: kernelRowNanoseconds
    ) {
      rows, part throws(InformationError) in
      try run(rows, kernels, &part)
    }
  }

  @inline(__always)
  private func run(
    _ rows: Range<Int>, _ kernels: LossKernels, _ part: inout LossResult
  ) throws(InformationError) {
    var definition: Definition?
    let room = room(rowCount: min(rows.count, kernelRowCount))
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
    _ definition: inout Definition?, _ part: inout LossResult
  ) throws(InformationError) {
    let start = rows.lowerBound
    if let weights = unsafe room.weights, let factors = unsafe room.factors {
      for row in rows {
        let weight = weight(row)
        unsafe weights[row - start] = weight.rounded
        unsafe factors[row - start] = (weight * memory.upstream).rounded
      }
    }
    var call = unsafe Call()
    unsafe memory.prepare(&call, rows, room)
    unsafe self.call(kernels, &call, from: start, room)
    unsafe part.total.add(call.sum, room, rowCount: rows.count, apartCount: call.apartCount)
    if let rowLosses = unsafe memory.rowLosses {
      for i in 0..<rows.count { unsafe rowLosses[start + i] = Float(room.losses[i]) }
    }
    for i in 0..<(unsafe call.leftCount) {
      let row = unsafe start + Int(room.left[i])
      let kernel = try defined(row, &definition)
      let weight = memory.sampleWeight(row)
      let loss = kernel.loss * weight
      part.add(loss)
      unsafe memory.rowLosses?[row] = Float(rounding: loss)
      unsafe memory.gradient?.write(
        kernel, times: weight * memory.upstream, at: row, memory.layout)
    }
    for i in 0..<(unsafe call.roughCount) {
      let row = unsafe start + Int(room.rough[i])
      let factor = memory.sampleWeight(row) * memory.upstream
      unsafe memory.gradient?.write(
        try defined(row, &definition), times: factor, at: row, memory.layout)
    }
  }

  /// A row by the definition.
  private func defined(
    _ row: Int, _ definition: inout Definition?
  ) throws(InformationError) -> Definition {
    var kernel: Definition
    if let known = definition.take() {
      kernel = known
    } else {
      kernel = try self.definition()
    }
    let count = memory.layout.rowCount * memory.layout.classCount
    let all = unsafe UnsafeBufferPointer(start: memory.logits, count: count)
    try unsafe load(row, of: all.span, into: &kernel)
    definition = kernel
    return kernel
  }
}
