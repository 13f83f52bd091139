import TestSupport
import Testing

@testable import InformationTheory

@Suite("Kernel of the entropy")
struct EntropyKernelTests {
  /// Relative distance of the kernels' value from the definition's.
  private func distance<Scalar: InformationScalar>(_ masses: [Scalar]) throws -> Double {
    let totals = try MassTotals(masses.span, argument: "masses")
    let value = ShannonEntropy().value(of: masses.span, totals)
    let truth = ShannonEntropy().definition(of: masses.span, totals)
    return truth.high == 0 ? value.high.magnitude : ((value - truth) / truth).high.magnitude
  }

  @Test func agreesWithTheDefinition() throws {
    try forEachDraw(600, from: 0xE1) { random, seed in
      let masses = random.masses(random.integer(1...600))
      let error = try distance(masses)
      #expect(error <= 0x1p-57, "\(seed) 2^\(error.exponent)")
      let narrow = masses.map { Float($0) }.filter { $0 > 0 && $0 < .infinity }
      if !narrow.isEmpty { #expect(try distance(narrow) <= 0x1p-57, "\(seed) Float") }
    }
  }

  /// Masses next to every power of two, where the reduction of the logarithm turns.
  @Test func everyBinade() throws {
    for exponent in 1...52 {
      for significand in [1, 1 + 0x1p-52, 0x1.6a09e667f3bccp0, 0x1.6a09e667f3bcdp0, 2 - 0x1p-52] {
        let x = Double(sign: .plus, exponent: -exponent, significand: significand)
        #expect(try distance([x, 1 - x, 0.25]) <= 0x1p-57, "\(x)")
      }
    }
  }

  /// A mass that is 1 in the kernel's scale is not the kernel's, whatever is beside it.
  @Test func aMassOfOne() throws {
    for others in 1...40 {
      let masses = [1] + [Double](repeating: 0x1p-8, count: others)
      #expect(try distance(masses) <= 0x1p-57, "\(others) others")
    }
  }

  @Test func theKernelsAreUsed() throws {
    var random = SplitMix64(state: 5)
    let p = try random.positive(1000).probabilities
    let kernel = try #require(try MassTally(p.span, .entropy, scale: 1, stopsEarly: true))
    #expect(kernel.entropy(tolerance: 1e-12) != nil)
  }

  /// Few probabilities take a shorter way, in which one may be nearly 1 and others tiny.
  @Test func fewAgreeWithTheDefinition() throws {
    var taken = 0
    try forEachDraw(2000, from: 0xE7) { random, seed in
      // Whose total may be next to 1, which shows in the entropy in up to fourth order.
      let total = random.unit() < 0.5 ? 1 : 1 + .powerOfTwo(-random.integer(17...50))
      let p = try random.fewProbabilities().map { min($0 * total, 1) }
      let narrow = p.map { Float($0) }
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          if try fewAgree(p, "\(seed), \(level)") { taken += 1 }
          if try fewAgree(narrow, "\(seed), \(level), Float") { taken += 1 }
        }
      }
    }
    #expect(taken > 2800 * KernelLevel.available.count, "\(taken)")
  }

  /// Whether the shorter way takes some masses; its value is then that of the definition.
  private func fewAgree<Scalar: InformationScalar>(_ p: [Scalar], _ draw: String) throws -> Bool {
    guard let value = MassTally.entropy(ofFew: p.span, tolerance: nil) else { return false }
    let totals = try MassTotals(p.span, argument: "p")
    let truth = ShannonEntropy().definition(of: p.span, totals)
    let error = truth.high == 0 ? value.high.magnitude : ((value - truth) / truth).high.magnitude
    #expect(error <= 0x1p-57, "\(draw) \(p) 2^\(error.exponent)")
    return true
  }

  @Test func aPointMassHasNoEntropy() {
    for count in 1...66 {
      for place in 0..<count {
        var p = [Double](repeating: 0, count: count)
        p[place] = 1
        #expect(MassTally.entropy(ofFew: p.span, tolerance: 0) == (count > 64 ? nil : .zero))
      }
    }
    // One that is next to 0 counts, though the sum of the masses does not show it.
    let p = [1, 0x1p-200]
    #expect(MassTally.entropy(ofFew: p.span, tolerance: 1) == nil)
  }

  @Test func sameBitsAtEveryLevelThreadCountAndBlock() throws {
    var random = SplitMix64(state: 6)
    // Long enough for threads, in which the last block is not full.
    let masses = random.masses(KernelRuns.length)
    let totals = try MassTotals(masses.span, argument: "masses")
    let value = ShannonEntropy().value(of: masses.span, totals)
    KernelRuns.forEach { run in
      #expect(ShannonEntropy().value(of: masses.span, totals) == value, "\(run)")
    }
  }

  @Test func anyOrder() throws {
    var random = SplitMix64(state: 7)
    var masses = random.masses(5000)
    let value = try Categorical(normalizing: masses).entropy()
    for _ in 0..<20 {
      masses.shuffle(using: &random)
      expectSameBits(try Categorical(normalizing: masses).entropy().nats, value.nats)
    }
  }

  @Test func nextToAPointMassTheDefinitionDecides() throws {
    for rest in [1e-3, 1e-9, 1e-15, 1e-18] {
      let masses = [1 - rest] + [Double](repeating: rest / 1000, count: 1000)
      #expect(try distance(masses) <= 0x1p-57, "\(rest)")
    }
  }

  @Test func errorsNameTheElement() throws {
    for bad in [-1e-3, -0x1p-1074, .nan, .infinity] {
      var p = [Double](repeating: 0x1p-16, count: 1 << 16)
      p[40_000] = bad
      let error = #expect(throws: InformationError.self) { _ = try entropy(of: p.span) }
      #expect(error?.index == 40_000)
    }
    let short = [Double](repeating: 0x1p-17, count: 1 << 16)
    let error = #expect(throws: InformationError.self) { _ = try entropy(of: short.span) }
    #expect(error?.code == .notNormalized)
  }

  @Test func aCancelledTaskEndsEarly() async throws {
    let p = [Double](repeating: 0x1p-20, count: 1 << 20)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try entropy(of: p.span)
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }

  @Test func noThreadsTrap() async {
    await #expect(processExitsWith: .failure) {
      let p = [Double](repeating: 0x1p-20, count: 1 << 20)
      _ = try Parallelism.$maximumThreads.withValue(0) { try entropy(of: p.span) }
    }
  }
}

extension SplitMix64 {
  /// Up to 64 probabilities: of one size, of many, with zeros, or with one that is next to 1.
  fileprivate mutating func fewProbabilities() throws -> [Double] {
    let count = integer(1...(unit() < 0.7 ? 12 : 64))
    var masses = (0..<count).map { _ in unit() + 0x1p-30 }
    switch integer(0...4) {
    case 0: masses = masses.map { $0.squareRoot() }
    case 1: for i in masses.indices where unit() < 0.3 { masses[i] = 0 }
    case 2: for i in masses.indices { masses[i] *= .powerOfTwo(-integer(0...990)) }
    default: masses[integer(0...count - 1)] = .powerOfTwo(integer(0...40))
    }
    if masses.allSatisfy({ $0 < 0x1p-20 }) { masses[0] = 1 }
    return try normalized(masses).masses
  }
}
