import Foundation
import Testing

extension EndToEndTests {
  /// What `mutual-information` prints.
  @Suite struct MutualInformationTests {
    private func run(
      _ arguments: [String], in folder: URL, input: String = ""
    ) throws -> Tool.Outcome {
      let outcome = try Tool.run(["mutual-information"] + arguments, in: folder, input: input)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.error == "")
      let widest = outcome.lines.map(\.count).max() ?? 0
      #expect(widest <= 80 || arguments.contains("--json"))
      return outcome
    }

    private func json(
      _ arguments: [String], in folder: URL, input: String = ""
    ) throws -> [String: Any] {
      let output = try run(arguments + ["--json"], in: folder, input: input).output
      return try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }

    /// The measures of a pair by name.
    private func measures(_ json: [String: Any]) throws -> [String: Double] {
      let rows = try #require(json["measures"] as? [[String: Any]])
      return rows.reduce(into: [:]) { values, row in
        if let name = row["measure"] as? String { values[name] = row["value"] as? Double }
      }
    }

    /// Cover and Thomas's example 2.2.1, a row for each thirty-second.
    private static let coverThomas: String = {
      let table = [[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]]
      var text = "blood,cancer\n"
      for (y, row) in table.enumerated() {
        for (x, count) in row.enumerated() {
          text += String(repeating: "x\(x),y\(y)\n", count: count)
        }
      }
      return text
    }()

    @Test func coverAndThomasExactly() throws {
      let values = try measures(
        try json(
          ["-", "--x", "blood", "--y", "cancer", "--unit", "bits"], in: Examples.folder,
          input: Self.coverThomas))
      #expect(values["entropy_x"] == 1.75)
      #expect(values["entropy_y"] == 2)
      #expect(values["joint_entropy"] == 3.375)
      #expect(values["entropy_x_given_y"] == 1.375)
      #expect(values["entropy_y_given_x"] == 1.625)
      #expect(values["mutual_information"] == 0.375)
      #expect(values["normalized_mutual_information"] == 0.2)
      #expect(values["uncertainty_coefficient_x"] == 0.375 / 1.75)
      #expect(values["uncertainty_coefficient_y"] == 0.1875)
      #expect(values["variation_of_information"] == 3)
    }

    /// z = x xor y: nothing is known of x from y, and everything once z is.
    private static let xor =
      "x,y,z\n" + (0..<4).map { "\($0 / 2),\($0 % 2),\($0 / 2 ^ $0 % 2)\n" }.joined()

    @Test func conditionsAndGroups() throws {
      let folder = Examples.folder
      let given = try measures(
        try json(
          ["-", "--x", "x", "--y", "y", "--given", "z", "--categorical", "--unit", "bits"],
          in: folder,
          input: Self.xor))
      #expect(given["conditional_mutual_information"] == 1)
      #expect(given["mutual_information"] == 0)
      #expect(given["co_information"] == -1)
      #expect(given["entropy_x_given_y_z"] == 0)
      let both = try json(
        ["-", "--x", "x", "--x", "y", "--y", "z", "--categorical", "--unit", "bits"],
        in: folder,
        input: Self.xor)
      #expect(try measures(both)["mutual_information"] == 1)
      #expect(try measures(both)["entropy_x"] == 2)
      let roles = (both["columns"] as? [[String: Any]])?.compactMap { $0["role"] as? String }
      #expect(roles == ["x1", "x2", "y"])
    }

    @Test func rowsWithMissingValuesAreLeftOutAndCounted() throws {
      let text = "a,b\nu,1\nNA,2\nv,NA\n,\nv,3\nu,1\n"
      let arguments = ["-", "--x", "a", "--y", "b", "--bins", "2"]
      let outcome = try run(arguments, in: Examples.folder, input: text)
      #expect(outcome.lines[0] == "x  a  2 missing                   2 labels")
      #expect(outcome.lines[1] == "y  b  2 missing  2 bins (as asked), 1 to 3")
      #expect(outcome.lines[2] == "3 of 6 rows complete, in 2 of 4 cells")
      #expect(outcome.output.contains("Fewer than 5 rows a cell"))
      let document = try json(arguments, in: Examples.folder, input: text)
      #expect(document["rows"] as? Int == 6)
      #expect(document["complete_rows"] as? Int == 3)
      #expect(document["occupied_cells"] as? Int == 2)
      #expect(document["cells"] as? Int == 4)
    }

    @Test func whatIsUndefinedIsSaidToBe() throws {
      let text = "a,b\nu,v\nu,v\n"
      let outcome = try run(["-", "--x", "a", "--y", "b"], in: Examples.folder, input: text)
      #expect(outcome.output.contains("mean of H(X), H(Y)   undefined"))
      let matrix = try run(["-", "--all", "--normalized"], in: Examples.folder, input: text)
      #expect(matrix.lines.last == "2 b –  –")
    }

