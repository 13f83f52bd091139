import CInformationKernels
import InformationTheory

extension KernelLevel {
  /// The kernels of losses that run now.
  static var losses: LossKernels { unsafe loss_kernels(current).pointee }
}

/// How many rows the kernels are given at a time.
let kernelRowCount = 64

/// A row that the kernels have done; the others are left to the definition.
let kernelDone: UInt8 = 0

/// Memory for what goes to the kernels and comes from them, row by row, and for their
/// own use.
@unsafe
struct KernelRoom {
  let weights: UnsafeMutablePointer<Double>
  let factors: UnsafeMutablePointer<Double>
  let losses: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>
  let states: UnsafeMutablePointer<UInt8>

  init(rows: Int, classCount: Int) {
    let rows = min(rows, kernelRowCount)
    let blocks = classCount / Int(loss_kernel_block) + 1
    let own = classCount > loss_kernel_few_classes ? classCount + 2 * blocks : 0
    unsafe weights = .allocate(capacity: 3 * rows + own)
    unsafe factors = weights + rows
    unsafe losses = factors + rows
    unsafe scratch = losses + rows
    unsafe states = .allocate(capacity: rows)
  }

  func deallocate() {
    unsafe weights.deallocate()
    unsafe states.deallocate()
  }
}

extension ClassLayout {
  /// How many rows one thread takes at a time: about a quarter of a million logits.
  private var rowsPerPiece: Int {
    let rows = max(1, (1 << 18) / classCount)
    return rows < kernelRowCount ? rows : rows - rows % kernelRowCount
  }

  /// Does the rows in pieces, on several threads where that is worth it, and merges what
  /// they give.
  ///
  /// - Parameters:
  ///   - result: Receives the parts.
  ///   - nanoseconds: About how long a logit takes.
  ///   - body: The work on some rows. It may write to memory of these rows alone.
  /// - Throws: The error of the first row that has one, or `cancelled`.
  func concurrentRows(
    into result: inout LossResult, nanoseconds: Int,
    _ body: (Range<Int>, inout LossResult) throws(InformationError) -> Void
  ) throws(InformationError) {
    let rows = rowsPerPiece
    if rowCount <= rows {
      try body(0..<rowCount, &result)
      return
    }
    let empty = LossResult(reduction: result.reduction, empty: result.empty)
    let parts = try concurrently(
      (rowCount + rows - 1) / rows, nanoseconds: nanoseconds * rowCount * classCount
    ) { piece -> Result<LossResult, InformationError> in
      var part = empty
      do throws(InformationError) {
        try body(piece * rows..<min((piece + 1) * rows, rowCount), &part)
      } catch {
        return .failure(error)
      }
      return .success(part)
    }
    for part in parts { result.merge(try part.get()) }
  }
}
