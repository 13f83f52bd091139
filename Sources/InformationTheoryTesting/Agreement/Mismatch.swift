public import InformationTheory
public import ReferenceOracle

/// A number that is not what it should be, with all that one needs to see why.
///
/// Its description is the message of a failed test:
///
/// ```
/// KL divergence of [0.5, 0.5] from [0.25, 0.75]: 0.14384103622589053 is 3 ulps off
///   truth     0.1438410362258904637196095
///   enclosure 0.1438410362258904637196095029 … 0.1438410362258904637196095031
///   allowed   1 ulp
/// ```
public struct Mismatch: Error, Sendable, Codable, Equatable {
  /// What was computed from what.
  public let input: String
  /// What came out, as text that keeps every bit.
  public let got: String
  /// The truth.
  public let truth: Certified
  /// How far off it is, in steps of its type from the number nearest to the truth;
  /// `UInt64.max` where one of them is infinite or no number.
  public let ulps: UInt64
  /// How far off it may be.
  public let allowed: UInt64
}

extension Mismatch: CustomStringConvertible {
  /// Input, answer, truth, enclosure and the distance.
  public var description: String {
    let distance = ulps == .max ? "nowhere near" : ulps == 1 ? "1 ulp off" : "\(ulps) ulps off"
    return """
      \(input.isEmpty ? "" : input + ": ")\(got) is \(distance)
        truth     \(truth.decimal)
        enclosure \(truth.lower) … \(truth.upper)
        allowed   \(allowed == 1 ? "1 ulp" : "\(allowed) ulps")
      """
  }
}

extension InformationScalar {
  /// Whether the number is so near to the truth.
  ///
  /// Steps are counted in the number's own type from the double nearest to the truth, or
  /// the float nearest to that, so that 0 asks for correct rounding. Where the oracle knows
  /// bounds only, a number between them passes. NaN never passes, and an infinite truth is
  /// met by that infinity only.
  ///
  /// - Parameters:
  ///   - ulps: How many steps it may be off.
  ///   - truth: The truth.
  /// - Returns: Whether it is at most that far off.
  public func isWithin(ulps: UInt64, ofOracle truth: Certified) -> Bool {
    Expected(truth).distance(from: Double(self), TestPrecision(of: Self.self)) <= ulps
  }
}

/// Demands that a double, or a float, is near to the truth.
///
/// The error is a message that says all, in any framework for tests that reports errors:
///
/// ```swift
/// try expect(mine, isWithin: 2, ofOracle: truth, input: "p \(p), q \(q)")
/// ```
///
/// In an expression for `#expect` there is `isWithin(ulps:ofOracle:)` on numbers, which counts
/// as this does.
///
/// - Parameters:
///   - got: What was computed.
///   - ulps: How many steps of its type it may be off; 0 asks for correct rounding.
///   - truth: The truth.
///   - input: From what it was computed, for the message.
/// - Throws: ``Mismatch`` if it is further off.
public func expect<Scalar: InformationScalar>(
  _ got: Scalar, isWithin ulps: UInt64, ofOracle truth: Certified,
  input: @autoclosure () -> String = ""
) throws(Mismatch) {
  let distance = Expected(truth).distance(from: Double(got), TestPrecision(of: Scalar.self))
  guard distance > ulps else { return }
  throw Mismatch(input: input(), got: "\(got)", truth: truth, ulps: distance, allowed: ulps)
}
