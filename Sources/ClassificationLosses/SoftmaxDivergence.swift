public import InformationTheory

/// Writes the Kullback–Leibler divergence D(p‖q) of the softmaxes of rows of logits.
///
/// With p = softmax(x) and q = softmax(y) a row gives `Σ_c p_c·(log p_c − log q_c)` nats: how
/// far a model q, a student or a policy, is from a model p, its teacher or reference.
///
/// ```swift
/// let teacher: [Float] = [2, 1, 0, 0, 0, 0]  // two rows of three classes
/// let student: [Float] = [2, 0, 1, 5, 5, 5]
/// var divergences: [Float] = [0, 0]
/// try klDivergence(
///   ofLogits: teacher.span, fromLogits: student.span, classCount: 3,
///   into: divergences.mutableSpan)
/// divergences  // [0.1546979, 0.0]
/// ```
///
/// A divergence is never negative. It is 0 for equal rows, also after a shift of one that
/// leaves the differences of the logits what they were; next to equal rows it keeps its
/// digits. It is infinite only where q has a logit of −∞ and p has not.
/// ``LogitComparison`` takes in the same rows, and gives both directions as doubles.
///
/// - Parameters:
///   - logits: The logits of p, rows × classes, or (N, C, …) by `classStride`. −∞ is
///     allowed, NaN not.
///   - otherLogits: The logits of q in the same layout.
///   - classCount: The number of classes C.
///   - classStride: From one class of a row to the next.
///   - output: Receives a divergence for each row, in nats.
/// - Throws: `InformationError` with the code `notFinite` for a NaN logit, `undefined`
///   where every logit of a row is −∞ or several are +∞, `cancelled`. Its argument is
///   `logits` or `otherLogits`; some rows have then been written.
/// - Precondition: The lengths agree.
/// - Accuracy: within 1 ulp (`softmax-divergences.json`).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klDivergence<Scalar: InformationScalar>(
  ofLogits logits: Span<Scalar>, fromLogits otherLogits: Span<Scalar>, classCount: Int,
  classStride: Int = 1, into output: consuming MutableSpan<Scalar>
) throws(InformationError) {
  let layout = ClassLayout(logitCount: logits.count, classCount: classCount, stride: classStride)
  layout.demandLogits(otherLogits.count, "otherLogits")
  layout.demandRows(output.count, "output")
  if Scalar.self == Float.self && layout.suitsRowKernels,
    let floats = unsafe logits.floats, let others = unsafe otherLogits.floats,
    let target = unsafe output.floats
  {
    try unsafe DivergenceRowKernel(
      logits: floats, otherLogits: others, output: target, layout
    ).run()
    return
  }
  var pair = SoftmaxPair(classCount: classCount)
  for row in 0..<layout.rowCount {
    try pair.load(logits, otherLogits, row: row, layout)
    output[row] = Scalar(rounding: pair.divergences.forward)
  }
}
