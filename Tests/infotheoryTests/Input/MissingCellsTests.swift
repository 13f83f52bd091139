import Testing

@testable import infotheory

@Suite struct MissingCellsTests {
  private func isMissing(_ text: String, _ cells: MissingCells = MissingCells()) -> Bool {
    let bytes = Array(text.utf8)
    return cells.contains(bytes.span, 0..<bytes.count)
  }

  @Test(arguments: ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"])
  func theUsualTextsAreMissing(text: String) { #expect(isMissing(text)) }

  @Test(arguments: ["0", "-", "NAN", "N", "none", "NA ", "nano"])
  func othersAreNot(text: String) { #expect(!isMissing(text)) }

  @Test func ownTextsReplaceTheUsualOnes() {
    let cells = MissingCells(tokens: ["-999", "?"])
    #expect(isMissing("-999", cells) && isMissing("?", cells) && isMissing("", cells))
    #expect(!isMissing("NA", cells) && !isMissing("-99", cells))
  }
}
