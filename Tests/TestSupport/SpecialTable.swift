import Foundation
package import Testing

/// The reference values of a special function, from ball arithmetic.
package struct SpecialTable: Decodable, Sendable {
  package let function: String
  package let arguments: [String]
  package let generator: String
  package let bits: Int
  /// The arguments and, last, the value there.
  package let values: [[Double]]

  /// Reads the table of a function by its name.
  package static func load(_ name: String) throws -> SpecialTable {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Oracles/special")
    let data = try Data(contentsOf: folder.appendingPathComponent(name + ".json"))
    return try JSONDecoder().decode(SpecialTable.self, from: data)
  }
}

/// Expects a function to be within a relative error of every value of its table.
///
/// Beside the bound there is room for one smallest double, which is as near as a
/// subnormal value can come. With the environment variable `ORACLE_REPORT` set, the
/// worst error is printed.
package func expectTable(
  _ name: String, relativeError bound: Double, atLeast count: Int = 2000,
  at location: SourceLocation = #_sourceLocation, _ evaluate: ([Double]) throws -> Double
) throws {
  let table = try SpecialTable.load(name)
  #expect(table.bits >= 80, sourceLocation: location)
  #expect(table.values.count >= count, sourceLocation: location)
  var (worst, worstRow, failures) = (0.0, [Double](), 0)
  for row in table.values {
    let truth = try #require(row.last, sourceLocation: location)
    let value: Double
    do {
      value = try evaluate(row.dropLast())
    } catch {
      Issue.record("\(name)\(row.dropLast()): \(error)", sourceLocation: location)
      continue
    }
    let error = (value - truth).magnitude
    // Written so that NaN fails.
    let isNear = error <= bound * truth.magnitude + 0x1p-1074 || value == truth
    if !isNear || (value == 0 && value.sign == .minus) {
      failures += 1
      if failures <= 5 {
        Issue.record(
          "\(name)\(row.dropLast()) is \(value), not \(truth): relative error \(error / truth.magnitude)",
          sourceLocation: location)
      }
    }
    if truth.isNormal && !(error / truth.magnitude <= worst) {
      (worst, worstRow) = (error / truth.magnitude, row)
    }
  }
  #expect(failures == 0, "\(name): \(failures) of \(table.values.count)", sourceLocation: location)
  if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
    print("worst of \(table.values.count) \(name): \(worst) at \(worstRow.dropLast())")
  }
}
