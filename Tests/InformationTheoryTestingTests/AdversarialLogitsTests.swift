import InformationTheoryTesting
import Testing

@Suite struct AdversarialLogitsTests {
  private func rows(
    _ family: AdversarialLogits.Family, _ precision: TestPrecision = .double
  ) -> [(logits: [Double], label: Int)] {
    var generator = SeededGenerator(seed: 3)
    let source = AdversarialLogits(family, precision: precision)
    return (0..<300).map { _ in source.row(using: &generator) }
  }

  @Test(arguments: AdversarialLogits.Family.allCases, TestPrecision.allCases)
  func rowsAreDefined(family: AdversarialLogits.Family, precision: TestPrecision) {
    for (logits, label) in rows(family, precision) {
      #expect(logits.indices.contains(label))
      #expect(logits.allSatisfy { !$0.isNaN })
      // Neither all −∞ nor several +∞: the softmax has a limit.
      #expect(logits.contains { $0 > -.infinity } && logits.count { $0 == .infinity } <= 1)
      #expect(precision == .double || logits.allSatisfy { Double(Float($0)) == $0 })
    }
  }

  @Test func confidentOnesAreLostToOnePlusX() {
    for (logits, label) in rows(.confident) {
      let others = logits.enumerated().filter { $0.offset != label }.map(\.element)
      #expect(logits[label] - (others.max() ?? 0) > 37)
    }
    for (logits, label) in rows(.confident, .single) { #expect(logits[label] > 17) }
  }

  @Test func offsetsAreExact() {
    for (precision, offset) in [(TestPrecision.double, 1e8), (.single, 1e6)] {
      let all = rows(.offset, precision).flatMap(\.logits)
      #expect(all.allSatisfy { abs(abs($0) - offset) <= 1 })
      #expect(all.contains { $0 > 0 } && all.contains { $0 < 0 })
      #expect(Set(all.map { abs($0) }).count > 10)
    }
  }

  @Test func tiesAreTied() {
    #expect(rows(.tied).count { Set($0.logits).count < $0.logits.count } > 200)
  }

  @Test func infinitiesComeEverywhere() {
    let all = rows(.infinite)
    #expect(all.allSatisfy { $0.logits.contains { $0.isInfinite } })
    for infinity in [-Double.infinity, .infinity] {
      #expect(all.contains { $0.logits[$0.label] == infinity })
      #expect(all.contains { $0.logits.contains(infinity) && $0.logits[$0.label].isFinite })
    }
  }

  @Test func wideOnesAreWideAndWrong() {
    for (logits, label) in rows(.wide) { #expect(logits[label] == logits.min()) }
    #expect(rows(.wide).flatMap(\.logits).contains { abs($0) > 1e29 })
  }

  @Test func aBadCountTraps() async {
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1)
      _ = AdversarialLogits(.ordinary).row(classCount: 0, using: &generator)
    }
  }
}
