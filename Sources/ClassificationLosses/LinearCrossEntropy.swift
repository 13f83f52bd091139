public import InformationTheory

/// Returns the cross-entropy of the softmax of a linear layer with class labels, and its
/// gradients, without ever holding the logits of more than 32 rows.
///
/// The logits are x = h·Wᵀ + b, of hidden states h and weights W. With p = softmax(x),
/// class weights w and sample weights u, a row of label y loses
/// `u·[w_y·(−log p_y) + λ·(log Σ eˣ)²]` nats. The derivatives G by the logits are
/// `u·[w_y·(p_j − [j = y]) + 2λ·log Σ eˣ·p_j]` over the denominator, those by the hidden
/// states G·W, by the weights Gᵀ·h and by the biases Σ G over the rows.
///
/// Rows whose label is `ignoreIndex` are skipped: their hidden states are not read, their
/// loss is 0 and their gradient 0. A bias of −∞ takes a class out. `0·∞ = 0`. Where no
/// gradient is asked for, one pass over the weights gives the loss. Beside the outputs,
/// a call takes `4·(32·C + 320·D)` bytes and little more, whatever the number of rows.
///
/// ```swift
/// let hidden: [Float] = [1, 2]  // one row
/// let weight: [Float] = [0.5, 0, 0, 1, -1, 0.25]  // three classes
/// var slopes: [Float] = [0, 0]
/// let loss = try linearCrossEntropy(
///   hidden: hidden.span, weight: weight.span, classIndices: [1].span, classCount: 3,
///   hiddenGradient: slopes.mutableSpan)
/// loss.value  // 0.2663678998
/// slopes[1]   // -0.21812029
/// ```
///
/// - Parameters:
///   - hidden: Rows × width, of numbers in ±2⁶⁰.
///   - weight: Classes × width: a row for each class.
///   - bias: A number for each class, below +∞; 0 where there are none.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classWeights: A weight w for each class, in 0 … 2³⁰⁰.
///   - sampleWeights: A weight u for each row, not negative.
///   - ignoreIndex: The label of rows to skip, which may lie outside 0 ..< C.
///   - zLossScale: The scale λ of the squared logarithm of the normaliser; class weights
///     do not apply to it.
///   - reduction: What the value and the gradients are divided by; `.weightedMean`
///     divides by the sum of w_y·u.
///   - empty: What a mean over nothing is. The gradients are 0.
///   - hiddenGradient: Receives the derivatives by the hidden states, in their layout.
///   - weightGradient: Receives the derivatives by the weights, in their layout.
///   - biasGradient: Receives the derivatives by the biases, even where there are none.
///   - rowLosses: Receives the loss of each row, not reduced.
///   - rowLogSumExps: Receives log Σ eˣ of each row, 0 where it is ignored.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
///   All results are the same bits on every processor and for every number of threads.
/// - Throws: `InformationError` with the code `labelOutOfRange`, `notFinite` for an
///   operand or a logit that is no number or beyond `Float`, `undefined` where every logit
///   of a row is −∞, `badParameter` for an option or a derivative by a logit out of range,
///   `empty` or `zeroTotal` where there is nothing to take a mean of, `cancelled`. The
///   outputs are then not to be used.
/// - Precondition: The lengths agree.
/// - Accuracy: a logit is within γ·Σ|h·W| of the true one, γ ≤ (512 + D/512)·2⁻²⁴, and
///   then the bias is added. Given the logits, a row's loss and a derivative by a logit
///   are within 1 ulp, confidently right rows included, where a derivative is not below
///   2⁻¹²⁶; the value and the sum are within 2⁻³⁸ of themselves. The derivatives that
///   follow are within (33 + N/32)·2⁻²⁴·Σ|G·h| for weights, (122 + C/960)·2⁻²⁴·Σ|G·W| for
///   hidden states and 2⁻²⁴·|Σ G| + 2⁻³⁸·Σ|G| for biases (`linear-cross-entropy.json`).
/// - Source: Wijmans, Huval, Hertzberg, Koltun and Krähenbühl (2024), arXiv:2411.09009,
///   for the loss without the logits.
public func linearCrossEntropy(
  hidden: Span<Float>, weight: Span<Float>, bias: Span<Float>? = nil, classIndices: Span<Int>,
  classCount: Int, classWeights: [Double]? = nil, sampleWeights: Span<Float>? = nil,
  ignoreIndex: Int? = nil, zLossScale: Double = 0, reduction: LossReduction = .mean,
  empty: EmptyPolicy = .throwing,
  hiddenGradient: consuming MutableSpan<Float>? = nil,
  weightGradient: consuming MutableSpan<Float>? = nil,
  biasGradient: consuming MutableSpan<Float>? = nil,
  rowLosses: consuming MutableSpan<Float>? = nil,
  rowLogSumExps: consuming MutableSpan<Float>? = nil
) throws(InformationError) -> LossResult {
  let shape = LinearShape(hidden, weight, bias, classIndices, classCount)
  precondition(
    hiddenGradient == nil || hiddenGradient?.count == hidden.count,
    "hiddenGradient must be as large as hidden")
  precondition(
    weightGradient == nil || weightGradient?.count == weight.count,
    "weightGradient must be as large as weight")
  precondition(
    biasGradient == nil || biasGradient?.count == classCount,
    "biasGradient must have one element a class")
  shape.logits.demandRows(rowLosses?.count, "rowLosses")
  shape.logits.demandRows(rowLogSumExps?.count, "rowLogSumExps")

  var result = LossResult(reduction: reduction, empty: empty)
  try result.count(classIndices, classWeights, sampleWeights, ignoreIndex, shape.logits)
  try InformationError.demandScale(zLossScale, "zLossScale")
  try InformationError.demandBiases(bias)
  let upstream = try result.upstream()

  hiddenGradient?.clear()
  weightGradient?.clear(unless: result.validCount > 0)
  biasGradient?.clear()
  rowLosses?.clear()
  rowLogSumExps?.clear()
  let rows = classIndices.indices.filter { classIndices[$0] != ignoreIndex }
  if rows.isEmpty { return result }

  let block = LinearBlock(
    shape, weight, bias, blockCount: (rows.count + LinearBlock.rowLimit - 1) / LinearBlock.rowLimit,
    wantsHidden: hiddenGradient != nil, wantsWeight: weightGradient != nil,
    wantsBias: biasGradient != nil)
  var start = 0
  while start < rows.count {
    let end = min(start + LinearBlock.rowLimit, rows.count)
    try block.load(rows[start..<end], hidden, classIndices)
    try block.findLogits()
    for (lane, row) in rows[start..<end].enumerated() {
      let label = classIndices[row]
      let found = try block.row(lane, named: row)
      let weight = sampleWeight(sampleWeights, row)
      let classWeight = Wide(classWeights?[label] ?? 1)
      let loss = found.loss(classWeight, zLossScale) * weight
      result.add(loss)
      rowLosses?[row] = Float(rounding: loss)
      rowLogSumExps?[row] = Float(rounding: found.logSumExp)
      let slopes = found.slopes(classWeight, zLossScale, times: weight * upstream)
      try block.set(slopes, lane, named: row)
    }
    try block.findGradients(&weightGradient, isFirst: start == 0)
    try block.writeHiddenGradient(&hiddenGradient)
    start = end
  }
  block.writeBiasGradient(&biasGradient)
  return result
}

/// The sizes of a linear cross-entropy.
struct LinearShape: Sendable {
  /// Rows and classes.
  let logits: ClassLayout
  /// The columns of the hidden states.
  let width: Int
  var classCount: Int { logits.classCount }

  /// Checks that the lengths agree.
  init(
    _ hidden: Span<Float>, _ weight: Span<Float>, _ bias: Span<Float>?, _ labels: Span<Int>,
    _ classCount: Int
  ) {
    precondition(classCount >= 1, "classCount must be at least 1")
    precondition(
      !weight.isEmpty && weight.count % classCount == 0, "weight must be classes × width")
    width = weight.count / classCount
    precondition(
      hidden.count == labels.count * width, "hidden must be rows × width, as weight has it")
    precondition(
      bias == nil || bias?.count == classCount, "bias must have one element a class")
    logits = ClassLayout(
      logitCount: labels.count * classCount, classCount: classCount, stride: 1)
  }
}

extension MutableSpan<Float> {
  /// Writes zeros over everything, unless it will be written anyhow.
  mutating func clear(unless isWritten: Bool = false) {
    if isWritten { return }
    for i in indices { self[i] = 0 }
  }
}
