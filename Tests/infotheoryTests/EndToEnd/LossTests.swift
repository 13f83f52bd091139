import Foundation
import TestSupport
import Testing

@testable import infotheory

extension EndToEndTests {
  /// What `loss` prints.
  @Suite struct LossTests {
    private static let digits = ["--logits", "digits-logits.csv", "--labels", "digits-labels.csv"]

    @Test func digits() throws {
      let outcome = try LossTool.run(["cross-entropy"] + Self.digits)
      #expect(
        outcome.output == """
          digits-logits.csv, digits-labels.csv
          899 rows, 10 classes

          Softmax cross-entropy, over 899 rows
            Loss              0.126646 nats
              standard error    0.0156 nats

          Predictions
            Perplexity                       1.13501
            Accuracy, the likeliest class   0.964405
              the five likeliest            0.998888
            Brier score, in 0 … 2          0.0583282

          Calibration, 15 bins of equal width, empty ones left out
            Expected calibration error  0.0213734
            Maximum calibration error    0.373047
            probability      rows  accuracy  mean p       gap
            0.3333 … 0.4        2         0   0.373    -0.373
            0.4 … 0.4667        4      0.75  0.4177    0.3323
            0.4667 … 0.5333     7    0.7143  0.5007    0.2136
            0.5333 … 0.6       19    0.5789  0.5602   0.01876
            0.6 … 0.6667       12    0.6667  0.6339   0.03276
            0.6667 … 0.7333    22    0.8182  0.7007    0.1175
            0.7333 … 0.8       22    0.8182  0.7691   0.04909
            0.8 … 0.8667       30       0.9  0.8346    0.0654
            0.8667 … 0.9333    61    0.9672  0.9063   0.06092
            0.9333 … 1        720    0.9972  0.9895  0.007711

          Classes
            class      rows  cross-entropy  accuracy  mean p
            0 class_0    89        0.01666         1  0.9852
            1 class_1    91         0.1137     0.978  0.9119
            2 class_2    88        0.04456    0.9886   0.963
            3 class_3    92         0.2909    0.9239  0.8599
            4 class_4    91         0.1161     0.978  0.9456
            5 class_5    91         0.1367     0.956  0.9244
            6 class_6    91        0.05869     0.989  0.9668
            7 class_7    89        0.09795    0.9663  0.9425
            8 class_8    87         0.2061     0.931  0.8888
            9 class_9    90         0.1817    0.9333  0.8948

          """)
    }

    /// SciPy's double-precision softmax of the file, and scikit-learn's log-loss of the
    /// model's own single-precision probabilities.
    @Test func theValueOfDigits() throws {
      let value = try LossTool.value(try LossTool.json(["cross-entropy"] + Self.digits))
      #expect((value / 0.1266455317380738 - 1).magnitude < 1e-14)
      #expect((value / 0.12664553050573063 - 1).magnitude < 1e-8)
    }

    // MARK: Formats

    private static let logits: [Double] = [1, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5]
    private static let csv = "1,2,3\n1,0,-1\n0.5,0.5,0.5\n"

    /// 0.63794140585229010012 to the last bit, by 60 digits.
    private static let value = "\"value\" : 0.6379414058522901\n"

