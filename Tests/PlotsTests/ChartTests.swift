import InformationTheory
import TestSupport
import Testing

@testable import Plots

/// The structure of each chart's specification.
@Suite struct ChartTests {
  @Test func linesHaveGapsAtInfinities() throws {
    let chart = try LineChart([
      .init("a", x: [0, 1, 2], y: [.infinity, 0.1, -.infinity]),
      .init("b", x: [0, 1, 2], y: [1, 2, 3], band: (lower: [0, 1, 2], upper: [2, 3, 4])),
    ])
    let parsed = try Parsed(chart.titled("T", subtitle: "S").axes(x: "x / s", y: "y"))
    #expect(parsed["title"]["text"].text == "T")
    #expect(parsed["title"]["subtitle"].texts == ["S", "2 values not drawn: infinite"])
    #expect(parsed.column("y").map(\.isNull) == [true, false, true, false, false, false])
    #expect(parsed.column("y").compactMap(\.number) == [0.1, 1, 2, 3])
    #expect(parsed.column("lower").map(\.number) == [nil, nil, nil, 0, 1, 2])
    let layers = parsed["layer"].array
    #expect(layers.map { $0["mark"]["type"].text } == ["area", "line"])
    #expect(layers[0]["encoding"]["y2"]["field"].text == "upper")
    #expect(layers[1]["encoding"]["x"]["title"].text == "x / s")
    #expect(layers[1]["encoding"]["color"]["scale"]["domain"].texts == ["a", "b"])
    #expect(!layers[1]["encoding"].names.contains("strokeDash"))
  }

  @Test func logarithmicAxesHaveNoPlaceForWhatIsNotPositive() throws {
    let chart = try LineChart([.init("a", x: [0, 1, 10], y: [1, -1, 5])])
      .scaled(x: .logarithmic, y: .logarithmic)
    let parsed = try Parsed(chart)
    #expect(parsed.column("x").map(\.isNull) == [true, false, false])
    #expect(parsed.column("y").map(\.isNull) == [false, true, false])
    #expect(
      parsed["title"]["subtitle"].texts
        == ["2 values not drawn: infinite, or not positive on a logarithmic axis"])
    #expect(parsed["layer"][0]["encoding"]["y"]["scale"]["type"].text == "log")
    // One line needs no legend.
    #expect(parsed["layer"][0]["encoding"]["color"]["legend"].isNull)
  }

  @Test func dashesAndDots() throws {
    let chart = try LineChart([
      .init("a", x: [0, 1], y: [0, 1], isDashed: true), .init("b", x: [1], y: [1]),
    ])
    let parsed = try Parsed(chart)
    #expect(parsed["layer"].array.map { $0["mark"]["type"].text } == ["line", "point"])
    let dashes = parsed["layer"][0]["encoding"]["strokeDash"]["scale"]["range"]
    #expect(dashes.array.map(\.numbers) == [[6, 4], [1, 0]])
    #expect(parsed.column("dot").count { $0.isTrue } == 1)
  }

  @Test func limitsCutMarksOff() throws {
    let chart = try LineChart([.init("a", x: [0, 1], y: [0, 9])])
    #expect(try Parsed(chart)["layer"][0]["mark"]["clip"].isTrue == false)
    let limited = try Parsed(chart.limited(y: 0...2).sized(width: 10, height: 20))
    #expect(limited["layer"][0]["mark"]["clip"].isTrue)
    #expect(limited["layer"][0]["encoding"]["y"]["scale"]["domain"].numbers == [0, 2])
    #expect(limited["width"].number == 10 && limited["height"].number == 20)
  }

  @Test func barsStandSideBySideFromZero() throws {
    let chart = try BarChart(
      categories: ["z", "a"], bars: [.init("one", [1, 2]), .init("two", [3, .infinity])])
    let parsed = try Parsed(chart.scaled(y: .logarithmic))
    #expect(parsed["mark"]["type"].text == "bar")
    #expect(parsed["encoding"]["x"]["scale"]["domain"].texts == ["z", "a"])
    #expect(parsed["encoding"]["xOffset"]["field"].text == "group")
    #expect(parsed["encoding"]["y"]["scale"]["zero"].isTrue)
    #expect(!parsed["encoding"]["y"]["scale"].names.contains("type"))
    #expect(parsed.column("value").map(\.number) == [1, 2, 3, nil])
    let lying = try Parsed(
      try BarChart(categories: ["z", "a"], values: [1, 2], isHorizontal: true))
    #expect(lying["encoding"]["y"]["field"].text == "category")
    #expect(lying["encoding"]["x"]["field"].text == "value")
    #expect(!lying["encoding"].names.contains("yOffset"))
  }

  @Test func heatMapsHaveACellForEachNumber() throws {
    let chart = try HeatMap(
      rows: ["r", "s"], columns: ["c", "d", "e"],
      values: [[1, nil, 2], [3, .infinity, 4]], decimals: 1)
    let parsed = try Parsed(chart)
    #expect(parsed.column("row").map(\.text) == ["r", "r", "r", "s", "s", "s"])
    #expect(parsed.column("column").map(\.text) == ["c", "d", "e", "c", "d", "e"])
    #expect(parsed.column("value").map(\.number) == [1, nil, 2, 3, nil, 4])
    #expect(parsed["layer"].array.map { $0["mark"]["type"].text } == ["rect", "text"])
    #expect(parsed["layer"][1]["encoding"]["text"]["format"].text == ".1f")
    #expect(parsed["title"]["subtitle"].texts == ["1 value not drawn: infinite"])
  }

  @Test func pointsAndDots() throws {
    let scatter = try Parsed(try ScatterPlot([.init("a", x: [1, 2], y: [3, 4])]))
    #expect(scatter["mark"]["type"].text == "point")
    #expect(scatter.column("y").map(\.number) == [3, 4])
    let dots = try Parsed(
      try DotPlot([.init("a", 1, interval: 0...2), .init("b", 5), .init("a", 2, group: "g")]))
    #expect(dots["layer"].array.map { $0["mark"]["type"].text } == ["rule", "point"])
    #expect(dots.column("lower").map(\.number) == [0, nil, nil])
    #expect(dots["encoding"]["y"]["scale"]["domain"].texts == ["a", "b"])
    #expect(dots["encoding"]["yOffset"]["field"].text == "group")
  }

  @Test func stacksHoldViews() throws {
    let line = try LineChart([.init("a", x: [0, 1], y: [0, 1])])
    let parsed = try Parsed(try ChartStack([line, line.titled("B")]).titled("All"))
    #expect(parsed["title"]["text"].text == "All")
    #expect(parsed["vconcat"].array.count == 2)
    #expect(parsed["vconcat"][1]["title"]["text"].text == "B")
    #expect(!parsed["vconcat"][0].names.contains("$schema"))
    #expect(try Parsed(try ChartStack([line], .horizontal))["hconcat"].array.count == 1)
  }
}
