import CInformationKernels
package import InformationTheory

/// The exponentials and logarithms of which the kernels of losses are made, for tests.
package enum KernelProbe: CaseIterable, Sendable {
  /// eᶻ for |z| < 690.
  case exponential
  /// eᶻ for −690 < z ≤ 0, with more digits.
  case fineExponential
  /// log(1 + z) for 0 and 2⁻⁶⁰⁰ ≤ z < 2⁵⁰.
  case logOnePlus
  /// log(1 + e^−|x|) of a float with |x| ≤ 600.
  case logTotal
  /// σ(−|x|) of a float with |x| ≤ 600.
  case lesser

  /// The values at numbers, at the level that runs now.
  package func values(_ x: [Double]) -> [Double] {
    var values = [Double](repeating: .nan, count: x.count)
    let kernels = KernelLevel.losses
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe kernels.probe(x.baseAddress, values.baseAddress, x.count, function)
      }
    }
    return values
  }

  private var function: Int32 {
    switch self {
    case .exponential: Int32(loss_probe_exponential)
    case .fineExponential: Int32(loss_probe_fine_exponential)
    case .logOnePlus: Int32(loss_probe_log_one_plus)
    case .logTotal: Int32(loss_probe_log_total)
    case .lesser: Int32(loss_probe_lesser)
    }
  }
}

extension KernelProbe {
  /// How many pairs of rows of logits the kernel of divergences leaves to the definition.
  package static func pairsLeft(
    logits: [Float], otherLogits: [Float], classCount: Int
  ) -> Int {
    let rowCount = logits.count / classCount
    precondition(logits.count == otherLogits.count && logits.count == rowCount * classCount)
    var divergences = [Double](repeating: .nan, count: rowCount)
    var states = [UInt8](repeating: .max, count: rowCount)
    let kernels = KernelLevel.rows
    unsafe logits.withUnsafeBufferPointer { x in
      unsafe otherLogits.withUnsafeBufferPointer { y in
        unsafe divergences.withUnsafeMutableBufferPointer { divergences in
          unsafe states.withUnsafeMutableBufferPointer { states in
            var call = unsafe DivergenceRows(
              logits: x.baseAddress, otherLogits: y.baseAddress,
              divergences: divergences.baseAddress, states: states.baseAddress,
              rowCount: rowCount, classCount: classCount)
            unsafe kernels.kl_divergence(&call)
          }
        }
      }
    }
    return states.count { $0 != rowIsDone }
  }
}

extension KernelProbe {
  /// The powers of pairs times 2²⁰⁰ by the kernel, or nil where it leaves them to the definition.
  package static func powers(of depths: [DoubleDouble]) -> [DoubleDouble]? {
    var powers = depths
    return WordKernel.raise(depths, to: &powers) ? powers : nil
  }
}
