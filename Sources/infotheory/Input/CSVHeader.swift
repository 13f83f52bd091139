/// The names of a file's columns.
struct CSVHeader {
  let file: String
  let names: [String]
  let delimiter: UInt8

  /// The index of the one column with a name.
  func index(of name: String) throws -> Int {
    guard let first = names.firstIndex(of: name) else { throw unknown(name) }
    if let second = names[(first + 1)...].firstIndex(of: name) {
      throw Fault(
        .data,
        """
        \(file), line 1: columns \(first + 1) and \(second + 1) both have the name \
        \(quoted(name)); rename one
        """)
    }
    return first
  }

  private func unknown(_ name: String) -> Fault {
    let shown = 20
    var list = names.prefix(shown).map { quoted($0) }.joined(separator: ", ")
    if names.count > shown { list += " and \(names.count - shown) more" }
    let hint =
      otherDelimiter.map { "; are the fields separated by \($0)? Add --delimiter \($0)" }
      ?? nearestHint(for: name, among: names.prefix(10_000))
    return Fault(
      .data,
      """
      \(file), line 1: there is no column \(quoted(name)); \
      \(names.count == 1 ? "the only column is" : "the columns are") \(list)\(hint)
      """)
  }

  /// The delimiter that the only name seems to hold.
  private var otherDelimiter: String? {
    guard names.count == 1, let name = names.first else { return nil }
    let candidates: [(Character, String)] = [
      (";", "';'"), ("\t", "tab"), ("|", "'|'"), (",", "','"),
    ]
    return candidates.first { name.contains($0.0) }?.1
  }
}
