import Foundation
import Testing

extension EndToEndTests {
  /// What `--plot` writes, and what it says where it cannot.
  @Suite struct PlotTests {
    /// Runs a command with a chart in JSON, which needs no other program.
    private func chart(_ arguments: [String]) throws -> [String: Any] {
      let scratch = try Scratch()
      let path = scratch.folder.appendingPathComponent("chart.json").path
      let plain = try Tool.run(arguments, in: Examples.folder)
      let outcome = try Tool.run(arguments + ["--plot", path], in: Examples.folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output == plain.output && !plain.output.isEmpty)
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(data.last == UInt8(ascii: "\n"))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func rows(_ view: [String: Any]?) -> [[String: Any]] {
      (view?["data"] as? [String: Any])?["values"] as? [[String: Any]] ?? []
    }

    private func views(_ chart: [String: Any]) -> [[String: Any]] {
      chart["vconcat"] as? [[String: Any]] ?? []
    }

    @Test func twoCities() throws {
      let views = views(
        try chart(["compare", "seattle-temps.csv", "sf-temps.csv", "--column", "temp"]))
      #expect(views.count == 2)
      let histogram = rows(views.first)
      for city in ["seattle-temps", "sf-temps"] {
        let bars = histogram.filter { $0["sample"] as? String == city }
        let shares = bars.compactMap { $0["height"] as? Double }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares.count == histogram.count / 2)
      }
      // The measures are those of the comparison, nested views in the second.
      let measures = views.last?["vconcat"] as? [[String: Any]] ?? []
      #expect(rows(measures.first).contains { $0["category"] as? String == "Jensen–Shannon" })
    }

    @Test func threeSpeciesHaveAMatrix() throws {
      let views = views(
        try chart(["compare", "penguins.csv", "--column", "bill_length_mm", "--by", "species"]))
      let cells = rows(views.last)
      #expect(cells.count == 9)
      func cell(_ row: String, _ column: String) -> Double? {
        cells.first { $0["row"] as? String == row && $0["column"] as? String == column }?["value"]
          as? Double
      }
      let value = try #require(cell("Adelie", "Gentoo"))
      // What the table prints.
      #expect(abs(value - 0.5375) < 5e-5)
      #expect(cell("Gentoo", "Adelie") == value)
      #expect(cell("Adelie", "Adelie") == 0)
    }

    @Test func labelsOfSamplesAreJoined() throws {
      let scratch = try Scratch()
      try scratch.write("a.csv", "x\nrain\nrain\nsun\nsun\n")
      try scratch.write("b.csv", "x\nfog\nsun\n")
      let path = scratch.folder.appendingPathComponent("c.json").path
      let outcome = try Tool.run(
        ["compare", "a.csv", "b.csv", "--column", "x", "--plot", path], in: scratch.folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      let chart = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let bars = rows(views(chart).first)
      let fog = bars.filter { $0["category"] as? String == "fog" }
      #expect(fog.compactMap { $0["value"] as? Double } == [0, 0.5])
      #expect(bars.count == 6)
    }

    @Test func theOthers() throws {
      let entropy = try chart(["entropy", "penguins.csv", "--column", "island"])
      #expect(rows(entropy).count == 3)
      let matrix = try chart(["mutual-information", "penguins.csv", "--all", "--unit", "bits"])
      #expect(rows(matrix).count == 64)
      let loss = try chart([
        "loss", "cross-entropy", "--logits", "digits-logits.csv", "--labels", "digits-labels.csv",
      ])
      #expect(rows(views(loss).last).compactMap { $0["height"] as? Double }.reduce(0, +) == 899)
    }

    @Test func endingsAreChecked() throws {
      for name in ["chart.pdf", "chart", ".svg/chart", "svg"] {
        let outcome = try Tool.run(
          ["entropy", "penguins.csv", "--column", "island", "--plot", name], in: Examples.folder)
        #expect(outcome.status == 64)
        #expect(outcome.output == "")
        #expect(
          outcome.error.contains("ends in one of .html, .svg, .png, .json"), "\(outcome.error)")
      }
      let pair = try Tool.run(
        ["mutual-information", "penguins.csv", "--x", "sex", "--y", "year", "--plot", "a.json"],
        in: Examples.folder)
      #expect(pair.status == 64 && pair.error.contains("--plot goes with --all"))
      let logits = try Tool.run(
        ["compare-logits", "digits-logits.csv", "digits-logits.csv", "--plot", "a.json"],
        in: Examples.folder)
      #expect(logits.status == 64 && logits.error.contains("--plot"))
    }

    @Test func folderThatIsMissing() throws {
      let outcome = try Tool.run(
        ["entropy", "penguins.csv", "--column", "island", "--plot", "/missing/chart.json"],
        in: Examples.folder)
      #expect(outcome.status == 74)
      #expect(outcome.output == "" && outcome.error.contains("cannot write /missing/chart.json"))
    }

    // MARK: - With the converter

    /// Draws with a program of the test's own in the place of Python.
    private func draw(_ name: String, python: String?) throws -> (Tool.Outcome, Data?) {
      let scratch = try Scratch()
      if let python {
        let path = try scratch.write("python3", "#!/bin/sh\n\(python)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      }
      let target = scratch.folder.appendingPathComponent(name)
      let outcome = try Tool.run(
        ["entropy", "penguins.csv", "--column", "island", "--plot", target.path],
        in: Examples.folder, bytes: [], environment: ["PATH": scratch.folder.path])
      return (outcome, try? Data(contentsOf: target))
    }

    /// The arguments of the program are -c, a script, the kind and the file.
    @Test func whatTheConverterWritesIsTheFile() throws {
      let copy = "IFS= read -r line; printf '%s %s' \"$3\" \"$line\" > \"$4\""
      for kind in ["svg", "png"] {
        let (outcome, data) = try draw("chart.\(kind)", python: copy + " || exit 1")
        #expect(outcome.status == 0, "\(outcome.error)")
        let text = String(decoding: data ?? Data(), as: UTF8.self)
        #expect(text.hasPrefix(kind + " {\"$schema\":") && text.contains("Torgersen"))
      }
      let (outcome, data) = try draw("chart.HTML", python: "printf '/* script */' > \"$4\"")
      #expect(outcome.status == 0, "\(outcome.error)")
      let page = String(decoding: data ?? Data(), as: UTF8.self)
      #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<script>/* script */</script>"))
      #expect(page.contains("Torgersen") && !page.contains("src="))
    }

    @Test func whatIsMissingIsNamed() throws {
      for python in [nil, "exit 3"] {
        let (outcome, data) = try draw("chart.svg", python: python)
        #expect(outcome.status == 69)
        #expect(outcome.error.contains("python3 -m pip install vl-convert-python"))
        #expect(outcome.output == "" && data == nil)
      }
    }

    @Test func aConverterThatFailsIsQuoted() throws {
      let (outcome, data) = try draw("chart.svg", python: "echo 'no room' >&2; exit 1")
      #expect(outcome.status == 70)
      #expect(outcome.error.contains("vl-convert failed to draw the chart: no room"))
      #expect(outcome.output == "" && data == nil)
    }
  }
}
