import Foundation
import Testing

extension EndToEndTests {
  /// Pipes, signals and full disks.
  @Suite struct StreamTests {
    private static let compare = [
      "compare", "seattle-temps.csv", "sf-temps.csv", "--column", "temp",
    ]

    @Test func aClosedPipeIsQuiet() throws {
      let process = try Tool.process(Self.compare + ["--json"], in: Examples.folder)
      let (output, error) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = error
      try output.fileHandleForReading.close()
      try process.run()
      let complaint = try error.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 0)
      #expect(complaint.isEmpty)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func aFullDiskIsAnError() throws {
      let process = try Tool.process(Self.compare, in: Examples.folder)
      let error = Pipe()
      process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
      process.standardError = error
      try process.run()
      let complaint = try error.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(process.terminationStatus == 74)
      #expect(String(decoding: complaint, as: UTF8.self).contains("cannot write the output"))
    }

    @Test func noProgressBarInAPipe() throws {
      let outcome = try Tool.run(Self.compare, in: Examples.folder)
      #expect(outcome.status == 0)
      #expect(outcome.error == "")
    }

    @Test func interruptionLeavesNothingBehind() throws {
      let scratch = try Scratch()
      let process = try Tool.process(
        ["entropy", "-", "--column", "x"], environment: ["TMPDIR": scratch.folder.path])
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      // More than a pipe holds: once it is written, the tool has begun to keep it.
      let rows = String(repeating: "1\n", count: 100_000)
      input.fileHandleForWriting.write(Data(("x\n" + rows).utf8))
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 130)
      #expect(try output.fileHandleForReading.readToEnd() ?? Data() == Data())
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == [])
    }

    @Test func standardInputMayBePipeOrFile() throws {
      let scratch = try Scratch()
      let path = try scratch.write("a.csv", "x\nu\nv\nv\nv\n")
      let piped = try Tool.run(
        ["entropy", "-", "--column", "x", "--json"], input: "x\nu\nv\nv\nv\n")
      let process = try Tool.process(["entropy", "-", "--column", "x", "--json"])
      let output = Pipe()
      process.standardInput = FileHandle(forReadingAtPath: path)
      process.standardOutput = output
      try process.run()
      let text = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(piped.status == 0)
      #expect(process.terminationStatus == 0)
      #expect(String(decoding: text, as: UTF8.self) == piped.output)
      #expect(piped.output.contains("\"file\" : \"standard input\""))
    }
  }
}
