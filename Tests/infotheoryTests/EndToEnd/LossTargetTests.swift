import Foundation
import Testing

extension EndToEndTests {
  /// What `loss` prints of targets that are no labels, and of probabilities.
  ///
  /// The values are those of 40 digits.
  @Suite struct LossTargetTests {
    private static let logits = "1,2,3\n1,0,-1\n0.5,0.5,0.5\n"

    /// Files that the tests read.
    private let scratch: Scratch

    init() throws {
      scratch = try Scratch()
      try scratch.write("z.csv", Self.logits)
      try scratch.write("y.csv", "2\n0\n1\n")
      try scratch.write("hot.csv", "0,0,1\n1,0,0\n0,1,0\n")
      try scratch.write("open.csv", "2,0,0\n0,0,0\n0.5,0.5,0.5\n")
      try scratch.write("x.csv", "0.5,0.5,-2,-2,1\n")
      try scratch.write("t.csv", "1,0,1,0,0.3\n")
      try scratch.write("p.csv", "0.4,0\n0.9,0.5\n")
      try scratch.write("q.csv", "1,0\n0.3,1\n")
      try scratch.write("never.csv", "0\n")
      try scratch.write("always.csv", "1\n")
    }

    private func value(_ arguments: [String]) throws -> Double {
      try LossTool.value(try LossTool.json(arguments, in: scratch.folder))
    }

    // MARK: Distributions over the classes

    @Test(arguments: [[String](), ["--class-weights", "1,2,5"], ["--label-smoothing", "0.25"]])
    func certainTargetsAreLabels(options: [String]) throws {
      let folder = scratch.folder
      let arguments = ["cross-entropy", "--logits", "z.csv"] + options
      let labels = try LossTool.json(arguments + ["--labels", "y.csv"], in: folder)
      let targets = try LossTool.json(arguments + ["--targets", "hot.csv"], in: folder)
      for key in ["value", "sum", "standard_error"] {
        #expect(try LossTool.value(labels, key) == (try LossTool.value(targets, key)))
      }
      for key in ["scores", "classes", "reliability"] {
        #expect((labels[key] as? NSObject) == (targets[key] as? NSObject))
      }
      #expect(targets["scored_rows"] as? Int == 3)
    }

    @Test func distributions() throws {
      try scratch.write("z.csv", "2,-1\n-1,2\n0,0\n")
      try scratch.write("q.csv", "0.9,0.1\n0.1,0.9\n0.5,0.5\n")
      let text = try LossTool.run(
        ["cross-entropy", "--logits", "z.csv", "--targets", "q.csv", "--calibration-bins", "2"],
        in: scratch.folder)
      #expect(
        text.output == """
          z.csv, q.csv
          3 rows, 2 classes

          Softmax cross-entropy, over 3 rows
            Loss              0.463441 nats
              standard error     0.115 nats

          Predictions, against the likeliest target of each row
            1 row with several left out
            Cross-entropy with that class  0.0485874 nats
              standard error                       0 nats
            Perplexity                            1.04979
            Accuracy, the likeliest class               1
            Brier score, in 0 … 2              0.00449843

          Calibration, 2 bins of equal width, empty ones left out
            Expected calibration error  0.0474259
            Maximum calibration error   0.0474259
            probability  rows  accuracy  mean p      gap
            0.5 … 1         2         1  0.9526  0.04743

          Classes
            class  rows  cross-entropy  accuracy  mean p
            0         1        0.04859         1  0.9526
            1         1        0.04859         1  0.9526

          """)
    }

    @Test(arguments: [
      (["--validation", "non-negative"], 2.1543767872969750487),
      (["--preset", "pytorch"], 2.1543767872969750487),
      (["--preset", "mlx"], 1.9712747391856234335),
    ])
    func totalsOtherThanOne(options: [String], truth: Double) throws {
      let value = try value(
        ["cross-entropy", "--logits", "z.csv", "--targets", "open.csv"] + options)
      #expect((value / truth - 1).magnitude < 4e-15)
    }

    // MARK: Yes and no

