import Testing

@testable import infotheory

@Suite struct LabelTallyTests {
  /// Adds every one of some cells, and returns their numbers.
  private func codes(_ cells: [String], in tally: inout LabelTally) -> [Int] {
    cells.map { cell in
      let bytes = Array(cell.utf8)
      return tally.add(bytes.span, bytes.indices)
    }
  }

  @Test func numbersLabelsAsTheyFirstAppear() {
    var tally = LabelTally()
    #expect(codes(["b", "a", "b", "", "a", "b"], in: &tally) == [0, 1, 0, 2, 1, 0])
    #expect(tally.distinctCount == 3)
    #expect(tally.labels == ["b", "a", ""])
    #expect(tally.counts == [3, 2, 1])
    #expect(tally.sorted.map(\.label) == ["", "a", "b"])
    #expect(tally.sorted.map(\.count) == [1, 2, 3])
  }

  @Test func shortAndLongLabelsAreToldApart() {
    // What fits two words, what does not, and labels that differ by a NUL's absence only.
    let labels = [
      "0", "00", "000000000000000", "0000000000000000", "00000000000000000", "é",
      "fifteen letters", "sixteen letters.", "sixteen letters!",
    ]
    var tally = LabelTally()
    #expect(codes(labels + labels, in: &tally) == Array(0..<9) + Array(0..<9))
  }

  @Test(arguments: ["label #", "# letters", "#"])
  func manyLabelsKeepTheirNumbers(pattern: String) {
    // Far more than are found without making a text of them; alike at one end.
    let parts = pattern.split(separator: "#", omittingEmptySubsequences: false)
    let labels = (0..<20_000).map { parts.joined(separator: "\($0)") }
    var tally = LabelTally()
    #expect(codes(labels, in: &tally) == Array(labels.indices))
    #expect(codes(labels.reversed(), in: &tally) == labels.indices.reversed())
    #expect(tally.counts.allSatisfy { $0 == 2 })
  }

  @Test func whatWasNeverAddedHasNoNumber() {
    var tally = LabelTally()
    #expect(codes(["a"], in: &tally) == [0])
    let bytes = Array("b".utf8)
    #expect(tally.code(of: bytes.span, bytes.indices) == nil)
    #expect(tally.distinctCount == 1)
  }

  @Test func onlyCanonicallyDifferentTextsDiffer() {
    // The same letter, composed and not: Swift's texts are equal, and so are the labels.
    var tally = LabelTally()
    #expect(codes(["\u{E9}", "e\u{301}"], in: &tally) == [0, 0])
  }
}
