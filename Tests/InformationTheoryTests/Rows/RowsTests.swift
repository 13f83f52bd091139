import TestSupport
import Testing

@testable import InformationTheory

/// A measure of one distribution, alone and of rows.
private struct RowEntropy: Sendable {
  let name: String
  let alone: @Sendable (Span<Double>) throws(InformationError) -> Double
  let ofRows: @Sendable ([Double], Int) throws(InformationError) -> [Double]
}

/// A measure of two distributions, alone and of rows.
private struct RowDivergence: Sendable {
  let name: String
  let alone: @Sendable (Span<Float>, Span<Float>) throws(InformationError) -> Double
  let ofRows: @Sendable ([Float], [Float], Int) throws(InformationError) -> [Double]
}

/// Room for the results of rows.
private func withResults<Value>(
  _ zero: Value, _ count: Int, _ body: (inout [Value]) throws(InformationError) -> Void
) throws(InformationError) -> [Value] {
  var results = [Value](repeating: zero, count: count)
  try body(&results)
  return results
}

private let rowEntropies = [
  RowEntropy(
    name: "entropy", alone: { p throws(InformationError) in try entropy(of: p).nats },
    ofRows: { p, classes throws(InformationError) in
      try withResults(Information.zero, p.count / classes) { results throws(InformationError) in
        try entropies(ofRows: p.span, outcomeCount: classes, into: results.mutableSpan)
      }.map(\.nats)
    }),
  RowEntropy(
    name: "Rényi",
    alone: { p throws(InformationError) in try renyiEntropy(of: p, order: 1.5).nats },
    ofRows: { p, classes throws(InformationError) in
      try withResults(Information.zero, p.count / classes) { results throws(InformationError) in
        try renyiEntropies(
          ofRows: p.span, outcomeCount: classes, order: 1.5, into: results.mutableSpan)
      }.map(\.nats)
    }),
  RowEntropy(
    name: "Tsallis",
    alone: { p throws(InformationError) in try tsallisEntropy(of: p, order: 0.5) },
    ofRows: { p, classes throws(InformationError) in
      try withResults(0.0, p.count / classes) { results throws(InformationError) in
        try tsallisEntropies(
          ofRows: p.span, outcomeCount: classes, order: 0.5, into: results.mutableSpan)
      }
    }),
]

private let rowDivergences = [
  RowDivergence(
    name: "KL",
    alone: { p, q throws(InformationError) in try klDivergence(of: p, from: q).nats },
    ofRows: { p, q, classes throws(InformationError) in
      try withResults(Information.zero, p.count / classes) { results throws(InformationError) in
        try klDivergences(
          ofRows: p.span, from: q.span, outcomeCount: classes, into: results.mutableSpan)
      }.map(\.nats)
    }),
  RowDivergence(
    name: "Jensen–Shannon",
    alone: { p, q throws(InformationError) in try jensenShannonDivergence(of: p, from: q).nats },
    ofRows: { p, q, classes throws(InformationError) in
      try withResults(Information.zero, p.count / classes) { results throws(InformationError) in
        try jensenShannonDivergences(
          ofRows: p.span, from: q.span, outcomeCount: classes, into: results.mutableSpan)
      }.map(\.nats)
    }),
  RowDivergence(
    name: "Rényi",
    alone: { p, q throws(InformationError) in try renyiDivergence(of: p, from: q, order: 2).nats },
    ofRows: { p, q, classes throws(InformationError) in
      try withResults(Information.zero, p.count / classes) { results throws(InformationError) in
        try renyiDivergences(
          ofRows: p.span, from: q.span, outcomeCount: classes, order: 2, into: results.mutableSpan)
      }.map(\.nats)
    }),
  RowDivergence(
    name: "Tsallis",
    alone: { p, q throws(InformationError) in try tsallisDivergence(of: p, from: q, order: 2) },
    ofRows: { p, q, classes throws(InformationError) in
      try withResults(0.0, p.count / classes) { results throws(InformationError) in
        try tsallisDivergences(
          ofRows: p.span, from: q.span, outcomeCount: classes, order: 2, into: results.mutableSpan)
      }
    }),
  RowDivergence(
    name: "total variation",
    alone: { p, q throws(InformationError) in try totalVariation(of: p, from: q) },
    ofRows: { p, q, classes throws(InformationError) in
      try withResults(0.0, p.count / classes) { results throws(InformationError) in
        try totalVariations(
          ofRows: p.span, from: q.span, outcomeCount: classes, into: results.mutableSpan)
      }
    }),
  RowDivergence(
    name: "Hellinger",
    alone: { p, q throws(InformationError) in try hellingerDistance(of: p, from: q) },
    ofRows: { p, q, classes throws(InformationError) in
      try withResults(0.0, p.count / classes) { results throws(InformationError) in
        try hellingerDistances(
          ofRows: p.span, from: q.span, outcomeCount: classes, into: results.mutableSpan)
      }
    }),
]

