import ArgumentParser
import Foundation
import Plots

/// A file for a chart, whose name says in what form.
struct PlotFile {
  /// A form, by the ending of the name.
  enum Kind: String, CaseIterable {
    case html
    case svg
    case png
    case json
  }

  let path: String
  let kind: Kind

  init(path: String) throws {
    let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last
    guard let kind = ending.flatMap({ Kind(rawValue: $0.lowercased()) }) else {
      let endings = Kind.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
      throw ValidationError("\(quoted(path)): the name of a chart's file ends in one of \(endings)")
    }
    (self.path, self.kind) = (path, kind)
  }

  /// Writes the chart in one piece: there is the whole file, or the one that was there.
  func write(_ chart: any Chart) throws {
    let bytes =
      switch kind {
      case .json: Data((chart.vegaLite + "\n").utf8)
      case .svg, .png: try VegaConverter.run(kind.rawValue, chart.vegaLite)
      case .html:
        Data(
          chart.html(script: String(decoding: try VegaConverter.run("script", ""), as: UTF8.self))
            .utf8)
      }
    do {
      try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Fault(.output, "cannot write \(path): \(error.localizedDescription)")
    }
  }
}
