import Foundation
import Testing

extension EndToEndTests {
  /// What `compare-logits` prints.
  @Suite struct CompareLogitsTests {
    private static let digits = ["digits-logits.csv", "digits-logits-regularised.csv"]

    private func run(
      _ arguments: [String], in folder: URL = Examples.folder, input: String = ""
    ) throws -> Tool.Outcome {
      let outcome = try Tool.run(["compare-logits"] + arguments, in: folder, input: input)
      try #require(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.error == "")
      #expect(arguments.contains("--json") || outcome.lines.allSatisfy { $0.count <= 80 })
      return outcome
    }

    private func json(
      _ arguments: [String], in folder: URL = Examples.folder, input: String = ""
    ) throws -> [String: Any] {
      let output = try run(arguments + ["--json"], in: folder, input: input).output
      return try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }

    private func mean(
      _ json: [String: Any], _ key: String, _ part: String = "mean"
    ) throws -> Double {
      let mean = try #require(json[key] as? [String: Any])
      return try #require(mean[part] as? Double)
    }

    @Test func digits() throws {
      let outcome = try run(Self.digits + ["--labels", "digits-labels.csv", "--rows", "3"])
      #expect(
        outcome.output == """
          A  digits-logits.csv
          B  digits-logits-regularised.csv
          899 rows, 10 classes

          Divergence of a row, in nats
                               mean  standard error   median     90 %     99 %
            D(A‖B)          0.33745         0.00669  0.29433  0.60887  0.97023
            D(B‖A)           1.0714          0.0147
            Jensen–Shannon  0.10273          0.0018

          Agreement
            The same likeliest class          0.94772
            Shared among the five likeliest   0.88031
            Mean difference of the largest p  0.28045

          Cross-entropy with the labels, in nats
                                     mean  standard error  accuracy
            A                     0.12665          0.0156    0.9644
            B                     0.48517          0.0134   0.94327
            B less A, row by row  0.35852          0.0122

          Rows that differ most, counted from 0
            row  D(A‖B)  D(B‖A)   A says   B says    label
            85   1.3348  2.1656  class_4  class_7  class_4
            277  1.2119  1.2937  class_1  class_5  class_5
            441  1.1997  2.1136  class_9  class_1  class_9

          """)
    }

    /// NumPy's and SciPy's double-precision values of the same rows.
    @Test func theValuesOfDigits() throws {
      let json = try json(Self.digits + ["--labels", "digits-labels.csv"])
      for (key, part, truth) in [
        ("kl_a_b", "mean", 0.33744541584796495),
        ("kl_a_b", "standard_error", 0.006691534511076098),
        ("kl_b_a", "mean", 1.0714097966630958), ("jensen_shannon", "mean", 0.10272980449630505),
        ("confidence_difference", "mean", 0.28044771655653167),
        ("loss_a", "mean", 0.1266455317380738), ("loss_b", "mean", 0.485165637260925),
        ("loss_b_less_a", "standard_error", 0.012200819037044567),
      ] {
        #expect((try mean(json, key, part) / truth - 1).magnitude < 1e-13, "\(key)")
      }
      let quantiles = try #require(json["kl_a_b_quantiles"] as? [[String: Any]])
      for (entry, truth) in zip(quantiles, [0.29432801, 0.60886902, 0.97023157]) {
        #expect((try #require(entry["value"] as? Double) - truth).magnitude < 1e-8)
      }
      #expect(json["top_agreement"] as? Double == 852.0 / 899)
    }

    /// The reverse comparison is the mirror image, whatever the format.
    @Test func bothWaysAgree() throws {
      let there = try json(Self.digits)
      let back = try json(Self.digits.reversed())
      #expect(try mean(there, "kl_a_b") == (try mean(back, "kl_b_a")))
      #expect(try mean(there, "kl_b_a") == (try mean(back, "kl_a_b")))
      let (a, b) = (try mean(there, "jensen_shannon"), try mean(back, "jensen_shannon"))
      #expect((a / b - 1).magnitude < 1e-15)
      #expect(there["loss_a"] == nil)
    }

    @Test func equalAndOpposite() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "1,2\n20000,0\n")
      try scratch.write("b.csv", "8,9\n0,20000\n")
      let same = try json(["a.csv", "a.csv"], in: scratch.folder)
      #expect(try mean(same, "kl_a_b") == 0)
      // The first rows differ by an offset only; the others are 20000 nats apart.
      let apart = try json(["a.csv", "b.csv"], in: scratch.folder)
      #expect(try mean(apart, "kl_a_b") == 10_000)
      #expect(try mean(apart, "kl_b_a") == 10_000)
      try scratch.write("c.csv", "0,-inf\n0,0\n")
      let infinite = try run(["a.csv", "c.csv"], in: scratch.folder)
      #expect(infinite.output.contains("D(A‖B)               ∞"))
    }

    @Test func nearlyEqualLogits() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "0,0\n")
      try scratch.write("b.csv", "0.000000000001,0\n")
      let json = try json(["a.csv", "b.csv"], in: scratch.folder)
      // ½·¼·d² to sixteen digits: the next term is d² smaller.
      #expect((try mean(json, "kl_a_b") / 1.25e-25 - 1).magnitude < 4e-16)
    }

    @Test func oneModelThroughAPipeAndIgnoredRows() throws {
      let scratch = try Scratch()
      try scratch.write("b.npy", NumPyFile.float32([0, 1, 1, 0, 0, 0], shape: [3, 2]))
      try scratch.write("y.csv", "label\n0\n-1\n1\n")
      let outcome = try run(
        ["-", "b.npy", "--labels", "y.csv", "--ignore-index", "-1"], in: scratch.folder,
        input: "1,2\nnan,0\n0,1\n")
      #expect(outcome.lines[0] == "A  standard input")
      #expect(outcome.lines[2] == "3 rows, 1 ignored, 2 classes")
    }
  }
}
