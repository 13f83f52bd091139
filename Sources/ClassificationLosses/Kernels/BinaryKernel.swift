import CInformationKernels
import InformationTheory

/// A loss of one logit that the kernels have, with its options as they take them.
struct BinaryKernelOptions {
  enum Kind { case crossEntropy, focal }

  let kind: Kind
  /// A target t becomes kept·t + spread.
  var kept = 1.0
  var spread = 0.0
  var positiveWeight = 1.0
  var negativeWeight = 1.0
  var gamma = 0.0

  /// How far a logit may be on the side of its target before its loss is below 2⁻³⁸, the
  /// least that the kernels' sum takes; below 0 where that is not known.
  fileprivate var reach: Float {
    // log(1 + e⁻²⁶) > 2⁻³⁸.
    if kind == .crossEntropy { return 26 }
    guard gamma == 2 else { return -1 }
    let weight = min(
      positiveWeight > 0 ? positiveWeight : 1, negativeWeight > 0 ? negativeWeight : 1)
    // With v = σ(−x) and s = −log(1 − v), w·v²·s > 0.99·w·e^−3x for x ≥ 6.
    let reach = (38 * DoubleDouble.log(2).high + DoubleDouble.log(0.99 * weight).high) / 3
    return reach >= 6 ? Float(reach) * 0.999 : -1
  }
}

/// Losses of float logits with a target each, by the kernels.
///
/// What the kernels leave goes to the definition: infinite logits and NaN, targets that
/// are none, derivatives of which two parts nearly cancel, and targets between 0 and 1
/// of the focal loss. Which elements these are depends on each alone.
@safe
struct BinaryKernel<Loss: TermwiseLoss> {
  private let loss: Loss
  private let options: BinaryKernelOptions
  private let logits: UnsafePointer<Float>
  private let targets: UnsafePointer<Float>
  private let weights: UnsafePointer<Float>?
  private let gradient: UnsafeMutablePointer<Float>?
  private let rowLosses: UnsafeMutablePointer<Float>?
  private let layout: ClassLayout
  private let upstream: Wide

  /// The memory must outlive the kernel; the gradient may be the logits.
  @unsafe
  init(
    _ loss: Loss, _ options: BinaryKernelOptions, logits: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, weights: UnsafePointer<Float>?,
    gradient: UnsafeMutablePointer<Float>?, rowLosses: UnsafeMutablePointer<Float>?,
    _ layout: ClassLayout, upstream: Wide
  ) {
    self.loss = loss
    self.options = options
    unsafe self.logits = logits
    unsafe self.targets = targets
    unsafe self.weights = weights
    unsafe self.gradient = gradient
    unsafe self.rowLosses = rowLosses
    self.layout = layout
    self.upstream = upstream
  }

  /// Adds the losses of all elements, and writes the outputs.
  func run(into result: inout LossResult) throws(InformationError) {
    let kernels = KernelLevel.losses
    // No block of so few elements is done in the way that the reach decides about.
    let reach = layout.rowCount < 8 ? -1 : options.reach
    try layout.concurrentRows(into: &result, nanoseconds: 2) {
      rows, part throws(InformationError) in
      let block = min(Int(loss_kernel_block), rows.count)
      let double = MemoryLayout<Double>.stride
      // Few elements find their room on the stack.
      try unsafe withUnsafeTemporaryAllocation(
        byteCount: block * (2 * double + MemoryLayout<UInt16>.stride), alignment: double
      ) { room throws(InformationError) in
        let room = unsafe Room(room, count: block)
        var start = rows.lowerBound
        while start < rows.upperBound {
          let end = min(start + block, rows.upperBound)
          try unsafe run(start..<end, kernels, reach, room, &part)
          start = end
        }
      }
    }
  }

  /// Memory for what the kernels write besides the gradient.
  @unsafe
  private struct Room {
    let losses: UnsafeMutableBufferPointer<Double>
    let apart: UnsafeMutableBufferPointer<Double>
    let hard: UnsafeMutableBufferPointer<UInt16>

    init(_ buffer: UnsafeMutableRawBufferPointer, count: Int) {
      let bytes = count * MemoryLayout<Double>.stride
      unsafe losses = UnsafeMutableRawBufferPointer(rebasing: buffer[..<bytes])
        .bindMemory(to: Double.self)
      unsafe apart = UnsafeMutableRawBufferPointer(rebasing: buffer[bytes..<2 * bytes])
        .bindMemory(to: Double.self)
      unsafe hard = UnsafeMutableRawBufferPointer(rebasing: buffer[(2 * bytes)...])
        .bindMemory(to: UInt16.self)
    }
  }

  /// Does at most `loss_kernel_block` elements.
  private func run(
    _ range: Range<Int>, _ kernels: LossKernels, _ reach: Float, _ room: Room,
    _ part: inout LossResult
  ) throws(InformationError) {
    let start = range.lowerBound
    var call = unsafe BinaryElements()
    unsafe call.logits = logits + start
    unsafe call.targets = targets + start
    unsafe call.weights = weights.map { unsafe $0 + start }
    unsafe call.gradient = gradient.map { unsafe $0 + start }
    unsafe call.losses = rowLosses == nil ? nil : room.losses.baseAddress
    unsafe call.hard = room.hard.baseAddress
    unsafe call.apart = room.apart.baseAddress
    unsafe call.count = range.count
    unsafe call.factor = upstream.rounded
    unsafe call.kept = options.kept
    unsafe call.spread = options.spread
    unsafe call.positiveWeight = options.positiveWeight
    unsafe call.negativeWeight = options.negativeWeight
    unsafe call.gamma = options.gamma
    unsafe call.reach = reach
    switch options.kind {
    case .crossEntropy: unsafe kernels.binary_cross_entropy(&call)
    case .focal: unsafe kernels.sigmoid_focal(&call)
    }
    unsafe part.total.add(call.sum)
    for i in 0..<(unsafe call.apartCount) { unsafe part.total.add(room.apart[i]) }
    if let rowLosses = unsafe rowLosses {
      for i in 0..<range.count { unsafe rowLosses[start + i] = Float(room.losses[i]) }
    }
    for i in 0..<(unsafe call.hardCount) { try define(unsafe start + Int(room.hard[i]), &part) }
  }

  /// Does an element by the definition.
  private func define(_ i: Int, _ part: inout LossResult) throws(InformationError) {
    let (x, t) = unsafe (Double(logits[i]), Double(targets[i]))
    let term = try loss.term(x, t, at: i)
    var weight = Wide.one
    if let weights = unsafe weights { weight = unsafe Wide(Double(weights[i])) }
    let value = term.loss * weight
    part.add(value)
    unsafe rowLosses?[i] = Float(rounding: value)
    unsafe gradient?[i] = Float(rounding: term.slope * (weight * upstream))
  }
}
