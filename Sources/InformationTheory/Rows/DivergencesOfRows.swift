/// Writes the Kullback–Leibler divergence of each pair of rows of two tables.
///
/// Each result has the bits of ``klDivergence(of:from:support:)`` of its rows, whatever
/// the number of threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - q: As many rows of the same outcomes.
///   - outcomeCount: C, at least 1.
///   - support: What to do where one distribution has mass and the other has none.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first pair of rows that is not
///   right: its message names the row, its index is that of the element in p or q. Or with
///   the code `cancelled`. Some results have been written then.
/// - Precondition: p and q have N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func klDivergences<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, from q: Span<Scalar>, outcomeCount: Int,
  support: SupportPolicy = .infinite, into results: consuming MutableSpan<Information>
) throws(InformationError) {
  guard support.leavesMassesAsTheyAre else {
    return try fillRows(&results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 500) {
      p, q throws(InformationError) in
      try klDivergence(of: p, from: q, support: support)
    }
  }
  try fillRows(
    &results, with: .klDivergence, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 6
  ) { p, q throws(InformationError) in
    try klDivergence(of: p, from: q, support: support)
  }
}

/// Writes the Jensen–Shannon divergence of each pair of rows of two tables.
///
/// Each result has the bits of ``jensenShannonDivergence(of:from:support:)`` of its rows, whatever
/// the number of threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - q: As many rows of the same outcomes.
///   - outcomeCount: C, at least 1.
///   - support: What to do where one distribution has mass and the other has none.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first pair of rows that is not
///   right: its message names the row, its index is that of the element in p or q. Or with
///   the code `cancelled`. Some results have been written then.
/// - Precondition: p and q have N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func jensenShannonDivergences<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, from q: Span<Scalar>, outcomeCount: Int,
  support: SupportPolicy = .infinite, into results: consuming MutableSpan<Information>
) throws(InformationError) {
  try fillRows(&results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 12) {
    p, q throws(InformationError) in
    try jensenShannonDivergence(of: p, from: q, support: support)
  }
}

/// Writes the Rényi divergence of each pair of rows of two tables.
///
/// Each result has the bits of ``renyiDivergence(of:from:order:support:)`` of its rows, whatever
/// the number of threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - q: As many rows of the same outcomes.
///   - outcomeCount: C, at least 1.
///   - order: The order α, in 0 … +∞.
///   - support: What to do where one distribution has mass and the other has none.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first pair of rows that is not
///   right: its message names the row, its index is that of the element in p or q. Or with
///   the code `cancelled`. Some results have been written then.
/// - Precondition: p and q have N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func renyiDivergences<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, from q: Span<Scalar>, outcomeCount: Int, order: Double,
  support: SupportPolicy = .infinite, into results: consuming MutableSpan<Information>
) throws(InformationError) {
  try InformationError.demandOrder(order)
  try fillRows(&results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 500) {
    p, q throws(InformationError) in
    try renyiDivergence(of: p, from: q, order: order, support: support)
  }
}

/// Writes the Tsallis divergence of each pair of rows of two tables.
///
/// Each result has the bits of ``tsallisDivergence(of:from:order:support:)`` of its rows, whatever
/// the number of threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - q: As many rows of the same outcomes.
///   - outcomeCount: C, at least 1.
///   - order: The order α ≥ 0, finite.
///   - support: What to do where one distribution has mass and the other has none.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first pair of rows that is not
///   right: its message names the row, its index is that of the element in p or q. Or with
///   the code `cancelled`. Some results have been written then.
/// - Precondition: p and q have N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func tsallisDivergences<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, from q: Span<Scalar>, outcomeCount: Int, order: Double,
  support: SupportPolicy = .infinite, into results: consuming MutableSpan<Double>
) throws(InformationError) {
  try InformationError.demandOrder(order, finite: true)
  try fillRows(&results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 500) {
    p, q throws(InformationError) in
    try tsallisDivergence(of: p, from: q, order: order, support: support)
  }
}

/// Writes the total variation distance of each pair of rows of two tables.
///
/// Each result has the bits of ``totalVariation(of:from:support:)`` of its rows, whatever
/// the number of threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - q: As many rows of the same outcomes.
///   - outcomeCount: C, at least 1.
///   - support: What to do where one distribution has mass and the other has none.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first pair of rows that is not
///   right: its message names the row, its index is that of the element in p or q. Or with
///   the code `cancelled`. Some results have been written then.
/// - Precondition: p and q have N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func totalVariations<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, from q: Span<Scalar>, outcomeCount: Int,
  support: SupportPolicy = .infinite, into results: consuming MutableSpan<Double>
) throws(InformationError) {
  try fillRows(&results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 3) {
    p, q throws(InformationError) in
    try totalVariation(of: p, from: q, support: support)
  }
}

/// Writes the Hellinger distance of each pair of rows of two tables.
///
/// Each result has the bits of ``hellingerDistance(of:from:support:)`` of its rows, whatever
/// the number of threads.
///
/// - Parameters:
///   - p: N rows of the probabilities of C outcomes, one after the other, each summing to 1
///     within C·ε.
///   - q: As many rows of the same outcomes.
///   - outcomeCount: C, at least 1.
///   - support: What to do where one distribution has mass and the other has none.
///   - results: Where the N results go.
/// - Throws: ``InformationError`` for what is wrong with the first pair of rows that is not
///   right: its message names the row, its index is that of the element in p or q. Or with
///   the code `cancelled`. Some results have been written then.
/// - Precondition: p and q have N·C elements, and there are N results.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func hellingerDistances<Scalar: InformationScalar>(
  ofRows p: Span<Scalar>, from q: Span<Scalar>, outcomeCount: Int,
  support: SupportPolicy = .infinite, into results: consuming MutableSpan<Double>
) throws(InformationError) {
  try fillRows(&results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: 6) {
    p, q throws(InformationError) in
    try hellingerDistance(of: p, from: q, support: support)
  }
}
