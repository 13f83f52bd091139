public import InformationTheory

/// Writes the softmax of rows of logits, eˣʲ/Σ eˣ.
///
/// A unique logit of +∞ stands for its limit.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - output: Receives the probabilities, in the layout of the logits.
/// - Throws: `InformationError` with the code `notFinite` for a NaN logit, `undefined`
///   where every logit of a row is −∞ or several are +∞, `cancelled`.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp (`softmax.json`). Nothing is done to make the rounded
///   probabilities sum to 1.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmax<Scalar: InformationScalar>(
  of logits: Span<Scalar>, classCount: Int, classStride: Int = 1,
  into output: consuming MutableSpan<Scalar>
) throws(InformationError) {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandLogits(output.count, "output")
  try layout.write(.probability, logits, to: &output)
}

/// Writes the logarithm of the softmax of rows of logits, xⱼ − log Σ eˣ.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - output: Receives the log-probabilities, in the layout of the logits; never −0.
/// - Throws: `InformationError` with the code `notFinite` for a NaN logit, `undefined`
///   where every logit of a row is −∞ or several are +∞, `cancelled`.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, next to 0 as well (`softmax.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func logSoftmax<Scalar: InformationScalar>(
  of logits: Span<Scalar>, classCount: Int, classStride: Int = 1,
  into output: consuming MutableSpan<Scalar>
) throws(InformationError) {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandLogits(output.count, "output")
  try layout.write(.logProbability, logits, to: &output)
}

/// Writes log Σ eˣ of rows of logits.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; infinities are allowed,
///     NaN not. A row of −∞ alone gives −∞.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - output: Receives a number for each row.
/// - Throws: `InformationError` with the code `notFinite` for a NaN logit.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp, or within 2⁻⁶⁴ where the result is below 2⁻¹¹
///   (`softmax.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func logSumExp<Scalar: InformationScalar>(
  of logits: Span<Scalar>, classCount: Int, classStride: Int = 1,
  into output: consuming MutableSpan<Scalar>
) throws(InformationError) {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandRows(output.count, "output")
  try layout.write(.logSumExp, logits, to: &output)
}

/// Returns log Σ eˣ of some numbers.
///
/// - Parameter values: At least one number; infinities are allowed, NaN not.
/// - Returns: The logarithm; −∞ where every number is.
/// - Throws: `InformationError` with the code `empty` or `notFinite`.
/// - Accuracy: as with rows.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func logSumExp<Scalar: InformationScalar>(
  of values: Span<Scalar>
) throws(InformationError) -> Scalar {
  guard !values.isEmpty else {
    throw InformationError(.empty, argument: "values", "there are no values to sum")
  }
  let layout = ClassLayout(logitCount: values.count, classCount: values.count, stride: 1)
  var result: [Scalar] = [0]
  var output = result.mutableSpan
  try layout.write(.logSumExp, values, to: &output)
  return result[0]
}

// MARK: - The definition

/// What is asked of each row, or of each class of it.
enum SoftmaxFunction {
  case logSumExp, probability, logProbability
}

extension ClassLayout {
  /// Writes what is asked of all rows.
  @inline(__always)
  fileprivate func write<Scalar: InformationScalar>(
    _ function: SoftmaxFunction, _ logits: Span<Scalar>, to output: inout MutableSpan<Scalar>
  ) throws(InformationError) {
    if suitsRowKernels, let address = unsafe logits.address, let target = unsafe output.address {
      try unsafe RowKernel(function, logits: address, output: target, self).run()
      return
    }
    let (start, count) = unsafe (output.address, output.count)
    try concurrentParts(nanoseconds: 20) { rows throws(InformationError) in
      var row = SoftmaxRow(classCount: classCount)
      // Each row has places of its own.
      let all = unsafe UnsafeMutableBufferPointer(start: start, count: count)
      var span = unsafe all.mutableSpan
      for index in rows { try define(function, logits, row: index, in: &row, to: &span) }
    }
  }

  /// Writes what is asked of one row.
  @inline(__always)
  func define<Scalar: InformationScalar>(
    _ function: SoftmaxFunction, _ logits: Span<Scalar>, row index: Int,
    in row: inout SoftmaxRow, to output: inout MutableSpan<Scalar>
  ) throws(InformationError) {
    if function == .logSumExp {
      output[index] = try logSumExp(logits, row: index, in: &row)
      return
    }
    try row.load(logits, row: index, self)
    let offset = offset(index)
    for c in 0..<classCount {
      let value = function == .probability ? row.probability(c) : -row.surprisal(c)
      output[offset + c * stride] = Scalar(rounding: value)
    }
  }

  /// log Σ eˣ of a row; infinite where its largest logit is.
  @inline(__always)
  private func logSumExp<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, row index: Int, in row: inout SoftmaxRow
  ) throws(InformationError) -> Scalar {
    let offset = offset(index)
    var largest = -Scalar.infinity
    for c in 0..<classCount {
      let x = logits[offset + c * stride]
      if x.isNaN { throw .nanLogit(row: index, class: c) }
      largest = max(largest, x)
    }
    if largest.isInfinite { return largest }
    try row.load(logits, row: index, self)
    return Scalar(rounding: row.logSumExp)
  }
}

// MARK: - One logit

/// Returns the logistic function σ(x) = 1/(1 + e⁻ˣ).
///
/// - Parameter x: A number or an infinity.
/// - Returns: A value in 0 … 1.
/// - Throws: `InformationError` with the code `notFinite` for NaN.
/// - Accuracy: within 1 ulp (`sigmoid.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func sigmoid<Scalar: InformationScalar>(
  _ x: Scalar
) throws(InformationError) -> Scalar {
  if x.isNaN { throw .badNumber("x", Double(x), "a number") }
  return Scalar(rounding: BinaryRow(Double(x)).positive)
}

/// Returns log(1 + eˣ), which is −log σ(−x).
///
/// - Parameter x: A number or an infinity.
/// - Returns: A value in 0 … +∞.
/// - Throws: `InformationError` with the code `notFinite` for NaN.
/// - Accuracy: within 1 ulp (`sigmoid.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softplus<Scalar: InformationScalar>(
  _ x: Scalar
) throws(InformationError) -> Scalar {
  if x.isNaN { throw .badNumber("x", Double(x), "a number") }
  return Scalar(rounding: BinaryRow(Double(x)).negativeSurprisal)
}
