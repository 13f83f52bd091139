import CInformationKernels
import InformationTheory

/// An exact sum for a result that is passed around: as long as it is one double it takes
/// the room of one, and an `ExactSum` of its own from then on.
struct LossSum: Sendable {
  /// The whole sum, while there are no digits.
  private var number = 0.0
  /// The whole sum, where it is no double; one in an array, which is passed as an address.
  private var digits: [ExactSum]?

  /// Adds a finite term exactly.
  @inline(__always)
  mutating func add(_ term: Double) {
    let sum = number + term
    // Where the sum is rounded, the difference from the larger of the two shows it.
    if digits == nil && sum - number == term && sum - term == number {
      number = sum
    } else {
      addExactly(term)
    }
  }

  private mutating func addExactly(_ term: Double) {
    withExact { $0.add(term) }
  }

  /// Adds everything that another sum holds.
  mutating func merge(_ other: LossSum) {
    if let digits = other.digits {
      withExact { $0.merge(digits[0]) }
    } else {
      add(other.number)
    }
  }

  /// Changes the sum, which has digits from now on.
  private mutating func withExact(_ change: (inout ExactSum) -> Void) {
    var digits = self.digits.take() ?? [ExactSum([number])]
    change(&digits[0])
    self.digits = digits
  }

  /// The sum, rounded once.
  var value: Double { digits?[0].value ?? number }

  /// The sum, right to 106 bits.
  var doubleDouble: DoubleDouble { digits?[0].doubleDouble ?? DoubleDouble(number) }

  private var exact: ExactSum { digits?[0] ?? ExactSum([number]) }
}

extension LossSum: Equatable {
  /// Whether two sums are the same number, exactly.
  static func == (a: LossSum, b: LossSum) -> Bool {
    a.digits == nil && b.digits == nil ? a.number == b.number : a.exact == b.exact
  }
}

extension LossSum: Codable {
  /// Writes an `ExactSum`.
  func encode(to encoder: any Encoder) throws { try exact.encode(to: encoder) }

  /// Reads an `ExactSum`.
  init(from decoder: any Decoder) throws { digits = [try ExactSum(from: decoder)] }
}

extension LossSum {
  /// Adds both parts of a value that is below the largest double.
  @inline(__always)
  mutating func add(_ value: Wide) {
    let pair = value.doubleDouble
    add(pair.high)
    add(pair.low)
  }

  /// Adds a kernel's sum, an integer times 2⁻⁹¹.
  @inline(__always)
  mutating func add(_ sum: FixedPointSum) {
    // Each part is a double exactly.
    add(Double(sum.high) * 0x1p-27)
    add(Double(sum.low >> 32) * 0x1p-59)
    add(Double(sum.low & 0xFFFF_FFFF) * 0x1p-91)
  }
}
