import ClassificationLosses
import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("Logit comparison")
struct LogitComparisonTests {
  private func compare<Scalar: InformationScalar>(
    _ a: [Scalar], _ b: [Scalar]
  ) throws -> [Double] {
    var comparison = LogitComparison(classCount: a.count)
    try comparison.add(logits: a.span, otherLogits: b.span)
    return [
      comparison.klDivergence, comparison.reverseKLDivergence, comparison.jensenShannonDivergence,
    ].compactMap(\.mean)
  }

  @Test func everyOracleValue() throws {
    let table = try SoftmaxDivergenceTable.load()
    #expect(table.bits >= 80 && table.values.count > 800)
    var worst = 0.0
    for (index, row) in table.values.enumerated() {
      let (a, b) = (row.logits.map(\.value), row.others.map(\.value))
      let found =
        row.scalar == "double"
        ? try compare(a, b) : try compare(a.map { Float($0) }, b.map { Float($0) })
      let truth = [row.forward, row.backward, row.jensenShannon].map(\.value)
      for (value, reference) in zip(found, truth) {
        let distance = ulps(value, from: reference)
        worst = max(worst, distance)
        #expect(
          distance <= 1 && value >= 0, "row \(index) \(a) \(b): \(value), truth \(reference)")
      }
    }
    if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
      print("worst of \(table.values.count) rows of softmax-divergences: \(worst) ulp")
    }
  }

  /// No divergence from a copy, however it is shifted, and none is infinite because a
  /// probability is too small for a double.
  @Test func limits() throws {
    let logits = [3.0, -2, 0.5, 800]
    #expect(try compare(logits, logits) == [0, 0, 0])
    #expect(try compare(logits, logits.map { $0 + 64 }) == [0, 0, 0])
    #expect(try compare([0.0, -10_000], [0, -20_000]) == [0, 0, 0])
    let opposite = try compare([10_000.0, 0], [0, 10_000])
    #expect(opposite == [10_000, 10_000, 0.6931471805599453])
    #expect(try compare([0, -Double.infinity], [0.0, 0])[1] == .infinity)
  }

  /// Against the measures of distributions, which know nothing of logits.
  @Test func agreesWithCategoricals() throws {
    var random = SplitMix64(state: 11)
    for count in [2, 5, 40] {
      let (a, b) = (
        (0..<count).map { _ in Double(random.next() >> 11) * 0x1p-50 },
        (0..<count).map { _ in Double(random.next() >> 11) * 0x1p-50 }
      )
      let (p, q) = (try Categorical(logits: a), try Categorical(logits: b))
      let found = try compare(a, b)
      let truth = [
        try p.klDivergence(from: q).nats, try q.klDivergence(from: p).nats,
        try p.jensenShannonDivergence(from: q).nats,
      ]
      for (x, y) in zip(found, truth) { #expect((x - y).magnitude <= 1e-13 * y) }
    }
  }

  private let first = [5.0, 1, 0, -1, -2, -3, 0, 4, 0, 0, 0, 0, 2, 2, 1, 1, 0, 0]
  private let other = [5.0, 1, 0, -1, -2, -3, 3, 1, 0, 0, 0, 0, -3, 1, 2, 2, 0, 0]

  @Test func agreementByHand() throws {
    var comparison = LogitComparison(classCount: 6, keptRowCount: 2)
    try comparison.add(
      logits: first.span, otherLogits: other.span, classIndices: [0, 1, 2].span)
    // Row 0 is the same; row 1 turns from class 1 to 0; row 2 from 0, the first of two
    // equal ones, to 2. All five likeliest are shared but in row 2, where 0 falls out.
    #expect(comparison.topAgreement == 1.0 / 3)
    #expect(comparison.topFiveAgreement == 14.0 / 15)
    #expect(comparison.validCount == 3)
    #expect(comparison.mostDifferent.count == 2)
    #expect(comparison.mostDifferent[0].klDivergence > comparison.mostDifferent[1].klDivergence)
    let row = try #require(comparison.mostDifferent.first { $0.index == 1 })
    #expect(row.topClass == 1 && row.otherTopClass == 0 && row.label == 1)
    let losses = try #require(comparison.losses)
    #expect(losses.firstHitCount == 2 && losses.otherHitCount == 2)
    let (a, b, d) = (losses.first.mean, losses.other.mean, losses.difference.mean)
    let gap = try #require(b) - #require(a)
    #expect((try #require(d) - gap).magnitude < 1e-15)
    let each = (0..<3).map { row in
      Array(first[(6 * row)..<(6 * row + 6)])
    }
    let surprisals = try zip(each, [0, 1, 2]).map { logits, label in
      try softmaxCrossEntropy(
        logits: logits.span, classIndices: [label].span, classCount: 6
      ).value
    }
    #expect((try #require(a) - ExactSum(surprisals).value / 3).magnitude < 1e-15)
  }

  @Test func quantilesAreOfTheRows() throws {
    // log 2 − H of [x, 0] rises with x, and the rows come in disorder.
    let x = [3.0, 1, 0, 4, 2]
    let logits = x.flatMap { (value: Double) -> [Double] in [value, 0] }
    let flat = [Double](repeating: 0, count: 10)
    var comparison = LogitComparison(classCount: 2, keptRowCount: 3)
    #expect(comparison.klQuantiles([0.5]) == nil)
    try comparison.add(logits: logits.span, otherLogits: flat.span)
    let rows = try [0.0, 1, 2, 3, 4].map { try compare([$0, 0], [0.0, 0])[0] }
    let found = try #require(comparison.klQuantiles([0, 0.25, 0.5, 1, 0.625]))
    #expect(Array(found[..<4]) == [0, rows[1], rows[2], rows[4]])
    #expect(found[4] == rows[2] + 0.5 * (rows[3] - rows[2]))
    #expect(comparison.mostDifferent.map(\.index) == [3, 0, 4])
  }

  @Test func ignoredRowsAreSkipped() throws {
    let (a, b) = ([1.0, 0, .nan, .nan, 2, 0], [0.0, 1, .nan, 0, 2, 0])
    var comparison = LogitComparison(classCount: 2)
    try comparison.add(
      logits: a.span, otherLogits: b.span, classIndices: [0, -1, 1].span, ignoreIndex: -1)
    #expect(comparison.rowCount == 3 && comparison.validCount == 2)
    #expect(comparison.mostDifferent.map(\.index) == [0, 2])
  }

  @Test func errorsNameTheModel() throws {
    let (good, bad) = ([1.0, 2, 3, 4], [1.0, 2, .nan, 4])
    let none = [-Double.infinity, -.infinity]
    func error(_ a: [Double], _ b: [Double], _ labels: [Int]? = nil) -> InformationError? {
      var comparison = LogitComparison(classCount: 2)
      do throws(InformationError) {
        if let labels {
          try comparison.add(logits: a.span, otherLogits: b.span, classIndices: labels.span)
        } else {
          try comparison.add(logits: a.span, otherLogits: b.span)
        }
        return nil
      } catch {
        return error
      }
    }
    let first = error(bad, good)
    #expect(first?.code == .notFinite && first?.argument == "logits" && first?.index == 1)
    let second = error(good, bad)
    #expect(second?.code == .notFinite && second?.argument == "otherLogits")
    #expect(error(none, [0, 0])?.code == .undefined)
    #expect(error(good, good, [0, 2])?.code == .labelOutOfRange)
  }

  @Test func callersBugsTrap() async {
    await #expect(processExitsWith: .failure) {
      var comparison = LogitComparison(classCount: 2)
      try comparison.add(logits: [1.0, 2].span, otherLogits: [1.0, 2, 3, 4].span)
    }
    await #expect(processExitsWith: .failure) {
      var comparison = LogitComparison(classCount: 1)
      try comparison.add(logits: [1.0].span, otherLogits: [1.0].span)
      try comparison.add(
        logits: [1.0].span, otherLogits: [1.0].span, classIndices: [0].span)
    }
    await #expect(processExitsWith: .failure) {
      _ = LogitComparison(classCount: 2).klQuantiles([1.5])
    }
  }
}
