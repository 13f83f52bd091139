import InformationTheory
import Testing

@Suite("Alignment by label")
struct CategoricalAlignmentTests {
  @Test func orderDoesNotMatter() throws {
    let p = try Categorical([0.5, 0.25, 0.25], labels: ["a", "b", "c"])
    let q = try Categorical([0.125, 0.75, 0.125], labels: ["c", "a", "b"])
    let matched = try Categorical([0.75, 0.125, 0.125], labels: ["a", "b", "c"])
    for forms in allDivergences where !forms.isOrdered {
      for arguments in forms.samples {
        expectSameBits(
          try forms.method(p, q, arguments), try forms.method(p, matched, arguments),
          "\(forms.table) \(arguments):")
      }
    }
  }

  /// Outcomes that only one of them knows have no mass in the other.
  @Test func supportsAreUnited() throws {
    let p = try Categorical([0.5, 0.5], labels: ["a", "b"])
    let q = try Categorical([0.25, 0.5, 0.25], labels: ["b", "c", "a"])
    let (paddedP, paddedQ) = (
      try Categorical([0.5, 0.5, 0]), try Categorical([0.25, 0.25, 0.5])
    )
    for forms in allDivergences where !forms.isOrdered {
      for arguments in forms.samples {
        expectSameBits(
          try forms.method(p, q, arguments), try forms.method(paddedP, paddedQ, arguments),
          "\(forms.table) \(arguments):")
        expectSameBits(
          try forms.method(q, p, arguments), try forms.method(paddedQ, paddedP, arguments),
          "\(forms.table) \(arguments) reversed:")
      }
    }
  }

  @Test func countsKeepTheirOwnTotals() throws {
    let p = try Categorical(counts: [2, 2], labels: ["a", "b"])
    let q = try Categorical(counts: [30, 10], labels: ["b", "c"])
    #expect(try p.totalVariation(from: q) == 0.5)
    #expect(try p.klDivergence(from: q) == .infinity)
    #expect(try p.jensenShannonDivergence(from: q).isFinite)
  }

  @Test func nothingShared() throws {
    let p = try Categorical([1.0], labels: ["a"])
    let q = try Categorical([1.0], labels: ["b"])
    #expect(try p.klDivergence(from: q) == .infinity)
    #expect(try p.totalVariation(from: q) == 1)
    #expect(try p.jensenShannonDivergence(from: q).bits == 1)
  }
}
