import Testing

@testable import InformationTheory

@Suite("Positions")
struct PositionsTests {
  @Test func whereNobodySays() throws {
    let positions = try Positions(nil, count: 5)
    #expect(positions.step(3) == .one)
    #expect(positions.distance(1, 4) == DoubleDouble(-3))
  }

  /// The difference of two doubles need not be one.
  @Test func distancesAreExact() throws {
    let positions = try Positions([-1, 0x1p-80, 1e17], count: 3)
    #expect(positions.step(0) == DoubleDouble(high: 1, low: 0x1p-80))
    #expect(positions.distance(2, 0) == DoubleDouble(high: 1e17, low: 1))
  }

  @Test func theRange() throws {
    #expect(try Positions([-0x1.fp499, 0x1.fp499], count: 2).step(0).high == 0x1.fp500)
    expectError(.badPositions, argument: "positions", index: 1, says: "2^500") {
      try Positions([0, 0x1p500], count: 2)
    }
  }
}
