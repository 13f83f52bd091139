import Testing

@testable import infotheory

@Suite struct CSVNumbersTests {
  @Test(arguments: [
    (["a", "b"], true), (["1", "2"], false), (["0", "1", "2"], true), (["0"], false),
    (["0", "1"], nil), (["1", "class 2"], true), (["nan", "inf"], false), (["0", "1", "3"], false),
    (["", "1"], true),
  ])
  func namesAreTold(names: [String], expected: Bool?) {
    #expect(CSVNumbers.hasHeader(names, .detect) == expected)
    #expect(CSVNumbers.hasHeader(names, .present) == true)
    #expect(CSVNumbers.hasHeader(names, .absent) == false)
  }
}
