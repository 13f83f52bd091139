import CInformationKernels
import InformationTheory

extension KernelLevel {
  /// The kernels of losses that run now.
  @inline(__always)
  static var losses: LossKernels { unsafe loss_kernels(current).pointee }
}

/// How many rows the kernels are given at a time.
let kernelRowCount = 64

/// About how long kernels of rows take for one beside its logits, which counts where there are
/// few of these.
let kernelRowNanoseconds = 20

/// About how long kernels take for a logit that is a double.
let doubleKernelNanoseconds = 6

extension ClassLayout {
  /// About how many logits one thread takes at a time, so that none waits for long in the end.
  private static let logitsPerPiece = 1 << 16

  /// Whether one thread takes all of them at once.
  var isOnePiece: Bool { rowCount * classCount <= Self.logitsPerPiece }

  /// How many rows that is.
  private var rowsPerPiece: Int {
    let rows = max(1, Self.logitsPerPiece / classCount)
    return rows < kernelRowCount ? rows : rows - rows % kernelRowCount
  }

  /// Does the rows in pieces, on several threads where that is worth it, and merges what
  /// they give.
  ///
  /// - Parameters:
  ///   - result: Receives the parts.
  ///   - nanoseconds: About how long a logit takes.
  ///   - rowNanoseconds: About how long a row takes beside its logits.
  ///   - body: The work on some rows. It may write to memory of these rows alone.
  /// - Throws: The error of the first row that has one, or `cancelled`.
  @inline(__always)
  func concurrentRows(
    into result: inout LossResult, nanoseconds: Int, rowNanoseconds: Int = 0,
    _ body: (Range<Int>, inout LossResult) throws(InformationError) -> Void
  ) throws(InformationError) {
    if isOnePiece {
      try body(0..<rowCount, &result)
    } else {
      try concurrentPieces(
        into: &result, nanoseconds: nanoseconds, rowNanoseconds: rowNanoseconds, body)
    }
  }

  private func concurrentPieces(
    into result: inout LossResult, nanoseconds: Int, rowNanoseconds: Int,
    _ body: (Range<Int>, inout LossResult) throws(InformationError) -> Void
  ) throws(InformationError) {
    let empty = LossResult(reduction: result.reduction, empty: result.empty)
    let parts = try concurrentParts(nanoseconds: nanoseconds, rowNanoseconds: rowNanoseconds) {
      rows throws(InformationError) in
      var part = empty
      try body(rows, &part)
      return part
    }
    for part in parts { result.merge(part) }
  }

  /// Does the rows in pieces, on several threads where that is worth it.
  ///
  /// - Parameters:
  ///   - nanoseconds: About how long a logit takes.
  ///   - rowNanoseconds: About how long a row takes beside its logits.
  ///   - body: The work on some rows. It may write to memory of these rows alone.
  /// - Returns: What it gives, in the order of the rows.
  /// - Throws: The error of the first row that has one, or `cancelled`.
  @discardableResult
  func concurrentParts<Part: Sendable>(
    nanoseconds: Int, rowNanoseconds: Int = 0,
    _ body: (Range<Int>) throws(InformationError) -> Part
  ) throws(InformationError) -> [Part] {
    let rows = rowsPerPiece
    let parts = try concurrently(
      (rowCount + rows - 1) / rows,
      nanoseconds: rowCount * (nanoseconds * classCount + rowNanoseconds)
    ) { piece -> Result<Part, InformationError> in
      do throws(InformationError) {
        return .success(try body(piece * rows..<min((piece + 1) * rows, rowCount)))
      } catch {
        return .failure(error)
      }
    }
    return try parts.map { part throws(InformationError) in try part.get() }
  }
}
