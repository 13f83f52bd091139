import TestSupport
import Testing

@testable import InformationTheory

@Suite("Kernel of power sums")
struct PowerKernelTests {
  private static let orders = [
    0x1p-8, 0.1, 0.5, 0.75, 1.3, 1.5, 2, 2.5, 3, .pi, 4, 5.5, 7.9, 8,
  ]

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
    for order in [0x1p-9, 1, 8.5] {
      let sum = try PowerSum(p.span, order: order, scale: 1, tolerance: 1e-12, stopsEarly: true)
      #expect(sum == nil, "\(order)")
    }
  }

  /// A sum's distance from the terms of the definition, and how far it says that it may be off;
  /// nil where the kernels leave it.
  private func promise(_ masses: [Double], _ order: Double) throws -> (Double, Double)? {
    let found = try PowerSum(
      masses.span, order: order, scale: 1, tolerance: 1e-12, stopsEarly: false)
    guard let found else { return nil }
    var powers = ExactSum()
    for p in masses {
      let power = DoubleDouble.exp(DoubleDouble.log(p) * order)
      powers.add(power.high)
      powers.add(power.low)
    }
    let logTotal = DoubleDouble.log(ExactSum(masses).doubleDouble)
    let truth = powers.doubleDouble * DoubleDouble.exp(logTotal * -order)
    return (((found.value - truth) / truth).high.magnitude, found.error)
  }

  /// The sum is as close as it says, which is far closer than a double.
  @Test(arguments: orders)
  func theSumKeepsItsPromise(_ order: Double) throws {
    var sums = 0
    try forEachDraw(40, from: 0xF3) { random, seed in
      let masses = try random.positive(random.integer(64...200)).probabilities
      guard let (distance, error) = try promise(masses, order) else { return }
      sums += 1
      #expect(distance <= error && error < 0x1p-58, "\(seed) 2^\(distance.exponent)")
    }
    // Few of the draws have sums next to 1.
    #expect(sums >= 20)
  }

  /// Of equal masses the errors of the powers are one, and none takes from another.
  @Test func onePowerKeepsThePromise() throws {
    for n in 3...250 {
      let masses = [Double](repeating: 1 / Double(n), count: n)
      for order in [0x1p-8, 0.1, 0.3, 0.75, 1.3, 1.7, .pi] {
        guard let (distance, error) = try promise(masses, order) else { continue }
        #expect(distance <= error, "\(n) \(order) 2^\(distance.exponent)")
      }
    }
  }

  /// The kernels' nats are the definition's, bit for bit, of any order.
  @Test(arguments: orders)
  func natsAreTheDefinitions(_ order: Double) throws {
    try forEachDraw(100, from: 0xF2) { random, seed in
      let masses = random.masses(random.integer(2...200))
      let totals = try MassTotals(masses.span, argument: "masses")
      let entropies: [any PowerEntropy] = [
        RenyiEntropy(order: order), TsallisEntropy(order: order),
      ]
      for entropy in entropies {
        let value = entropy.value(of: masses.span, totals)
        let truth = entropy.definition(of: masses.span, totals)
        #expect(value.high + value.low == truth.high + truth.low, "\(entropy) \(seed)")
      }
    }
  }

  /// Sums far below the unit of a first pass take a finer one.
  @Test(arguments: [3, .pi, 5.5, 7.9, 8])
  func sumsOfSmallPowers(_ order: Double) throws {
    var random = SplitMix64(state: 8)
    let p = try random.positive(20_000).probabilities
    let sum = try PowerSum(p.span, order: order, scale: 1, tolerance: 1e-11, stopsEarly: false)
    #expect(try #require(sum).error < 0x1p-57)
    let totals = try MassTotals(p.span, argument: "p")
    let truth = RenyiEntropy(order: order).definition(of: p.span, totals)
    #expect(try renyiEntropy(of: p.span, order: order).nats == truth.high + truth.low)
  }

  /// Of equal masses every order's entropy is log n, to the last bit.
  @Test func equalMassesHaveOneEntropy() throws {
    for n in [3, 5, 7, 10, 100, 1000, 4097] {
      let categorical = try Categorical(counts: [Int](repeating: 1, count: n))
      for order in Self.orders {
        let nats = try categorical.renyiEntropy(order: order).nats
        #expect(nats == categorical.hartleyEntropy().nats, "\(n) \(order)")
      }
    }
  }

  @Test func sameBitsAtEveryLevelThreadCountAndBlock() throws {
    var random = SplitMix64(state: 6)
    let masses = random.masses(KernelRuns.length)
    let totals = try MassTotals(masses.span, argument: "masses")
    for order in [0.3, 0.5, 1.7, 2, 3.5] {
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
