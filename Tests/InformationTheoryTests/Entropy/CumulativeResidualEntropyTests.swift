import InformationTheory
import Testing

struct CumulativeResidualEntropyForms: EntropyForms {
  let table = "cumulative-residual-entropy"
  let isOrdered = true

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    try p.cumulativeResidualEntropy(positions: arguments.positions).nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try cumulativeResidualEntropy(of: p, positions: arguments.positions).nats
  }
}

@Suite("Cumulative residual entropy")
struct CumulativeResidualEntropyTests {
  let forms = CumulativeResidualEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    expect(try p.cumulativeResidualEntropy().nats, near: 0.9530773732699248004487)
    let squares = try p.cumulativeResidualEntropy(positions: [0, 1, 4, 9])
    expect(squares.nats, near: 2.685945324669788073992)
  }

  @Test func edges() throws {
    // All mass in one place: nothing is uncertain, wherever it is.
    for place in 0..<3 {
      var masses = [0.0, 0, 0]
      masses[place] = 1
      let p = try Categorical(masses)
      expectSameBits(try p.cumulativeResidualEntropy().nats, 0)
      expectSameBits(try p.cumulativeResidualEntropy(positions: [-5, 0, 1e100]).nats, 0)
    }
    expectSameBits(try Categorical([1.0]).cumulativeResidualEntropy().nats, 0)
    // S = ½ over a step of 3.
    let coin = try Categorical([0.5, 0.5])
    #expect(try coin.cumulativeResidualEntropy(positions: [-1, 2]).bits == 1.5)
  }

  @Test func badPositions() throws { try checkBadPositions(forms) }
}
