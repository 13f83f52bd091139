import InformationTheory
import TestSupport
import Testing

struct ChernoffInformationForms: DivergenceForms {
  let table = "chernoff-information"

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.chernoffInformation(from: q, support: arguments.support).nats
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try chernoffInformation(of: p, from: q, support: arguments.support).nats
  }
}

@Suite("Chernoff information")
struct ChernoffInformationTests {
  let forms = ChernoffInformationForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.chernoffInformation(from: q).nats, near: 0.0438403146663646520521152438552)
    // Two coins bent as much to either side: α = ½, −log(√3/2).
    let (a, b) = (try Categorical([0.75, 0.25]), try Categorical([0.25, 0.75]))
    expect(try a.chernoffInformation(from: b).nats, near: 0.1438410362258904637196)
  }

  /// The root in α moves by its rounding, so the exchange keeps the value, not its bits.
  @Test func isSymmetric() throws {
    try forEachDraw(from: 0xC4E) { random, seed in
      let (p, q) = try random.pair()
      let (a, b) = (try p.chernoffInformation(from: q), try q.chernoffInformation(from: p))
      expect(a.nats, near: b.nats, seed)
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(
        onlyInP: 0.693147180559945309417,
        onlyInQ: 0.693147180559945309417, disjoint: .infinity))
  }
}
