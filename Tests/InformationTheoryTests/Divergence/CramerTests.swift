import InformationTheory
import Testing

struct CramerDistanceForms: DivergenceForms {
  let table = "cramer-distance"
  let isSymmetric = true
  let isOrdered = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.cramerDistance(from: q, positions: arguments.positions)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try cramerDistance(of: p, from: q, positions: arguments.positions)
  }
}

struct EnergyDistanceForms: DivergenceForms {
  let table = "energy-distance"
  let isSymmetric = true
  let isOrdered = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.energyDistance(from: q, positions: arguments.positions)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try energyDistance(of: p, from: q, positions: arguments.positions)
  }
}

@Suite("Cramér distance")
struct CramerDistanceTests {
  let forms = CramerDistanceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.cramerDistance(from: q), near: 0.375)
    let squares = [0.0, 1, 4, 9]
    expect(
      try p.cramerDistance(from: q, positions: squares), near: 0.572821961869480000823505899216)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.5, onlyInQ: 0.5, disjoint: 1))
  }

  @Test func badPositions() throws { try checkBadPositions(forms) }
}

@Suite("Energy distance")
struct EnergyDistanceTests {
  let forms = EnergyDistanceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.energyDistance(from: q), near: 0.530330085889910643300633271579)
    let squares = [0.0, 1, 4, 9]
    expect(try p.energyDistance(from: q, positions: squares), near: 0.8100925873009825288707459511)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        onlyInP: 0.707106781186547524400844,
        onlyInQ: 0.707106781186547524400844, disjoint: 1.41421356237309504880))
  }

  @Test func badPositions() throws { try checkBadPositions(forms) }
}
