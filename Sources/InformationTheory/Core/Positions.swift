/// Where ordered outcomes lie on a line, which is at 0, 1, 2 … where nobody says.
struct Positions: Sendable {
  private let given: [Double]?

  /// Checks positions for a number of outcomes.
  init(_ positions: [Double]?, count: Int) throws(InformationError) {
    given = positions
    guard let positions else { return }
    guard positions.count == count else {
      throw InformationError(
        .sizeMismatch, argument: "positions",
        "there are \(positions.count) positions for \(count) outcomes: give one for each")
    }
    for (i, position) in positions.enumerated() {
      guard position.magnitude < 0x1p500 else {
        throw InformationError(
          .badPositions, argument: "positions", index: i,
          "positions[\(i)] is \(position): a position must be finite and below 2^500 in magnitude")
      }
      guard i == 0 || position > positions[i - 1] else {
        throw InformationError(
          .badPositions, argument: "positions", index: i,
          """
          positions[\(i)] is \(position), after \(positions[i - 1]): \
          positions must increase strictly
          """)
      }
    }
  }

  /// The distance from one outcome to the next, exactly.
  func step(_ i: Int) -> DoubleDouble { distance(i + 1, i) }

  /// The signed distance of two outcomes, exactly.
  func distance(_ i: Int, _ j: Int) -> DoubleDouble {
    guard let given else { return DoubleDouble(Double(i - j)) }
    return .difference(given[i], given[j])
  }
}
