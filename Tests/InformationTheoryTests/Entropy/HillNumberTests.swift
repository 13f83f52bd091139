import InformationTheory
import Testing

struct HillNumberForms: EntropyForms {
  let table = "hill-number"
  let samples = [0, 0.5, 1, 2, .infinity].map { Arguments(order: $0) }
  let ofPointMass = 1.0

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    try p.hillNumber(order: arguments.order)
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try hillNumber(of: p, order: arguments.order)
  }
}

struct PerplexityForms: EntropyForms {
  let table = "perplexity"
  let ofPointMass = 1.0

  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double {
    p.perplexity()
  }

  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double {
    try perplexity(of: p)
  }
}

@Suite("Hill number")
struct HillNumberTests {
  let forms = HillNumberForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }

  @Test func goldenValues() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    expect(p.perplexity(), near: 3.36358566101485817212450190493)  // 2^1.75
    expect(try p.hillNumber(order: 0), near: 4)
    expect(try p.hillNumber(order: 1), near: 3.36358566101485817212450190493)
    expect(try p.hillNumber(order: 2), near: 2.90909090909090909090909)  // 1/Σp² = 32/11
    expect(try p.hillNumber(order: .infinity), near: 2)
  }

  @Test func uniformCountsItsOutcomes() throws {
    for k in 0...12 {
      let p = try Categorical(counts: [Int](repeating: 7, count: 1 << k))
      for order in [0, 0.5, 1, 2, .infinity] {
        expect(try p.hillNumber(order: order), near: Double(1 << k), "order \(order):")
      }
      expect(p.perplexity(), near: Double(1 << k))
    }
  }

  @Test func edges() throws {
    for order in [0, 0.5, 1, 2, .infinity] {
      #expect(try Categorical([0, 1]).hillNumber(order: order) == 1)
      #expect(try Categorical([1.0]).hillNumber(order: order) == 1)
    }
  }

  @Test func badOrder() throws {
    try checkBadOrders(forms, [-1, -0x1p-1074, .nan, -.infinity])
  }
}

@Suite("Perplexity")
struct PerplexityTests {
  let forms = PerplexityForms()

  @Test func everyOracleValue() throws { try checkOracle(forms) }
  @Test func everyFloat() throws { try checkFloat(forms) }
  @Test func badMasses() { checkBadMasses(forms) }
}
