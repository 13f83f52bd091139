import InformationTheory
import Testing

struct JensenShannonDivergenceForms: DivergenceForms {
  let table = "jensen-shannon-divergence"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.jensenShannonDivergence(from: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try jensenShannonDivergence(of: p, from: q, support: arguments.support).nats
  }
}

struct JensenShannonDistanceForms: DivergenceForms {
  let table = "jensen-shannon-distance"
  let isSymmetric = true

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.jensenShannonDistance(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try jensenShannonDistance(of: p, from: q, support: arguments.support)
  }
}

@Suite("Jensen–Shannon divergence")
struct JensenShannonDivergenceTests {
  let forms = JensenShannonDivergenceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.jensenShannonDivergence(from: q).nats, near: 0.042474759198849368225)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        onlyInP: 0.2157615543388356955794143,
        onlyInQ: 0.2157615543388356955794143, disjoint: 0.693147180559945309417))
  }
}

@Suite("Jensen–Shannon distance")
struct JensenShannonDistanceTests {
  let forms = JensenShannonDistanceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.jensenShannonDistance(from: q), near: 0.20609405425399677994)
  }

  @Test func units() throws {
    let (p, q) = (try Categorical([1.0, 0]), try Categorical([0, 1.0]))
    let (x, y) = (p.masses, q.masses)
    #expect(try p.jensenShannonDistance(from: q, in: .bits) == 1)
    #expect(try jensenShannonDistance(of: x.span, from: y.span, in: .bits) == 1)
    expect(try p.jensenShannonDistance(from: q), near: 0.832554611157697756353)
    // √log₁₀2
    expect(try p.jensenShannonDistance(from: q, in: .hartleys), near: 0.5486620049392715103445617)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        onlyInP: 0.464501404022459005935437,
        onlyInQ: 0.464501404022459005935437, disjoint: 0.832554611157697756353))
  }
}
