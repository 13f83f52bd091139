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
    try unsafe results.withUnsafeMutableBufferPointer { results throws(InformationError) in
      // Each row has its own result.
      nonisolated(unsafe) let results = unsafe results
      try inPieces(nanoseconds: nanoseconds) { rows throws(InformationError) in
        for row in rows { try unsafe put(&results[row], ofRow: row, measure) }
      }
    }
  }

  /// The same of rows of few outcomes: by kernels, and those that they leave out one by one.
  ///
  /// - Parameters:
  ///   - results: Where the results go.
  ///   - quantity: What to compute.
  ///   - tables: The rows.
  ///   - nanoseconds: About how long an element takes.
  ///   - measure: The result of a row.
  /// - Throws: The error of the first row that has one, with the row in its message, or
  ///   the code `cancelled`.
  func fill(
    _ results: inout MutableSpan<Information>, with quantity: QuantityOfFew,
    of tables: FewOutcomes, nanoseconds: Int,
    _ measure: (_ row: Int) throws(InformationError) -> Information
  ) throws(InformationError) {
    try unsafe results.withUnsafeMutableBufferPointer { results throws(InformationError) in
      // Each row has its own result.
      nonisolated(unsafe) let results = unsafe results
      try inPieces(nanoseconds: nanoseconds) { rows throws(InformationError) in
        var buffer = FewOutcomes.Results(repeating: .nan)
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: FewOutcomes.rowsAtOnce)
        {
          let block = first..<min(first + FewOutcomes.rowsAtOnce, rows.upperBound)
          tables.put(quantity, ofRows: block, into: buffer.mutableSpan)
          // An element of the array itself would be one of a copy.
          let found = buffer.span
          for row in block {
            let (high, low) = (found[2 * (row - first)], found[2 * (row - first) + 1])
            if high.isNaN {
              try unsafe put(&results[row], ofRow: row, measure)
            } else {
              unsafe results[row] = Information(DoubleDouble(high: high, low: low))
            }
          }
        }
      }
    }
  }

  /// Puts the result of a row where it goes; an error names the row.
  private func put<Value>(
    _ result: inout Value, ofRow row: Int,
    _ measure: (_ row: Int) throws(InformationError) -> Value
  ) throws(InformationError) {
    do throws(InformationError) {
      result = try measure(row)
    } catch {
      throw error.inRow(row, outcomeCount: outcomeCount)
    }
  }

  /// Does work on ranges of rows, on several threads where that is worth it.
  ///
  /// - Parameters:
  ///   - nanoseconds: About how long an element takes.
  ///   - body: The work.
  /// - Throws: What the work throws on the first rows where it does, or the code `cancelled`.
  private func inPieces(
    nanoseconds: Int, _ body: (_ rows: Range<Int>) throws(InformationError) -> Void
  ) throws(InformationError) {
    let length = max(1, (KernelBlocks.length ?? 32_768) / outcomeCount)
    let pieces = (rowCount + length - 1) / length
    let duration = KernelBlocks.length == nil ? nanoseconds * rowCount * outcomeCount : .max
    let level = KernelLevel.forced
    // Where rows are shared, each is one thread's work.
    let threads = pieces > 1 ? 1 : Parallelism.maximumThreads
    let errors = try concurrently(pieces, nanoseconds: duration) { piece -> InformationError? in
      // Another thread does not know what was asked of this one.
      KernelLevel.forcing(level) {
        Parallelism.$maximumThreads.withValue(threads) {
          do throws(InformationError) {
            try body(piece * length..<min((piece + 1) * length, rowCount))
            return nil
          } catch {
            return error
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

/// The same, by kernels where outcomes are few.
func fillRows<Scalar: InformationScalar>(
  _ results: inout MutableSpan<Information>, with quantity: QuantityOfFew, of p: Span<Scalar>,
  outcomeCount: Int, nanoseconds: Int,
  _ measure: (Span<Scalar>) throws(InformationError) -> Information
) throws(InformationError) {
  guard outcomeCount <= FewOutcomes.mostOutcomes else {
    return try fillRows(
      &results, of: p, outcomeCount: outcomeCount, nanoseconds: nanoseconds, measure)
  }
  let table = RowTable(
    elementCount: p.count, outcomeCount: outcomeCount, resultCount: results.count)
  try unsafe p.withUnsafeBufferPointer { p throws(InformationError) in
    let tables = unsafe FewOutcomes(p, outcomeCount: outcomeCount)
    try table.fill(&results, with: quantity, of: tables, nanoseconds: nanoseconds) {
      row throws(InformationError) in
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

/// The same, by kernels where outcomes are few.
func fillRows<Scalar: InformationScalar>(
  _ results: inout MutableSpan<Information>, with quantity: QuantityOfFew, of p: Span<Scalar>,
  from q: Span<Scalar>, outcomeCount: Int, nanoseconds: Int,
  _ measure: (Span<Scalar>, Span<Scalar>) throws(InformationError) -> Information
) throws(InformationError) {
  guard outcomeCount <= FewOutcomes.mostOutcomes else {
    return try fillRows(
      &results, of: p, from: q, outcomeCount: outcomeCount, nanoseconds: nanoseconds, measure)
  }
  precondition(p.count == q.count, "both tables must have the same number of elements")
  let table = RowTable(
    elementCount: p.count, outcomeCount: outcomeCount, resultCount: results.count)
  try unsafe p.withUnsafeBufferPointer { p throws(InformationError) in
    try unsafe q.withUnsafeBufferPointer { q throws(InformationError) in
      let tables = unsafe FewOutcomes(p, q, outcomeCount: outcomeCount)
      try table.fill(&results, with: quantity, of: tables, nanoseconds: nanoseconds) {
        row throws(InformationError) in
        let elements = table.elements(ofRow: row)
        return try measure(unsafe p.span.extracting(elements), unsafe q.span.extracting(elements))
      }
    }
  }
}
