import InformationTheory
import Testing

struct AlphaDivergenceForms: DivergenceForms {
  let table = "alpha-divergence"
  let samples = [2, -1, 0, 0.5, 1, 1 + 0x1p-30, -30].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.alphaDivergence(from: q, order: arguments.order, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try alphaDivergence(of: p, from: q, order: arguments.order, support: arguments.support)
  }
}

struct CressieReadForms: DivergenceForms {
  let table = "cressie-read-divergence"
  let samples = [2.0 / 3, -0.5, 0, -1, 1e-9].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double {
    try p.cressieReadDivergence(from: q, lambda: arguments.order, support: arguments.support)
  }

  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double {
    try cressieReadDivergence(of: p, from: q, lambda: arguments.order, support: arguments.support)
  }
}

@Suite("α-divergence")
struct AlphaDivergenceTests {
  let forms = AlphaDivergenceForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    for (order, value) in [
      (-1, 0.1875), (0, 0.17328679513998632735), (0.5, 0.171572875253809902396622551581),
      (1, 0.17328679513998632735), (2, 0.1875), (3, 0.21875),
    ] {
      expect(try p.alphaDivergence(from: q, order: order), near: value, "order \(order):")
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(order: -1, onlyInP: 0.5, onlyInQ: .infinity, disjoint: .infinity),
      Edges(order: 0, onlyInP: 0.693147180559945309417, onlyInQ: .infinity, disjoint: .infinity),
      Edges(
        order: 0.5, onlyInP: 1.171572875253809902396622551581,
        onlyInQ: 1.171572875253809902396622551581, disjoint: 4),
      Edges(order: 1, onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(order: 2, onlyInP: .infinity, onlyInQ: 0.5, disjoint: .infinity))
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [.infinity, -.infinity, .nan])
  }
}

@Suite("Cressie–Read divergence")
struct CressieReadTests {
  let forms = CressieReadForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() throws { try checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical([0.25, 0.25, 0.25, 0.25])
    expect(try p.cressieReadDivergence(from: q, lambda: 1), near: 0.1875)
    expect(try p.cressieReadDivergence(from: q, lambda: -2), near: 0.1875)
    expect(try p.cressieReadDivergence(from: q, lambda: 0), near: 0.17328679513998632735)
    expect(
      try p.cressieReadDivergence(from: q, lambda: 2.0 / 3), near: 0.181071591498862994058835900)
  }

  /// λ + 1 is not rounded to a double.
  @Test func tinyOrdersCount() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.75, 0.25]))
    for lambda in [0x1p-60, -0x1p-60, 0x1p-1074] {
      let value = try p.cressieReadDivergence(from: q, lambda: lambda)
      expect(value, near: try p.klDivergence(from: q).nats, "\(lambda):")
    }
  }

  @Test func edges() throws {
    try checkEdges(
      forms,
      Edges(order: -2, onlyInP: 0.5, onlyInQ: .infinity, disjoint: .infinity),
      Edges(order: -1, onlyInP: 0.693147180559945309417, onlyInQ: .infinity, disjoint: .infinity),
      Edges(
        order: -0.5, onlyInP: 1.171572875253809902396622551581,
        onlyInQ: 1.171572875253809902396622551581, disjoint: 4),
      Edges(order: 0, onlyInP: .infinity, onlyInQ: 0.693147180559945309417, disjoint: .infinity),
      Edges(order: 1, onlyInP: .infinity, onlyInQ: 0.5, disjoint: .infinity))
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [.infinity, -.infinity, .nan], argument: "lambda")
  }
}
