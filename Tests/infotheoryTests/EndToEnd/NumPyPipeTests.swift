import Foundation
import TestSupport
import Testing

extension EndToEndTests {
  /// NumPy's format through a pipe is read as it comes.
  @Suite struct NumPyPipeTests {
    private static let logits = NumPyFile.float64(
      [1, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5], shape: [3, 3])
    private static let labels = NumPyFile.int64([2, 0, 1])

    private func run(
      _ bytes: [UInt8], logits: String = "-", labels: String = "-",
      environment: [String: String] = [:]
    ) throws -> Tool.Outcome {
      let scratch = try Scratch()
      try scratch.write("z.npy", Self.logits)
      try scratch.write("y.npy", Self.labels)
      return try Tool.run(
        ["loss", "cross-entropy", "--logits", logits, "--labels", labels, "--json"],
        in: scratch.folder, bytes: bytes, environment: environment)
    }

    @Test func eitherFileMayBeAPipe() throws {
      for outcome in [
        try run(Self.logits, labels: "y.npy"), try run(Self.labels, logits: "z.npy"),
        try run(Array("1,2,3\n1,0,-1\n0.5,0.5,0.5\n".utf8), labels: "y.npy"),
        try run(Array("2\n0\n1".utf8), logits: "z.npy"),
      ] {
        #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
        #expect(outcome.output.contains("\"value\" : 0.6379414058522901"))
      }
    }

    /// Many blocks, which nothing could keep, because there is nowhere to.
    @Test func blocksDoNotShowAndNothingIsKept() throws {
      let scratch = try Scratch()
      let count = 70_000
      var random = SplitMix64(state: 11)
      let logits = (0..<(3 * count)).map { _ in Double(random.next() >> 50) * 0x1p-10 }
      let bytes = NumPyFile.float64(logits, shape: [count, 3])
      try scratch.write("z.npy", bytes)
      try scratch.write("y.npy", NumPyFile.int64((0..<count).map { $0 % 3 }))
      func outcome(_ logits: String, _ bytes: [UInt8]) throws -> Tool.Outcome {
        try Tool.run(
          ["loss", "cross-entropy", "--logits", logits, "--labels", "y.npy"], in: scratch.folder,
          bytes: bytes, environment: ["TMPDIR": "/nowhere"])
      }
      let (file, pipe) = (try outcome("z.npy", []), try outcome("-", bytes))
      #expect(bytes.count > 3 << 19 && pipe.status == 0, "\(pipe.error)")
      #expect(pipe.lines[0] == "standard input, y.npy")
      #expect(pipe.lines[1] == "70000 rows, 3 classes")
      #expect(pipe.lines[1...] == file.lines[1...])
      let csv = try Tool.run(
        ["loss", "cross-entropy", "--logits", "-", "--labels", "y.npy"], in: scratch.folder,
        bytes: Array("1,2\n".utf8), environment: ["TMPDIR": "/nowhere"])
      #expect(csv.status == 74 && csv.error.contains("temporary"), "\(csv.error)")
    }

    /// The header may be longer than what is read at a time.
    @Test func aLongHeader() throws {
      let fields = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }"
      let header = Array((fields + String(repeating: " ", count: 200_000) + "\n").utf8)
      let length = NumPyFile.little(UInt32(header.count))
      let numbers = Array(Self.logits.suffix(72))
      let bytes = [0x93] + Array("NUMPY".utf8) + [2, 0] + length + header + numbers
      let outcome = try run(bytes, labels: "y.npy")
      #expect(outcome.output.contains("\"value\" : 0.6379414058522901"), "\(outcome.error)")
    }

    struct Case: CustomTestStringConvertible, Sendable {
      let name: String
      let bytes: [UInt8]
      let message: String

      var testDescription: String { name }
    }

    static let cases = [
      Case(
        name: "cut off", bytes: Array(logits.dropLast(3)),
        message: "standard input: 69 bytes follow the header, but 3 by 3 numbers of 8 bytes do "
          + "not take that; is the file cut off?"),
      Case(
        name: "no numbers", bytes: Array(logits.dropLast(72)),
        message: "standard input: 0 bytes follow the header"),
      Case(
        name: "a row of terabytes",
        bytes: NumPyFile.bytes(type: "<f8", shape: [3, 1 << 40], payload: [1, 2, 3]),
        message: "standard input: 3 bytes follow the header"),
      Case(
        name: "two arrays", bytes: logits + logits,
        message: "standard input: more follows the 3 rows that the header announces"),
      Case(
        name: "a byte too many", bytes: logits + [0],
        message: "standard input: more follows the 3 rows"),
      Case(
        name: "header cut off", bytes: Array(logits.prefix(40)),
        message: "standard input: the file ends within its .npy header"),
      Case(
        name: "magic only", bytes: Array(logits.prefix(6)), message: "of the .npy format"),
      Case(
        name: "part of the magic", bytes: Array(logits.prefix(3)), message: "standard input"),
      Case(name: "another binary", bytes: [1, 2, 0, 3, 4, 5, 6, 7], message: "NUL"),
      Case(name: "nothing", bytes: [], message: "standard input is empty"),
      Case(
        name: "more rows", bytes: NumPyFile.float64([1, 2, 3, 4, 5, 6], shape: [2, 3]),
        message: "standard input has 2 rows and y.npy has 3"),
      Case(
        name: "NaN", bytes: NumPyFile.float64([1, .nan, 3, 4, 5, 6], shape: [3, 2]),
        message: "the label 2 is not in 0 ..< 2"),
    ]

    @Test(arguments: cases)
    func badPipes(_ bad: Case) throws {
      let outcome = try run(bad.bytes, labels: "y.npy")
      #expect(outcome.status == 65, "\(outcome.error)")
      #expect(outcome.output == "")
      #expect(outcome.error.contains(bad.message), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
  }
}
