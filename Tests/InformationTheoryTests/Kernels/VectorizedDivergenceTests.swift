import TestSupport
import Testing

@testable import InformationTheory

/// The divergences that have kernels.
let vectorizedDivergences: [any VectorizedDivergence] = [
  KullbackLeibler(), JensenShannon(), JensenShannonDistance(unit: .bits), TotalVariation(),
  Hellinger(), BhattacharyyaCoefficient(), BhattacharyyaDistance(),
]

@Suite("Kernels of divergences")
struct VectorizedDivergenceTests {
  /// The relative error that is left to a kernel: with the last rounding, 1 ulp.
  private let bound = 0x1p-54

  /// Relative distance of the kernels' value from the definition's; nil where the
  /// kernels leave the pair to the definition.
  private func distance<Scalar: InformationScalar>(
    _ divergence: any VectorizedDivergence, _ p: [Scalar], _ q: [Scalar]
  ) throws -> Double? {
    guard let value = try divergence.fromKernels(p.span, q.span, tolerance: nil) else {
      return nil
    }
    let totals = PairTotals(
      try MassTotals(p.span, argument: "p"), try MassTotals(q.span, argument: "q"))
    let truth = divergence.definition(of: p.span, from: q.span, totals)
    return truth.high == 0 ? value.high.magnitude : ((value - truth) / truth).high.magnitude
  }

  @Test(arguments: vectorizedDivergences.indices)
  func agreesWithTheDefinition(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    var used = 0
    try forEachDraw(300, from: 0xD1) { random, seed in
      let count = random.integer(1...(random.unit() < 0.5 ? 12 : 400))
      let p = try random.normalized(random.masses(count)).masses
      let q = try random.normalized(random.masses(count).map { $0 + 1e-12 }).masses
      if let error = try distance(divergence, p, q) {
        used += 1
        #expect(error <= bound, "\(divergence) \(seed) 2^\(error.exponent)")
      }
      if let error = try distance(divergence, p.map { Float($0) }, q.map { Float($0) }) {
        #expect(error <= bound, "\(divergence) \(seed) Float 2^\(error.exponent)")
      }
    }
    #expect(used > 220, "\(divergence)")
  }

