public import InformationTheory

/// The focal loss of one row of logits with a class label.
///
/// With L = −log p_y and u = 1 − p_y it is α·uᵞ·L, and with G = uᵞ·(u + γ·p_y·L) its
/// derivatives are −α·G at y and α·G·p_j/u elsewhere: no power below γ, so that nothing
/// is infinite for γ < 1.
private struct SoftmaxFocalRow: ClassLossRow {
  var logits: SoftmaxRow
  private let classWeights: [Double]?
  private let modulation: FocalModulation
  private var label = 0
  private var surprisal = Wide.zero
  private var power = Wide.zero
  private var pull = Wide.zero
  private var rest = Wide.zero

  init(_ layout: ClassLayout, _ classWeights: [Double]?, _ gamma: Double)
    throws(InformationError)
  {
    modulation = try FocalModulation(gamma: gamma)
    logits = SoftmaxRow(classCount: layout.classCount)
    self.classWeights = classWeights
  }

  mutating func load(label: Int) {
    self.label = label
    let (p, u) = (logits.probability(label), logits.complement(label))
    surprisal = logits.surprisal(label)
    power = modulation.power(u)
    pull = power * (u + Wide(modulation.gamma) * p * surprisal)
    // Near 1, so that no quotient is subnormal.
    rest = Wide(logits.rest(label)).normalized
  }

  var unit: Wide { Wide(classWeights?[label] ?? 1) }
  var loss: Wide { unit * power * surprisal }

  var isPlain: Bool { false }

  // Each derivative is a quotient of its own.
  var powerSlopes: PowerSlopes? { nil }

  func derivative(_ c: Int) -> Wide {
    if c == label { return -pull }
    return rest.isZero ? .zero : pull * Wide(logits.powers[c]) / rest
  }
}

/// The focal loss of softmax predictions, as it is asked for.
private struct SoftmaxFocalOptions: LabelLoss {
  let classWeights: [Double]?
  let gamma: Double
  var labelSmoothing: Double { 0 }
  var zLossScale: Double { 0 }
  var logitSoftcap: Double? { nil }

  func validate(_ layout: ClassLayout) throws(InformationError) {
    _ = try FocalModulation(gamma: gamma)
  }

  func row(_ layout: ClassLayout) throws(InformationError) -> SoftmaxFocalRow {
    try SoftmaxFocalRow(layout, classWeights, gamma)
  }
}

/// Returns the focal loss of softmax predictions with class labels, and its gradient.
///
/// With p = softmax(x) a row of label y, class weight α_y and sample weight v loses
/// `v·α_y·(1 − p_y)ᵞ·(−log p_y)` nats. With `G = (1 − p_y)ᵞ·(1 − p_y + γ·p_y·(−log p_y))`
/// the derivative by the logit of y is −v·α_y·G, and by another `v·α_y·G·p_j/(1 − p_y)`.
/// With γ = 0 it is the cross-entropy, bit for bit.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`. −∞ is allowed, NaN not.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - alpha: A weight α for each class, in 0 … 2³⁰⁰; nil for 1 each.
///   - gamma: The exponent γ, finite and not negative.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip, which may lie outside 0 ..< C.
///   - reduction: What the value and the gradient are divided by; `.weightedMean`
///     divides by the sum of v·α_y.
///   - empty: What a mean over nothing is. The gradient is 0.
///   - gradient: Receives the derivatives by the logits, in their layout.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts, which merge with other results.
/// - Throws: `InformationError` as cross-entropy does, and `badParameter` for γ.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp for γ ≤ 8 (`softmax-focal.json`). The sum of the losses of float
///   logits is within 2⁻³⁸ of itself.
/// - Source: Lin, Goyal, Girshick, He and Dollár (2017), doi:10.1109/ICCV.2017.324.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxFocalLoss<Scalar: InformationScalar>(
  logits: Span<Scalar>, classIndices: Span<Int>, classCount: Int, classStride: Int = 1,
  alpha: [Double]? = nil, gamma: Double = 2, sampleWeights: Span<Scalar>? = nil,
  ignoreIndex: Int? = nil, reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  gradient: consuming MutableSpan<Scalar>? = nil,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  if gamma == 0 {
    return try softmaxCrossEntropy(
      logits: logits, classIndices: classIndices, classCount: classCount,
      classStride: classStride, classWeights: alpha, sampleWeights: sampleWeights,
      ignoreIndex: ignoreIndex, reduction: reduction, empty: empty, gradient: gradient,
      rowLosses: rowLosses)
  }
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandLogits(gradient?.count, "gradient")
  layout.demandRows(rowLosses?.count, "rowLosses")
  let options = SoftmaxFocalOptions(classWeights: alpha, gamma: gamma)
  if let result = try labelKernelResult(
    logits, classIndices, sampleWeights, options, ignoreIndex, layout, reduction, empty, &gradient,
    &rowLosses)
  {
    return result
  }
  var pass = try LabelPass(
    options.row(layout), classIndices, classWeights: alpha, sampleWeights, ignoreIndex, layout,
    reduction, empty)
  try pass.run(logits, classIndices, sampleWeights, gradient: &gradient, rowLosses: &rowLosses)
  return pass.result
}

/// Returns the focal loss of softmax predictions with class labels, and puts the gradient
/// in the place of the logits.
///
/// The contract is that of `softmaxFocalLoss(logits:classIndices:classCount:…)`, and the
/// bits are the same.
///
/// - Parameters:
///   - logits: Rows × classes, or (N, C, …) by `classStride`; receives the derivatives.
///   - classIndices: A label in 0 ..< C for each row, or `ignoreIndex`.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - alpha: A weight for each class, in 0 … 2³⁰⁰.
///   - gamma: The exponent, finite and not negative.
///   - sampleWeights: A weight for each row, in 0 … 2³⁰⁰.
///   - ignoreIndex: The label of rows to skip.
///   - reduction: What the value and the gradient are divided by.
///   - empty: What a mean over nothing is.
///   - rowLosses: Receives the loss of each row, not reduced.
/// - Returns: The sum, its denominator and the counts.
/// - Throws: `InformationError`, and then some rows have been replaced.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxFocalLoss<Scalar: InformationScalar>(
  overwritingLogits logits: consuming MutableSpan<Scalar>, classIndices: Span<Int>,
  classCount: Int, classStride: Int = 1, alpha: [Double]? = nil, gamma: Double = 2,
  sampleWeights: Span<Scalar>? = nil, ignoreIndex: Int? = nil,
  reduction: LossReduction = .mean, empty: EmptyPolicy = .throwing,
  rowLosses: consuming MutableSpan<Scalar>? = nil
) throws(InformationError) -> LossResult {
  if gamma == 0 {
    return try softmaxCrossEntropy(
      overwritingLogits: logits, classIndices: classIndices, classCount: classCount,
      classStride: classStride, classWeights: alpha, sampleWeights: sampleWeights,
      ignoreIndex: ignoreIndex, reduction: reduction, empty: empty, rowLosses: rowLosses)
  }
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandRows(rowLosses?.count, "rowLosses")
  let options = SoftmaxFocalOptions(classWeights: alpha, gamma: gamma)
  if let result = try labelKernelResult(
    overwriting: &logits, classIndices, sampleWeights, options, ignoreIndex, layout, reduction,
    empty, &rowLosses)
  {
    return result
  }
  var pass = try LabelPass(
    options.row(layout), classIndices, classWeights: alpha, sampleWeights, ignoreIndex, layout,
    reduction, empty)
  try pass.run(overwriting: &logits, classIndices, sampleWeights, rowLosses: &rowLosses)
  return pass.result
}
