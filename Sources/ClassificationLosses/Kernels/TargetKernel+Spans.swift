import InformationTheory

/// The cross-entropy with class probabilities by the kernels; nil where they do not have
/// what is asked for.
@inline(__always)
func targetKernelResult<Scalar: InformationScalar>(
  _ logits: Span<Scalar>, _ targets: Span<Scalar>, _ sampleWeights: Span<Scalar>?,
  _ options: CrossEntropyOptions, _ validation: TargetValidation, _ layout: ClassLayout,
  _ reduction: LossReduction, _ empty: EmptyPolicy, _ gradient: inout MutableSpan<Scalar>?,
  _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult? {
  guard Scalar.self == Float.self && TargetKernel.takes(options, validation, layout),
    let floats = unsafe logits.floats, let goals = unsafe targets.floats
  else { return nil }
  var result = LossResult(reduction: reduction, empty: empty)
  try unsafe result.count(
    goals, targets.count, sampleWeights, options, validation, layout)
  let memory = unsafe RowLossMemory(
    logits: floats, sampleWeights: sampleWeights?.floats, gradient: gradient?.floats,
    rowLosses: rowLosses?.floats, layout, upstream: try result.upstream())
  let kernel = unsafe TargetKernel(memory, targets: goals, options)
  try unsafe kernel.run(into: &result)
  return result
}

/// The same, with the gradient in the place of the logits.
@inline(__always)
func targetKernelResult<Scalar: InformationScalar>(
  overwriting logits: inout MutableSpan<Scalar>, _ targets: Span<Scalar>,
  _ sampleWeights: Span<Scalar>?, _ options: CrossEntropyOptions,
  _ validation: TargetValidation, _ layout: ClassLayout, _ reduction: LossReduction,
  _ empty: EmptyPolicy, _ rowLosses: inout MutableSpan<Scalar>?
) throws(InformationError) -> LossResult? {
  guard Scalar.self == Float.self && TargetKernel.takes(options, validation, layout),
    let floats = unsafe logits.floats, let goals = unsafe targets.floats
  else { return nil }
  var result = LossResult(reduction: reduction, empty: empty)
  try unsafe result.count(
    goals, targets.count, sampleWeights, options, validation, layout)
  let memory = unsafe RowLossMemory(
    logits: UnsafePointer(floats), sampleWeights: sampleWeights?.floats, gradient: floats,
    rowLosses: rowLosses?.floats, layout, upstream: try result.upstream())
  let kernel = unsafe TargetKernel(memory, targets: goals, options)
  try unsafe kernel.run(into: &result)
  return result
}

extension LossResult {
  /// Checks the options, targets and weights, and counts the rows.
  @unsafe
  fileprivate mutating func count<Scalar: InformationScalar>(
    _ targets: UnsafePointer<Float>, _ targetCount: Int, _ sampleWeights: Span<Scalar>?,
    _ options: CrossEntropyOptions, _ validation: TargetValidation, _ layout: ClassLayout
  ) throws(InformationError) {
    layout.demandLogits(targetCount, "classProbabilities")
    layout.demandRows(sampleWeights?.count, "sampleWeights")
    try options.validate(layout)
    try InformationError.demandWeights(sampleWeights, "sampleWeights")
    try unsafe TargetKernel.check(targets, validation, layout)
    rowCount = layout.rowCount
    let all = unsafe UnsafeBufferPointer(start: targets, count: targetCount)
    for row in 0..<layout.rowCount {
      let applied = unsafe options.appliedWeight(all.span, row: row, layout)
      count(weight: Wide(applied) * sampleWeight(sampleWeights, row))
    }
  }
}
