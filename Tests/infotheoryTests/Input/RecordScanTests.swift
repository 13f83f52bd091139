import Testing

@testable import infotheory

@Suite struct RecordScanTests {
  private func scan(
    _ text: String, isLast: Bool = true
  ) throws(RecordScan.BadQuote) -> RecordScan {
    try RecordScan(Array(text.utf8).span, delimiter: 0x2C, line: 1, isLast: isLast)
  }

  @Test func everyLineEndEndsARecord() throws {
    let scan = try scan("a\nb\r\nc\rd")
    #expect(scan.records.map(\.offset) == [0, 2, 5, 7])
    #expect(scan.records.map(\.line) == [1, 2, 3, 4])
    #expect(scan.end == 8)
  }

  @Test func aLineEndInQuotesEndsNoRecordButALine() throws {
    let scan = try scan("a,\"b\nc\r\nd\"\ne\n")
    #expect(scan.records.map(\.line) == [1, 4])
    #expect(scan.nextLine == 5)
  }

  @Test func doubledQuotesAreQuotes() throws {
    #expect(try scan("\"a\"\"\nb\",c\nd").records.count == 2)
  }

  @Test func quotesMayHaveSpaceAroundThem() throws {
    #expect(try scan("1, \"a\nb\" \t,2\n").records.count == 1)
  }

  @Test func anIncompleteRecordIsLeftForTheNextPiece() throws {
    #expect(try scan("a\n\"b\nc", isLast: false).end == 2)
    #expect(try scan("a\nbc", isLast: false).end == 2)
    // The line feed that belongs to the carriage return may come next.
    #expect(try scan("a\nb\r", isLast: false).end == 2)
    #expect(try scan("a\nb\r", isLast: true).end == 4)
  }

  @Test func badQuotesAreFoundWhereTheyAre() {
    #expect(throws: RecordScan.BadQuote.unclosed(line: 2)) { try scan("a\n\"b\nc\n") }
    #expect(throws: RecordScan.BadQuote.insideField(line: 2)) { try scan("a\n5\" pipe\n") }
    #expect(throws: RecordScan.BadQuote.insideField(line: 1)) { try scan("5\"\n") }
    #expect(throws: RecordScan.BadQuote.textAfterQuote(line: 3)) { try scan("a\n\"b\n\"c\n") }
  }

  @Test func plainRecordsEndAtTheLastLineEnd() {
    func end(_ text: String, isLast: Bool = false) -> Int? {
      RecordScan.endOfPlainRecords(Array(text.utf8)[...], isLast: isLast)
    }
    #expect(end("a\nb") == 2)
    #expect(end("a\r\nb") == 3)
    #expect(end("a\rb") == 2)
    #expect(end("a\rb\r") == 2)
    #expect(end("ab\r") == nil)
    #expect(end("ab", isLast: true) == 2)
  }
}
