public import InformationTheory
import Synchronization

/// Derivatives, in memory that the next gradient uses again.
///
/// To write into memory that the system has just handed out takes longer than to compute
/// a gradient. So the memory of one that nobody holds any more is kept, and the next one
/// gets it. ``GradientMemory`` gives it back.
///
/// ```swift
/// let (loss, gradient) = try softmaxCrossEntropyAndGradient(
///   logits: logits.span, classIndices: labels.span, classCount: 2)
/// Array(gradient)  // the derivatives by the logits, in their layout
/// ```
public struct GradientArray<Scalar: InformationScalar>: RandomAccessCollection, Sendable {
  private let memory: RecycledMemory

  /// The number of derivatives.
  public let count: Int

  /// 0.
  public var startIndex: Int { 0 }

  /// The number of derivatives.
  public var endIndex: Int { count }

  /// A derivative.
  ///
  /// - Parameter index: In `0 ..< count`.
  public subscript(index: Int) -> Scalar {
    precondition(index >= 0 && index < count, "GradientArray: the index is out of range")
    return unsafe memory.elements(Scalar.self, count)[index]
  }

  /// Calls a closure with the derivatives where they lie in memory.
  ///
  /// - Parameter body: Must not let the pointer out.
  /// - Returns: What the closure returns.
  /// - Throws: What the closure throws.
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let result = try unsafe body(UnsafeBufferPointer(memory.elements(Scalar.self, count)))
    withExtendedLifetime(memory) {}
    return result
  }

  /// As ``withUnsafeBufferPointer(_:)``, for the algorithms of the standard library.
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result? {
    try unsafe withUnsafeBufferPointer(body)
  }

  private init(count: Int) {
    self.count = count
    memory = RecycledMemory(byteCount: Swift.max(count, 1) * MemoryLayout<Scalar>.stride)
  }

  /// Derivatives that a loss fills in, all of them, and the loss.
  @inline(__always)
  static func filled(
    _ count: Int, by loss: (consuming MutableSpan<Scalar>) throws(InformationError) -> LossResult
  ) throws(InformationError) -> (LossResult, GradientArray) {
    let gradient = GradientArray(count: count)
    let elements = unsafe gradient.memory.elements(Scalar.self, count)
    let result = try unsafe loss(elements.mutableSpan)
    return (result, gradient)
  }
}

/// The memory that is kept for gradients.
public enum GradientMemory {
  /// Gives memory that no gradient uses at the moment back to the system.
  public static func release() { RecycledMemory.freeAll() }
}

/// A block of memory that goes to the next who wants one as large.
final class RecycledMemory: Sendable {
  private let block: Block

  /// Memory of numbers, all 0 or those of an earlier use.
  init(byteCount: Int) {
    block = Self.kept.withLock { $0.take(byteCount) } ?? Block(byteCount: byteCount)
  }

  deinit {
    let surplus = Self.kept.withLock { $0.keep(block) }
    surplus?.free()
  }

  /// The memory as numbers.
  func elements<Scalar: InformationScalar>(
    _: Scalar.Type, _ count: Int
  ) -> UnsafeMutableBufferPointer<Scalar> {
    unsafe UnsafeMutableBufferPointer(
      start: block.start.assumingMemoryBound(to: Scalar.self), count: count)
  }

  static func freeAll() {
    let blocks = kept.withLock { kept in
      defer { kept.blocks = [] }
      return kept.blocks
    }
    for block in blocks { block.free() }
  }

  private static let kept = Mutex(Kept())

  /// Whoever has the block has its memory to himself.
  @safe private struct Block: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let byteCount: Int

    init(byteCount: Int) {
      self.byteCount = byteCount
      // A cache line, so that stores past the caches can be used.
      unsafe start = .allocate(byteCount: byteCount, alignment: 64)
      unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    func free() { unsafe start.deallocate() }
  }

  private struct Kept {
    var blocks: [Block] = []

    /// A kept block that is large enough and not four times too large.
    mutating func take(_ byteCount: Int) -> Block? {
      let fitting = blocks.indices.filter {
        blocks[$0].byteCount >= byteCount && blocks[$0].byteCount / 4 <= byteCount
      }
      guard let best = fitting.min(by: { blocks[$0].byteCount < blocks[$1].byteCount }) else {
        return nil
      }
      return blocks.remove(at: best)
    }

    /// Keeps a block, in the place of an older one if there are two.
    ///
    /// - Returns: What is to be freed.
    mutating func keep(_ block: Block) -> Block? {
      // The allocator itself is quick with small ones.
      if block.byteCount < 1 << 16 { return block }
      blocks.append(block)
      return blocks.count > 2 ? blocks.removeFirst() : nil
    }
  }
}
