import ClassificationLosses

/// Returns the mean binary cross-entropy of logits, and writes its gradient.
///
/// - Parameters:
///   - logits: The logits.
///   - targets: A target for each, from 0 to 1.
///   - count: How many there are.
///   - gradient: Where the gradient goes.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_binary_cross_entropy)
public func binaryCrossEntropy(
  logits: UnsafePointer<Float>, targets: UnsafePointer<Float>, count: Int,
  gradient: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let targets = unsafe UnsafeBufferPointer(start: targets, count: count)
  let gradient = unsafe UnsafeMutableBufferPointer(start: gradient, count: count)
  return answer(threads: threads) {
    try unsafe ClassificationLosses.binaryCrossEntropy(
      logits: logits.span, targets: targets.span, gradient: gradient.mutableSpan
    ).value
  }
}

/// Returns the mean sigmoid focal loss with α = 1/4 and γ = 2, and writes its gradient.
///
/// - Parameters:
///   - logits: The logits.
///   - targets: A target for each, 0 or 1.
///   - count: How many there are.
///   - gradient: Where the gradient goes.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_sigmoid_focal_loss)
public func sigmoidFocalLoss(
  logits: UnsafePointer<Float>, targets: UnsafePointer<Float>, count: Int,
  gradient: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let targets = unsafe UnsafeBufferPointer(start: targets, count: count)
  let gradient = unsafe UnsafeMutableBufferPointer(start: gradient, count: count)
  return answer(threads: threads) {
    try unsafe ClassificationLosses.sigmoidFocalLoss(
      logits: logits.span, targets: targets.span, alpha: 0.25, gamma: 2,
      gradient: gradient.mutableSpan
    ).value
  }
}
