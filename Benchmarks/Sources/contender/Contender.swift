import Foundation
import InformationTheory

/// Runs a job on the data of the files given, once for each line of standard input,
/// and prints the nanoseconds and the result.
@main
enum Contender {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let job = arguments.first else { throw Fault("usage: contender JOB FILE …") }
    let columns = try arguments.dropFirst().map { try integers(in: $0) }
    while readLine() != nil {
      var result = 0.0
      let time = try ContinuousClock().measure { result = try run(job, columns) }
      let (seconds, attoseconds) = time.components
      print(seconds * 1_000_000_000 + attoseconds / 1_000_000_000, result)
      fflush(nil)
    }
  }

  private static func run(_ job: String, _ columns: [[Int]]) throws -> Double {
    switch job {
    case "mutual-information":
      let (x, y) = (columns[0], columns[1])
      return try mutualInformation(of: x.span, and: y.span).nats
    default: throw Fault("there is no job \(job)")
    }
  }

  /// The 64-bit integers that a file holds.
  private static func integers(in path: String) throws -> [Int] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int.self) }
    }
  }
}

struct Fault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
