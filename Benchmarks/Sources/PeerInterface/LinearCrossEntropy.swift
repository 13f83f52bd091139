import ClassificationLosses

/// Returns the mean softmax cross-entropy of a linear layer's logits, and writes the
/// gradients by what goes into the layer.
///
/// - Parameters:
///   - hidden: Rows of hidden states.
///   - weight: A row of weights for each class.
///   - labels: The class of each row.
///   - rowCount: How many rows there are.
///   - width: How many hidden states a row has.
///   - classCount: How many classes there are.
///   - hiddenGradient: Where the gradient by the hidden states goes.
///   - weightGradient: Where the gradient by the weights goes.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_linear_cross_entropy)
public func linearCrossEntropy(
  hidden: UnsafePointer<Float>, weight: UnsafePointer<Float>, labels: UnsafePointer<Int>,
  rowCount: Int, width: Int, classCount: Int, hiddenGradient: UnsafeMutablePointer<Float>,
  weightGradient: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  let hidden = unsafe UnsafeBufferPointer(start: hidden, count: rowCount * width)
  let weight = unsafe UnsafeBufferPointer(start: weight, count: classCount * width)
  let labels = unsafe UnsafeBufferPointer(start: labels, count: rowCount)
  let byHidden = unsafe UnsafeMutableBufferPointer(start: hiddenGradient, count: hidden.count)
  let byWeight = unsafe UnsafeMutableBufferPointer(start: weightGradient, count: weight.count)
  return answer(threads: threads) {
    try unsafe ClassificationLosses.linearCrossEntropy(
      hidden: hidden.span, weight: weight.span, classIndices: labels.span,
      classCount: classCount, hiddenGradient: byHidden.mutableSpan,
      weightGradient: byWeight.mutableSpan
    ).value
  }
}
