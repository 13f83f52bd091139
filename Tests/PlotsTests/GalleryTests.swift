import Testing

@testable import PlotGallery
@testable import Plots

/// What holds for every chart.
@Suite struct GalleryTests {
  private static func views(_ view: Parsed) -> [Parsed] {
    let parts = view["vconcat"].array + view["hconcat"].array
    return parts.isEmpty ? [view] : parts.flatMap(views)
  }

  @Test func everyChartIsASpecificationOfItsOwn() throws {
    let charts = try PlotGallery.charts()
    #expect(charts.count >= 22)
    #expect(Set(charts.map(\.name)).count == charts.count)
    for (name, chart) in charts {
      let parsed = try Parsed(chart)
      #expect(parsed["$schema"].text == "https://vega.github.io/schema/vega-lite/v5.json")
      #expect(!chart.vegaLite.contains("\n"))
      for view in Self.views(parsed) {
        #expect(view["data"]["values"].array.count > 0, "\(name)")
        #expect((view["width"].number ?? 0) > 0 && (view["height"].number ?? 0) > 0, "\(name)")
        #expect(view.names.contains("mark") || view["layer"].array.count > 0, "\(name)")
      }
    }
  }

  @Test func everyFieldThatIsEncodedIsInTheData() throws {
    for (name, chart) in try PlotGallery.charts() {
      for view in Self.views(try Parsed(chart)) {
        let fields = view["data"]["values"].array.reduce(into: Set<String>()) {
          $0.formUnion($1.names)
        }
        for layer in [view] + view["layer"].array {
          for channel in layer["encoding"].names {
            guard let field = layer["encoding"][channel]["field"].text else { continue }
            #expect(fields.contains(field), "\(name): \(channel) is of \(field)")
          }
        }
      }
    }
  }

  @Test func textIsKeptUpToSymbols() throws {
    let drawn = PlotGallery.hostile.replacing("\n", with: "␊").replacing("\t", with: "␉")
      .replacing("\u{1}", with: "␁").replacing("\u{2028}", with: "␤")
    let charts = Dictionary(uniqueKeysWithValues: try PlotGallery.charts().map { ($0, $1) })
    let lines = try Parsed(try #require(charts["lines"]))
    #expect(lines["title"]["text"].text == drawn)
    #expect(lines.column("line").last?.text == drawn)
    #expect(lines["layer"][1]["encoding"]["x"]["title"].text == drawn)
  }
}
