import TestSupport

@testable import InformationTheory

/// The ways in which the kernels can run, of which none may change a bit.
enum KernelRuns {
  #if DEBUG
    static let length = 10_011
  #else
    static let length = 200_011
  #endif

  /// Does something at every level, with 1, 2 and 5 threads, in blocks of 7 lengths.
  static func forEach(_ body: (_ run: String) throws -> Void) rethrows {
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        for block in [501, 1000, 1024, 3000, 4096, 9999, 16_384] {
          try KernelLevel.forcing(level) {
            try Parallelism.$maximumThreads.withValue(threads) {
              try KernelBlocks.$length.withValue(block) {
                try body("level \(level), \(threads) threads, blocks of \(block)")
              }
            }
          }
        }
      }
    }
  }
}

extension SplitMix64 {
  /// Masses of many kinds, not normalised: of one size, of many sizes, with zeros, with
  /// one that outweighs the others, with some that are tiny.
  mutating func masses(_ count: Int) -> [Double] {
    var masses = (0..<count).map { _ in unit() + 0x1p-30 }
    switch next() % 6 {
    case 0: masses = masses.map { $0 * $0 * $0 * $0 }
    case 1: masses = masses.map { $0 < 0.3 ? 0 : $0 }
    case 2: masses[integer(0...count - 1)] = 3 * Double(count)
    case 3: masses[integer(0...count - 1)] = 0x1p-1060
    case 4: for i in masses.indices where i % 50 == 0 { masses[i] *= 0x1p-60 }
    default: break
    }
    if masses.allSatisfy({ $0 == 0 }) { masses[0] = 1 }
    return masses
  }

  /// Masses divided by their total, so that they sum to 1 but for rounding.
  func normalized(_ masses: [Double]) throws -> Categorical {
    let total = ExactSum(masses).value
    return try Categorical(masses.map { $0 / total })
  }
}
