import InformationTheory
import Testing

struct HellingerDistanceForms: DivergenceForms {
  let table = "hellinger-distance"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.hellingerDistance(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try hellingerDistance(of: p, from: q, support: arguments.support)
  }
}

@Suite("Hellinger distance")
struct HellingerDistanceTests {
  let forms = HellingerDistanceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.hellingerDistance(from: q), near: 0.2071067811865475244)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        onlyInP: 0.541196100146196984399723205367,
        onlyInQ: 0.541196100146196984399723205367, disjoint: 1))
  }
}
