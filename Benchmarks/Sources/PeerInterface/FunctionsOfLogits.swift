import ClassificationLosses

/// Writes the divergences of the softmaxes of rows of logits, in nats.
///
/// - Parameters:
///   - logits: Rows of the logits of the first.
///   - otherLogits: Those of the distributions that they are compared with.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - output: Where the divergences go, one for each row.
///   - threads: On how many threads.
/// - Returns: Their mean, or NaN after an error.
@c(infotheory_kl_rows)
public func klOfRows(
  logits: UnsafePointer<Float>, otherLogits: UnsafePointer<Float>, rowCount: Int,
  classCount: Int, output: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  let count = rowCount * classCount
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let otherLogits = unsafe UnsafeBufferPointer(start: otherLogits, count: count)
  let output = unsafe UnsafeMutableBufferPointer(start: output, count: rowCount)
  return answer(threads: threads) {
    try unsafe klDivergence(
      ofLogits: logits.span, fromLogits: otherLogits.span, classCount: classCount,
      into: output.mutableSpan)
    return unsafe output.reduce(0) { $0 + Double($1) } / Double(rowCount)
  }
}

/// Writes a function of rows of logits.
///
/// - Parameters:
///   - function: 0 for log Σ eˣ of each row, 1 for softmax, 2 for its logarithm.
///   - logits: Rows of logits.
///   - rowCount: How many rows there are.
///   - classCount: How many logits a row has.
///   - output: Where it goes, a number for each row or for each logit.
///   - threads: On how many threads.
/// - Returns: The first number, or NaN after an error.
@c(infotheory_function_of_rows)
public func functionOfRows(
  function: Int, logits: UnsafePointer<Float>, rowCount: Int, classCount: Int,
  output: UnsafeMutablePointer<Float>, threads: Int
) -> Double {
  let count = rowCount * classCount
  let logits = unsafe UnsafeBufferPointer(start: logits, count: count)
  let output = unsafe UnsafeMutableBufferPointer(
    start: output, count: function == 0 ? rowCount : count)
  return answer(threads: threads) {
    switch function {
    case 0:
      try unsafe logSumExp(of: logits.span, classCount: classCount, into: output.mutableSpan)
    case 1:
      try unsafe softmax(of: logits.span, classCount: classCount, into: output.mutableSpan)
    default:
      try unsafe logSoftmax(of: logits.span, classCount: classCount, into: output.mutableSpan)
    }
    return unsafe Double(output[0])
  }
}
