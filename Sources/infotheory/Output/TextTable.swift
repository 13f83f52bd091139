/// Columns of text: the first to the left, the others to the right.
struct TextTable {
  private var rows: [[String]] = []

  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The lines, columns two spaces apart.
  func lines(indent: String = "  ") -> [String] {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + padding : padding + text
      }
      let line = indent + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// Running text in lines that fit the screen.
enum Wrapped {
  static let width = 80

  /// Breaks a list of words into lines, with what comes first on the first.
  static func lines(_ first: String, _ words: [String], indent: String = "  ") -> [String] {
    var lines = [first]
    for word in words {
      let last = lines.count - 1
      if lines[last].count + 1 + word.count <= width {
        lines[last] += " " + word
      } else {
        lines.append(indent + word)
      }
    }
    return lines
  }

  /// Text cut to a width, with an ellipsis where something is missing.
  static func cut(_ text: String, to width: Int) -> String {
    let plain = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return plain.count <= width ? plain : plain.prefix(width - 1) + "…"
  }
}