    /// Every format has the same bits.
    @Test func everyFormatIsTheSame() throws {
      let scratch = try Scratch()
      try scratch.write("plain.csv", Self.csv)
      try scratch.write("named.csv", "a,b,c\n" + Self.csv)
      try scratch.write("counted.csv", "0,1,2\n" + Self.csv)
      try scratch.write(
        "quoted.csv", "\"a\",\"b\"\"\",c\r\n\"1\", 2 ,3\r\n\r\n1,0,-1\r\n.5,5e-1,0.5")
      try scratch.write("tabs.csv", Self.csv.replacing(",", with: "\t"))
      try scratch.write("double.npy", NumPyFile.float64(Self.logits, shape: [3, 3]))
      try scratch.write(
        "single.npy", NumPyFile.float32(Self.logits.map(Float.init), shape: [3, 3]))
      try scratch.write("y.csv", "2\n0\n1\n")
      try scratch.write("y-named.csv", "row,label\n1,2\n2,0\n3,1\n")
      try scratch.write("y.npy", NumPyFile.int64([2, 0, 1]))
      try scratch.write(
        "y-small.npy", NumPyFile.bytes(type: "|u1", shape: [3, 1], payload: [2, 0, 1]))
      let runs = [
        ["plain.csv", "y.csv"], ["named.csv", "y.csv"], ["counted.csv", "y.npy"],
        ["quoted.csv", "y.csv"], ["double.npy", "y.csv"], ["single.npy", "y-small.npy"],
        ["plain.csv", "y.csv", "--header", "absent"],
        ["named.csv", "y-named.csv", "--header", "present", "--label-column", "label"],
        ["tabs.csv", "y.csv", "--delimiter", "tab"],
      ]
      for run in runs {
        let options = ["cross-entropy", "--logits", run[0], "--labels", run[1]] + run[2...]
        let output = try LossTool.run(options + ["--json"], in: scratch.folder).output
        #expect(output.contains(Self.value), "\(run)")
        #expect(output.contains("\"rows\" : 3,"))
      }
    }

    @Test func logitsMayComeThroughAPipe() throws {
      let scratch = try Scratch()
      try scratch.write("y.csv", "2\n0\n1\n")
      let piped = try LossTool.run(
        ["cross-entropy", "--logits", "-", "--labels", "y.csv", "--json"], in: scratch.folder,
        input: Self.csv)
      #expect(piped.output.contains(Self.value))
      #expect(piped.output.contains("\"logits\" : \"standard input\""))
    }

    /// More rows than a block holds, in files whose blocks end elsewhere.
    @Test func blocksDoNotShow() throws {
      let scratch = try Scratch()
      let count = 45_000
      var random = SplitMix64(state: 9)
      let logits = (0..<(3 * count)).map { _ in Float(random.next() >> 50) * 0x1p-10 }
      let labels = (0..<count).map { _ in Int(random.next() % 3) }
      let rows = (0..<count).map { row -> String in
        let cells = logits[(3 * row)..<(3 * row + 3)].map { "\($0)" }
        return cells.joined(separator: ",") + "\n"
      }
      try scratch.write("z.npy", NumPyFile.float64(logits.map(Double.init), shape: [count, 3]))
      try scratch.write("z.csv", rows.joined())
      try scratch.write("y.npy", NumPyFile.int64(labels))
      try scratch.write("y.csv", labels.map { "\($0)\n" }.joined())
      let a = try LossTool.run(
        ["cross-entropy", "--logits", "z.npy", "--labels", "y.csv"], in: scratch.folder)
      let b = try LossTool.run(
        ["cross-entropy", "--logits", "z.csv", "--labels", "y.npy"], in: scratch.folder)
      #expect(a.lines[1] == "45000 rows, 3 classes")
      #expect(a.lines[1...] == b.lines[1...])
    }

    // MARK: Options

    @Test(arguments: [
      (["--class-weights", "1,2,5", "--reduction", "weighted-mean"], 0.58035754550031265121),
      (["--class-weights", "1,2,5"], 1.54762012133416706990),
      (["--preset", "pytorch", "--class-weights", "1,2,5"], 0.58035754550031265121),
      (["--label-smoothing", "0.1"], 0.70460807251895676679),
      (["--reduction", "sum"], 1.91382421755687030036),
      (["--ignore-index", "0"], 0.75310912655624499794),
      (["--ignore-index", "0", "--reduction", "batch-mean"], 0.75310912655624499794 * 2 / 3),
    ])
    func options(options: [String], truth: Double) throws {
      let scratch = try Scratch()
      try scratch.write("z.csv", Self.csv)
      try scratch.write("y.csv", "2\n0\n1\n")
      let json = try LossTool.json(
        ["cross-entropy", "--logits", "z.csv", "--labels", "y.csv"] + options,
        in: scratch.folder)
      #expect((try LossTool.value(json) / truth - 1).magnitude < 4e-15)
    }

