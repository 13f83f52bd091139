import CInformationKernels

/// Which of the compiled kernels run.
///
/// All give the same bits. Tests ask for each that the processor has; everybody else
/// gets the best.
package enum KernelLevel {
  /// The level that a test asks for.
  @TaskLocal package static var forced: Int?

  /// All levels of this processor, lowest first.
  package static let available = Array(0...best)

  private static let best = Int(information_kernel_best_level())

  /// The level that runs now.
  @inline(__always)
  package static var current: Int32 { Int32(forced ?? best) }

  /// The kernels of measures that run now.
  static var measures: MeasureKernels { unsafe measure_kernels(current).pointee }
}