  /// Of few outcomes, all but those that are close to the middle of two doubles.
  @Test(arguments: vectorizedDivergences.indices)
  func fewHaveTheBitsOfTheDefinition(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    var used = 0
    try forEachDraw(1000, from: 0xD3) { random, seed in
      let count = random.integer(2...(random.unit() < 0.7 ? 12 : 64))
      let p = try random.normalized(random.masses(count)).masses
      let q = try random.normalized(random.masses(count).map { $0 + 1e-12 }).masses
      let totals = PairTotals(
        try MassTotals(p.span, argument: "p"), try MassTotals(q.span, argument: "q"))
      let truth = divergence.definition(of: p.span, from: q.span, totals)
      guard let value = try divergence.certainFromKernels(p.span, q.span, tolerance: nil) else {
        return
      }
      used += 1
      expectSameBits(value.high, truth.high, "\(divergence) \(seed)")
      let error = (value - truth).high.magnitude
      // What the definition lacks is in it too.
      let bound = max(try #require(divergence.errorOfFew), 0x1p-62)
      #expect(
        error <= bound * truth.high + Double(count) * 0x1p-95,
        "\(divergence) \(seed) 2^\((error / truth.high).exponent)")
    }
    if divergence.errorOfFew != nil { #expect(used > 600, "\(divergence): \(used)") }
  }

  /// Two outcomes, with ratios up to where the reduction turns and its series is longest.
  @Test func fewOfEveryRatioKeepThePromise() throws {
    let bound = try #require(KullbackLeibler().errorOfFew)
    for i in 0...2000 {
      let p = 0.2 * (1 + Double(i) / 2000)
      let (a, b) = ([p, 1 - p], [0.2, 0.8])
      let value = try #require(
        try KullbackLeibler().fromKernels(a.span, b.span, tolerance: nil), "\(p)")
      let totals = PairTotals(
        try MassTotals(a.span, argument: "p"), try MassTotals(b.span, argument: "q"))
      let truth = KullbackLeibler().definition(of: a.span, from: b.span, totals)
      let error = (value - truth).high.magnitude
      #expect(
        error <= bound * truth.high + 0x1p-94, "\(p / 0.2): 2^\((error / truth.high).exponent)")
    }
  }

  @Test(arguments: vectorizedDivergences.indices)
  func agreesHoweverCloseTheDistributions(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    var used = 0
    for exponent in stride(from: 1, through: 51, by: 2) {
      try forEachDraw(8, from: 0xD2) { random, seed in
        let p = try random.normalized(random.masses(300).map { $0 + 1e-6 })
        let separation = Double(sign: .plus, exponent: -exponent, significand: 1)
        let q = try random.normalized(random.neighbour(of: p, separation: separation).masses)
        if let error = try distance(divergence, p.masses, q.masses) {
          used += 1
          #expect(
            error <= bound, "\(divergence) \(seed) separation 2^-\(exponent): 2^\(error.exponent)")
        }
      }
    }
    #expect(used > 150, "\(divergence)")
  }

  /// Ratios next to where the reduction of the logarithm turns, and masses without partner.
  @Test(arguments: vectorizedDivergences.indices)
  func everyRatio(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    for exponent in -20...20 {
      for significand in [1, 1 + 0x1p-52, 1.3484, 1.4142135623730949, 1.4142135623730951, 1.5] {
        let ratio = Double(sign: .plus, exponent: exponent, significand: significand)
        let share = min(0.25, 0.25 / ratio) / 64
        var p = [Double](repeating: share * ratio, count: 64)
        var q = [Double](repeating: share, count: 64)
        p += [1 - ExactSum(p).value - 0.25, 0.25]
        q += [1 - ExactSum(q).value - 0.25, 0.25]
        if let error = try distance(divergence, p, q) {
          #expect(error <= bound, "\(divergence) \(ratio): 2^\(error.exponent)")
        }
      }
    }
  }

  /// In doubles of distributions that are far apart, in floats of some that are close.
  @Test(arguments: vectorizedDivergences.indices)
  func sameBitsAtEveryLevelThreadCountAndBlock(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    var random = SplitMix64(state: 10)
    let p = try random.normalized(random.masses(KernelRuns.length))
    let q = try random.normalized(random.masses(KernelRuns.length).map { $0 + 1e-9 }).masses
    let neighbour = try random.neighbour(of: p, separation: 0x1p-16).masses
    let near = try random.normalized(neighbour).masses.map { Float($0) }
    let (a, b) = (p.masses, p.masses.map { Float($0) })
    let value = try #require(try divergence.fromKernels(a.span, q.span, tolerance: nil))
    let narrow = try #require(try divergence.fromKernels(b.span, near.span, tolerance: nil))
    try KernelRuns.forEach { run in
      let again = try divergence.fromKernels(a.span, q.span, tolerance: nil)
      #expect(again == value, "\(divergence) \(run)")
      let narrowAgain = try divergence.fromKernels(b.span, near.span, tolerance: nil)
      #expect(narrowAgain == narrow, "\(divergence) \(run) Float")
    }
  }

  @Test(arguments: vectorizedDivergences.indices)
  func anyOrder(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    var random = SplitMix64(state: 11)
    let p = try random.normalized(random.masses(3000))
    let q = try random.normalized(random.masses(3000))
    let value = try divergence.value(of: p, from: q, support: .infinite)
    for _ in 0..<10 {
      let order = p.masses.indices.shuffled(using: &random)
      let (x, y) = (
        try Categorical(order.map { p.masses[$0] }), try Categorical(order.map { q.masses[$0] })
      )
      #expect(try divergence.value(of: x, from: y, support: .infinite) == value, "\(divergence)")
    }
  }

  @Test func equalDistributionsAreZeroApart() throws {
    var random = SplitMix64(state: 9)
    let p = try random.normalized(random.masses(1000)).masses
    expectSameBits(try klDivergence(of: p.span, from: p.span).nats, 0)
    expectSameBits(try jensenShannonDivergence(of: p.span, from: p.span).nats, 0)
    expectSameBits(try totalVariation(of: p.span, from: p.span), 0)
    expectSameBits(try hellingerDistance(of: p.span, from: p.span), 0)
    expectSameBits(try bhattacharyyaCoefficient(of: p.span, from: p.span), 1)
    expectSameBits(try bhattacharyyaDistance(of: p.span, from: p.span).nats, 0)
  }

  @Test func disjointDistributionsAreAsFarApartAsCanBe() throws {
    let halves = [Double](repeating: 0x1p-9, count: 512)
    let none = [Double](repeating: 0, count: 512)
    let (p, q) = (halves + none, none + halves)
    #expect(try klDivergence(of: p.span, from: q.span) == .infinity)
    #expect(try jensenShannonDivergence(of: p.span, from: q.span).bits == 1)
    #expect(try totalVariation(of: p.span, from: q.span) == 1)
    #expect(try hellingerDistance(of: p.span, from: q.span) == 1)
    expectSameBits(try bhattacharyyaCoefficient(of: p.span, from: q.span), 0)
    #expect(try bhattacharyyaDistance(of: p.span, from: q.span) == .infinity)
  }

  @Test func supportsThatDiffer() throws {
    var p = [Double](repeating: 0x1p-10, count: 1024)
    let q = p
    (p[3], p[4]) = (0, 0x1p-9)
    expect(try klDivergence(of: p.span, from: q.span).nats, near: 0x1p-9 * 0.6931471805599453)
    #expect(try klDivergence(of: q.span, from: p.span) == .infinity)
    #expect(try totalVariation(of: p.span, from: q.span) == 0x1p-10)
    let error = #expect(throws: InformationError.self) {
      _ = try klDivergence(of: q.span, from: p.span, support: .throwing)
    }
    #expect(error?.index == 3)
  }

  /// Masses that differ by whole units of 2⁻²⁰, whose totals are exact.
  @Test func totalVariationOfDyadicMassesIsExact() throws {
    var random = SplitMix64(state: 12)
    for _ in 0..<50 {
      var (p, q) = ([Int](repeating: 0, count: 200), [Int](repeating: 0, count: 200))
      for _ in 0..<1 << 10 {
        p[random.integer(0...199)] += 1
        q[random.integer(0...199)] += 1
      }
      let apart = zip(p, q).map { abs($0 - $1) }.reduce(0, +)
      let (x, y) = (p.map { Double($0) * 0x1p-10 }, q.map { Double($0) * 0x1p-10 })
      #expect(try totalVariation(of: x.span, from: y.span) == Double(apart) * 0x1p-11)
    }
  }

  @Test(arguments: vectorizedDivergences.indices)
  func errorsNameTheElement(_ index: Int) throws {
    let divergence = vectorizedDivergences[index]
    let q = [Double](repeating: 0x1p-16, count: 1 << 16)
    for bad in [-1e-3, .nan, .infinity] {
      var p = q
      p[40_000] = bad
      let first = #expect(throws: InformationError.self) {
        _ = try divergence.value(ofNormalized: p.span, from: q.span, support: .infinite)
      }
      #expect(first?.argument == "p" && first?.index == 40_000)
      let second = #expect(throws: InformationError.self) {
        _ = try divergence.value(ofNormalized: q.span, from: p.span, support: .infinite)
      }
      #expect(second?.argument == "q" && second?.index == 40_000)
    }
    let short = Array(q.dropLast(100))
    let error = #expect(throws: InformationError.self) {
      _ = try divergence.value(ofNormalized: short.span, from: short.span, support: .infinite)
    }
    #expect(error?.code == .notNormalized)
  }

  @Test func aCancelledTaskEndsEarly() async throws {
    let p = [Double](repeating: 0x1p-20, count: 1 << 20)
    for index in vectorizedDivergences.indices {
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        let divergence = vectorizedDivergences[index]
        return try divergence.value(ofNormalized: p.span, from: p.span, support: .infinite)
      }
      task.cancel()
      let error = await #expect(throws: InformationError.self) { try await task.value }
      #expect(error?.code == .cancelled)
    }
  }
}
