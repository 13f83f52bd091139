import Foundation
import Testing

@testable import infotheory

extension EndToEndTests {
  /// Every kind of bad input has its message and its status, and prints nothing.
  @Suite struct BadInputTests {
    struct Case: CustomTestStringConvertible, Sendable {
      let name: String
      let bytes: [UInt8]
      let options: [String]
      let message: String

      init(_ name: String, _ text: String, _ options: [String], _ message: String) {
        self.init(name, Array(text.utf8), options, message)
      }

      init(_ name: String, _ bytes: [UInt8], _ options: [String], _ message: String) {
        (self.name, self.bytes, self.options, self.message) = (name, bytes, options, message)
      }

      var testDescription: String { name }
    }

    static let cases: [Case] = [
      Case("empty", "", ["--column", "x"], "a.csv is empty: its first line must name the columns"),
      Case("header only", "x\n", ["--column", "x"], "column \"x\": there are no values"),
      Case("all missing", "x\nNA\n\n", ["--column", "x"], "no values (2 missing cells)"),
      Case(
        "unknown column", "date,temp\n1,2\n", ["--column", "tmep"],
        "line 1: there is no column \"tmep\"; the columns are \"date\", \"temp\"; "
          + "did you mean \"temp\"?"),
      Case(
        "other delimiter", "x;y\n1;2\n", ["--column", "x"], "Add --delimiter ';'"),
      Case(
        "duplicate header", "x,y,x\n1,2,3\n", ["--column", "x"],
        "columns 1 and 3 both have the name \"x\""),
      Case(
        "ragged, too few", "x,y\n1,2\n\"\n\",1\n3\n", ["--column", "y"],
        "line 5: found 1 field, but the header names 2 columns"),
      Case(
        "ragged, too many", "x,y\n1,2\n3,4,5\n", ["--column", "x"],
        "line 3: found 3 fields, but the header names 2 columns"),
      Case(
        "unclosed quote", "x,y\n1,2\n\"3,4\n5,6\n", ["--column", "x"],
        "line 3: the quote that opens here is never closed"),
      Case("inner quote", "x\n5\" pipe\n", ["--column", "x"], "line 2: there is a quote inside"),
      Case(
        "not a number", "x,y\n1,2\n\n2,a\nabc,4\n", ["--column", "x"],
        "a.csv, line 5, column \"x\": \"abc\" is not a number; if it stands for no value, name it "
          + "after --missing; to count all cells as labels, add --categorical"),
      Case(
        "infinite", "x\n1\n-inf\n", ["--column", "x"], "line 3, column \"x\": \"-inf\" is infinite"),
      Case("overflow", "x\n1e999\n", ["--column", "x"], "\"1e999\" is infinite"),
      Case(
        "NaN not declared missing", "x\n1\nNaN\n", ["--column", "x", "--missing", "NA"],
        "\"NaN\" is not a number"),
      Case(
        "NUL", [0x78, 0x0A, 0x31, 0x0A, 0, 0x0A], ["--column", "x"], "line 3: there is a NUL byte"),
      Case(
        "Latin-1", [0x78, 0x0A, 0xE9, 0x0A], ["--column", "x"], "line 2: byte 0xe9 is not UTF-8"),
      Case("UTF-16", [0xFF, 0xFE, 0x78, 0, 0x0A, 0], ["--column", "x"], "iconv -f UTF-16"),
      Case(
        "too many bins", "x\n1\n1.0000000000000002\n", ["--column", "x", "--bins", "9"],
        "9 bins are too many"),
      Case(
        "negative count", "l,a\nu,1\nv,-5\n", ["--counts", "a"],
        "line 3, column \"a\": \"-5\" is negative"),
      Case("fractional count", "a\n1.5\n", ["--counts", "a"], "\"1.5\" is not a whole number"),
      Case(
        "missing count", "l,a\nu,1\nv,\n", ["--counts", "a"],
        "line 3, column \"a\": the cell is missing"),
      Case("all zero", "a\n0\n0\n", ["--counts", "a"], "at least one must be positive"),
      Case("no rows", "a\n", ["--counts", "a"], "there are no rows below the header"),
      Case(
        "wrong sum", "l,a\nu,0.5\nv,0.25\n", ["--probabilities", "a"],
        "a.csv, column \"a\": the probabilities sum to 0.75, not to 1; to divide by it, "
          + "add --normalize"),
      Case("infinite probability", "a\ninf\n", ["--probabilities", "a"], "\"inf\" is infinite"),
      Case(
        "repeated label", "l,a\nu,1\nv,2\nu,3\n", ["--counts", "a", "--labels", "l"],
        "line 4, column \"l\": the label \"u\" is on line 2 already"),
      Case(
        "no label", "l,a\nu,1\n,2\n", ["--counts", "a", "--labels", "l"],
        "line 3, column \"l\": the outcome has no label"),
    ]

    @Test(arguments: cases)
    func badData(_ bad: Case) throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", bad.bytes)
      let outcome = try Tool.run(["entropy", "a.csv"] + bad.options, in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("infotheory: "))
      #expect(outcome.error.contains(bad.message), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }

