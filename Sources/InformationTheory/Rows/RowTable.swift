/// A table of N rows with the masses of C outcomes each, one after the other.
struct RowTable {
  let outcomeCount: Int
  let rowCount: Int

  /// Checks that some elements are whole rows, and that there is a place for each result.
  init(elementCount: Int, outcomeCount: Int, resultCount: Int) {
    precondition(outcomeCount >= 1, "outcomeCount must be at least 1")
    precondition(
      elementCount % outcomeCount == 0, "the number of elements must be a multiple of outcomeCount")
    self.outcomeCount = outcomeCount
    rowCount = elementCount / outcomeCount
    precondition(resultCount == rowCount, "there must be a result for each row")
  }

  /// The elements of a row.
  func elements(ofRow row: Int) -> Range<Int> { row * outcomeCount..<(row + 1) * outcomeCount }

  /// Computes the result of each row, on several threads where that is worth it.
  ///
  /// - Parameters:
  ///   - results: Where the results go.
  ///   - nanoseconds: About how long an element takes.
  ///   - measure: The result of a row.
  /// - Throws: The error of the first row that has one, with the row in its message, or
  ///   the code `cancelled`.
  func fill<Value: Sendable>(
    _ results: inout MutableSpan<Value>, nanoseconds: Int,
    _ measure: (_ row: Int) throws(InformationError) -> Value
  ) throws(InformationError) {
    let length = max(1, (KernelBlocks.length ?? 32_768) / outcomeCount)
    let pieces = (rowCount + length - 1) / length
    let duration = KernelBlocks.length == nil ? nanoseconds * rowCount * outcomeCount : .max
    let level = KernelLevel.forced
    // Where rows are shared, each is one thread's work.
    let threads = pieces > 1 ? 1 : Parallelism.maximumThreads
    let errors = try unsafe results.withUnsafeMutableBufferPointer {
      results throws(InformationError) in
      // Each row has its own result.
      nonisolated(unsafe) let results = unsafe results
      return try concurrently(pieces, nanoseconds: duration) { piece -> InformationError? in
        // Another thread does not know what was asked of this one.
        KernelLevel.forcing(level) {
          Parallelism.$maximumThreads.withValue(threads) {
            for row in piece * length..<min((piece + 1) * length, rowCount) {
              do throws(InformationError) {
                unsafe results[row] = try measure(row)
              } catch {
                return error.inRow(row, outcomeCount: outcomeCount)
              }
            }
            return nil
          }
        }
      }
    }
    for case let error? in errors { throw error }
  }
}

extension InformationError {
  /// The error of a row as that of the table: the index counts from the table's first element.
  fileprivate func inRow(_ row: Int, outcomeCount: Int) -> InformationError {
    guard code != .cancelled else { return self }
    return InformationError(
      code, argument: argument, index: index.map { row * outcomeCount + $0 },
      "row \(row): \(message)")
  }
}

// MARK: - Measures of rows

/// Computes a quantity of each row of a table.
func fillRows<Scalar: InformationScalar, Value: Sendable>(
  _ results: inout MutableSpan<Value>, of p: Span<Scalar>, outcomeCount: Int, nanoseconds: Int,
  _ measure: (Span<Scalar>) throws(InformationError) -> Value
) throws(InformationError) {
  let table = RowTable(
    elementCount: p.count, outcomeCount: outcomeCount, resultCount: results.count)
  try unsafe p.withUnsafeBufferPointer { p throws(InformationError) in
    try table.fill(&results, nanoseconds: nanoseconds) { row throws(InformationError) in
      try measure(unsafe p.span.extracting(table.elements(ofRow: row)))
    }
  }
}

/// Computes a quantity of each pair of rows of two tables.
func fillRows<Scalar: InformationScalar, Value: Sendable>(
  _ results: inout MutableSpan<Value>, of p: Span<Scalar>, from q: Span<Scalar>,
  outcomeCount: Int, nanoseconds: Int,
  _ measure: (Span<Scalar>, Span<Scalar>) throws(InformationError) -> Value
) throws(InformationError) {
  precondition(p.count == q.count, "both tables must have the same number of elements")
  let table = RowTable(
    elementCount: p.count, outcomeCount: outcomeCount, resultCount: results.count)
  try unsafe p.withUnsafeBufferPointer { p throws(InformationError) in
    try unsafe q.withUnsafeBufferPointer { q throws(InformationError) in
      try table.fill(&results, nanoseconds: nanoseconds) { row throws(InformationError) in
        let elements = table.elements(ofRow: row)
        return try measure(unsafe p.span.extracting(elements), unsafe q.span.extracting(elements))
      }
    }
  }
}
