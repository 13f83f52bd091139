import Foundation
import InformationTheory
import ReferenceOracle
import TestSupport

/// A row of a table of reference values from ball arithmetic.
struct TableRow {
  let fields: [String: Any]

  func number(_ name: String) -> Double? { (fields[name] as? String).flatMap(Double.init) }
  func numbers(_ name: String) -> [Double]? {
    (fields[name] as? [String])?.compactMap(Double.init)
  }
  func integer(_ name: String) -> Int? { fields[name] as? Int }
  func text(_ name: String) -> String? { fields[name] as? String }
  func flag(_ name: String) -> Bool { fields[name] as? Bool ?? false }

  /// The logits as they stand, or as a recipe makes them.
  var logits: [Double] {
    if let logits = numbers("logits") { return logits }
    let recipe = TableRow(fields: fields["generated"] as? [String: Any] ?? [:])
    var random = SplitMix64(state: UInt64(recipe.integer("seed") ?? 0))
    let scale = recipe.number("scale") ?? 0
    return (0..<(recipe.integer("n") ?? 0)).map { _ in
      scale * (Double(random.next() >> 11) * 0x1p-52 - 1)
    }
  }
}

enum OracleTables {
  #if DEBUG
    /// Debug builds check one row of so many, because all of them take minutes.
    private static let step = 5
  #else
    private static let step = 1
  #endif

  /// Some rows of a table, or all: small tables whole.
  static func sample(_ rows: [TableRow]) -> [TableRow] {
    let step = rows.count > 100 ? step : 1
    return stride(from: 0, to: rows.count, by: step).map { rows[$0] }
  }

  /// The rows that a table lists under a key.
  static func rows(_ name: String, _ key: String = "values") throws -> [TableRow] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Oracles")
    let data = try Data(contentsOf: folder.appendingPathComponent(name + ".json"))
    let table = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    return (table[key] as? [[String: Any]] ?? []).map(TableRow.init)
  }

  /// The inputs of a file by name; those that a recipe makes are left to other tests.
  static func inputs(_ file: String) throws -> [String: TableRow] {
    let cases = try rows(file, "cases").filter { $0.fields["generated"] == nil }
    return Dictionary(cases.map { ($0.text("name") ?? "", $0) }, uniquingKeysWith: { a, _ in a })
  }

  /// What a certified number says that a reference value refutes; nil if nothing.
  ///
  /// The reference is the nearest double, and a decimal number of 30 digits, all proven. A
  /// number that is not proven to be rounded correctly may miss the double by one place.
  static func fault(_ found: Certified, value: Double, ball: String? = nil) -> String? {
    let isNear =
      found.isCorrectlyRounded
      ? found.value == value
      : (found.value - value).magnitude <= max(value.ulp, .leastNonzeroMagnitude)
    guard isNear, found.lowerBound <= value.nextUp, found.upperBound >= value.nextDown,
      !(found.value == 0 && found.value.sign == .minus)
    else { return "\(found.value) in \(found.lower) … \(found.upper), not \(value)" }
    guard let ball, let truth = Foundation.Decimal(string: ball),
      let low = Foundation.Decimal(string: found.lower),
      let high = Foundation.Decimal(string: found.upper), value.magnitude > 1e-90, value.isFinite
    else { return nil }
    // A product with the truth would leave the range of decimals below 10⁻⁷⁰.
    let exponent = Int(log10(value.magnitude).rounded(.down)) - 28
    let digit = Foundation.Decimal(sign: .plus, exponent: exponent, significand: 1)
    return low <= truth + digit && high >= truth - digit
      ? nil : "\(found.lower) … \(found.upper), not \(ball)"
  }

  /// Checks a measure of one or two distributions against its table.
  ///
  /// - Returns: The number of rows checked, how many are not proven, and what is wrong.
  static func check(
    _ table: String, of file: String,
    _ evaluate: (TableRow, _ p: [Double], _ q: [Double], _ normalize: Bool) throws -> Certified
  ) throws -> TableChecks.Result {
    let inputs = try inputs(file)
    var (count, unproven, faults) = (0, 0, [String]())
    for row in sample(try rows(table)) {
      let input = row.text("case").map { inputs[$0] }
      if case .some(.none) = input { continue }
      let found = try evaluate(
        row, input??.numbers("p") ?? [], input??.numbers("q") ?? [],
        input??.flag("normalize") ?? false)
      count += 1
      if !found.isCorrectlyRounded { unproven += 1 }
      if let fault = fault(found, value: row.number("value") ?? .nan, ball: row.text("ball")) {
        faults.append("\(table) \(row.text("case") ?? "") \(row.fields): \(fault)")
      }
    }
    return (count, unproven, faults)
  }

  /// Checks a loss against its table, with its derivatives.
  static func check(
    _ table: String, _ evaluate: (TableRow) throws -> CertifiedLoss
  ) throws -> TableChecks.Result {
    var (count, unproven, faults) = (0, 0, [String]())
    let rows = try rows("losses/" + table).filter { $0.text("scalar") == "double" }
    for row in sample(rows) {
      if row.fields["generated"] != nil && (row.logits.count > 1000) { continue }
      let found = try evaluate(row)
      let gradient = row.numbers("gradient") ?? []
      let picks = row.fields["picks"] as? [Int] ?? Array(gradient.indices)
      let numbers = [found.value] + picks.map { found.gradient[$0] }
      for (number, value) in zip(numbers, [row.number("loss") ?? .nan] + gradient) {
        count += 1
        if !number.isCorrectlyRounded { unproven += 1 }
        if let fault = fault(number, value: value) {
          faults.append("\(table) \(row.fields): \(fault)")
        }
      }
    }
    return (count, unproven, faults)
  }
}
