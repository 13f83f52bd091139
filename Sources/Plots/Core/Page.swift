extension Chart {
  /// Returns a page that shows a picture of the chart, and needs no network.
  ///
  /// - Parameter svg: The picture, as `vl-convert` makes it of ``vegaLite``.
  /// - Returns: The text of the page, in UTF-8.
  public func html(svg: String) -> String {
    // A file of its own may begin with a declaration, which is no part of a page.
    let start = svg.indices.first { svg[$0...].hasPrefix("<svg") } ?? svg.startIndex
    let picture = svg[start...]
    return Page.text(title: frame.title, head: "", body: "<figure>\(picture)</figure>")
  }

  /// Returns a page that draws the chart itself, with a tooltip at each mark, and needs no
  /// network.
  ///
  /// - Parameter script: Vega, Vega-Lite and Vega-Embed as one script that sets
  ///   `window.vegaEmbed`, as `vl_convert.javascript_bundle(vl_version="5.21")` returns it.
  /// - Returns: The text of the page, in UTF-8.
  public func html(script: String) -> String {
    Page.text(
      title: frame.title,
      head: "<script>\(Page.closed(script))</script>\n",
      body: """
        <div id="chart"></div>
        <script>
        vegaEmbed("#chart", \(specification.standalone.renderedForPage), {renderer: "svg", actions: false});
        </script>
        """)
  }
}

/// A page of HTML around a chart.
enum Page {
  static func text(title: String?, head: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>\(escaped(title ?? "Chart"))</title>
    <style>body { margin: 2em; font-family: sans-serif } figure { margin: 0 }</style>
    \(head)</head>
    <body>
    \(body)
    </body>
    </html>

    """
  }

  /// Text between tags.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// A script that does not end the element it stands in.
  ///
  /// Only strings and patterns can hold the letters of the closing tag, and there `<\/`
  /// means `</`.
  static func closed(_ script: String) -> String {
    var result = ""
    var rest = script[...]
    while let i = rest.firstIndex(of: "<") {
      result += rest[...i]
      rest = rest[rest.index(after: i)...]
      if rest.prefix(7).lowercased() == "/script" { result += "\\" }
    }
    return result + rest
  }
}

extension JSON {
  /// The value for a script in a page: no tag can begin in it.
  var renderedForPage: String {
    // Outside of strings JSON has no such character.
    rendered.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
  }
}
