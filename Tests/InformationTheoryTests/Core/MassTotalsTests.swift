import Testing

@testable import InformationTheory

@Suite("Totals of masses")
struct MassTotalsTests {
  private func totals(_ masses: [Double]) throws -> MassTotals {
    try MassTotals(masses.span, argument: "p")
  }

  @Test func theTotalIsExact() throws {
    let masses = [1, 0x1p-60, 0x1p-1074]
    let totals = try totals(masses)
    #expect(totals.count == 3)
    #expect(totals.expansion == masses)
    #expect(totals.total == DoubleDouble(high: 1, low: 0x1p-60))
  }

  /// The outcome with more than half, and exactly what the others have.
  @Test func dominant() throws {
    let peaked = try totals([0x1p-80, 1, 0x1p-70])
    #expect(peaked.dominant == 1)
    #expect(peaked.rest == DoubleDouble(0x1p-80 + 0x1p-70))
    #expect(try totals([0.5, 0.5]).dominant == nil)
    #expect(try totals([0.5, 0.5 + 0x1p-53]).dominant == 1)
    #expect(try totals([0.4, 0.3, 0.3]).dominant == nil)
    #expect(try totals([3]).rest == .zero)
  }

  @Test func likeliest() throws {
    let masses = [0.25, 0.375, 0.375]
    #expect(try totals(masses).likeliest(of: masses.span) == 1)
  }

  /// −log(1 − x) = x + x²/2 + …, of the mass that is 1 to all its digits.
  @Test func surprisalNextToCertainty() throws {
    let totals = try totals([1, 1e-30])
    #expect(totals.surprisal(1, at: 0).high == 1e-30)
    expect(totals.surprisal(1e-30, at: 1).high, near: 69.0775527898213705205)
  }
}
