import Foundation
import Testing

/// The tool's command `loss`, run where it is to succeed.
enum LossTool {
  /// Runs it; what it prints for people fits the screen.
  static func run(
    _ arguments: [String], in folder: URL = Examples.folder, input: String = ""
  ) throws -> Tool.Outcome {
    let outcome = try Tool.run(["loss"] + arguments, in: folder, input: input)
    try #require(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error == "")
    #expect(arguments.contains("--json") || outcome.lines.allSatisfy { $0.count <= 80 })
    return outcome
  }

  /// Runs it with what it prints for programs.
  static func json(
    _ arguments: [String], in folder: URL = Examples.folder, input: String = ""
  ) throws -> [String: Any] {
    let output = try run(arguments + ["--json"], in: folder, input: input).output
    return try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  /// A number of the object `loss`.
  static func value(_ json: [String: Any], _ key: String = "value") throws -> Double {
    let loss = try #require(json["loss"] as? [String: Any])
    return try #require(loss[key] as? Double)
  }
}
