/// Writes the Shannon entropy of each row of a table.
///
/// ```swift
/// let p = [0.5, 0.5, 0.25, 0.75]
/// var rows = [Information](repeating: .zero, count: 2)
/// try entropies(ofRows: p.span, outcomeCount: 2, into: rows.mutableSpan)
/// rows[0].bits  // 1.0
/// ```
///
/// Each result has the bits of ``entropy(of:)`` of its row, whatever the number of
/// threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - outcomeCount: C, at least 1.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first row that is not right: its
///   message names the row, its index is that of the element in p. Or with the code
///   `cancelled`. Some results have been written then.
/// - Precondition: p has N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func entropies<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, outcomeCount: Int,
  into results: consuming MutableSpan<Information>
) throws(InformationError) {
  try fillRows(&results, with: .entropy, of: p, outcomeCount: outcomeCount, nanoseconds: 3) {
    p throws(InformationError) in
    try entropy(of: p)
  }
}

/// Writes the Rényi entropy of each row of a table.
///
/// Each result has the bits of ``renyiEntropy(of:order:)`` of its row, whatever the number of
/// threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - outcomeCount: C, at least 1.
///   - order: The order α, in 0 … +∞.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first row that is not right: its
///   message names the row, its index is that of the element in p. Or with the code
///   `cancelled`. Some results have been written then.
/// - Precondition: p has N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func renyiEntropies<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, outcomeCount: Int, order: Double,
  into results: consuming MutableSpan<Information>
) throws(InformationError) {
  try InformationError.demandOrder(order)
  try fillRows(&results, of: p, outcomeCount: outcomeCount, nanoseconds: 300) {
    p throws(InformationError) in
    try renyiEntropy(of: p, order: order)
  }
}

/// Writes the Tsallis entropy of each row of a table.
///
/// Each result has the bits of ``tsallisEntropy(of:order:)`` of its row, whatever the number of
/// threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - outcomeCount: C, at least 1.
///   - order: The order α ≥ 0, finite.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first row that is not right: its
///   message names the row, its index is that of the element in p. Or with the code
///   `cancelled`. Some results have been written then.
/// - Precondition: p has N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func tsallisEntropies<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, outcomeCount: Int, order: Double,
  into results: consuming MutableSpan<Double>
) throws(InformationError) {
  try InformationError.demandOrder(order, finite: true)
  try fillRows(&results, of: p, outcomeCount: outcomeCount, nanoseconds: 300) {
    p throws(InformationError) in
    try tsallisEntropy(of: p, order: order)
  }
}
