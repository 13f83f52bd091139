import CInformationKernels
import InformationTheory

/// The steps of a row in pairs of doubles, for several classes at once.
///
/// They are the definitions' own, in the same arithmetic, so that each number has the same
/// bits. Rows of fewer classes than a vector has lanes are left to the definitions.
enum WordKernel {
  static let fewestClasses = 8

  /// Finds how far logits that follow each other are below the peak, exactly.
  ///
  /// - Returns: false where that is left to the definition.
  static func lower<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, from offset: Int, below peak: Double, to depths: inout [DoubleDouble]
  ) -> Bool {
    let count = depths.count
    guard Scalar.self == Double.self && count >= fewestClasses,
      let start = unsafe logits.address.map({ unsafe UnsafeRawPointer($0 + offset) })
    else { return false }
    let x = unsafe start.assumingMemoryBound(to: Double.self)
    unsafe depths.withMutableWords { depths in
      unsafe KernelLevel.rows.words.lower(x, count, peak, depths)
    }
    return true
  }

  /// Takes the powers of depths.
  ///
  /// - Returns: false where a depth is so large that the definition has to take them.
  static func raise(_ depths: [DoubleDouble], to powers: inout [DoubleDouble]) -> Bool {
    let count = depths.count
    return unsafe powers.withMutableWords { powers in
      unsafe depths.withWords { depths in
        unsafe exponentialTable.withUnsafeBufferPointer { table in
          var row = unsafe WordRow(
            depths: depths, powers: powers, table: table.baseAddress,
            lift: Int64(SoftmaxRow.lift), count: count, top: 0)
          return unsafe KernelLevel.rows.words.raise(&row) == 0
        }
      }
    }
  }

  /// The sum of powers without one of them.
  static func sum(of powers: inout [DoubleDouble], without top: Int) -> DoubleDouble {
    let count = powers.count
    return unsafe powers.withMutableWords { powers in
      var row = unsafe WordRow(
        depths: nil, powers: powers, table: nil, lift: 0, count: count, top: top)
      var sum = DoubleDouble.zero
      unsafe withUnsafeMutableBytes(of: &sum) { sum in
        unsafe KernelLevel.rows.words.sum(
          &row, sum.baseAddress?.assumingMemoryBound(to: Double.self))
      }
      return sum
    }
  }
}

/// How the derivatives of a row, in units, are made of its powers e and the weights w of its
/// targets: e·(factor − w) − w·(total − e), with the total of the powers.
struct PowerSlopes {
  /// The weights; nil where all are 0 but for the exceptions.
  let weights: [DoubleDouble]?
  /// The total of the weights.
  let factor: DoubleDouble
  /// The classes whose differences would cancel, which may be one: the definition has other
  /// sums for them.
  let exceptions: (Int, Int)
}

extension MutableSpan where Element: InformationScalar {
  /// Writes the derivatives of a row by kernels.
  ///
  /// - Returns: false where the definition has to write them.
  mutating func write(
    _ slopes: PowerSlopes, of row: borrowing SoftmaxRow, times unit: Wide, from offset: Int
  ) -> Bool {
    guard row.slopes.isEmpty, unit.isPower else { return false }
    var call = unsafe WordOutputs()
    unsafe call.factor = slopes.factor.parts
    unsafe call.total = row.total.parts
    unsafe call.unit = unit.value.parts
    unsafe call.scale = .powerOfTwo(unit.exponent)
    let words = KernelLevel.rows.words
    guard let weights = slopes.weights else {
      return unsafe write(row, call, words.scale, from: offset)
    }
    return unsafe weights.withWords { weights in
      unsafe call.weights = weights
      return unsafe write(row, call, words.balance, from: offset)
    }
  }

  @unsafe
  private mutating func write(
    _ row: borrowing SoftmaxRow, _ call: WordOutputs,
    _ kernel: @convention(c) (UnsafePointer<WordOutputs>?) -> Void, from offset: Int
  ) -> Bool {
    guard Element.self == Double.self && row.classCount >= WordKernel.fewestClasses else {
      return false
    }
    var call = unsafe call
    unsafe call.count = row.classCount
    unsafe row.powers.withWords { powers in
      unsafe withUnsafeMutableBufferPointer { output in
        unsafe call.powers = powers
        let start = unsafe output.baseAddress.map { unsafe UnsafeMutableRawPointer($0 + offset) }
        unsafe call.output = start?.assumingMemoryBound(to: Double.self)
        unsafe kernel(&call)
      }
    }
    return true
  }
}

extension Wide {
  /// Whether it is a number of which the power of two is a double.
  fileprivate var isPower: Bool {
    !isZero && !isInfinite && (-1022...1023).contains(exponent)
  }
}

extension DoubleDouble {
  fileprivate var parts: (Double, Double) { (high, low) }
}

extension [DoubleDouble] {
  /// Calls a function with the high and low parts, one after the other.
  @unsafe
  fileprivate func withWords<Result>(_ body: (UnsafePointer<Double>?) -> Result) -> Result {
    unsafe withUnsafeBufferPointer {
      unsafe body(UnsafeRawPointer($0.baseAddress)?.assumingMemoryBound(to: Double.self))
    }
  }

  @unsafe
  fileprivate mutating func withMutableWords<Result>(
    _ body: (UnsafeMutablePointer<Double>?) -> Result
  ) -> Result {
    unsafe withUnsafeMutableBufferPointer {
      unsafe body(UnsafeMutableRawPointer($0.baseAddress)?.assumingMemoryBound(to: Double.self))
    }
  }
}