    @Test func probabilities() throws {
      let text = try LossTool.run(
        [
          "binary-cross-entropy", "--probabilities", "p.csv", "--targets", "q.csv",
          "--calibration-bins", "1",
        ], in: scratch.folder)
      #expect(
        text.output == """
          p.csv, q.csv
          4 elements

          Binary cross-entropy, over 4 elements
            Loss              0.813214 nats
              standard error     0.339 nats

          Predictions
            Accuracy                 0.25
            Mean target             0.575
            Brier score, in 0 … 1  0.2425

          Calibration, 1 bin of equal width, empty ones left out
            Expected calibration error  0.125
            Maximum calibration error   0.125
            probability  rows  accuracy  mean p    gap
            0 … 1           4     0.575    0.45  0.125

          Columns
            column    loss  accuracy  mean target  mean p
            0         1.28         0         0.65    0.65
            1       0.3466       0.5          0.5    0.25

          """)
    }

    @Test func probabilitiesForPrograms() throws {
      let output = try LossTool.run(
        ["binary-cross-entropy", "--probabilities", "p.csv", "--targets", "q.csv", "--json"],
        in: scratch.folder
      ).output
      for line in [
        #""probabilities" : "p.csv""#, #""value" : 0.8132139080568201"#,
        #""loss" : 1.2798542258336676"#, #""loss" : 0.34657359027997264"#,
        #""name" : null"#,
      ] {
        #expect(output.contains(line), "\(output)")
      }
      #expect(!output.contains("logits"))
    }

    /// Logits and their probabilities have the same scores.
    @Test func bothHaveTheSameScores() throws {
      try scratch.write("x.csv", "0,1,-3\n2,-1,0.5\n")
      try scratch.write(
        "p.csv",
        "0.5,0.7310585786300049,0.04742587317756678\n"
          + "0.8807970779778823,0.2689414213699951,0.6224593312018546\n")
      try scratch.write("t.csv", "1,1,0\n0,0.25,1\n")
      func scores(_ option: String, _ file: String) throws -> [String: Double] {
        let json = try LossTool.json(
          ["binary-cross-entropy", option, file, "--targets", "t.csv"], in: scratch.folder)
        let scores = try #require(json["scores"] as? [String: Double])
        let loss = try LossTool.value(json)
        return scores.merging(["loss": loss]) { $1 }
      }
      let (a, b) = (try scores("--logits", "x.csv"), try scores("--probabilities", "p.csv"))
      #expect(a.count == 7 && a.keys == b.keys)
      for (key, value) in a {
        #expect(abs(value - (b[key] ?? .nan)) <= 2e-15, "\(key)")
      }
    }

    static let floored: [([String], Double)] = [
      (["--log-floor", "-100"], 100), (["--log-floor", "-2.5"], 2.5),
      (["--epsilon", "0.125"], 2.0794415416798357), (["--preset", "pytorch"], 100),
      (["--preset", "keras"], 16.118095650958319833),
      (["--preset", "keras", "--log-floor", "-3"], 3),
    ]

    @Test(arguments: floored)
    func floors(options: [String], truth: Double) throws {
      let value = try value(
        ["binary-cross-entropy", "--probabilities", "never.csv", "--targets", "always.csv"]
          + options)
      #expect(abs(value - truth) <= truth.ulp)
    }

    @Test func withoutAFloorItIsInfinite() throws {
      for options in [[], ["--log-floor", "none", "--preset", "pytorch"]] {
        let text = try LossTool.run(
          ["binary-cross-entropy", "--probabilities", "never.csv", "--targets", "always.csv"]
            + options, in: scratch.folder)
        #expect(text.output.contains("∞ nats\n") && text.output.contains("over 1 element"))
        #expect(text.output.contains("rows with infinite loss"))
      }
    }

    @Test(arguments: [
      ([String](), 0.18543924811725124314), (["--preset", "pytorch"], 0.18543924811725124314),
      (["--preset", "pytorch", "--alpha", "none", "--gamma", "0"], 0.94305433559287623996),
    ])
    func sigmoidFocal(options: [String], truth: Double) throws {
      let value = try value(["sigmoid-focal", "--logits", "x.csv", "--targets", "t.csv"] + options)
      #expect((value / truth - 1).magnitude < 4e-15)
    }

    @Test func focalWithoutWeights() throws {
      try scratch.write("x.csv", "0.5,-2\n")
      try scratch.write("t.csv", "1,0\n")
      for options in [
        ["--preset", "optax"], ["--alpha", "none"], ["--soft-targets", "termwise"],
      ] {
        let json = try LossTool.json(
          ["sigmoid-focal", "--logits", "x.csv", "--targets", "t.csv"] + options,
          in: scratch.folder)
        let truth =
          options[0] == "--soft-targets" ? 0.0091230223779030952137 : 0.034688526676372005477
        #expect((try LossTool.value(json) / truth - 1).magnitude < 4e-15, "\(options)")
      }
    }

    // MARK: Frameworks and units

    @Test func focalLeavesOutWhatTheFrameworkDoes() throws {
      try scratch.write("y.csv", "2\n-100\n1\n")
      let json = try LossTool.json(
        ["focal", "--logits", "z.csv", "--labels", "y.csv", "--preset", "pytorch"],
        in: scratch.folder)
      #expect((try LossTool.value(json) / 0.26697496363241126469 - 1).magnitude < 4e-15)
      #expect(json["valid_rows"] as? Int == 2)
    }

    @Test func theMeanOfElements() throws {
      let arguments = ["kl", "--logits", "z.csv", "--targets", "hot.csv"]
      let rows = try value(arguments)
      #expect((rows / 0.63794140585229010012 - 1).magnitude < 1e-15)
      #expect(try value(arguments + ["--preset", "mlx"]) == rows)
      let text = try LossTool.run(arguments + ["--preset", "pytorch"], in: scratch.folder)
      #expect(text.lines.contains("Kullback–Leibler loss, over 9 elements, as PyTorch has it"))
      let json = try LossTool.run(
        arguments + ["--preset", "pytorch", "--json"], in: scratch.folder)
      #expect(json.output.contains(#""value" : 0.2126471352840967"#))
      #expect(json.output.contains(#""denominator" : 9"#))
    }

    @Test(arguments: [("bits", 0.6931471805599453), ("hartleys", 2.302585092994046)])
    func units(name: String, nats: Double) throws {
      let runs = [
        ["cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--reduction", "sum"],
        ["cross-entropy", "--logits", "z.csv", "--targets", "hot.csv"],
        ["focal", "--logits", "z.csv", "--labels", "y.csv"],
        ["binary-cross-entropy", "--logits", "x.csv", "--targets", "t.csv"],
        ["sigmoid-focal", "--logits", "x.csv", "--targets", "t.csv"],
        ["kl", "--logits", "z.csv", "--targets", "hot.csv", "--preset", "pytorch"],
      ]
      for run in runs {
        let folder = scratch.folder
        let plain = try LossTool.json(run, in: folder)
        let json = try LossTool.json(run + ["--unit", name], in: folder)
        #expect((json["loss"] as? [String: Any])?["unit"] as? String == name)
        for key in ["value", "sum", "mean"] {
          let (a, b) = (try LossTool.value(plain, key), try LossTool.value(json, key))
          #expect((b * nats / a - 1).magnitude < 1e-15, "\(run) \(key)")
        }
      }
    }

    @Test func oneBit() throws {
      try scratch.write("z.csv", "0.5,0.5\n")
      try scratch.write("other.csv", "0.5,-inf\n")
      try scratch.write("y.csv", "0\n")
      let json = try LossTool.json(
        ["cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--unit", "bits"],
        in: scratch.folder)
      let scores = try #require(json["scores"] as? [String: Any])
      let classes = try #require(json["classes"] as? [[String: Any]])
      #expect(try LossTool.value(json) == 1)
      #expect(scores["cross_entropy"] as? Double == 1 && scores["perplexity"] as? Double == 2)
      #expect(classes[0]["cross_entropy"] as? Double == 1)
      let lines = try LossTool.run(
        ["cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--unit", "bits"],
        in: scratch.folder
      ).lines
      #expect(lines.contains("  Loss  1 bits") && lines.contains("Classes, losses in bits"))
      let models = try Tool.run(
        ["compare-logits", "other.csv", "z.csv", "--labels", "y.csv", "--unit", "bits", "--json"],
        in: scratch.folder)
      #expect(models.output.contains("\"unit\" : \"bits\""))
      #expect(models.output.contains("\"kl_a_b\" : 1,"), "\(models.output)")
      let text = try Tool.run(
        ["compare-logits", "other.csv", "z.csv", "--labels", "y.csv", "--unit", "bits"],
        in: scratch.folder)
      #expect(text.lines.contains("Divergence of a row, in bits"))
      #expect(text.lines.contains("Cross-entropy with the labels, in bits"))
    }
  }
}
