import TestSupport
import Testing

@testable import InformationTheory

@Suite("Kernel of power sums")
struct PowerKernelTests {
  private static let orders = [0.5, 1.5, 2, 2.5, 3, 4, 5.5, 8]

  /// Relative distance of the kernels' value from the definition's.
  private func distance<Scalar: InformationScalar>(
    _ entropy: some PowerEntropy, _ masses: [Scalar]
  ) throws -> Double {
    let totals = try MassTotals(masses.span, argument: "masses")
    let value = entropy.value(of: masses.span, totals)
    let truth = entropy.definition(of: masses.span, totals)
    return truth.high == 0 ? value.high.magnitude : ((value - truth) / truth).high.magnitude
  }

  @Test(arguments: orders)
  func agreesWithTheDefinition(_ order: Double) throws {
    try forEachDraw(60, from: 0xF1) { random, seed in
      let masses = random.masses(random.integer(1...400))
      let narrow = masses.map { Float($0) }.filter { $0 > 0 && $0 < .infinity }
      let entropies: [any PowerEntropy] = [
        RenyiEntropy(order: order), TsallisEntropy(order: order),
      ]
      for entropy in entropies {
        let error = try distance(entropy, masses)
        #expect(error <= 0x1p-54, "\(entropy) \(seed) 2^\(error.exponent)")
        if !narrow.isEmpty {
          #expect(try distance(entropy, narrow) <= 0x1p-54, "\(entropy) \(seed) Float")
        }
      }
    }
  }

  @Test func theKernelsAreUsed() throws {
    var random = SplitMix64(state: 5)
    let p = try random.positive(1000).probabilities
    for order in Self.orders {
      let sum = try PowerSum(p.span, order: order, scale: 1, tolerance: 1e-12, stopsEarly: true)
      #expect(sum != nil, "\(order)")
    }
    for order in [0.75, 1, 8.5] {
      let sum = try PowerSum(p.span, order: order, scale: 1, tolerance: 1e-12, stopsEarly: true)
      #expect(sum == nil, "\(order)")
    }
  }

  @Test func sameBitsAtEveryLevelThreadCountAndBlock() throws {
    var random = SplitMix64(state: 6)
    let masses = random.masses(KernelRuns.length)
    let totals = try MassTotals(masses.span, argument: "masses")
    for order in [0.5, 2, 3.5] {
      let value = RenyiEntropy(order: order).value(of: masses.span, totals)
      KernelRuns.forEach { run in
        let again = RenyiEntropy(order: order).value(of: masses.span, totals)
        #expect(again == value, "order \(order) \(run)")
      }
    }
  }

  /// Uniform distributions on 2ᵏ outcomes: every entropy is k bits, every sum of squares 2⁻ᵏ.
  @Test func uniformDistributionsAreExact() throws {
    for k in 2...16 {
      let p = [Double](repeating: .powerOfTwo(-k), count: 1 << k)
      for order in Self.orders {
        #expect(try renyiEntropy(of: p.span, order: order).bits == Double(k), "\(k) \(order)")
      }
      #expect(try tsallisEntropy(of: p.span, order: 2) == 1 - .powerOfTwo(-k))
      #expect(try giniImpurity(of: p.span) == 1 - .powerOfTwo(-k))
    }
  }

  @Test func errorsNameTheElement() throws {
    for bad in [-1e-3, .nan, .infinity] {
      var p = [Double](repeating: 0x1p-16, count: 1 << 16)
      p[40_000] = bad
      let error = #expect(throws: InformationError.self) {
        _ = try renyiEntropy(of: p.span, order: 2)
      }
      #expect(error?.index == 40_000)
    }
    let short = [Double](repeating: 0x1p-17, count: 1 << 16)
    let error = #expect(throws: InformationError.self) {
      _ = try tsallisEntropy(of: short.span, order: 0.5)
    }
    #expect(error?.code == .notNormalized)
  }

  @Test func aCancelledTaskEndsEarly() async throws {
    let p = [Double](repeating: 0x1p-20, count: 1 << 20)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try renyiEntropy(of: p.span, order: 2)
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
