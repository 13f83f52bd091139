import TestSupport
import Testing

@testable import InformationTheory

@Suite("Kernels of rows of few outcomes")
struct FewOutcomesTests {
  /// More rows than go to a kernel at once, of probabilities of several kinds.
  private static let rowCount = 150

  private func rows(_ outcomeCount: Int, from seed: UInt64) throws -> [Double] {
    var random = SplitMix64(state: seed)
    return try (0..<Self.rowCount).flatMap { _ in
      try random.normalized(random.masses(outcomeCount)).masses
    }
  }

  private func entropies<Scalar: InformationScalar>(
    _ p: [Scalar], _ outcomeCount: Int
  ) throws -> [Double] {
    var results = [Information](repeating: .zero, count: p.count / outcomeCount)
    try InformationTheory.entropies(
      ofRows: p.span, outcomeCount: outcomeCount, into: results.mutableSpan)
    return results.map(\.nats)
  }

  private func divergences<Scalar: InformationScalar>(
    _ p: [Scalar], _ q: [Scalar], _ outcomeCount: Int, support: SupportPolicy = .infinite
  ) throws -> [Double] {
    var results = [Information](repeating: .zero, count: p.count / outcomeCount)
    try klDivergences(
      ofRows: p.span, from: q.span, outcomeCount: outcomeCount, support: support,
      into: results.mutableSpan)
    return results.map(\.nats)
  }

  /// Expects of rows the bits that each has by itself, however they are computed.
  private func expectTheBitsOfOne<Scalar: InformationScalar>(
    _ p: [Scalar], _ q: [Scalar], _ outcomeCount: Int
  ) throws {
    var (values, distances): ([Double], [Double]) = ([], [])
    for row in 0..<Self.rowCount {
      let elements = row * outcomeCount..<(row + 1) * outcomeCount
      let (x, y) = (p.span.extracting(elements), q.span.extracting(elements))
      values.append(try entropy(of: x).nats)
      distances.append(try klDivergence(of: x, from: y).nats)
    }
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        for block in [nil, 1, 100, 1000] {
          try KernelLevel.forcing(level) {
            try Parallelism.$maximumThreads.withValue(threads) {
              try KernelBlocks.$length.withValue(block) {
                let again = try entropies(p, outcomeCount)
                let distancesAgain = try divergences(p, q, outcomeCount)
                let run = "\(outcomeCount) outcomes, level \(level), \(threads), \(block ?? 0)"
                #expect(again == values && distancesAgain == distances, "\(run)")
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 7, 8, 9, 10, 31, 64, 65])
  func rowsHaveTheBitsOfOne(_ outcomeCount: Int) throws {
    let p = try rows(outcomeCount, from: 0xA5)
    var q = try rows(outcomeCount, from: 0xA6)
    // Rows that are equal, and rows that are next to equal.
    q.replaceSubrange(0..<5 * outcomeCount, with: p[0..<5 * outcomeCount])
    for i in 5 * outcomeCount..<10 * outcomeCount { q[i] = p[i] == 0 ? 0 : p[i].nextUp }
    try expectTheBitsOfOne(p, q, outcomeCount)
    try expectTheBitsOfOne(p.map { Float($0) }, q.map { Float($0) }, outcomeCount)
  }

  /// What the kernels find by themselves, and what they leave out.
  @Test func theKernelsAreUsed() throws {
    var random = SplitMix64(state: 0xA7)
    var (p, q): ([Double], [Double]) = ([], [])
    for _ in 0..<64 {
      p += try random.positive(10).probabilities
      q += try random.positive(10).probabilities
    }
    (p[0], p[10], p[20], q[30], q[40]) = (-p[0], .nan, p[20] * (1 + 0x1p-40), .infinity, 0)
    let (values, distances) = found(p, q, outcomeCount: 10)
    for row in 0..<64 { #expect(values[2 * row].isNaN == (row < 3), "\(row)") }
    // One in a hundred or so is too close to the middle of two doubles.
    #expect((0..<5).allSatisfy { distances[2 * $0].isNaN })
    #expect((5..<64).count { distances[2 * $0].isNaN } < 5)
  }

  /// What the kernels find of 64 rows.
  private func found(
    _ p: [Double], _ q: [Double], outcomeCount: Int
  ) -> (FewOutcomes.Results, FewOutcomes.Results) {
    unsafe p.withUnsafeBufferPointer { p in
      unsafe q.withUnsafeBufferPointer { q in
        let rows = unsafe FewOutcomes(p, q, outcomeCount: outcomeCount)
        var values = FewOutcomes.Results(repeating: 0)
        var distances = values
        rows.put(.entropy, ofRows: 0..<64, into: values.mutableSpan)
        rows.put(.klDivergence, ofRows: 0..<64, into: distances.mutableSpan)
        return (values, distances)
      }
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    var p = try rows(10, from: 0xA8)
    let q = [Double](repeating: 0.1, count: p.count)
    p[1007] = -0.25
    p[1105] = .nan
    let error = #expect(throws: InformationError.self) { _ = try entropies(p, 10) }
    #expect(error?.code == .negativeMass && error?.index == 1007)
    #expect(error?.message.hasPrefix("row 100: ") == true)
    let other = #expect(throws: InformationError.self) { _ = try divergences(q, p, 10) }
    #expect(other?.code == .negativeMass && other?.argument == "q" && other?.index == 1007)
    var short = q
    short[55] = 0.05
    let sum = #expect(throws: InformationError.self) { _ = try divergences(q, short, 10) }
    #expect(sum?.code == .notNormalized && sum?.message.hasPrefix("row 5: ") == true)
  }

  @Test func supportsThatDiffer() throws {
    let (p, q) = ([0.25, 0.75, 0.5, 0.5, 0, 1], [0.25, 0.75, 0, 1, 0.5, 0.5])
    let truth = [0, .infinity, DoubleDouble.ln2.high]
    #expect(try divergences(p, q, 2) == truth)
    let error = #expect(throws: InformationError.self) {
      _ = try divergences(p, q, 2, support: .throwing)
    }
    #expect(error?.code == .support && error?.index == 2)
    let smoothed = try divergences(p, q, 2, support: .smoothed(pseudocount: 0.5))
    #expect(smoothed[0] == 0 && smoothed[1] > 0 && smoothed[1] < 1)
    #expect(try divergences(p, q, 2, support: .restricted) == [0, 0, 0])
  }
}
