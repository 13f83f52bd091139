import CInformationKernels

/// Work on a list in blocks of a fixed size, on several threads where that is worth it.
///
/// - Parameters:
///   - count: The length of the list.
///   - nanoseconds: About how long an element takes.
///   - stopsEarly: Whether a task that is cancelled ends the work.
///   - body: The work on a block.
/// - Returns: The blocks' results, in order.
/// - Throws: `InformationError` with the code `cancelled`.
func blockwise<Result: Sendable>(
  _ count: Int, nanoseconds: Int, stopsEarly: Bool, _ body: (Range<Int>) -> Result
) throws(InformationError) -> [Result] {
  let block = KernelBlocks.length ?? Int(measure_kernel_block)
  let blocks = (count + block - 1) / block
  let duration = KernelBlocks.length == nil ? nanoseconds * count : .max
  return try concurrently(blocks, nanoseconds: duration, stopsEarly: stopsEarly) {
    body($0 * block..<min(($0 + 1) * block, count))
  }
}

/// How long blocks are.
enum KernelBlocks {
  /// The length that a test asks for, at most the kernels' own; then threads share
  /// blocks however short the work is.
  @TaskLocal static var length: Int?
}

/// The masses that kernels take, beside 0.
enum EasyMasses {
  /// Those of two lists: the bits of each fit the integer sums.
  static let ofPairs = 0x1p-50...1
  /// Those of one list whose total may be any next to 1: the logarithm of none cancels against
  /// that of the total.
  static let ofAnyTotal = 0x1p-50...0.5
  /// Those of one list that sums to nearly 1.
  static let ofProbabilities = 0x1p-1000...1
}
