import SpecialFunctions
import TestSupport
import Testing

/// Expects two numbers to agree within a part of the largest number given.
func expectNear(
  _ value: Double, _ other: Double, within bound: Double, of scale: Double...,
  note: @autoclosure () -> String = "", at location: SourceLocation = #_sourceLocation
) {
  let size = scale.reduce(max(value.magnitude, other.magnitude)) { max($0, $1.magnitude) }
  // Written so that NaN fails.
  #expect(
    (value - other).magnitude <= bound * size, "\(value) is not \(other); \(note())",
    sourceLocation: location)
}

/// Expects a function that grows, or falls, to do so across each of some seams.
func expectNoJump(
  at seams: [Double], falls: Bool = false, ulps: Double = 8,
  at location: SourceLocation = #_sourceLocation, _ evaluate: (Double) throws -> Double
) rethrows {
  for seam in seams {
    try expectNoJump(at: seam, rising: !falls, within: ulps, at: location, evaluate)
  }
}

/// Expects the errors of a function that has the poles of the gamma function.
func expectGammaPoles(
  _ function: String, at location: SourceLocation = #_sourceLocation,
  _ evaluate: (Double) throws -> Double
) {
  for pole in [0, -0.0, -1, -2, -170, -0x1p52, -0x1p60, -Double.greatestFiniteMagnitude] {
    expectSpecialError(.pole, argument: "x", value: pole, says: "\(pole)", at: location) {
      try evaluate(pole)
    }
  }
  for number in [Double.nan, -.infinity] {
    expectSpecialError(.notFinite, argument: "x", value: number, at: location) {
      try evaluate(number)
    }
  }
  let error = #expect(throws: SpecialFunctionError.self, sourceLocation: location) {
    try evaluate(-1)
  }
  #expect(error?.function == function, sourceLocation: location)
}
