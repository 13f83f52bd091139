import Foundation
import Testing

extension EndToEndTests {
  /// What the help of `loss` and `compare-logits` shows can be done.
  @Suite struct HelpExampleTests {
    /// The files that the examples name, of 3 rows.
    private func scratch() throws -> Scratch {
      let scratch = try Scratch()
      let classes = NumPyFile.float64([1, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5], shape: [3, 3])
      let shares = NumPyFile.float64([0.5, 0.25, 0.25, 1, 0, 0, 0, 0.5, 0.5], shape: [3, 3])
      for name in ["z.npy", "student.npy", "a.npy", "b.npy"] { try scratch.write(name, classes) }
      for name in ["q.npy", "teacher.npy"] { try scratch.write(name, shares) }
      try scratch.write("y.npy", NumPyFile.int64([2, 0, 1]))
      try scratch.write("x.npy", NumPyFile.float64([1, -2, 3, 0.5, 0, 1], shape: [3, 2]))
      try scratch.write("t.npy", NumPyFile.float64([1, 0, 1, 0.5, 0, 1], shape: [3, 2]))
      try scratch.write("z.csv", "1,2,3\n1,0,-1\n0.5,0.5,0.5\n")
      try scratch.write("q.csv", "0.5,0.25,0.25\n1,0,0\n0,0.5,0.5\n")
      try scratch.write("y.csv", "2\n0\n1\n")
      try scratch.write("x.csv", "1,-2\n3,0.5\n0,1\n")
      try scratch.write("t.csv", "1,0\n1,0.5\n0,1\n")
      try scratch.write("p.csv", "0.75,0.125\n1,0.5\n0,0.875\n")
      for name in ["digits-logits.csv", "digits-logits-regularised.csv"] {
        let path = Examples.folder.appendingPathComponent(name).path
        try scratch.write(name, try String(contentsOfFile: path, encoding: .utf8))
      }
      return scratch
    }

    /// The examples of a help text, a continued line being one.
    private func examples(of command: [String]) throws -> [String] {
      let help = try Tool.run(command + ["--help"]).output
      let joined = help.replacing(/\\\n\s+/, with: " ")
      return joined.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0.contains("infotheory ") && !$0.hasPrefix("USAGE") && !$0.hasPrefix("See") }
    }

    @Test(arguments: [
      ["loss"], ["loss", "cross-entropy"], ["loss", "focal"], ["loss", "binary-cross-entropy"],
      ["loss", "sigmoid-focal"], ["loss", "kl"], ["compare-logits"],
    ])
    func theyWork(command: [String]) throws {
      let scratch = try scratch()
      let examples = try examples(of: command)
      #expect(examples.count >= 3)
      for example in examples {
        let isPiped = example.contains("| ")
        let text = example.split(separator: "infotheory ", maxSplits: 1).last ?? ""
        let arguments = text.split(separator: " ").map(String.init)
        let outcome = try Tool.run(
          arguments, in: scratch.folder, input: isPiped ? "1,2,3\n1,0,-1\n0.5,0.5,0.5\n" : "")
        #expect(outcome.status == 0, "\(example): \(outcome.error)")
        #expect(!outcome.output.isEmpty)
      }
    }
  }
}
