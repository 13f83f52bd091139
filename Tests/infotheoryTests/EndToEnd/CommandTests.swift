import Foundation
import Testing

extension EndToEndTests {
  /// What `compare` and `entropy` print for good input.
  @Suite struct CommandTests {
    private func run(_ arguments: [String], in folder: URL) throws -> Tool.Outcome {
      let outcome = try Tool.run(arguments, in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.error == "")
      let widest = outcome.lines.map(\.count).max() ?? 0
      #expect(widest <= 80 || arguments.contains("--json"))
      return outcome
    }

    /// A value somewhere in JSON output.
    private func value(_ json: String, _ path: String...) throws -> Any? {
      var node: Any? = try JSONSerialization.jsonObject(with: Data(json.utf8))
      for key in path {
        if let index = Int(key) {
          node = (node as? [Any])?[index]
        } else {
          node = (node as? [String: Any])?[key]
        }
      }
      return node
    }

    @Test func citiesShareTheirBins() throws {
      let outcome = try run(
        ["compare", "seattle-temps.csv", "sf-temps.csv", "--column", "temp", "--bins", "20"],
        in: Examples.folder)
      #expect(outcome.lines[0].hasPrefix("seattle-temps  8759 values  none missing"))
      #expect(outcome.lines[1].hasPrefix("sf-temps       8759 values  none missing"))
      #expect(outcome.lines[2].hasPrefix("20 bins of equal width (as asked); edges 37.5 39.42"))
      #expect(outcome.output.contains("seattle-temps (p) and sf-temps (q)"))
      #expect(outcome.output.contains("Wasserstein-1"))
    }

    @Test func groupsAreComparedPairByPair() throws {
      let arguments = ["compare", "penguins.csv", "--column", "bill_length_mm", "--by", "species"]
      let outcome = try run(arguments, in: Examples.folder)
      #expect(outcome.output.contains("Adelie     151 values     1 missing    32.1 to 46"))
      for pair in ["Adelie, Chinstrap", "Adelie, Gentoo", "Chinstrap, Gentoo"] {
        #expect(outcome.lines.contains { $0.hasPrefix(pair) })
      }
      let json = try run(arguments + ["--json"], in: Examples.folder).output
      #expect((try value(json, "comparisons") as? [Any])?.count == 3)
      #expect(try value(json, "samples", "0", "values") as? Int == 151)
      #expect(try value(json, "samples", "0", "missing") as? Int == 1)
    }

