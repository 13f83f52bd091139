/// Finds the known name that a mistyped one most likely meant.
package enum NearestName {
  /// The nearest of some names, if one is near enough to be a typing error.
  package static func of(_ name: String, among known: some Sequence<String>) -> String? {
    // Names of endless length are nobody's typing errors.
    guard name.utf8.count <= 200 else { return nil }
    let letters = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in known where candidate.utf8.count <= 200 {
      let distance = editDistance(letters, Array(candidate.lowercased().unicodeScalars))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best else { return nil }
    // A name in which every letter is wrong is another name.
    let isNear = best.distance <= max(1, (letters.count + 1) / 3) && best.distance < letters.count
    return isNear || best.name.contains(name) && name.count >= 3 ? best.name : nil
  }

  /// The least number of insertions, deletions, substitutions and swaps of
  /// neighbours that turn one text into the other.
  package static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      current.reserveCapacity(b.count + 1)
      for j in b.indices {
        var cost = min(previous[j + 1], current[j]) + 1
        cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[b.count]
  }

  /// `"; did you mean …?"`, or nothing.
  package static func hint(for name: String, among known: some Sequence<String>) -> String {
    of(name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
  }
}
