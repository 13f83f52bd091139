import ClassificationLosses
import InformationTheory
import Testing

@testable import Plots

@Suite struct ReadyMadeTests {
  private let labels = ["rain", "sun", "fog"]

  @Test func comparisonsShowEveryMeasureOfInformation() throws {
    let p = try Categorical([0.5, 0.25, 0.25], labels: labels)
    let q = try Categorical([0.5, 0.5, 0], labels: labels)
    let comparison = try p.compared(to: q)
    let parsed = try Parsed(try comparison.chart(in: .bits, p: "a", q: "b"))
    let first = parsed["vconcat"][0]
    #expect(first["title"]["text"].text == "a and b")
    let rows = first["data"]["values"].array
    let divergences = rows.filter { $0["category"].text == "Kullback–Leibler" }
    #expect(divergences.map { $0["group"].text } == ["a to b", "b to a"])
    // D(q‖p) = ½·log₂(½/½) + ½·log₂(½/¼) = ½ bit; D(p‖q) is infinite.
    #expect(divergences.map { $0["value"].number } == [nil, 0.5])
    #expect(rows.first { $0["category"].text == "Entropy" }?["value"].number == 1.5)
    let infinite = rows.count { $0["value"].isNull }
    #expect(infinite > 0)
    #expect(first["title"]["subtitle"].texts == ["\(infinite) values not drawn: infinite"])
    let second = parsed["vconcat"][1]
    let variation = second["data"]["values"].array.first {
      $0["category"].text == "Total variation"
    }
    #expect(variation?["value"].number == 0.25)
  }

  @Test func contributionsAreInTheOrderOfTheTable() throws {
    let p = try Categorical([0.5, 0.25, 0.25], labels: labels)
    let q = try Categorical([0.125, 0.5, 0.375], labels: labels)
    let comparison = try p.compared(to: q)
    let parsed = try Parsed(try comparison.contributionChart(in: .bits))
    let terms = parsed["hconcat"][0]
    #expect(terms.column("category").map(\.text) == comparison.contributions.map(\.outcome))
    #expect(terms.column("value").map(\.number) == comparison.contributions.map(\.term.bits))
    let masses = parsed["hconcat"][1]
    #expect(
      masses.column("value").map(\.number)
        == comparison.contributions.map(\.p) + comparison.contributions.map(\.q))
  }

  @Test func distributionsAreTheirProbabilities() throws {
    let p = try Categorical(counts: [1, 2, 1])
    let chart = try BarChart(["p": p])
    #expect(chart.categories == ["0", "1", "2"])
    #expect(chart.bars == [.init("p", [0.25, 0.5, 0.25])])
  }

  @Test func jointDistributionsKeepTheirCells() throws {
    let joint = try JointDistribution(
      counts: [[4, 0, 1], [1, 1, 1]], rows: "weather", columns: "day")
    let chart = try HeatMap(joint, rows: "day", columns: "weather")
    #expect(chart.rows == ["0", "1", "2"])
    #expect(chart.values == [[0.5, 0.125], [0, 0.125], [0.125, 0.125]])
    #expect(chart.frame.xTitle == "weather" && chart.frame.yTitle == "day")
    #expect(throws: InformationError.self) { try HeatMap(joint, rows: "day", columns: "day") }
    #expect(throws: InformationError.self) { try HeatMap(joint, rows: "day", columns: "x") }
  }

  @Test func mutualInformationOfCoins() throws {
    let coins = try JointDistribution(columns: [
      LabelColumn("first", [0, 0, 1, 1]), LabelColumn("second", [0, 1, 0, 1]),
      LabelColumn("copy", [0, 0, 1, 1]),
    ])
    let chart = try HeatMap(mutualInformationOf: coins, in: .bits)
    #expect(chart.values == [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
  }

  @Test func reliabilityHasADotForEachBinThatIsNotEmpty() throws {
    var table = CalibrationTable(binCount: 4)
    table.add(probability: 0.25, outcome: 1)
    table.add(probability: 0.75, outcome: 0)
    table.add(probability: 0.75, outcome: 1)
    let parsed = try Parsed(try ReliabilityDiagram(["model": table]))
    let curve = parsed["vconcat"][0]["data"]["values"].array.filter { $0["line"].text == "model" }
    #expect(curve.map { $0["x"].number } == [0.25, 0.75])
    #expect(curve.map { $0["y"].number } == [1, 0.5])
    let histogram = parsed["vconcat"][1]
    #expect(histogram.column("height").map(\.number) == [1, 0, 2, 0])
    #expect(histogram.column("to").map(\.number) == [0.25, 0.5, 0.75, 1])
  }

  @Test func lossesAreCountedFromOne() throws {
    let parsed = try Parsed(try LossCurve(["train": [2, 1], "held out": [.infinity, 3]]))
    #expect(parsed.column("x").map(\.number) == [1, 2, 1, 2])
    #expect(parsed.column("y").map(\.number) == [2, 1, nil, 3])
    let result = try softmaxCrossEntropy(
      logits: [0.0, 0].span, classIndices: [1].span, classCount: 2)
    let curve = try Parsed(try LossCurve(results: ["train": [result]]))
    #expect(curve.column("y").map(\.number) == [result.value])
  }
}
