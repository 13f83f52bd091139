import InformationTheory

/// Returns the entropy of a distribution in nats.
///
/// - Parameters:
///   - p: The probabilities.
///   - count: How many there are.
///   - calls: How often it is computed.
///   - threads: On how many threads.
/// - Returns: The entropy, or NaN after an error.
@c(infotheory_entropy)
public func entropy(p: UnsafePointer<Double>, count: Int, calls: Int, threads: Int) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: count)
  return answer(threads: threads, calls: calls) {
    try unsafe InformationTheory.entropy(of: p.span).nats
  }
}

/// Returns the Kullback–Leibler divergence of two distributions in nats.
///
/// - Parameters:
///   - p: The probabilities of the first.
///   - q: Those of the distribution that it is compared with.
///   - count: How many outcomes there are.
///   - threads: On how many threads.
/// - Returns: The divergence, or NaN after an error.
@c(infotheory_kl_divergence)
public func klDivergence(
  p: UnsafePointer<Double>, q: UnsafePointer<Double>, count: Int, threads: Int
) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: count)
  let q = unsafe UnsafeBufferPointer(start: q, count: count)
  return answer(threads: threads) {
    try unsafe InformationTheory.klDivergence(of: p.span, from: q.span).nats
  }
}

/// Returns the Jensen–Shannon divergence of two distributions in nats.
///
/// - Parameters:
///   - p: The probabilities of the first.
///   - q: Those of the second.
///   - count: How many outcomes there are.
///   - threads: On how many threads.
/// - Returns: The number, or NaN after an error.
@c(infotheory_jensen_shannon_divergence)
public func jensenShannonDivergence(
  p: UnsafePointer<Double>, q: UnsafePointer<Double>, count: Int, threads: Int
) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: count)
  let q = unsafe UnsafeBufferPointer(start: q, count: count)
  return answer(threads: threads) {
    try unsafe InformationTheory.jensenShannonDivergence(of: p.span, from: q.span).nats
  }
}

/// Returns the total variation distance of two distributions.
///
/// - Parameters:
///   - p: The probabilities of the first.
///   - q: Those of the second.
///   - count: How many outcomes there are.
///   - threads: On how many threads.
/// - Returns: The number, or NaN after an error.
@c(infotheory_total_variation)
public func totalVariation(
  p: UnsafePointer<Double>, q: UnsafePointer<Double>, count: Int, threads: Int
) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: count)
  let q = unsafe UnsafeBufferPointer(start: q, count: count)
  return answer(threads: threads) {
    try unsafe InformationTheory.totalVariation(of: p.span, from: q.span)
  }
}

/// Returns the Hellinger distance of two distributions.
///
/// - Parameters:
///   - p: The probabilities of the first.
///   - q: Those of the second.
///   - count: How many outcomes there are.
///   - threads: On how many threads.
/// - Returns: The number, or NaN after an error.
@c(infotheory_hellinger_distance)
public func hellingerDistance(
  p: UnsafePointer<Double>, q: UnsafePointer<Double>, count: Int, threads: Int
) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: count)
  let q = unsafe UnsafeBufferPointer(start: q, count: count)
  return answer(threads: threads) {
    try unsafe InformationTheory.hellingerDistance(of: p.span, from: q.span)
  }
}

/// Returns the mean of the entropies of rows in nats.
///
/// - Parameters:
///   - p: Rows of probabilities.
///   - rowCount: How many rows there are.
///   - outcomeCount: How many outcomes a row has.
///   - threads: On how many threads.
/// - Returns: The mean entropy, or NaN after an error.
@c(infotheory_entropies)
public func entropies(
  p: UnsafePointer<Double>, rowCount: Int, outcomeCount: Int, threads: Int
) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: rowCount * outcomeCount)
  var rows = [Information](repeating: .zero, count: rowCount)
  return answer(threads: threads) {
    try unsafe InformationTheory.entropies(
      ofRows: p.span, outcomeCount: outcomeCount, into: rows.mutableSpan)
    return rows.reduce(0) { $0 + $1.nats } / Double(rowCount)
  }
}

/// Returns the mean of the Kullback–Leibler divergences of pairs of rows in nats.
///
/// - Parameters:
///   - p: Rows of probabilities.
///   - q: As many rows that they are compared with.
///   - rowCount: How many rows there are.
///   - outcomeCount: How many outcomes a row has.
///   - threads: On how many threads.
/// - Returns: The mean divergence, or NaN after an error.
@c(infotheory_kl_divergences)
public func klDivergences(
  p: UnsafePointer<Double>, q: UnsafePointer<Double>, rowCount: Int, outcomeCount: Int, threads: Int
) -> Double {
  let p = unsafe UnsafeBufferPointer(start: p, count: rowCount * outcomeCount)
  let q = unsafe UnsafeBufferPointer(start: q, count: rowCount * outcomeCount)
  var rows = [Information](repeating: .zero, count: rowCount)
  return answer(threads: threads) {
    try unsafe InformationTheory.klDivergences(
      ofRows: p.span, from: q.span, outcomeCount: outcomeCount, into: rows.mutableSpan)
    return rows.reduce(0) { $0 + $1.nats } / Double(rowCount)
  }
}

/// Returns the mutual information of two columns of labels in nats.
///
/// - Parameters:
///   - x: The labels of the first.
///   - y: The labels of the second.
///   - count: How many pairs there are.
///   - threads: On how many threads.
/// - Returns: The mutual information, or NaN after an error.
@c(infotheory_mutual_information)
public func mutualInformation(
  x: UnsafePointer<Int>, y: UnsafePointer<Int>, count: Int, threads: Int
) -> Double {
  let x = unsafe UnsafeBufferPointer(start: x, count: count)
  let y = unsafe UnsafeBufferPointer(start: y, count: count)
  return answer(threads: threads) {
    try unsafe InformationTheory.mutualInformation(of: x.span, and: y.span).nats
  }
}
