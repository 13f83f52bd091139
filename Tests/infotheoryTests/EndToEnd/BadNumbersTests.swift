import Foundation
import Testing

extension EndToEndTests {
  /// Every kind of bad logits and labels has its message and its status.
  @Suite struct BadNumbersTests {
    struct Case: CustomTestStringConvertible, Sendable {
      let name: String
      let logits: [UInt8]
      let labels: String
      let message: String

      init(_ name: String, _ logits: String, _ labels: String, _ message: String) {
        self.init(name, Array(logits.utf8), labels, message)
      }

      init(_ name: String, _ logits: [UInt8], _ labels: String, _ message: String) {
        (self.name, self.logits, self.labels, self.message) = (name, logits, labels, message)
      }

      var testDescription: String { name }
    }

    private static let payload = [UInt8](repeating: 0, count: 16)

    static let cases: [Case] = [
      Case(
        "fewer labels", "a,b\n1,2\n3,4\n", "0\n",
        "z has 2 rows and y.csv has 1, but each row needs its counterpart; was a line of names "
          + "taken for numbers, or the reverse? See --header"),
      Case("fewer logits", "1,2\n", "0\n1\n1\n", "z has 1 row and y.csv has 3"),
      Case(
        "label out of range", "1,2\n\n3,4\n", "l\n0\n2\n",
        "y.csv, line 3 (row 1): the label 2 is not in 0 ..< 2, the columns of logits; to leave "
          + "such rows out, add --ignore-index 2"),
      Case("negative label", "1,2\n", "-1\n", "y.csv, line 1 (row 0): the label -1 is not in"),
      Case("half a label", "1,2\n", "0.5\n", "row 0): the label 0.5 is not a whole number"),
      Case("missing label", "1,2\n3,4\n", "0\nNaN\n", "the label nan is not a whole number"),
      Case("no label", "1,2\n", "a,b\n1,2\n", "y.csv has 2 columns, but labels are one"),
      Case(
        "NaN", "a,b\n1,2\n3,nan\n", "0\n1\n",
        "z, line 3 (row 1), column \"b\": there is NaN; mend the row or leave it out"),
      Case("text", "a,b\n1,2\n3,x\n", "0\n1\n", "z, line 3, column \"b\": \"x\" is not a number"),
      Case("empty cell", "1,2\n3,\n", "0\n1\n", "z, line 2, column 1: the cell is empty"),
      Case(
        "ragged", "1,2\n3\n", "0\n1\n",
        "z, line 2: found 1 field, but the first line has 2 columns"),
      Case(
        "impossible", "1,2\n-inf,-inf\n", "0\n1\n",
        "z, line 2 (row 1): every logit is -inf, so no class is possible"),
      Case("two certain", "inf,inf\n", "0\n", "z, line 1 (row 0): 2 logits are +inf"),
      Case("empty", "", "0\n", "z is empty"),
      Case(
        "names or numbers", "0,1\n1,2\n", "0\n",
        "z, line 1: are 0 and 1 the names of the columns, or numbers? Add --header present or "
          + "--header absent"),
      Case("names only", "a,b\n", "l\n", "z: there are no rows"),
      Case(
        "big-endian", NumPyFile.bytes(type: ">f4", shape: [2, 2], payload: payload), "0\n1\n",
        "z: the numbers are of the type \">f4\", which cannot be read here; save float32 or "
          + "float64, little-endian: numpy.save(file, array.astype(\"<f4\"))"),
      Case(
        "whole logits", NumPyFile.bytes(type: "<i4", shape: [2, 2], payload: payload), "0\n1\n",
        "the numbers are of the type \"<i4\""),
      Case(
        "Fortran order",
        NumPyFile.bytes(type: "<f4", shape: [2, 2], isColumnMajor: true, payload: payload),
        "0\n1\n", "z: the array is in Fortran order; save it in C order"),
      Case(
        "three axes", NumPyFile.bytes(type: "<f4", shape: [1, 2, 2], payload: payload), "0\n1\n",
        "z: the shape is (1, 2, 2); it must be rows by columns"),
      Case(
        "no columns", NumPyFile.bytes(type: "<f4", shape: [2, 0], payload: []), "0\n1\n",
        "the shape is (2, 0)"),
      Case(
        "cut off", NumPyFile.bytes(type: "<f8", shape: [2, 2], payload: payload), "0\n1\n",
        "z: 16 bytes follow the header, but 2 by 2 numbers of 8 bytes do not take that"),
      Case(
        "too large", NumPyFile.bytes(type: "<f8", shape: [1 << 40, 1 << 40], payload: payload),
        "0\n", "numbers of 8 bytes do not take that"),
      Case(
        "a row too large", NumPyFile.bytes(type: "<f8", shape: [0, 1 << 62], payload: []), "0\n",
        "z: no file holds a row of 4611686018427387904 numbers"),
      Case(
        "header cut off", Array(NumPyFile.float32([1], shape: [1]).prefix(40)), "0\n",
        "z: the file ends within its .npy header"),
      Case(
        "another version", [0x93] + Array("NUMPY".utf8) + [9, 0, 0, 0, 0, 0], "0\n",
        "z: version 9 of the .npy format is not known"),
      Case(
        "fields", NumPyFile.bytes(type: "[('a', '<f4')]", shape: [2], payload: payload), "0\n1\n",
        "z: the numbers are of the type"),
      Case(
        "NaN in npy", NumPyFile.float32([1, 2, .nan, 4], shape: [2, 2]), "0\n1\n",
        "z, row 1, column 0: there is NaN"),
    ]

