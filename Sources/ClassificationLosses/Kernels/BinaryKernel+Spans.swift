import InformationTheory

extension TermwisePass {
  /// Adds the losses and writes the outputs by the kernels.
  ///
  /// - Returns: False where they do not have what is asked for; nothing is done then.
  @inline(__always)
  mutating func runKernel<Scalar: InformationScalar>(
    _ options: BinaryKernelOptions?, _ logits: Span<Scalar>, _ targets: Span<Scalar>,
    weights: Span<Scalar>?, gradient: inout MutableSpan<Scalar>?,
    rowLosses: inout MutableSpan<Scalar>?
  ) throws(InformationError) -> Bool {
    guard let options, Scalar.self == Float.self, upstream.rounded <= 0x1p100 else { return false }
    layout.demandLogits(targets.count, "targets")
    layout.demandLogits(gradient?.count, "gradient")
    layout.demandRows(rowLosses?.count, "rowLosses")
    guard let floats = unsafe logits.floats, let goals = unsafe targets.floats else { return false }
    let kernel = unsafe BinaryKernel(
      loss, options, logits: floats, targets: goals, weights: weights?.floats,
      gradient: gradient?.floats, rowLosses: rowLosses?.floats, layout, upstream: upstream)
    try kernel.run(into: &result)
    return true
  }

  /// The same, with the gradient in the place of the logits.
  @inline(__always)
  mutating func runKernel<Scalar: InformationScalar>(
    _ options: BinaryKernelOptions?, overwriting logits: inout MutableSpan<Scalar>,
    _ targets: Span<Scalar>, weights: Span<Scalar>?, rowLosses: inout MutableSpan<Scalar>?
  ) throws(InformationError) -> Bool {
    guard let options, Scalar.self == Float.self, upstream.rounded <= 0x1p100 else { return false }
    layout.demandLogits(targets.count, "targets")
    layout.demandRows(rowLosses?.count, "rowLosses")
    guard let floats = unsafe logits.floats, let goals = unsafe targets.floats else { return false }
    let kernel = unsafe BinaryKernel(
      loss, options, logits: UnsafePointer(floats), targets: goals,
      weights: weights?.floats, gradient: floats, rowLosses: rowLosses?.floats, layout,
      upstream: upstream)
    try kernel.run(into: &result)
    return true
  }
}
