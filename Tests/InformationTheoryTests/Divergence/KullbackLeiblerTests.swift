import Testing

@testable import InformationTheory

struct KullbackLeiblerForms: DivergenceForms {
  let table = "kl-divergence"

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.klDivergence(from: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try klDivergence(of: p, from: q, support: arguments.support).nats
  }
}

struct ReverseKullbackLeiblerForms: DivergenceForms {
  let table = "reverse-kl-divergence"

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.reverseKLDivergence(from: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try reverseKLDivergence(of: p, from: q, support: arguments.support).nats
  }
}

@Suite("Kullback–Leibler divergence")
struct KullbackLeiblerTests {
  let forms = KullbackLeiblerForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.klDivergence(from: q).nats, near: 0.17328679513998632735)
    #expect(try p.klDivergence(from: q).bits == 0.25)
    // Cover and Thomas, example 2.3.1.
    let (fair, bent) = (try Categorical([0.5, 0.5]), try Categorical([0.75, 0.25]))
    expect(try fair.klDivergence(from: bent).bits, near: 0.207518749639421909273130528)
    expect(try bent.klDivergence(from: fair).bits, near: 0.188721875540867136090304207960862)
    expect(try fair.reverseKLDivergence(from: bent).bits, near: 0.188721875540867136090304207960862)
    // R: entropy::KL.empirical, of counts.
    let (a, b) = (
      try Categorical(counts: [4, 2, 3, 1, 10, 4]), try Categorical(counts: [2, 3, 7, 1, 4, 3])
    )
    expect(try a.klDivergence(from: b).nats, near: 0.223236798764817, ulps: 32)
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity))
  }

  /// The term p log(p/q) − p + q to twice the digits of a double.
  @Test func everyOracleValueOfTheTerm() throws {
    let table: KernelTable = try OracleTable.load("kernel-relative-entropy-term")
    var worst = WorstError("relative-entropy term", bound: 0x1p-62)
    for row in table.values {
      let (p, q) = (try #require(row.p).value, try #require(row.q).value)
      let pair = MassPair(p, q)
      let term = KullbackLeibler.term(pair)
      #expect(term.high > 0 || p == q, "t(\(p), \(q))")
      let scaled = term.scaled(byPowerOfTwo: -pair.lift)
      worst.check(scaled, [row.hi.value, row.lo.value], "t(\(p), \(q))")
    }
    worst.finish()
  }

  /// Neighbouring doubles at every scale: a definition that subtracts says 0 or less.
  @Test func oneUlpApart() throws {
    for mass in [0.5, 0.25, 0.1, 1e-8, 1e-100] {
      let p = try Categorical(normalizing: [1 - mass, mass])
      let q = try Categorical(normalizing: [1 - mass, mass.nextUp])
      let (d, ulp) = (try p.klDivergence(from: q).nats, mass.ulp)
      // q is further on by ulp·(1 − mass): its square over 2·mass·(1 − mass).
      let leading = ulp * ulp * (1 - mass) / (2 * mass)
      #expect((d / leading - 1).magnitude < 1e-12, "\(mass): \(d) and \(leading)")
    }
  }
}

@Suite("Reverse Kullback–Leibler divergence")
struct ReverseKullbackLeiblerTests {
  let forms = ReverseKullbackLeiblerForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(onlyInP: 0.693147180559945309417, onlyInQ: .infinity, disjoint: .infinity))
  }
}
