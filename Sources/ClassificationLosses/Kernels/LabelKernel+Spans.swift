import InformationTheory

/// The cross-entropy by the kernels; nil where they do not have what is asked for.
@inline(__always)
func labelKernelResult<Scalar: InformationScalar>(
  _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?,
  _ options: CrossEntropyOptions, _ ignoreIndex: Int?, _ layout: ClassLayout,
  _ reduction: LossReduction, _ empty: EmptyPolicy, _ gradient: inout MutableSpan<Scalar>?,
  _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult? {
  guard Scalar.self == Float.self && LabelKernel.takes(options, layout),
    let floats = unsafe logits.floats, let indices = unsafe labels.address
  else { return nil }
  if sampleWeights == nil && rowLosses == nil,
    let result = unsafe fewLabelsResult(
      floats, labels, options, ignoreIndex, layout, reduction, empty, gradient?.floats)
  {
    return result
  }
  try options.validate(layout)
  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(labels, options.classWeights, sampleWeights, ignoreIndex, layout)
  let memory = unsafe RowLossMemory(
    logits: floats, sampleWeights: sampleWeights?.floats, gradient: gradient?.floats,
    rowLosses: rowLosses?.floats, layout, upstream: try result.upstream())
  let kernel = unsafe LabelKernel(memory, labels: indices, options, ignoreIndex: ignoreIndex)
  try unsafe kernel.run(into: &result)
  return result
}

/// The same, with the gradient in the place of the logits.
@inline(__always)
func labelKernelResult<Scalar: InformationScalar>(
  overwriting logits: inout MutableSpan<Scalar>, _ labels: Span<Int>,
  _ sampleWeights: Span<Scalar>?, _ options: CrossEntropyOptions, _ ignoreIndex: Int?,
  _ layout: ClassLayout, _ reduction: LossReduction, _ empty: EmptyPolicy,
  _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult? {
  guard Scalar.self == Float.self && LabelKernel.takes(options, layout),
    let floats = unsafe logits.floats, let indices = unsafe labels.address
  else { return nil }
  try options.validate(layout)
  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(labels, options.classWeights, sampleWeights, ignoreIndex, layout)
  let memory = unsafe RowLossMemory(
    logits: UnsafePointer(floats), sampleWeights: sampleWeights?.floats, gradient: floats,
    rowLosses: rowLosses?.floats, layout, upstream: try result.upstream())
  let kernel = unsafe LabelKernel(memory, labels: indices, options, ignoreIndex: ignoreIndex)
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
  /// Where the elements are, which must be floats.
  @unsafe
  var floats: UnsafeMutablePointer<Float>? {
    mutating get {
      unsafe withUnsafeMutableBufferPointer {
        unsafe UnsafeMutableRawPointer($0.baseAddress)?.assumingMemoryBound(to: Float.self)
      }
    }
  }
}
