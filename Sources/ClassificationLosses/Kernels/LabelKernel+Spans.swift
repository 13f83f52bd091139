import InformationTheory

/// A loss of class labels by the kernels; nil where they do not have what is asked for.
@inline(__always)
func labelKernelResult<Scalar: InformationScalar, Loss: LabelLoss>(
  _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?,
  _ loss: Loss, _ ignoreIndex: Int?, _ layout: ClassLayout,
  _ reduction: LossReduction, _ empty: EmptyPolicy, _ gradient: inout MutableSpan<Scalar>?,
  _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult? {
  guard Scalar.self == Float.self, let floats = unsafe logits.floats,
    let indices = unsafe labels.address
  else { return nil }
  if loss.isPlain && sampleWeights == nil && rowLosses == nil,
    let result = unsafe fewLabelsResult(
      floats, labels, gamma: loss.gamma, ignoreIndex, layout, reduction, empty, gradient?.floats)
  {
    return result
  }
  guard LabelKernel.takes(loss, layout) else { return nil }
  try loss.validate(layout)
  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(labels, loss.classWeights, sampleWeights, ignoreIndex, layout)
  let memory = unsafe RowLossMemory(
    logits: floats, sampleWeights: sampleWeights?.floats, gradient: gradient?.floats,
    rowLosses: rowLosses?.floats, layout, upstream: try result.upstream())
  let kernel = unsafe LabelKernel(memory, labels: indices, loss, ignoreIndex: ignoreIndex)
  try unsafe kernel.run(into: &result)
  return result
}

/// The same, with the gradient in the place of the logits.
@inline(__always)
func labelKernelResult<Scalar: InformationScalar, Loss: LabelLoss>(
  overwriting logits: inout MutableSpan<Scalar>, _ labels: Span<Int>,
  _ sampleWeights: Span<Scalar>?, _ loss: Loss, _ ignoreIndex: Int?,
  _ layout: ClassLayout, _ reduction: LossReduction, _ empty: EmptyPolicy,
  _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult? {
  guard Scalar.self == Float.self && LabelKernel.takes(loss, layout),
    let floats = unsafe logits.floats, let indices = unsafe labels.address
  else { return nil }
  try loss.validate(layout)
  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(labels, loss.classWeights, sampleWeights, ignoreIndex, layout)
  let memory = unsafe RowLossMemory(
    logits: UnsafePointer(floats), sampleWeights: sampleWeights?.floats, gradient: floats,
    rowLosses: rowLosses?.floats, layout, upstream: try result.upstream())
  let kernel = unsafe LabelKernel(memory, labels: indices, loss, ignoreIndex: ignoreIndex)
  try unsafe kernel.run(into: &result)
  return result
}

// A span that a function was given lives until the function returns, and so does what an
// address from it points to.

extension Span {
  /// Where the elements are; nil where there are none.
  @unsafe
  var address: UnsafePointer<Element>? {
    unsafe withUnsafeBufferPointer { $0.baseAddress }
  }
}

extension Span where Element: InformationScalar {
  /// Where the elements are, which must be floats.
  @unsafe
  var floats: UnsafePointer<Float>? {
    unsafe UnsafeRawPointer(address)?.assumingMemoryBound(to: Float.self)
  }
}

extension MutableSpan where Element: InformationScalar {
  /// Where the elements are; nil where there are none.
  @unsafe
  var address: UnsafeMutablePointer<Element>? {
    mutating get { unsafe withUnsafeMutableBufferPointer { $0.baseAddress } }
  }

  /// Where the elements are, which must be floats.
  @unsafe
  var floats: UnsafeMutablePointer<Float>? {
    mutating get {
      unsafe UnsafeMutableRawPointer(address)?.assumingMemoryBound(to: Float.self)
    }
  }
}
