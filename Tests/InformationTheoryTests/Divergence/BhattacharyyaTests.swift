import InformationTheory
import Testing

struct BhattacharyyaCoefficientForms: DivergenceForms {
  let table = "bhattacharyya-coefficient"
  let isSymmetric = true
  let atEquality: Double? = 1

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.bhattacharyyaCoefficient(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try bhattacharyyaCoefficient(of: p, from: q, support: arguments.support)
  }
}

struct BhattacharyyaDistanceForms: DivergenceForms {
  let table = "bhattacharyya-distance"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.bhattacharyyaDistance(from: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try bhattacharyyaDistance(of: p, from: q, support: arguments.support).nats
  }
}

@Suite("Bhattacharyya coefficient")
struct BhattacharyyaCoefficientTests {
  let forms = BhattacharyyaCoefficientForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.bhattacharyyaCoefficient(from: q), near: 0.9571067811865475244)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.707106781186547524400844, onlyInQ: 0.707106781186547524400844, disjoint: 0))
  }
}

@Suite("Bhattacharyya distance")
struct BhattacharyyaDistanceTests {
  let forms = BhattacharyyaDistanceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.bhattacharyyaDistance(from: q).nats, near: 0.043840314666364652052)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        onlyInP: 0.3465735902799726547086,
        onlyInQ: 0.3465735902799726547086, disjoint: .infinity))
  }
}