    @Test func softcapAndZLoss() throws {
      let scratch = try Scratch()
      try scratch.write("z.csv", "12,-3,45\n")
      try scratch.write("y.csv", "2\n")
      let json = try LossTool.json(
        [
          "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--logit-softcap", "30",
          "--z-loss-scale", "1e-4",
        ], in: scratch.folder)
      #expect((try LossTool.value(json) / 0.07373654691370333498 - 1).magnitude < 4e-15)
    }

    @Test func whatNothingIs() throws {
      let scratch = try Scratch()
      try scratch.write("z.csv", "12,-3\n")
      try scratch.write("y.csv", "-100\n")
      let arguments = ["cross-entropy", "--logits", "z.csv", "--labels", "y.csv"]
      let torch = try LossTool.json(arguments + ["--preset", "pytorch"], in: scratch.folder)
      #expect((torch["loss"] as? [String: Any])?["value"] is NSNull)
      let text = try LossTool.run(arguments + ["--preset", "pytorch"], in: scratch.folder)
      #expect(text.output.contains("Loss  undefined"))
      let keras = try LossTool.json(
        arguments + ["--preset", "keras", "--ignore-index", "-100"], in: scratch.folder)
      #expect(try LossTool.value(keras) == 0)
      let ours = try Tool.run(
        ["loss"] + arguments + ["--ignore-index", "-100"], in: scratch.folder)
      #expect(ours.status == 65)
      #expect(ours.error.contains("y.csv: all 1 rows are ignored"))
    }

    // MARK: Other losses

    @Test func focal() throws {
      let plain = try LossTool.json(["cross-entropy"] + Self.digits)
      let zero = try LossTool.json(["focal", "--gamma", "0"] + Self.digits)
      #expect(try LossTool.value(zero) == (try LossTool.value(plain)))
      let two = try LossTool.json(["focal"] + Self.digits)
      #expect(try LossTool.value(two) < (try LossTool.value(plain)))
      #expect(
        (two["scores"] as? [String: Any])?["cross_entropy"] as? Double
          == (try LossTool.value(plain)))
    }

    @Test func binary() throws {
      let scratch = try Scratch()
      try scratch.write("x.csv", "0.4,-1.2\n2,0.1\n")
      try scratch.write("t.csv", "1,0\n0.3,1\n")
      let arguments = ["binary-cross-entropy", "--logits", "x.csv", "--targets", "t.csv"]
      let json = try LossTool.json(arguments, in: scratch.folder)
      // Σ softplus(x) − t·x of the four, by ball arithmetic.
      #expect((try LossTool.value(json) / 0.73690559771363180103 - 1).magnitude < 1e-15)
      let scores = try #require(json["scores"] as? [String: Any])
      #expect(scores["accuracy"] as? Double == 0.75)
      let text = try LossTool.run(arguments + ["--positive-weights", "3,0.5"], in: scratch.folder)
      #expect(text.lines[1] == "4 elements")
      #expect(text.lines[2] == "Binary cross-entropy, over 4 elements")
    }

    @Test func klOfTargets() throws {
      let scratch = try Scratch()
      try scratch.write("z.npy", NumPyFile.float64([1, 2, 3, 1, 2, 3], shape: [2, 3]))
      try scratch.write("q.csv", "0.2,0.3,0.5\n0.2,0.3,0.5\n")
      let json = try LossTool.json(
        ["kl", "--logits", "z.npy", "--targets", "q.csv"], in: scratch.folder)
      #expect((try LossTool.value(json) / 0.07795295037980677707 - 1).magnitude < 1e-14)
      #expect(try LossTool.value(json, "standard_error") == 0)
    }
  }
}