    @Test func countTablesMatchByLabel() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "l,n\nu,1\nv,1\n")
      try scratch.write("b.csv", "m,l\n3,w\n3,u\n")
      let json = try run(
        [
          "compare", "a.csv", "b.csv", "--labels", "l", "--counts", "n", "--counts", "m", "--json",
          "--unit", "bits",
        ], in: scratch.folder
      ).output
      #expect(try value(json, "comparisons", "0", "outcomes") as? Int == 3)
      let measures = "measures"
      #expect(
        try value(json, "comparisons", "0", measures, "total_variation", "value") as? Double == 0.5)
      #expect(
        try value(json, "comparisons", "0", measures, "kl_divergence", "p_to_q") as? String == "inf"
      )
      #expect(
        try value(json, "comparisons", "0", measures, "jensen_shannon_divergence", "value")
          as? Double == 0.5)
      #expect(try value(json, "comparisons", "0", "supports", "only_in_q") as? [String] == ["w"])
    }

    @Test func twoColumnsOfOneTable() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "p,q\n0.5,3\n0.25,3\n0.25,6\n")
      let json = try run(
        [
          "compare", "a.csv", "--probabilities", "p", "--probabilities", "q", "--normalize",
          "--json",
        ], in: scratch.folder
      ).output
      #expect(
        try value(json, "comparisons", "0", "measures", "total_variation", "value") as? Double
          == 0.25)
      #expect(try value(json, "samples", "1", "name") as? String == "q")
    }

    @Test func textIsCountedAndMissingCellsAreReported() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "x\r\nu\r\n\"v\"\r\nNA\r\nv\r\n\r\nv\r\n")
      let arguments = ["entropy", "a.csv", "--column", "x"]
      let outcome = try run(arguments + ["--unit", "bits"], in: scratch.folder)
      #expect(outcome.lines[0] == "a  4 values  2 missing  2 labels")
      #expect(outcome.output.contains("0.8112781 bits") || outcome.output.contains("0.811278 bits"))
      let json = try run(arguments + ["--json"], in: scratch.folder).output
      #expect(try value(json, "samples", "0", "labels") as? [String] == ["u", "v"])
      #expect(try value(json, "samples", "0", "masses") as? [Double] == [1, 3])
      #expect(try value(json, "samples", "0", "missing") as? Int == 2)
    }

    @Test func ownMissingTexts() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "x\n1\n-999\n?\n3\n")
      let json = try run(
        ["entropy", "a.csv", "--column", "x", "--missing", "-999,?", "--json", "--bins", "2"],
        in: scratch.folder
      ).output
      #expect(try value(json, "samples", "0", "missing") as? Int == 2)
      #expect(try value(json, "bins", "edges") as? [Double] == [1, 2, 3])
      #expect(try value(json, "samples", "0", "masses") as? [Double] == [1, 1])
    }

    @Test func numbersCanBeLabels() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "x\n1\n1.0\nabc\n")
      let outcome = try run(
        ["entropy", "a.csv", "--column", "x", "--categorical"], in: scratch.folder)
      #expect(outcome.lines[0] == "a  3 values  none missing  3 labels")
    }

    @Test(arguments: ["scott", "freedman-diaconis", "sturges", "rice", "square-root"])
    func everyRuleNamesItself(rule: String) throws {
      let outcome = try run(
        ["entropy", "sf-temps.csv", "--column", "temp", "--bin-rule", rule], in: Examples.folder)
      #expect(outcome.lines[1].contains("bins of equal width (\(rule)); edges 45.6"))
    }

    @Test func furtherOrdersAndGroups() throws {
      let outcome = try run(
        [
          "entropy", "penguins.csv", "--column", "island", "--by", "species", "--order", "3",
          "--order", "inf",
        ], in: Examples.folder)
      #expect(outcome.output.contains("Entropies of Gentoo"))
      #expect(outcome.output.contains("Hill number of order ∞"))
      #expect(outcome.output.contains("Tsallis entropy of order 3"))
    }

    @Test func policiesAreStated() throws {
      let arguments = ["compare", "seattle-temps.csv", "sf-temps.csv", "--column", "temp"]
      let restricted = try run(arguments + ["--support", "restricted"], in: Examples.folder)
      #expect(restricted.output.contains("support policy: restricted"))
      #expect(!restricted.output.contains("∞\n"))
      let json = try run(
        arguments + ["--support", "smoothed", "--pseudocount", "0.5", "--json"],
        in: Examples.folder
      ).output
      #expect(try value(json, "support") as? String == "smoothed")
      #expect(try value(json, "pseudocount") as? Double == 0.5)
    }

    @Test func helpVersionAndCompletion() throws {
      for command in [
        [], ["compare"], ["entropy"], ["mutual-information"], ["evaluate"],
      ] {
        let help = try run(command + ["--help"], in: Examples.folder)
        #expect(help.output.contains("EXAMPLES"))
      }
      #expect(try run(["--version"], in: Examples.folder).output == "0.1.0\n")
      let script = try Tool.run(["--generate-completion-script", "bash"])
      #expect(script.status == 0)
      #expect(script.output.contains("infotheory"))
    }

    @Test func examplesOfTheHelpWork() throws {
      let scratch = try Scratch()
      try scratch.write("dice.csv", "face,seen\n1,10\n2,12\n3,8\n")
      try scratch.write("votes.csv", "party,before,after\nred,10,20\nblue,30,20\n")
      for arguments in [
        ["compare", "penguins.csv", "--column", "island", "--by", "sex", "--unit", "bits"],
        [
          "entropy", "penguins.csv", "--column", "bill_length_mm", "--bins", "20", "--unit", "bits",
        ],
        ["mutual-information", "penguins.csv", "--x", "species", "--x", "sex", "--y", "year"],
        ["mutual-information", "penguins.csv", "--all", "--normalized", "maximum"],
        ["mutual-information", "penguins.csv", "--all", "--adjusted", "--bins", "5"],
      ] {
        _ = try run(arguments, in: Examples.folder)
      }
      for arguments in [
        ["entropy", "dice.csv", "--counts", "seen", "--labels", "face", "--order", "3"],
        ["compare", "votes.csv", "--labels", "party", "--counts", "before", "--counts", "after"],
      ] {
        _ = try run(arguments, in: scratch.folder)
      }
    }
  }
}
