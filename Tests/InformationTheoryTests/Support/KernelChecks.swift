import Foundation
import InformationTheory
import TestSupport
import Testing

/// One row of a kernel's table: the arguments, and the truth as high and low part.
struct KernelRow: Decodable, Sendable {
  let x: HexDouble?
  let p: HexDouble?
  let q: HexDouble?
  let hi: HexDouble
  let lo: HexDouble
}

/// The reference values of one kernel to 106 bits.
struct KernelTable: Decodable, Sendable {
  let kernel: String
  let values: [KernelRow]

  /// The rows that have a single argument.
  static func rows(_ name: String) throws -> [(x: Double, truth: [Double])] {
    let table: KernelTable = try OracleTable.load("kernel-" + name)
    return try table.values.map { row in
      (try #require(row.x).value, [row.hi.value, row.lo.value])
    }
  }
}

/// The largest relative error of a kernel seen so far, to compare with its promise.
struct WorstError {
  let name: String
  /// The promised bound.
  let bound: Double
  private var worst = 0.0
  private var checked = 0

  init(_ name: String, bound: Double) { (self.name, self.bound) = (name, bound) }

  /// Expects a result within the bound of the truth, which is a sum of doubles.
  ///
  /// Beside the bound there is room for one smallest double: below 2⁻⁹⁶⁷ neither the
  /// result's low part nor the truth's has all its bits.
  mutating func check(
    _ result: DoubleDouble, _ truth: [Double], _ comment: @autoclosure () -> String,
    at location: SourceLocation = #_sourceLocation
  ) {
    checked += 1
    let size = ExactSum(truth).value.magnitude
    guard result.high.isFinite && size.isFinite else {
      if result.high != ExactSum(truth).value {
        Issue.record("\(name), \(comment()) is \(result)", sourceLocation: location)
      }
      return
    }
    let error = ExactSum([result.high, result.low] + truth.map { -$0 }).value.magnitude
    if error > bound * size + 0x1p-1074 {
      Issue.record(
        "\(name), \(comment()): relative error 2^\(log2(error / size)), not 2^\(log2(bound))",
        sourceLocation: location)
    }
    if size > 0x1p-960 { worst = max(worst, error / size) }
  }

  /// Prints the worst where that is asked for, and demands that something was checked.
  func finish(atLeast count: Int = 100, at location: SourceLocation = #_sourceLocation) {
    #expect(checked >= count, sourceLocation: location)
    if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
      print("worst of \(checked) \(name): 2^\(log2(worst)), promised 2^\(log2(bound))")
    }
  }
}

extension SplitMix64 {
  /// A normalised pair of doubles whose exponent is in a range, of either sign.
  mutating func doubleDouble(_ exponents: ClosedRange<Int>) -> DoubleDouble {
    let high = Double(
      sign: unit() < 0.5 ? .plus : .minus, exponent: integer(exponents), significand: 1 + unit())
    // Up to half a last bit; often much less, sometimes nothing.
    let low = unit() < 0.1 ? 0 : high.ulp * (unit() - 0.5) * (unit() < 0.3 ? 0x1p-40 : 1)
    return .sum(high, low)
  }
}

/// The exact product of two sums of doubles, as doubles that add up to it.
func exactProduct(_ x: [Double], _ y: [Double]) -> [Double] {
  x.flatMap { a in y.flatMap { b in [a * b, (-(a * b)).addingProduct(a, b)] } }
}

extension DoubleDouble {
  /// Both parts.
  var parts: [Double] { [high, low] }
}
