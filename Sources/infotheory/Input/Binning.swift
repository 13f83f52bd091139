/// Bins of equal width from the least to the greatest number.
///
/// Each bin holds its lower edge and not its upper one, the last holds both.
struct Binning: Equatable {
  /// One more than there are bins, strictly increasing, save for a single number
  /// that is both edges of its only bin.
  let edges: [Double]

  var count: Int { edges.count - 1 }

  /// Creates bins, nil if the range holds too few doubles to part them.
  init?(from minimum: Double, to maximum: Double, count: Int) {
    guard minimum < maximum else {
      guard count == 1, minimum == maximum else { return nil }
      edges = [minimum, maximum]
      return
    }
    edges = (0...count).map { i in
      if i == 0 { return minimum }
      if i == count { return maximum }
      // Halves, because the width itself may be too large for a double.
      let t = Double(i) / Double(count)
      let width = maximum - minimum
      return width.isFinite ? minimum + width * t : (minimum / 2 * (1 - t) + maximum / 2 * t) * 2
    }
    for i in 1...count where edges[i] <= edges[i - 1] { return nil }
  }

  /// The bin that holds a number within the edges.
  func index(of value: Double) -> Int {
    let (low, high) = (edges[0], edges[count])
    let guess = (value / 2 - low / 2) / (high / 2 - low / 2) * Double(count)
    var bin = guess > 0 ? min(count - 1, Int(guess)) : 0
    while bin > 0, value < edges[bin] { bin -= 1 }
    while bin < count - 1, value >= edges[bin + 1] { bin += 1 }
    return bin
  }

  /// The middle of every bin, where ordered distances place it.
  var centres: [Double] { (0..<count).map { edges[$0] / 2 + edges[$0 + 1] / 2 } }

  /// A name for every bin, with as few digits as tell the edges apart.
  var labels: [String] {
    let shown = Digits.distinct(edges)
    return (0..<count).map { "[\(shown[$0]), \(shown[$0 + 1])\($0 == count - 1 ? "]" : ")")" }
  }
}
