import InformationTheory

/// Quotes foreign text in a message: short, on one line, without control characters.
func quoted(_ text: String) -> String {
  let limit = 60
  var result = "\""
  for scalar in text.unicodeScalars.prefix(limit) {
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\"": result += "\\\""
    case _ where scalar.properties.generalCategory == .control:
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  if text.unicodeScalars.count > limit { result += "…" }
  return result + "\""
}

/// A number of things with the noun it needs: `"1 row"`, `"2 rows"`.
func counted(_ count: Int, _ noun: String, _ nouns: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : nouns ?? noun + "s")"
}

/// `"; did you mean …?"`, if one of some names is near enough, or nothing.
func nearestHint(for name: String, among known: some Sequence<String>) -> String {
  NearestName.of(name, among: known).map { "; did you mean \(quoted($0))?" } ?? ""
}
