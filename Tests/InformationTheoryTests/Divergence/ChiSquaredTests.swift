import InformationTheory
import TestSupport
import Testing

struct PearsonChiSquaredForms: DivergenceForms {
  let table = "pearson-chi-squared"

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.pearsonChiSquared(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try pearsonChiSquared(of: p, from: q, support: arguments.support)
  }
}

struct NeymanChiSquaredForms: DivergenceForms {
  let table = "neyman-chi-squared"

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.neymanChiSquared(from: q, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try neymanChiSquared(of: p, from: q, support: arguments.support)
  }
}

@Suite("Pearson χ²")
struct PearsonChiSquaredTests {
  let forms = PearsonChiSquaredForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.pearsonChiSquared(from: q), near: 0.375)
    // R: entropy::chi2.empirical, of counts.
    let (a, b) = (
      try Categorical(counts: [4, 2, 3, 1, 10, 4]), try Categorical(counts: [2, 3, 7, 1, 4, 3])
    )
    expect(try a.pearsonChiSquared(from: b), near: 0.456679894179894, ulps: 32)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: .infinity, onlyInQ: 1, disjoint: .infinity))
  }
}

@Suite("Neyman χ²")
struct NeymanChiSquaredTests {
  let forms = NeymanChiSquaredForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValue() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.neymanChiSquared(from: q), near: 0.375)
  }

  @Test func isPearsonReversed() throws {
    try forEachDraw(100, from: 0x4E7) { random, seed in
      let (p, q) = try random.pair()
      expectSameBits(try p.neymanChiSquared(from: q), try q.pearsonChiSquared(from: p), seed)
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 1, onlyInQ: .infinity, disjoint: .infinity))
  }
}
