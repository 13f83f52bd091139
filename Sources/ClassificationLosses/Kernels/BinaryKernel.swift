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
    try layout.concurrentRows(into: &result, nanoseconds: 3) {
      rows, part throws(InformationError) in
      let block = Int(loss_kernel_block)
      let losses = UnsafeMutablePointer<Double>.allocate(capacity: min(block, rows.count))
      defer { unsafe losses.deallocate() }
      let places = UnsafeMutablePointer<UInt16>.allocate(capacity: 2 * min(block, rows.count))
      defer { unsafe places.deallocate() }
      var start = rows.lowerBound
      while start < rows.upperBound {
        let end = min(start + block, rows.upperBound)
        try unsafe run(start..<end, kernels, losses, places, &part)
        start = end
      }
    }
  }

  /// Does at most `loss_kernel_block` elements.
  private func run(
    _ range: Range<Int>, _ kernels: LossKernels, _ losses: UnsafeMutablePointer<Double>,
    _ places: UnsafeMutablePointer<UInt16>, _ part: inout LossResult
  ) throws(InformationError) {
    let (hard, apart) = unsafe (places, places + range.count)
    let start = range.lowerBound
    var call = unsafe BinaryElements()
    unsafe call.logits = logits + start
    unsafe call.targets = targets + start
    unsafe call.weights = weights.map { unsafe $0 + start }
    unsafe call.gradient = gradient.map { unsafe $0 + start }
    unsafe call.losses = losses
    unsafe call.hard = hard
    unsafe call.apart = apart
    unsafe call.count = range.count
    unsafe call.factor = upstream.rounded
    unsafe call.kept = options.kept
    unsafe call.spread = options.spread
    unsafe call.positiveWeight = options.positiveWeight
    unsafe call.negativeWeight = options.negativeWeight
    unsafe call.gamma = options.gamma
    switch options.kind {
    case .crossEntropy: unsafe kernels.binary_cross_entropy(&call)
    case .focal: unsafe kernels.sigmoid_focal(&call)
    }
    unsafe part.total.add(call.sum, exponent: -91)
    for i in 0..<(unsafe call.apartCount) { unsafe part.total.add(losses[Int(apart[i])]) }
    if let rowLosses = unsafe rowLosses {
      for i in 0..<range.count { unsafe rowLosses[start + i] = Float(losses[i]) }
    }
    for i in 0..<(unsafe call.hardCount) { try define(unsafe start + Int(hard[i]), &part) }
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
