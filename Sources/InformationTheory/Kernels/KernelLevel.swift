import CInformationKernels
import Synchronization

/// Which of the compiled kernels run.
///
/// All give the same bits. Tests ask for each that the processor has; everybody else
/// gets the best.
package enum KernelLevel {
  @TaskLocal private static var requested: Int?

  /// How many scopes ask for a level now.
  ///
  /// To look up what is local to a task takes about as long as a small measure, and is not
  /// done where nobody asks.
  private static let scopes = Atomic(0)

  /// The level that a test asks for.
  @inline(__always)
  package static var forced: Int? {
    scopes.load(ordering: .relaxed) == 0 ? nil : requested
  }

  /// Does something with the kernels of a level.
  ///
  /// - Parameters:
  ///   - level: A level that is available; nil leaves it as it is.
  ///   - operation: What to do. Only the thread that calls knows the level.
  /// - Returns: What the operation returns.
  package static func forcing<Result>(
    _ level: Int?, operation: () throws -> Result
  ) rethrows -> Result {
    guard let level else { return try operation() }
    scopes.add(1, ordering: .relaxed)
    defer { scopes.subtract(1, ordering: .relaxed) }
    return try $requested.withValue(level, operation: operation)
  }

  /// All levels of this processor, lowest first.
  package static let available = Array(0...best)

  private static let best = Int(information_kernel_best_level())

  /// The level that runs now.
  @inline(__always)
  package static var current: Int32 { Int32(forced ?? best) }

  /// The kernels of measures that run now.
  @inline(__always)
  static var measures: MeasureKernels { unsafe measure_kernels(current).pointee }
}
