import TestSupport
import Testing

@testable import InformationTheory

@Suite("Kernel of the Kullback–Leibler divergence")
struct DivergenceKernelTests {
  /// Relative distance of the kernels' value from the definition's; nil where the
  /// kernels leave the pair to the definition.
  private func distance(_ p: Categorical, _ q: Categorical) throws -> Double? {
    let (a, b) = (p.masses.span, q.masses.span)
    guard let value = try DivergenceKernel.divergence(of: a, from: b, tolerance: nil) else {
      return nil
    }
    let totals = PairTotals(p.totals, q.totals)
    let truth = totals.sum(a, b) { KullbackLeibler().term($0) }
    return truth.high == 0 ? value.high.magnitude : ((value - truth) / truth).high.magnitude
  }

  @Test func agreesWithTheDefinition() throws {
    var used = 0
    try forEachDraw(400, from: 0xD1) { random, seed in
      let count = random.integer(64...400)
      let p = try random.normalized(random.masses(count))
      let q = try random.normalized(random.masses(count).map { $0 + 1e-12 })
      if let error = try distance(p, q) {
        used += 1
        #expect(error <= 0x1p-54, "\(seed) 2^\(error.exponent)")
      }
    }
    #expect(used > 300)
  }

  @Test func agreesHoweverCloseTheDistributions() throws {
    var used = 0
    for exponent in stride(from: 1, through: 51, by: 2) {
      try forEachDraw(8, from: 0xD2) { random, seed in
        let p = try random.normalized(random.masses(300).map { $0 + 1e-6 })
        let separation = Double(sign: .plus, exponent: -exponent, significand: 1)
        let q = try random.neighbour(of: p, separation: separation)
        let scaled = try random.normalized(q.probabilities)
        if let error = try distance(p, scaled) {
          used += 1
          #expect(error <= 0x1p-54, "\(seed) separation 2^-\(exponent): 2^\(error.exponent)")
        }
      }
    }
    #expect(used > 150)
  }

  @Test func equalDistributionsAreZeroApart() throws {
    var random = SplitMix64(state: 9)
    let p = try random.normalized(random.masses(1000))
    expectSameBits(try p.klDivergence(from: p).nats, 0)
    expectSameBits(try klDivergence(of: p.masses.span, from: p.masses.span).nats, 0)
  }

  @Test func sameBitsAtEveryLevelThreadCountAndBlock() throws {
    var random = SplitMix64(state: 10)
    let p = try random.normalized(random.masses(KernelRuns.length))
    let q = try random.normalized(random.masses(KernelRuns.length).map { $0 + 1e-9 })
    let near = try random.neighbour(of: p, separation: 0x1p-20)
    for other in [q, near] {
      let value = try DivergenceKernel.divergence(
        of: p.masses.span, from: other.masses.span, tolerance: nil)
      #expect(value != nil)
      try KernelRuns.forEach { run in
        let again = try DivergenceKernel.divergence(
          of: p.masses.span, from: other.masses.span, tolerance: nil)
        #expect(again == value, "\(run)")
      }
    }
  }

  @Test func supportsThatDiffer() throws {
    var p = [Double](repeating: 0x1p-10, count: 1024)
    let q = p
    (p[3], p[4]) = (0, 0x1p-9)
    expect(try klDivergence(of: p.span, from: q.span).nats, near: 0x1p-9 * 0.6931471805599453)
    #expect(try klDivergence(of: q.span, from: p.span) == .infinity)
    let error = #expect(throws: InformationError.self) {
      _ = try klDivergence(of: q.span, from: p.span, support: .throwing)
    }
    #expect(error?.index == 3)
  }

  @Test func errorsNameTheElement() throws {
    let q = [Double](repeating: 0x1p-16, count: 1 << 16)
    for bad in [-1e-3, .nan, .infinity] {
      var p = q
      p[40_000] = bad
      let first = #expect(throws: InformationError.self) {
        _ = try klDivergence(of: p.span, from: q.span)
      }
      #expect(first?.argument == "p" && first?.index == 40_000)
      let second = #expect(throws: InformationError.self) {
        _ = try klDivergence(of: q.span, from: p.span)
      }
      #expect(second?.argument == "q" && second?.index == 40_000)
    }
  }

  @Test func aCancelledTaskEndsEarly() async throws {
    let p = [Double](repeating: 0x1p-19, count: 1 << 19)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try klDivergence(of: p.span, from: p.span)
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
