import Foundation
import Testing

/// Every input that the fuzzer kept is answered, and by the laws.
@Suite struct FuzzCorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fuzz/corpus")

  @Test(arguments: FuzzTarget.allCases)
  func inputsKeepTheLaws(target: FuzzTarget) throws {
    let folder = Self.corpus.appendingPathComponent(target.rawValue)
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files {
      let bytes = Array(try Data(contentsOf: file))
      #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.check(bytes) }
    }
  }

  // MARK: - What the laws find

  @Test func anotherIDIsAFinding() {
    let question = Array(#"{"id":1,"measure":"entropy","p":[1]}"#.utf8)
    #expect(throws: Finding.self) {
      try FuzzedAnswer(#"{"id":2,"value":0}"#, question: question)
    }
    #expect(throws: Finding.self) { try FuzzedAnswer(#"{"id":1}"#, question: question) }
    #expect(throws: Never.self) { try FuzzedAnswer(#"{"id":1,"value":0}"#, question: question) }
  }

  @Test func notANumberIsAFinding() {
    for value in [#""nan""#, #"[1,["nan"]]"#, #"{"value":"nan","lower":"0","upper":"1"}"#] {
      #expect(throws: Finding.self) {
        try FuzzedAnswer(#"{"id":null,"value":\#(value)}"#, question: [])
      }
    }
  }

  @Test func aNumberOutsideItsBoundsIsAFinding() throws {
    let answer = try FuzzedAnswer(
      #"{"id":null,"value":[{"value":2,"lower":"0.5","upper":"1"}]}"#, question: [])
    #expect(throws: Finding.self) { try answer.checkEnclosures() }
  }
}
