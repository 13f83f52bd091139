import InformationTheory
import Testing

@Suite("Masses that are not normalised")
struct UnnormalizedMassesTests {
  @Test func badMasses() {
    for bad in BadMasses.all {
      // A sum of any size will do here.
      guard ![.notNormalized, .zeroTotal, .overflow].contains(bad.code) else { continue }
      let good = [Double](repeating: 1, count: max(bad.masses.count, 1))
      let (word, masses) = (bad.code == .empty ? "empty" : bad.word, bad.masses)
      expectError(bad.code, argument: "p", index: bad.index, says: "p", word) {
        try generalizedKLDivergence(of: masses.span, from: good.span)
      }
      expectError(bad.code, argument: "p", index: bad.index, says: "p", word) {
        try itakuraSaitoDivergence(of: masses.span, from: good.span)
      }
      guard bad.code != .empty else { continue }
      expectError(bad.code, argument: "q", index: bad.index, says: "q", word) {
        try generalizedKLDivergence(of: good.span, from: masses.span)
      }
      expectError(bad.code, argument: "q", index: bad.index, says: "q", word) {
        try itakuraSaitoDivergence(of: good.span, from: masses.span)
      }
    }
  }

  @Test func sizes() {
    let (p, q) = ([1.0, 2], [1.0])
    expectError(.sizeMismatch, argument: "q", says: "2", "1") {
      try generalizedKLDivergence(of: p.span, from: q.span)
    }
    expectError(.sizeMismatch, argument: "q", says: "2", "1") {
      try itakuraSaitoDivergence(of: p.span, from: q.span)
    }
  }

  /// A bad mass is reported even where the result is infinite before it.
  @Test func infinityHidesNoError() {
    let (p, q) = ([1.0, -1], [0.0, 1])
    expectError(.negativeMass, argument: "p", index: 1, says: "-1") {
      try generalizedKLDivergence(of: p.span, from: q.span)
    }
  }
}