    @Test func penguinsMatrix() throws {
      let outcome = try run(["penguins.csv", "--all"], in: Examples.folder)
      #expect(
        outcome.lines[0] == "1  species            none missing                       3 labels")
      #expect(
        outcome.lines[2] == "3  bill_length_mm        2 missing  11 bins (scott), 32.1 to 59.6")
      #expect(outcome.lines.contains("1 species           1.049"))
      #expect(
        outcome.lines.contains(
          "6 body_mass_g       0.479  0.279  0.423* 0.619* 0.684* 2.041"))
      #expect(outcome.lines.last?.hasPrefix("* Fewer than 5 rows a cell") == true)
    }

    @Test func theMatrixAgreesWithItsPairs() throws {
      let names = ["species", "bill_length_mm", "sex"]
      let chosen = names.flatMap { ["--column", $0] }
      for (option, key) in [
        ([], "mutual_information"), (["--normalized", "maximum"], "normalized_mutual_information"),
        (["--adjusted", "maximum"], "adjusted_mutual_information"),
      ] {
        let document = try json(["penguins.csv", "--all"] + chosen + option, in: Examples.folder)
        let matrix = try #require(document["matrix"] as? [[Double]])
        let rows = try #require(document["complete_rows"] as? [[Int]])
        for (i, x) in names.enumerated() {
          for (j, y) in names.enumerated() where i != j {
            let pair = try json(
              ["penguins.csv", "--x", x, "--y", y, "--normalized", "maximum"],
              in: Examples.folder)
            #expect(try measures(pair)[key] == matrix[i][j], "\(x), \(y)")
            #expect(pair["complete_rows"] as? Int == rows[i][j])
          }
        }
        #expect(option.isEmpty || matrix[1][1] == 1)
      }
    }

    @Test func manyColumnsAreShownInBlocks() throws {
      let names = (1...14).map { "column number \($0) with a name" }
      let text =
        names.joined(separator: ",") + "\n"
        + (0..<8).map { row in
          names.indices.map { "\((row * ($0 + 1)) % 8 / 2)" }.joined(separator: ",") + "\n"
        }.joined()
      let outcome = try run(["-", "--all", "--categorical"], in: Examples.folder, input: text)
      #expect(outcome.lines.contains { $0.hasPrefix(" 1  column number 1 with a name") })
      // The cut name stands in every block in which its row has an entry.
      let last = outcome.lines.filter { $0.hasPrefix("14 column number 14 with…") }
      #expect(last.count == 2)
    }

    @Test(arguments: [
      ["--x", "species"], ["--y", "species"], [], ["--all", "--x", "species"],
      ["--x", "species", "--y", "sex", "--column", "sex"],
      ["--x", "species", "--y", "species"], ["--x", "species", "--y", "sex", "--given", "sex"],
      ["--all", "--column", "species"], ["--all", "--normalized", "--adjusted"],
      ["--all", "--normalized", "harmonic"], ["--x", "species", "--y", "sex", "--adjusted"],
      ["--all", "--bins", "0"], ["--all", "--bins", "3", "--categorical"],
    ])
    func badUsage(options: [String]) throws {
      let outcome = try Tool.run(
        ["mutual-information", "penguins.csv"] + options, in: Examples.folder)
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.error.contains("Usage: infotheory mutual-information"))
    }

    @Test(arguments: [
      (
        ["--x", "specis", "--y", "sex"],
        "penguins.csv, line 1: there is no column \"specis\"; the columns are \"species\", "
          + "\"island\", \"bill_length_mm\", \"bill_depth_mm\", \"flipper_length_mm\", "
          + "\"body_mass_g\", \"sex\", \"year\"; did you mean \"species\"?"
      ),
      (["--all", "-c", "sex", "-c", "yaer"], "did you mean \"year\"?"),
      (
        ["--x", "sex", "--y", "body_mass_g", "--missing", "-999"],
        "penguins.csv, line 5, column \"body_mass_g\": \"NA\" is not a number"
      ),
    ])
    func badData(options: [String], message: String) throws {
      let outcome = try Tool.run(
        ["mutual-information", "penguins.csv"] + options, in: Examples.folder)
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.contains(message), "\(outcome.error)")
    }

    @Test(arguments: [
      ("a\n1\n", "there is only one column"), ("a,b\nNA,1\n", "column \"a\": there are no values"),
      ("a,b\nu,NA\nNA,v\n", "no row has a value in every one of the columns \"a\", \"b\""),
      ("a,a\n1,2\n", "columns 1 and 2 both have the name \"a\""),
    ])
    func tablesWithoutAPair(text: String, message: String) throws {
      let names = text.hasPrefix("a,b") ? ["--x", "a", "--y", "b"] : ["--all"]
      let outcome = try Tool.run(["mutual-information", "-"] + names, input: text)
      #expect(outcome.status == 65)
      #expect(outcome.error.contains(message), "\(outcome.error)")
    }

    @Test func aMissingFile() throws {
      let outcome = try Tool.run(["mutual-information", "nope.csv", "--all"])
      #expect(outcome.status == 66)
      #expect(outcome.error.contains("cannot read nope.csv"))
    }
  }
}