    @Test(arguments: cases)
    func badData(_ bad: Case) throws {
      let scratch = try Scratch()
      try scratch.write("z", bad.logits)
      try scratch.write("y.csv", bad.labels)
      let outcome = try Tool.run(
        ["loss", "cross-entropy", "--logits", "z", "--labels", "y.csv"], in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("infotheory: "))
      #expect(outcome.error.contains(bad.message), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }

    @Test func twoModelsMustMatch() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "1,2\n3,4\n")
      try scratch.write("b.csv", "1,2,3\n3,4,5\n")
      try scratch.write("c.csv", "1,2\n")
      try scratch.write("d.csv", "1,2\nnan,4\n")
      for (file, message) in [
        ("b.csv", "a.csv has 2 columns and b.csv has 3, but each is a class"),
        ("c.csv", "a.csv has 2 rows and c.csv has 1, but each row needs its counterpart"),
        ("d.csv", "d.csv, line 2 (row 1), column 0: there is NaN"),
      ] {
        let outcome = try Tool.run(["compare-logits", "a.csv", file], in: scratch.folder)
        #expect(outcome.status == 65)
        #expect(outcome.error.contains(message), "\(outcome.error)")
      }
    }

    @Test func badTargets() throws {
      let scratch = try Scratch()
      try scratch.write("x.csv", "1,2\n3,4\n")
      try scratch.write("t.csv", "1,0\n0.5,2\n")
      try scratch.write("q.csv", "0.5,0.5\n0.5,0.25\n")
      let binary = try Tool.run(
        ["loss", "binary-cross-entropy", "--logits", "x.csv", "--targets", "t.csv"],
        in: scratch.folder)
      #expect(binary.status == 65)
      #expect(
        binary.error.contains(
          "t.csv, line 2 (row 1), column 1: the number is 2.0: it must be in 0 ... 1"))
      let kl = try Tool.run(
        ["loss", "kl", "--logits", "x.csv", "--targets", "q.csv"], in: scratch.folder)
      #expect(kl.status == 65)
      #expect(kl.error.contains("q.csv, line 2 (row 1): the targets sum to 0.75, not to 1"))
    }

    @Test func missingFiles() throws {
      for arguments in [
        ["loss", "cross-entropy", "--logits", "nope.npy", "--labels", "y.csv"],
        ["compare-logits", "nope.csv", "nope.csv"],
      ] {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 66)
        #expect(outcome.error.contains("cannot read nope"))
      }
    }

    @Test(arguments: [
      ["loss", "cross-entropy", "--logits", "z.csv"], ["loss", "hinge"],
      ["loss", "cross-entropy", "--logits", "-", "--labels", "-"],
      ["loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--reduction", "none"],
      [
        "loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--reduction", "sum",
        "--preset", "keras",
      ],
      ["loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--preset", "chainer"],
      [
        "loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--calibration-bins",
        "0",
      ],
      [
        "loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--class-weights", "1,2",
      ],
      ["loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--class-weights", "a"],
      [
        "loss", "cross-entropy", "--logits", "z.csv", "--labels", "y.csv", "--label-smoothing",
        "1.5",
      ],
      ["loss", "focal", "--logits", "z.csv", "--labels", "y.csv", "--gamma", "-1"],
      [
        "loss", "binary-cross-entropy", "--logits", "z.csv", "--targets", "z.csv",
        "--positive-weights", "1,2",
      ],
      ["compare-logits", "z.csv"], ["compare-logits", "-", "-"],
      ["compare-logits", "z.csv", "z.csv", "--rows", "-1"],
      ["compare-logits", "z.csv", "z.csv", "--ignore-index", "1"],
    ])
    func badUsage(arguments: [String]) throws {
      let scratch = try Scratch()
      try scratch.write("z.csv", "1,2,3\n")
      try scratch.write("y.csv", "0\n")
      let outcome = try Tool.run(arguments, in: scratch.folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("Error: "))
      #expect(outcome.error.contains("infotheory"))
    }

    @Test func helpNamesTheWholeCommand() throws {
      let outcome = try Tool.run(["loss", "cross-entropy", "--logits", "-", "--labels", "-"])
      #expect(outcome.error.contains("See 'infotheory loss cross-entropy --help'"))
    }
  }
}
