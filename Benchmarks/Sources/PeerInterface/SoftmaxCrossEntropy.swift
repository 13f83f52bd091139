import ClassificationLosses
import Synchronization

/// Returns the mean softmax cross-entropy, and writes its gradient where that is asked.
///
/// - Parameters:
///   - logits: Rows of logits.
///   - labels: The class of each row.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - gradient: Where the gradient goes, if it is wanted.
///   - calls: How often it is computed.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_softmax_cross_entropy)
public func softmaxCrossEntropy(
  logits: UnsafePointer<Float>, labels: UnsafePointer<Int>, rowCount: Int, classCount: Int,
  gradient: UnsafeMutablePointer<Float>?, calls: Int, threads: Int
) -> Double {
  let count = rowCount * classCount
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let labels = unsafe UnsafeBufferPointer(start: labels, count: rowCount)
  return answer(threads: threads, calls: calls) {
    guard let gradient = unsafe gradient else {
      return try unsafe ClassificationLosses.softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: classCount
      ).value
    }
    let buffer = unsafe UnsafeMutableBufferPointer(start: gradient, count: count)
    return try unsafe ClassificationLosses.softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: classCount,
      gradient: buffer.mutableSpan
    ).value
  }
}

/// Returns the mean softmax cross-entropy of doubles, and writes its gradient.
///
/// - Parameters:
///   - logits: Rows of logits.
///   - labels: The class of each row.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - gradient: Where the gradient goes.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_softmax_cross_entropy_f64)
public func softmaxCrossEntropyOfDoubles(
  logits: UnsafePointer<Double>, labels: UnsafePointer<Int>, rowCount: Int, classCount: Int,
  gradient: UnsafeMutablePointer<Double>, threads: Int
) -> Double {
  unsafe labelLoss(logits, labels, rowCount, classCount, gradient, threads) {
    try unsafe ClassificationLosses.softmaxCrossEntropy(
      logits: $0.span, classIndices: $1.span, classCount: classCount, gradient: $2.mutableSpan)
  }
}

/// Returns the mean softmax cross-entropy with class probabilities, and writes its gradient.
///
/// - Parameters:
///   - logits: Rows of logits.
///   - targets: The class probabilities of each row.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - gradient: Where the gradient goes.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_softmax_target_entropy)
public func softmaxTargetEntropy(
  logits: UnsafePointer<Float>, targets: UnsafePointer<Float>, rowCount: Int, classCount: Int,
  gradient: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  let count = rowCount * classCount
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let targets = unsafe UnsafeBufferPointer(start: targets, count: count)
  let buffer = unsafe UnsafeMutableBufferPointer(start: gradient, count: count)
  return answer(threads: threads) {
    try unsafe ClassificationLosses.softmaxCrossEntropy(
      logits: logits.span, classProbabilities: targets.span, classCount: classCount,
      gradient: buffer.mutableSpan
    ).value
  }
}

/// Returns the mean softmax focal loss with γ = 2, and writes its gradient.
///
/// - Parameters:
///   - logits: Rows of logits.
///   - labels: The class of each row.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - gradient: Where the gradient goes.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_softmax_focal_loss)
public func softmaxFocalLoss(
  logits: UnsafePointer<Float>, labels: UnsafePointer<Int>, rowCount: Int, classCount: Int,
  gradient: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  unsafe labelLoss(logits, labels, rowCount, classCount, gradient, threads) {
    try unsafe ClassificationLosses.softmaxFocalLoss(
      logits: $0.span, classIndices: $1.span, classCount: classCount, gamma: 2,
      gradient: $2.mutableSpan)
  }
}

/// Returns the mean softmax cross-entropy, and writes its gradient over the logits.
///
/// - Parameters:
///   - logits: Rows of logits; afterwards the gradient.
///   - labels: The class of each row.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_softmax_cross_entropy_in_place)
public func softmaxCrossEntropyInPlace(
  logits: UnsafeMutablePointer<Float>, labels: UnsafePointer<Int>, rowCount: Int,
  classCount: Int, threads: Int
) -> Double {
  let logits = unsafe UnsafeMutableBufferPointer(start: logits, count: rowCount * classCount)
  let labels = unsafe UnsafeBufferPointer(start: labels, count: rowCount)
  return answer(threads: threads) {
    try unsafe ClassificationLosses.softmaxCrossEntropy(
      overwritingLogits: logits.mutableSpan, classIndices: labels.span, classCount: classCount
    ).value
  }
}

/// The value of a loss of rows of logits with labels.
private func labelLoss<Scalar>(
  _ logits: UnsafePointer<Scalar>, _ labels: UnsafePointer<Int>, _ rowCount: Int,
  _ classCount: Int, _ gradient: UnsafeMutablePointer<Scalar>, _ threads: Int,
  _ loss: (
    UnsafeBufferPointer<Scalar>, UnsafeBufferPointer<Int>, UnsafeMutableBufferPointer<Scalar>
  ) throws -> LossResult
) -> Double {
  let count = rowCount * classCount
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let labels = unsafe UnsafeBufferPointer(start: labels, count: rowCount)
  let buffer = unsafe UnsafeMutableBufferPointer(start: gradient, count: count)
  return answer(threads: threads) { try unsafe loss(logits, labels, buffer).value }
}

// MARK: - The gradient in a new array

/// The last gradient that was made, until the next one is.
private let lastGradient = Mutex<GradientArray<Float>?>(nil)

/// Returns the mean softmax cross-entropy, and makes a new array for its gradient.
///
/// - Parameters:
///   - logits: Rows of logits.
///   - labels: The class of each row.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - threads: On how many threads.
/// - Returns: The loss, or NaN after an error.
@c(infotheory_softmax_cross_entropy_array)
public func softmaxCrossEntropyArray(
  logits: UnsafePointer<Float>, labels: UnsafePointer<Int>, rowCount: Int, classCount: Int,
  threads: Int
) -> Double {
  let logits = unsafe UnsafeBufferPointer(start: logits, count: rowCount * classCount)
  let labels = unsafe UnsafeBufferPointer(start: labels, count: rowCount)
  // Given up first, as a training loop gives up the gradient of its last step.
  lastGradient.withLock { $0 = nil }
  return answer(threads: threads) {
    let (loss, gradient) = try unsafe softmaxCrossEntropyAndGradient(
      logits: logits.span, classIndices: labels.span, classCount: classCount)
    lastGradient.withLock { $0 = gradient }
    return loss.value
  }
}

/// Copies the last gradient that was made in a new array.
///
/// - Parameters:
///   - buffer: Where it goes.
///   - count: How many numbers it has.
@c(infotheory_last_gradient)
public func copyLastGradient(buffer: UnsafeMutablePointer<Float>, count: Int) {
  lastGradient.withLock { gradient in
    precondition(gradient?.count == count, "infotheory_last_gradient: another count")
    unsafe gradient?.withUnsafeBufferPointer { source in
      for index in 0..<count { unsafe buffer[index] = source[index] }
    }
  }
}
