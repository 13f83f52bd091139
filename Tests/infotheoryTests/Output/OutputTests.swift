import Testing

@testable import infotheory

@Suite struct DigitsTests {
  @Test func jsonNumbersReadBackAndAreNeverNegativeZero() {
    #expect(JSONTree.number(0.1).rendered() == "0.1")
    #expect(JSONTree.number(.leastNonzeroMagnitude).rendered() == "5e-324")
    #expect(JSONTree.number(-0.0).rendered() == "0")
    #expect(JSONTree.number(.infinity).rendered() == "\"inf\"")
    #expect(JSONTree.number(-.infinity).rendered() == "\"-inf\"")
  }

  @Test func neighboursGetAsManyDigitsAsTheyNeed() {
    #expect(Digits.distinct([1, 1.5, 2]) == ["1", "1.5", "2"])
    #expect(Digits.distinct([1, 1.000001]) == ["1", "1.000001"])
    #expect(Digits.distinct([1, 1.0.nextUp]) == ["1.0", "1.0000000000000002"])
  }
}

@Suite struct QuotationTests {
  @Test func foreignTextStaysOnOneLine() {
    #expect(quoted("a\nb\t\"\u{1B}") == "\"a\\nb\\t\\\"\\u{1b}\"")
    #expect(quoted(String(repeating: "x", count: 100)).count == 63)
  }
}

@Suite struct TextTableTests {
  @Test func columnsAlign() {
    var table = TextTable()
    table.add(["a", "1"])
    table.add(["long", "10"])
    #expect(table.lines() == ["  a      1", "  long  10"])
  }

  @Test func longListsWrapAtEightyColumns() {
    let lines = Wrapped.lines("edges", (0..<60).map(String.init))
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.joined(separator: " ").split(separator: " ").count == 61)
  }
}

@Suite struct ProgressBarTests {
  @Test func tellsShareSpeedAndTimeLeft() {
    let line = ProgressBar.line(
      title: "counting a.csv", done: 500_000_000, total: 1_000_000_000, elapsed: .seconds(5))
    #expect(line == "counting a.csv  ██████████░░░░░░░░░░ 50%  100 MB/s  0:05 left")
  }

  @Test func tellsWhatItCanWithoutATotal() {
    let line = ProgressBar.line(
      title: "reading standard input", done: 3_000_000, total: nil, elapsed: .seconds(1))
    #expect(line == "reading standard input  3 MB  3 MB/s")
  }

  @Test func fitsTheTerminal() {
    let line = ProgressBar.line(
      title: String(repeating: "x", count: 90), done: 1, total: 1 << 50, elapsed: .seconds(1))
    #expect(line.count < 80)
  }
}
