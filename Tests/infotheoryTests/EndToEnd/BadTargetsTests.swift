import Foundation
import Testing

extension EndToEndTests {
  /// Every kind of bad targets and probabilities has its message and its status.
  @Suite struct BadTargetsTests {
    private let scratch: Scratch

    init() throws {
      scratch = try Scratch()
      try scratch.write("z.csv", "1,2,3\n1,0,-1\n")
      try scratch.write("q.csv", "a,b,c\n0.5,0.25,0.25\n0,0,1\n")
      try scratch.write("y.csv", "0\n1\n")
    }

    private func run(_ arguments: [String]) throws -> Tool.Outcome {
      try Tool.run(["loss"] + arguments, in: scratch.folder)
    }

    struct Case: CustomTestStringConvertible, Sendable {
      let file: String
      let options: [String]
      let message: String

      init(_ options: String, _ file: String, _ message: String) {
        (self.file, self.message) = (file, message)
        self.options = options.split(separator: " ").map(String.init)
      }

      var testDescription: String { "\(options) \(file)" }
    }

    private static let soft = "cross-entropy --logits z.csv --targets bad"
    private static let yesNo = "binary-cross-entropy --probabilities bad --targets q.csv"

    static let data = [
      Case(
        soft, "0.5,0.5,0\n0.5,0.25,0\n",
        "bad, line 2 (row 1): the targets sum to 0.75, not to 1 within 1.4901161193847656e-08; "
          + "normalise them, or pass --validation non-negative"),
      Case(soft, "a,b,c\n1.5,-0.5,0\n", "bad, line 2 (row 0), class 1: the target is -0.5"),
      Case(
        soft + " --preset pytorch", "1.5,-0.5,0\n",
        "bad, line 1 (row 0), class 1: the target is -0.5; it must be not negative"),
      Case(
        soft, "0.5,nan,0.5\n",
        "bad, line 1 (row 0), column 1: there is NaN; mend the row or leave it out"),
      Case(soft, "0.5,0.5\n1,0\n", "z.csv has 3 columns and bad has 2, but each is a class"),
      Case(soft, "1,0,0\n", "z.csv has 2 rows and bad has 1, but each row needs its counterpart"),
      Case(
        soft + " --class-weights 1,0,0 --reduction weighted-mean", "0,1,0\n0,0,1\n",
        "bad: the 2 rows weigh 0 in total, which leaves no weighted mean"),
      Case(
        yesNo, "0.5,0.5,1\n0,1.5,0\n",
        "bad, line 2 (row 1), column 1: the number is 1.5: it must be in 0 ... 1"),
      Case(yesNo, "0.5,nan,1\n", "bad, line 1 (row 0), column 1: there is NaN"),
      Case(yesNo, "0.5,-0.1,1\n", "bad, line 1 (row 0), column 1: the number is -0.1"),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets bad", "1,2,0\n",
        "bad, line 1 (row 0), column 1: the number is 2.0"),
      Case(
        "sigmoid-focal --logits z.csv --targets bad", "1,0,7\n",
        "bad, line 1 (row 0), column 2: the number is 7.0"),
      Case(
        "kl --logits z.csv --targets bad", "1,0,1\n",
        "bad, line 1 (row 0): the targets sum to 2.0, not to 1"),
      Case(
        "kl --logits z.csv --targets bad --preset pytorch", "1,0,-1\n",
        "bad, line 1 (row 0), class 2: the target is -1.0"),
    ]

    @Test(arguments: data)
    func badData(_ bad: Case) throws {
      try scratch.write("bad", bad.file)
      let outcome = try run(bad.options)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("infotheory: "))
      #expect(outcome.error.contains(bad.message), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }

    static let usage = [
      Case("cross-entropy --logits z.csv", "", "Give --labels, or --targets with probabilities."),
      Case(
        "cross-entropy --logits z.csv --labels y.csv --targets q.csv", "",
        "Give --labels or --targets, not both."),
      Case(
        "cross-entropy --logits z.csv --targets q.csv --ignore-index 1", "",
        "--label-column and --ignore-index go with --labels."),
      Case(
        "cross-entropy --logits z.csv --targets q.csv --label-column a", "", "go with --labels."),
      Case(
        "cross-entropy --logits z.csv --labels y.csv --validation non-negative", "",
        "--validation goes with --targets."),
      Case("cross-entropy --logits - --targets -", "", "can be only one of the files"),
      Case("cross-entropy --logits z.csv --targets q.csv --unit bytes", "", "bytes"),
      Case(
        "cross-entropy --logits z.csv --targets q.csv --class-weights 1,2", "",
        "--class-weights has 2 numbers, but z.csv has 3 classes."),
      Case(
        "cross-entropy --logits z.csv --targets q.csv --preset mlx --reduction sum", "",
        "--preset has a mean of its own"),
      Case(
        "cross-entropy --logits z.csv --targets q.csv --calibration-bins 0", "",
        "--calibration-bins is 0"),
      Case(
        "cross-entropy --logits z.csv --targets q.csv --label-smoothing 2", "",
        "--label-smoothing is 2.0"),
      Case(
        "focal --logits z.csv --labels y.csv --preset mlx --reduction sum", "",
        "--preset has a mean of its own"),
      Case("binary-cross-entropy --targets q.csv", "", "Give --logits or --probabilities."),
      Case(
        "binary-cross-entropy --logits z.csv --probabilities q.csv --targets q.csv", "",
        "Give --logits or --probabilities, not both."),
      Case(
        "binary-cross-entropy --logits z.csv --targets q.csv --log-floor -100", "",
        "--log-floor and --epsilon go with --probabilities."),
      Case(
        "binary-cross-entropy --logits z.csv --targets q.csv --epsilon 0.1", "",
        "--log-floor and --epsilon go with --probabilities."),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --label-smoothing 0.1", "",
        "--positive-weights and --label-smoothing go with --logits."),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --positive-weights 2", "",
        "go with --logits."),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --log-floor 0", "",
        "--log-floor is 0.0: it must be negative and finite, or none."),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --log-floor -inf", "",
        "--log-floor is -inf"),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --log-floor nan", "",
        "--log-floor is nan"),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --log-floor low", "", "low"),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --epsilon 0.5", "",
        "--epsilon is 0.5: it must be in 0 ..< 0.5."),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --epsilon -1e-7", "",
        "--epsilon is -1e-07"),
      Case(
        "binary-cross-entropy --probabilities q.csv --targets q.csv --epsilon 0 --log-floor -1",
        "", "Give --log-floor or --epsilon, not both."),
      Case("sigmoid-focal --logits z.csv --targets q.csv --gamma -1", "", "--gamma is -1.0"),
      Case("sigmoid-focal --logits z.csv --targets q.csv --alpha 2", "", "--alpha is 2.0"),
      Case("sigmoid-focal --logits z.csv --targets q.csv --alpha some", "", "some"),
      Case("sigmoid-focal --logits z.csv --targets q.csv --soft-targets both", "", "both"),
      Case("kl --logits z.csv --targets q.csv --validation any", "", "any"),
      Case("kl --logits z.csv --targets q.csv --preset chainer", "", "chainer"),
    ]

    @Test(arguments: usage)
    func badUsage(_ bad: Case) throws {
      let outcome = try run(bad.options)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("Error: "))
      #expect(outcome.error.contains(bad.message), "\(outcome.error)")
      #expect(outcome.error.contains("infotheory loss \(bad.options[0]) --help"))
    }

    @Test(arguments: [
      "cross-entropy --logits z.csv --targets nope", "cross-entropy --logits nope --targets q.csv",
      "binary-cross-entropy --probabilities nope --targets q.csv",
      "sigmoid-focal --logits z.csv --targets nope", "kl --logits z.csv --targets nope",
    ])
    func missingFiles(arguments: String) throws {
      let outcome = try run(arguments.split(separator: " ").map(String.init))
      #expect(outcome.status == 66)
      #expect(outcome.output == "")
      #expect(outcome.error.contains("cannot read nope"))
    }
  }
}