    @Test func unreadableFiles() throws {
      let scratch = try Scratch()
      let missing = try Tool.run(["entropy", "nope.csv", "--column", "x"], in: scratch.folder)
      #expect(missing.status == 66)
      #expect(missing.error.contains("cannot read nope.csv"))
      let folder = try Tool.run(["entropy", ".", "--column", "x"], in: scratch.folder)
      #expect(folder.status == 66)
      #expect(folder.error.contains(". is a directory, not a file"))
    }

    @Test func kindsMustAgree() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "x\n\n1\n")
      try scratch.write("b.csv", "x\nabc\n")
      let outcome = try Tool.run(
        ["compare", "a.csv", "b.csv", "--column", "x"], in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(
        outcome.error.contains(
          "b.csv, line 2, column \"x\": \"abc\" is not a number, unlike \"1\" in a.csv, line 3"))
      #expect(outcome.error.contains("--categorical"))
    }

    @Test func differentSizesWithoutLabels() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "n\n1\n2\n")
      try scratch.write("b.csv", "n\n1\n2\n3\n")
      let outcome = try Tool.run(
        ["compare", "a.csv", "b.csv", "--counts", "n"], in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.contains("--labels"))
    }

    @Test func aGroupNeedsAnother() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "x,g\n1,u\n2,u\n3,NA\n")
      let outcome = try Tool.run(
        ["compare", "a.csv", "--column", "x", "--by", "g"], in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(outcome.error.contains("only one group with values, \"u\""))
    }

    @Test func tooManyGroups() throws {
      let scratch = try Scratch()
      let rows = (0...SampleIndex.mostGroups).map { "1,g\($0)\n" }.joined()
      try scratch.write("a.csv", "x,g\n" + rows)
      let outcome = try Tool.run(
        ["compare", "a.csv", "--column", "x", "--by", "g"], in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(outcome.error.contains("line 202, column \"g\": \"g200\" would be group number 201"))
    }

    @Test func supportsThatMayNotDiffer() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "l,a,b\nu,1,0\nv,1,2\n")
      let outcome = try Tool.run(
        [
          "compare", "a.csv", "--labels", "l", "--counts", "a", "--counts", "b", "--support",
          "throwing",
        ],
        in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.contains("\"u\" (not in q)"))
    }

    @Test(arguments: [
      ["compare", "a.csv"], ["compare", "a.csv", "--column", "x"],
      ["compare", "a.csv", "a.csv", "a.csv", "--column", "x"],
      ["compare", "-", "-", "--column", "x"], ["entropy", "a.csv"],
      ["entropy", "a.csv", "--column", "x", "--bins", "0"],
      ["entropy", "a.csv", "--column", "x", "--bins", "3", "--bin-rule", "scott"],
      ["entropy", "a.csv", "--column", "x", "--bins", "3", "--categorical"],
      ["entropy", "a.csv", "--column", "x", "--counts", "x"],
      ["entropy", "a.csv", "--counts", "x", "--bins", "3"],
      ["entropy", "a.csv", "--column", "x", "--order", "nan"],
      ["entropy", "a.csv", "--column", "x", "--normalize"],
      ["entropy", "a.csv", "--column", "x", "--unit", "nibbles"],
      ["entropy", "a.csv", "--column", "x", "--delimiter", "ab"],
      ["compare", "a.csv", "a.csv", "--column", "x", "--support", "smoothed"],
      ["compare", "a.csv", "a.csv", "--column", "x", "--pseudocount", "1"],
      ["compare", "a.csv", "a.csv", "--column", "x", "--by", "y"], ["frobnicate"],
    ])
    func badUsage(arguments: [String]) throws {
      let outcome = try Tool.run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("Error: "))
      #expect(outcome.error.contains("Usage: infotheory"))
    }

    @Test func misspeltOptionsAreNamed() throws {
      let outcome = try Tool.run(["entropy", "a.csv", "--colum", "x"])
      #expect(outcome.status == 64)
      #expect(outcome.error.contains("Did you mean '--column'?"))
    }

    /// Ten million, where the tool that is run is optimised: without, they take a minute.
    @Test func aLineOfMillionsOfColumns() throws {
      #if DEBUG
        let columns = 1_000_000
      #else
        let columns = 10_000_000
      #endif
      let scratch = try Scratch()
      let commas = [UInt8](repeating: 0x2C, count: columns - 1)
      let header = Array("x".utf8) + commas + Array("y\n".utf8)
      try scratch.write("a.csv", header + Array("1".utf8) + commas + Array("2\n3\n".utf8))
      let outcome = try Tool.run(["entropy", "a.csv", "--column", "y"], in: scratch.folder)
      #expect(outcome.status == 65)
      #expect(
        outcome.error.contains("line 3: found 1 field, but the header names \(columns) columns"))
    }

    @Test func devicesWithoutEnd() throws {
      let outcome = try Tool.run(["entropy", "/dev/zero", "--column", "x"])
      #expect(outcome.status == 65)
      #expect(outcome.error.contains("NUL"))
    }
  }
}
