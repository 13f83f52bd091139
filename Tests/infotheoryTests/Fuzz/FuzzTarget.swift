/// What the fuzzer runs: any bytes go in, and what is wrong comes out.
///
/// `Scripts/fuzz.sh` builds these files into a fuzzer together with `Fuzz/Main.swift`;
/// the tests replay the corpus that it leaves.
enum FuzzTarget: String, CaseIterable {
  case evaluate
  case csv
  case numpy
  case categorical

  /// Gives bytes to what the target is about.
  ///
  /// - Throws: A ``Finding`` for every answer that must not be; bad bytes are no finding.
  func check(_ bytes: [UInt8]) throws {
    switch self {
    case .evaluate: try EvaluateTarget.check(bytes)
    case .csv: try CSVTarget.check(bytes)
    case .numpy: try NumPyTarget.check(bytes)
    case .categorical: try CategoricalTarget.check(bytes)
    }
  }
}

/// A law that an answer breaks.
struct Finding: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Throws a finding unless a condition holds.
func demand(_ condition: Bool, _ message: @autoclosure () -> String) throws {
  guard condition else { throw Finding(message()) }
}
