/// Short names that tell samples apart.
enum SampleTitles {
  /// The group, or the file's name, the column, or both: as little as differs.
  static func of(_ names: [(file: String, column: String, group: String?)]) -> [String] {
    let candidates: [((file: String, column: String, group: String?)) -> String] = [
      { $0.group ?? baseName($0.file) },
      { $0.group ?? $0.column },
      { "\(baseName($0.file)):\($0.column)" },
      { "\($0.file):\($0.column)" },
    ]
    for candidate in candidates {
      let titles = names.map(candidate)
      if Set(titles).count == titles.count { return titles }
    }
    // The same column of the same file, twice.
    return names.enumerated().map { "\($1.file):\($1.column) (\($0 + 1))" }
  }

  private static func baseName(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
  }
}
