import CInformationKernels
import InformationTheory

/// An exact sum for a result that is passed around: as long as it is one double it takes
/// the room of one, and an `ExactSum` of its own from then on.
struct LossSum: Sendable {
  /// The whole sum, while there are no digits.
  private var number = 0.0
  /// Nothing, or the whole sum.
  private var digits: [ExactSum] = []

  /// Adds a finite term exactly.
  @inline(__always)
  mutating func add(_ term: Double) {
    guard digits.isEmpty else {
      digits[0].add(term)
      return
    }
    let sum = DoubleDouble.sum(number, term)
    if sum.low == 0 && sum.high.isFinite {
      number = sum.high
    } else {
      digits = [ExactSum([number, term])]
    }
  }

  /// Adds everything that another sum holds.
  mutating func merge(_ other: LossSum) {
    guard let otherDigits = other.digits.first else {
      add(other.number)
      return
    }
    if digits.isEmpty { digits = [exact] }
    digits[0].merge(otherDigits)
  }

  /// The sum, rounded once.
  var value: Double { digits.first?.value ?? number }

  /// The sum, right to 106 bits.
  var doubleDouble: DoubleDouble { digits.first?.doubleDouble ?? DoubleDouble(number) }

  private var exact: ExactSum { digits.first ?? ExactSum([number]) }
}

extension LossSum: Equatable {
  /// Whether two sums are the same number, exactly.
  static func == (a: LossSum, b: LossSum) -> Bool {
    a.digits.isEmpty && b.digits.isEmpty ? a.number == b.number : a.exact == b.exact
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
