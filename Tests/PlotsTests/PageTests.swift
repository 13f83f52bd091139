import Testing

@testable import Plots

@Suite struct PageTests {
  private func chart() throws -> LineChart {
    try LineChart([.init("</script>", x: [0, 1], y: [0, 1])]).titled("a < b & \"c\"")
  }

  @Test func aPictureIsEmbeddedWithoutItsDeclaration() throws {
    let page = try chart().html(svg: "<?xml version=\"1.0\"?>\n<svg><g/></svg>")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("<title>a &lt; b &amp; \"c\"</title>"))
    #expect(page.contains("<figure><svg><g/></svg></figure>"))
    #expect(!page.contains("<?xml"))
    #expect(!page.contains("http"))
  }

  @Test func aScriptCannotEndItsElement() throws {
    let page = try chart().html(script: "window.vegaEmbed = '</script>' + '</SCRIPT '; a < b")
    #expect(page.contains(#"window.vegaEmbed = '<\/script>' + '<\/SCRIPT '; a < b</script>"#))
    #expect(page.components(of: "</script>") == 3)
    #expect(page.contains(#""line":"\u003c/script>""#))
    // Nothing is loaded: the only address names the schema.
    #expect(!page.contains("src="))
  }

  @Test func theSpecificationInAPageIsTheSame() throws {
    let page = try chart().html(script: "")
    let start = try #require(page.firstRange(of: "vegaEmbed(\"#chart\", ")).upperBound
    let end = try #require(page.firstRange(of: ", {renderer")).lowerBound
    let parsed = try Parsed(String(page[start..<end]))
    #expect(parsed.column("line").map(\.text) == ["</script>", "</script>"])
  }
}

extension String {
  /// How many parts are left without a text.
  fileprivate func components(of text: String) -> Int { split(separator: text).count }
}
