import Foundation
import Testing

@testable import InformationTheory

/// The form in which an input is tried a second time may leave out the largest.
let largestRepetition = 2_000

#if DEBUG
  /// Debug builds leave out the inputs that take them minutes.
  let largestInput = 2_000
#else
  let largestInput = Int.max
#endif

/// A distribution of masses that need not sum to 1.
func categorical(_ masses: [Double], normalize: Bool) throws -> Categorical {
  try normalize ? Categorical(normalizing: masses) : Categorical(masses)
}

/// Expects a value to be a reference, within some ulps, and never −0.
func expect(
  _ value: Double, near reference: Double, ulps tolerance: Double = 1,
  _ comment: @autoclosure () -> String = "",
  at location: SourceLocation = #_sourceLocation
) {
  let distance = value.ulps(from: reference)
  guard distance <= tolerance && (value.sign == .plus || value < 0) else {
    Issue.record(
      "\(comment()) \(value) is \(distance) ulp from \(reference)", sourceLocation: location)
    return
  }
}

/// Expects two results to be the same bits.
func expectSameBits(
  _ a: Double, _ b: Double, _ comment: @autoclosure () -> String = "",
  at location: SourceLocation = #_sourceLocation
) {
  guard a.bitPattern == b.bitPattern else {
    Issue.record(
      "\(comment()) \(a) and \(b) are \(a.ulps(from: b)) ulp apart", sourceLocation: location)
    return
  }
}

/// The value of a measure, which must be the same bits with the kernels of every level.
func atEveryLevel(
  _ count: Int, at location: SourceLocation, _ measure: () throws -> Double
) throws -> Double {
  let value = try measure()
  if count > largestRepetition { return value }
  for level in KernelLevel.available.dropLast() {
    let other = try KernelLevel.forcing(level, operation: measure)
    expectSameBits(other, value, "kernels of level \(level),", at: location)
  }
  return value
}

/// Checks a measure against its table.
///
/// The measure is a function of a row and of the masses that it names. With the
/// environment variable `ORACLE_REPORT` set, the worst distance is printed.
func checkOracle(
  _ table: String, inputs: Result<[String: OracleInputs.Case], any Error> = OracleCases.pairs,
  tolerance: Double = 1, at location: SourceLocation = #_sourceLocation,
  _ evaluate: (OracleRow, _ p: [Double], _ q: [Double], _ normalize: Bool) throws -> Double
) throws {
  let oracle: OracleTable = try OracleTable.load(table)
  #expect(oracle.bits >= 80, sourceLocation: location)
  let cases = try inputs.get()
  var (worst, worstName, checked) = (0.0, "", 0)
  for row in oracle.values {
    let input = try row.case.map { try #require(cases[$0], "no input \($0)") }
    if let n = input?.generated?.n, n > largestInput { continue }
    let (p, q) = input?.masses ?? ([], [])
    let name = "\(row.case ?? "row \(checked)") order \(row.order?.value.description ?? "-")"
    let value = try evaluate(row, p, q, input?.normalize ?? false)
    expect(
      value, near: row.value.value, ulps: tolerance, "\(table), \(name) (\(row.ball)):",
      at: location)
    let distance = value.ulps(from: row.value.value)
    if distance > worst { (worst, worstName) = (distance, name) }
    checked += 1
  }
  #expect(checked > 10, "\(table) has only \(checked) rows", sourceLocation: location)
  if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
    print("worst of \(checked) \(table): \(worst) ulp \(worstName)")
  }
}

/// Checks the method of a measure against its table, and the span function where
/// the masses are probabilities: the same bits.
func checkOracle(
  _ forms: some EntropyForms, at location: SourceLocation = #_sourceLocation
) throws {
  try checkOracle(forms.table, inputs: OracleCases.pmfs, at: location) { row, p, _, normalize in
    let arguments = Arguments(row)
    let value = try atEveryLevel(p.count, at: location) {
      try forms.method(categorical(p, normalize: normalize), arguments)
    }
    if !normalize && p.count <= largestRepetition {
      let ofSpan = try forms.span(ofArray: p, arguments)
      expectSameBits(ofSpan, value, "\(forms.table), \(row.case ?? ""): span,", at: location)
    }
    return value
  }
}

/// As for one distribution.
func checkOracle(
  _ forms: some DivergenceForms, at location: SourceLocation = #_sourceLocation
) throws {
  try checkOracle(forms.table, at: location) { row, p, q, normalize in
    let arguments = Arguments(row)
    let value = try atEveryLevel(p.count, at: location) {
      try forms.method(
        categorical(p, normalize: normalize), categorical(q, normalize: normalize), arguments)
    }
    if !normalize && p.count <= largestRepetition {
      let ofSpan = try forms.span(ofArrays: p, q, arguments)
      expectSameBits(ofSpan, value, "\(forms.table), \(row.case ?? ""): span,", at: location)
    }
    return value
  }
}

// MARK: - Float

/// Whether single-precision masses sum to 1 as a list of `Float` must.
private func isNormalized(_ masses: [Float]) -> Bool {
  masses.allSatisfy(\.isFinite)
    && (ExactSum(masses.map(Double.init)).value - 1).magnitude
      <= Double(masses.count) * Double(Float.ulpOfOne)
}

/// Checks that the `Float` form computes what the `Double` form does of the same
/// numbers, bit for bit.
func checkFloat(
  _ forms: some EntropyForms, at location: SourceLocation = #_sourceLocation
) throws {
  var checked = 0
  for (name, input) in try OracleCases.pmfs.get() {
    if let n = input.generated?.n, n > largestRepetition { continue }
    let p = input.masses.p.map { Float($0) }
    guard isNormalized(p) else { continue }
    let widened = try Categorical(normalizing: p.map(Double.init))
    for arguments in forms.samples where arguments.positions == nil {
      let (narrow, wide) = (
        try forms.span(ofArray: p, arguments), try forms.method(widened, arguments)
      )
      expectSameBits(narrow, wide, "\(forms.table), \(name), \(arguments): Float,", at: location)
      checked += 1
    }
  }
  #expect(checked >= 20, sourceLocation: location)
}

/// As for one distribution.
func checkFloat(
  _ forms: some DivergenceForms, at location: SourceLocation = #_sourceLocation
) throws {
  var checked = 0
  for (name, input) in try OracleCases.pairs.get() {
    if let n = input.generated?.n, n > largestRepetition { continue }
    let (p, q) = (input.masses.p.map { Float($0) }, input.masses.q.map { Float($0) })
    guard isNormalized(p) && isNormalized(q) else { continue }
    let (x, y) = (
      try Categorical(normalizing: p.map(Double.init)),
      try Categorical(normalizing: q.map(Double.init))
    )
    for arguments in forms.samples where arguments.positions == nil {
      let (narrow, wide) = (
        try forms.span(ofArrays: p, q, arguments), try forms.method(x, y, arguments)
      )
      expectSameBits(narrow, wide, "\(forms.table), \(name), \(arguments): Float,", at: location)
      checked += 1
    }
  }
  #expect(checked >= 20, sourceLocation: location)
}
