public import InformationTheory

/// Returns the cross-entropy of softmax predictions with class labels, and its gradient.
///
/// With p = softmax(x), class weights w and smoothing ε over C classes, a row of label
/// y and sample weight u loses
/// `u·[(1 − ε)·w_y·(−log p_y) + (ε/C)·Σ_c w_c·(−log p_c) + λ·(log Σ eˣ)²]` nats.
/// The derivative by the logits is `u·[Q·p_j − b_j + 2λ·log Σ eˣ·p_j]`, where b_c is the
/// weight of −log p_c in the loss and Q = Σ b, over the denominator.
///
/// Rows whose label is `ignoreIndex` are skipped: their logits are not read, their loss
/// is 0 and their gradient 0. A unique logit of +∞ stands for its limit. `0·∞ = 0`.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next: 1 for rows × classes,
///     d₁·d₂·… for (N, C, d₁, d₂, …), whose labels then have the shape (N, d₁, d₂, …).
///   - classWeights: A weight w for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip, which may lie outside 0 ..< C.
///   - labelSmoothing: The share ε of a label that is spread over all C classes.
///   - zLossScale: The scale λ of the squared logarithm of the normaliser; class weights
///     do not apply to it.
///   - logitSoftcap: The bound c of `x′ = c·tanh(x/c)`, applied to the logits first.
///   - reduction: What the value and the gradient are divided by; `.weightedMean`
///     divides by the sum of w_y·u.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits, in their layout.
///   - hessianDiagonal: Receives the second derivatives Q·p_j·(1 − p_j); not with a
///     z-loss or a soft-cap.
///   - rowLosses: Receives the loss of each row, not reduced.
///   - rowLogSumExps: Receives log Σ eˣ of each row, 0 where it is ignored.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `labelOutOfRange`, `notFinite` for a NaN
///   logit, `undefined` where every logit of a row is −∞ or several are +∞,
///   `badParameter` for an option out of range, `empty` or `zeroTotal` where there is
///   nothing to take a mean of, `cancelled`. The outputs are then not to be used.
/// - Precondition: The lengths agree.
/// - Accuracy: a row's loss is within 1 ulp, and so is a derivative g, unless its two
///   parts cancel: then it is within 2⁻⁶³·(Q·p + b) (`softmax-cross-entropy.json`). The
///   sum of the losses of float logits is within 2⁻³⁸ of itself; losses of double logits
///   enter it with 2⁻⁶².
/// - Source: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna (2016),
///   doi:10.1109/CVPR.2016.308, for the smoothing of labels.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxCrossEntropy<Scalar: InformationScalar>(
  logits: Span<Scalar>, classIndices: Span<Int>, classCount: Int, classStride: Int = 1,
  classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
  labelSmoothing: Double = 0, zLossScale: Double = 0, logitSoftcap: Double? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  hessianDiagonal: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil,
  rowLogSumExps: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandLogits(hessianDiagonal?.count, "hessianDiagonal")
  precondition(
    hessianDiagonal == nil || (zLossScale == 0 && logitSoftcap == nil),
    "hessianDiagonal: not with a z-loss or a soft-cap")
  let options = CrossEntropyOptions(
    classWeights: classWeights, labelSmoothing: labelSmoothing, zLossScale: zLossScale,
    logitSoftcap: logitSoftcap)
  layout.demandRows(rowLosses?.count, "rowLosses")
  layout.demandRows(rowLogSumExps?.count, "rowLogSumExps")
  if hessianDiagonal == nil && rowLogSumExps == nil,
    let result = try labelKernelResult(
      logits, classIndices, sampleWeights, options, ignoreIndex, layout, reduction, empty,
      &gradient, &rowLosses)
  {
    return result
  }
  var pass = try LabelPass(
    CrossEntropyRow(options, layout), classIndices, classWeights: classWeights, sampleWeights,
    ignoreIndex, layout, reduction, empty)
  if hessianDiagonal == nil && rowLogSumExps == nil {
    try pass.run(logits, classIndices, sampleWeights, gradient: &gradient, rowLosses: &rowLosses)
    return pass.result
  }
  for row in 0..<layout.rowCount {
    guard let factor = try pass.load(logits, classIndices, sampleWeights, row: row) else {
      gradient?.clear(row, layout)
      hessianDiagonal?.clear(row, layout)
      rowLosses?[row] = 0
      rowLogSumExps?[row] = 0
      continue
    }
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    rowLogSumExps?[row] = Scalar(rounding: pass.kernel.logits.logSumExp)
    gradient?.writeGradient(of: pass.kernel, times: factor, at: row, layout)
    hessianDiagonal?.writeHessianDiagonal(of: pass.kernel, times: factor, at: row, layout)
  }
  return pass.result
}

/// Returns the cross-entropy of softmax predictions with class labels, and puts the
/// gradient in the place of the logits.
///
/// The contract is that of
/// `softmaxCrossEntropy(logits:classIndices:classCount:…)`, and the bits are the same.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; receives the derivatives.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - classWeights: A weight for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip.
///   - labelSmoothing: The share of a label that is spread over all classes.
///   - zLossScale: The scale of the squared logarithm of the normaliser.
///   - logitSoftcap: The bound c of `x′ = c·tanh(x/c)`.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
///   - rowLogSumExps: Receives log Σ eˣ of each row.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some rows have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxCrossEntropy<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, classIndices: Span<Int>,
  classCount: Int, classStride: Int = 1,
  classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
  labelSmoothing: Double = 0, zLossScale: Double = 0, logitSoftcap: Double? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  rowLosses: consuming MutableSpan<Scalar>? = nil,
  rowLogSumExps: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  let options = CrossEntropyOptions(
    classWeights: classWeights, labelSmoothing: labelSmoothing, zLossScale: zLossScale,
    logitSoftcap: logitSoftcap)
  layout.demandRows(rowLosses?.count, "rowLosses")
  layout.demandRows(rowLogSumExps?.count, "rowLogSumExps")
  if rowLogSumExps == nil,
    let result = try labelKernelResult(
      overwriting: &logits, classIndices, sampleWeights, options, ignoreIndex, layout, reduction,
      empty, &rowLosses)
  {
    return result
  }
  var pass = try LabelPass(
    CrossEntropyRow(options, layout), classIndices, classWeights: classWeights, sampleWeights,
    ignoreIndex, layout, reduction, empty)
  if rowLogSumExps == nil {
    try pass.run(overwriting: &logits, classIndices, sampleWeights, rowLosses: &rowLosses)
    return pass.result
  }
  for row in 0..<layout.rowCount {
    guard let factor = try pass.load(logits.span, classIndices, sampleWeights, row: row) else {
      logits.clear(row, layout)
      rowLosses?[row] = 0
      rowLogSumExps?[row] = 0
      continue
    }
    rowLosses?[row] = Scalar(rounding: pass.rowLoss)
    rowLogSumExps?[row] = Scalar(rounding: pass.kernel.logits.logSumExp)
    logits.writeGradient(of: pass.kernel, times: factor, at: row, layout)
  }
  return pass.result
}
