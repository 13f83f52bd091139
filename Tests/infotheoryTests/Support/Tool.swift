import Foundation

/// The built tool, run as a user runs it.
enum Tool {
  /// What a run left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let error: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  struct NotBuilt: Error {}

  /// The executable, which lies beside the test bundle whatever the scratch path.
  static func executable() throws -> URL {
    let bundles = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    let process = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for folder in [process, Bundle.main.bundleURL] + bundles {
      let candidate = folder.appendingPathComponent("infotheory")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw NotBuilt()
  }

  /// Prepares a run without starting it.
  static func process(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    return process
  }

  /// Runs the tool to its end, in a folder, with an input that comes through a pipe.
  static func run(
    _ arguments: [String], in folder: URL? = nil, input: String = ""
  ) throws -> Outcome {
    let process = try process(arguments, in: folder)
    let (input, bytes) = (Pipe(), Data(input.utf8))
    let (output, error) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // Small enough for the pipe's buffer, so that nobody waits for anybody.
    precondition(bytes.count <= 1 << 15, "give larger input as a file")
    input.fileHandleForWriting.write(bytes)
    try input.fileHandleForWriting.close()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      error: String(decoding: complaint, as: UTF8.self))
  }
}

extension Tool {
  /// Runs the tool to its end with any number of bytes that come through a pipe.
  static func run(
    _ arguments: [String], in folder: URL? = nil, bytes: [UInt8],
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = try process(arguments, in: folder, environment: environment)
    let (input, output, error) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    // A tool that ends early closes the pipe, which is for the test to judge.
    signal(SIGPIPE, SIG_IGN)
    try process.run()
    let descriptor = fcntl(input.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 0)
    try input.fileHandleForWriting.close()
    Thread.detachNewThread {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes {
          unsafe write(descriptor, $0.baseAddress, $0.count)
        }
        guard count > 0 else { break }
        rest = rest.dropFirst(count)
      }
      close(descriptor)
    }
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      error: String(decoding: complaint, as: UTF8.self))
  }
}

/// A folder for one test, gone afterwards.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("infotheory-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }

  /// Writes a text file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}

/// The repository's example data.
enum Examples {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Examples/data")
}
