public import InformationTheory

/// Returns the negative log-likelihood of labels under given log-probabilities.
///
/// With class weights w and sample weight u a row of log-probabilities i and label y
/// loses −u·w_y·i_y nats; the derivative by i_y is −u·w_y, by the others 0. The
/// log-probabilities are taken as they are. `0·∞ = 0`.
///
/// - Parameters:
///   - logProbabilities: Rows × classes, or (N, C, …) by `classStride`; finite or −∞.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - classWeights: A weight w for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight u for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip, which may lie outside 0 ..< C.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the log-probabilities, in their layout.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` with the code `labelOutOfRange`, `notFinite` for a
///   log-probability of a label that is NaN or +∞, `badParameter` for a weight, or
///   `empty` or `zeroTotal` where there is nothing to take a mean of.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func nllLoss<Scalar: InformationScalar>(
  logProbabilities: Span<Scalar>, classIndices: Span<Int>, classCount: Int,
  classStride: Int = 1, classWeights: [Double]? = nil, sampleWeights: Span<Scalar>? = nil,
  ignoreIndex: Int? = nil, reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  let layout = ClassLayout(
    logitCount: logProbabilities.count, classCount: classCount, stride: classStride)
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(classIndices, classWeights, sampleWeights, ignoreIndex, layout)
  let upstream = try result.upstream()
  for row in 0..<layout.rowCount {
    gradient?.clear(row, layout)
    let label = classIndices[row]
    if label == ignoreIndex {
      rowLosses?[row] = 0
      continue
    }
    let index = layout.offset(row) + label * layout.stride
    let logarithm = Double(logProbabilities[index])
    try InformationError.demandLogarithm(logarithm, "logProbabilities", at: index)
    let weight = Wide(classWeights?[label] ?? 1) * sampleWeight(sampleWeights, row)
    let loss = weight * Wide(-logarithm)
    rowLosses?[row] = Scalar(rounding: loss)
    gradient?[index] = Scalar(rounding: -(weight * upstream))
    result.add(loss)
  }
  return result
}