@Suite("Measures of rows")
struct RowsTests {
  /// Rows of probabilities of several kinds.
  private func rows(_ count: Int, _ classes: Int, from seed: UInt64) throws -> [Double] {
    var random = SplitMix64(state: seed)
    return try (0..<count).flatMap { _ in try random.normalized(random.masses(classes)).masses }
  }

  private static let shapes = [
    (7, 1), (33, 2), (40, 3), (135, 7), (25, 10), (11, 33), (9, 64), (9, 65), (5, 333),
  ]

  @Test(arguments: shapes)
  func eachRowHasTheBitsOfTheSingleForm(_ count: Int, _ classes: Int) throws {
    let p = try rows(count, classes, from: 0xA1)
    let (a, b) = (p.map { Float($0) }, try rows(count, classes, from: 0xA2).map { Float($0) })
    for measure in rowEntropies {
      let values = try measure.ofRows(p, classes)
      #expect(values.count == count)
      for row in 0..<count {
        let elements = row * classes..<(row + 1) * classes
        expectSameBits(values[row], try measure.alone(p.span.extracting(elements)))
      }
    }
    for measure in rowDivergences {
      let values = try measure.ofRows(a, b, classes)
      #expect(values.count == count)
      for row in 0..<count {
        let elements = row * classes..<(row + 1) * classes
        expectSameBits(
          values[row],
          try measure.alone(a.span.extracting(elements), b.span.extracting(elements)))
      }
    }
  }

  @Test func sameBitsAtEveryLevelThreadCountAndPiece() throws {
    let p = try rows(30, 100, from: 0xA3)
    let (a, b) = (p.map { Float($0) }, try rows(30, 100, from: 0xA4).map { Float($0) })
    for measure in rowEntropies.prefix(1) {
      let values = try measure.ofRows(p, 100)
      try KernelRuns.forEach { run in
        let again = try measure.ofRows(p, 100)
        #expect(again == values, "\(measure.name) \(run)")
      }
    }
    for measure in rowDivergences where measure.name != "Rényi" && measure.name != "Tsallis" {
      let values = try measure.ofRows(a, b, 100)
      try KernelRuns.forEach { run in
        let again = try measure.ofRows(a, b, 100)
        #expect(again == values, "\(measure.name) \(run)")
      }
    }
  }

  @Test func noRowsAreNoResults() throws {
    for measure in rowEntropies { #expect(try measure.ofRows([], 3).isEmpty) }
    for measure in rowDivergences { #expect(try measure.ofRows([], [], 3).isEmpty) }
  }

  @Test func errorsNameRowAndElement() throws {
    var p = [Double](repeating: 0.25, count: 40)
    p[22] = -0.25
    p[31] = .nan
    for measure in rowEntropies {
      let error = #expect(throws: InformationError.self) { _ = try measure.ofRows(p, 4) }
      #expect(error?.code == .negativeMass && error?.argument == "p" && error?.index == 22)
      #expect(error?.message.hasPrefix("row 5: ") == true)
    }
    let good = [Float](repeating: 0.25, count: 40)
    for measure in rowDivergences {
      let error = #expect(throws: InformationError.self) {
        _ = try measure.ofRows(good, p.map { Float($0) }, 4)
      }
      #expect(error?.code == .negativeMass && error?.argument == "q" && error?.index == 22)
      #expect(error?.message.hasPrefix("row 5: ") == true)
    }
    let short = [0.5, 0.5, 0.5, 0.25]
    let error = #expect(throws: InformationError.self) { _ = try rowEntropies[0].ofRows(short, 2) }
    #expect(error?.code == .notNormalized && error?.index == nil)
    #expect(error?.message.hasPrefix("row 1: ") == true)
  }

  @Test func ordersAreChecked() {
    let p = [1.0]
    var results = [Information.zero]
    let error = #expect(throws: InformationError.self) {
      try renyiEntropies(ofRows: p.span, outcomeCount: 1, order: -1, into: results.mutableSpan)
    }
    #expect(error?.code == .badParameter)
  }

  @Test func shapesThatContradictTrap() async {
    await #expect(processExitsWith: .failure) {
      let p = [0.5, 0.5, 1]
      var results = [Information.zero]
      try entropies(ofRows: p.span, outcomeCount: 2, into: results.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      let p = [0.5, 0.5, 1, 0]
      var results = [Information.zero]
      try entropies(ofRows: p.span, outcomeCount: 2, into: results.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      let p = [0.5, 0.5]
      var results = [Information.zero]
      try entropies(ofRows: p.span, outcomeCount: 0, into: results.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      let (p, q) = ([0.5, 0.5], [1.0])
      var results = [0.0]
      try totalVariations(
        ofRows: p.span, from: q.span, outcomeCount: 2, into: results.mutableSpan)
    }
  }

  @Test func aCancelledTaskEndsEarly() async {
    let p = [Double](repeating: 0x1p-10, count: 1 << 20)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try rowEntropies[0].ofRows(p, 1 << 10)
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
