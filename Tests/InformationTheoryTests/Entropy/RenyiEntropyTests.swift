import InformationTheory
import Testing

struct RenyiEntropyForms: EntropyForms {
  let table = "renyi-entropy"
  let samples = [0, 0.5, 1 - 0x1p-30, 1, 1 + 0x1p-30, 2, 30, .infinity].map { Arguments(order: $0) }

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    try p.renyiEntropy(order: arguments.order).nats
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try renyiEntropy(of: p, order: arguments.order).nats
  }
}

@Suite("Rényi entropy")
struct RenyiEntropyTests {
  let forms = RenyiEntropyForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    for (order, nats) in [
      (0, 1.38629436111989061883), (0.5, 1.2986137317871613147), (2, 1.067840630001356003),
      (3, 0.967129765917669015484880650), (.infinity, 0.693147180559945309417),
    ] {
      expect(try p.renyiEntropy(order: order).nats, near: nats, "order \(order):")
    }
    #expect(try p.renyiEntropy(order: 1).bits == 1.75)
  }

  @Test func uniformIsLogNAtEveryOrder() throws {
    let p = try Categorical(counts: [Int](repeating: 5, count: 7))
    for order in [0, 1e-300, 0.1, 1 - 0x1p-53, 1, 1 + 0x1p-52, 2, 1e3, 1e300, .infinity] {
      let value = try p.renyiEntropy(order: order).nats
      expect(value, near: 1.945910149055313305105, "order \(order):")  // log 7
    }
  }

  @Test func edges() throws {
    for order in [0, 0.5, 1, 2, 1e300, .infinity] {
      expectSameBits(try Categorical([0, 1]).renyiEntropy(order: order).nats, 0)
      expectSameBits(try Categorical([1.0]).renyiEntropy(order: order).nats, 0)
    }
  }

  /// The named entropies are those of their orders.
  @Test func namedOrders() throws {
    let p = try Categorical([0.3, 0.3, 0.4])
    #expect(try p.renyiEntropy(order: 0) == p.hartleyEntropy())
    #expect(try p.renyiEntropy(order: 1) == p.entropy())
    #expect(try p.renyiEntropy(order: 2) == p.collisionEntropy())
    #expect(try p.renyiEntropy(order: .infinity) == p.minEntropy())
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [-1, -0x1p-1074, .nan, -.infinity])
  }
}
